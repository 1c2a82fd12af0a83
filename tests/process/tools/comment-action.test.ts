/** The action as GitHub's runner starts it: a copy of the repository without packages, its main file by Node. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { FakeGitHub, REPOSITORY, RUN, TOKEN } from '../../tools/fake-github.ts';

const ACTION = 'tools/comment';

test('it writes the comment without any package, and a refusal is one annotation', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'config'));
  for (const path of [ACTION, 'config/workflow-run.ts', 'package.json'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const { runs, inputs } = parse(readFileSync(join(folder, ACTION, 'action.yml'), 'utf8'));
  assert.deepEqual([runs.using, Object.keys(inputs)], ['node24', ['token']]);
  const fake = await new FakeGitHub().listen(t);
  const act = (run: object) => {
    const event = join(folder, 'event.json');
    writeFileSync(event, JSON.stringify({ workflow_run: run }));
    const child = spawn(process.execPath, [join(folder, ACTION, runs.main)], {
      cwd: folder,
      env: childEnvironment({
        GITHUB_API_URL: fake.api,
        GITHUB_EVENT_NAME: 'workflow_run',
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: REPOSITORY,
        INPUT_TOKEN: TOKEN,
        NODE_OPTIONS: '',
      }),
    });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    return new Promise<[number | null, string]>((done) => child.once('close', (code) => done([code, said])));
  };
  assert.deepEqual(await act({ ...RUN, conclusion: 'skipped' }), [
    0,
    'pull request 5: neutral. Nothing of this change was tested.\n',
  ]);
  assert.equal(fake.comments.length, 1);
  const [code, said] = await act({ ...RUN, event: 'push\n::set-env' });
  assert.equal(code, 1);
  assert.match(said, /^::error::event push ::set-env of the run: not pull_request\.[^\n]*\n$/);
});

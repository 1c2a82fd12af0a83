/** A journey is one file: tests, load and documentation find it, and nothing else is changed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject } from '../faults/project-copy.ts';

const NAME = 'plan a day off';
const OVER_HTTP = 'view the call roster over HTTP';

/** What docs/write-a-journey.md tells a reader to write: a comment in its first line names the file. */
const EXAMPLES = [
  ...readFileSync(join(ROOT, 'docs/write-a-journey.md'), 'utf8').matchAll(
    /^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm,
  ),
].map(([, file = '', code = '']) => ({ file, code }));

it('one more file is one more test, one more thing that users do under load, and one more part of the page', async (t) => {
  const folder = temporaryFolder(t);
  const copy = copyProject(t);
  assert.equal(EXAMPLES.length, 2, 'one in the browser, one over HTTP');
  for (const { file, code } of EXAMPLES) {
    assert.ok(!existsSync(join(copy, file)), `${file} is there already: the page needs another example`);
    // So heavy that residents under load draw this one.
    writeFileSync(join(copy, file), code.replace(/weight: \d+/, 'weight: 1_000_000'));
  }
  const settings = (name: string) => ({
    REPORTS_DIR: join(folder, name),
    THINK: '0',
    DATA_SIZE: 'small',
  });

  const perf = startPerf(['--grep', NAME], settings('perf'), copy);
  await perf.ended;
  // How fast it was is not what this is about.
  const { samples: seen, summary } = finishedRun(join(folder, 'perf'));
  assert.ok(
    seen.some(({ kind, journey }) => kind === 'step' && journey === NAME),
    perf.output,
  );
  assert.deepEqual([summary.counts.journeys.ok, summary.counts.steps.failed], [1, 0], perf.output);

  const words = [join(copy, 'tools/docs.ts'), '--from', join(folder, 'perf/latest')];
  const docs = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
  assert.equal(docs.status, 0, docs.stderr);
  assert.match(
    readFileSync(join(copy, 'docs/journeys.md'), 'utf8'),
    /### Plan a day off\n\n[^\n]+\n\n1\. open absences\n2\. open the absence dialog\n/,
  );

  const profile = writeProfile(
    folder,
    {
      phases: [{ name: 'steady', duration: 2, arrivalCount: 2 }],
      scenarios: [
        { name: 'residents', engine: 'playwright', flowFunction: 'resident', weight: 1 },
        { name: 'on call', engine: 'api', flowFunction: 'resident', weight: 1, journeys: [OVER_HTTP] },
      ],
    },
    copy,
  );
  const load = startArtillery(profile, settings('load'), copy);
  await load.ended;
  assert.ok(existsSync(join(folder, 'load')), load.output);
  const { samples } = finishedRun(join(folder, 'load'));
  for (const name of [NAME, OVER_HTTP]) {
    assert.ok(
      samples.some((sample) => sample.kind === 'journey' && sample.name === name && sample.ok),
      load.output,
    );
  }
});

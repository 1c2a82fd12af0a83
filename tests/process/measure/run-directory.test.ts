import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../../config/errors.ts';
import {
  amendRunJson,
  createRunDirectory,
  newestRun,
  pointLatestAt,
  readRunJson,
  runStamp,
  writeRunJson,
} from '../../../measure/run/directory.ts';
import type { RunJson } from '../../../measure/run/run.ts';
import { hostFacts, suiteFacts } from '../../../runner/host-and-suite.ts';
import { emptyFolder } from '../../measure/run-folder.ts';

const NOW = new Date('2026-11-23T09:00:16.789Z');

const RUN: RunJson = {
  schema: 2,
  id: 'a',
  profiles: ['smoke'],
  runner: 'artillery',
  start: NOW.toISOString(),
  target: {
    url: 'http://scheduler.example',
    apiUrl: 'http://scheduler.example/api/v1',
    environment: 'local',
    kind: 'deployment',
  },
  suite: suiteFacts(),
  host: hostFacts('headless shell'),
  plan: { phases: [], mix: [], seed: 1 },
};

test('is named by UTC time, profile and label', (t) => {
  const reports = join(emptyFolder(t), 'not/there/yet');
  assert.equal(runStamp(NOW), '2026-11-23T09-00-16Z');
  assert.equal(
    createRunDirectory(reports, 'load', undefined, NOW),
    join(reports, '2026-11-23T09-00-16Z-load'),
  );
  const labelled = createRunDirectory(reports, 'load', 'pr-12', NOW);
  assert.equal(basename(labelled), '2026-11-23T09-00-16Z-load-pr-12');
});

test('runs begun in one second have directories of their own', (t) => {
  const reports = emptyFolder(t);
  const made = [1, 2, 3].map(() => createRunDirectory(reports, 'smoke', undefined, NOW));
  assert.equal(new Set(made).size, 3);
  assert.deepEqual(readdirSync(reports).sort(), made.map((folder) => basename(folder)).sort());
});

test('a folder that cannot be written is a mistake of configuration, and nothing is left behind', (t) => {
  const file = join(emptyFolder(t), 'a-file');
  writeFileSync(file, '');
  // Nobody may make a folder in /proc, not even root.
  for (const reports of [file, join(file, 'runs'), '/proc/self', '/proc/reports']) {
    assert.throws(
      () => createRunDirectory(reports, 'smoke', undefined, NOW),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.equal(error.exitCode, 2);
        assert.ok(error.message.startsWith(`${reports}: cannot write`), error.message);
        assert.match(error.message, /REPORTS_DIR/);
        assert.equal(error.message.split('\n').length, 1);
        return true;
      },
    );
  }
});

test('`latest` points at the newest, also after the folder was moved', (t) => {
  const reports = emptyFolder(t);
  const first = createRunDirectory(reports, 'smoke', undefined, NOW);
  pointLatestAt(first);
  const second = createRunDirectory(reports, 'load', undefined, NOW);
  pointLatestAt(second);
  assert.equal(realpathSync(join(reports, 'latest')), realpathSync(second));
  assert.equal(readlinkSync(join(reports, 'latest')), basename(second), 'relative: it moves with its folder');
  assert.ok(readdirSync(reports).includes(basename(first)), 'the older run is still there');
});

test('where `latest` cannot be made one line says so, and the newest run is found by its name', (t) => {
  const reports = emptyFolder(t);
  assert.equal(newestRun(reports), join(reports, 'latest'), 'no run yet');
  mkdirSync(join(reports, 'latest', 'of somebody else'), { recursive: true });
  mkdirSync(join(reports, 'trends'));
  const said = t.mock.method(console, 'error', () => undefined);
  const first = createRunDirectory(reports, 'spike', undefined, NOW);
  pointLatestAt(first);
  const second = createRunDirectory(reports, 'load', undefined, new Date(NOW.getTime() + 1000));
  pointLatestAt(second);
  assert.equal(newestRun(reports), second);
  assert.equal(said.mock.callCount(), 2);
  assert.match(
    String(said.mock.calls[0]?.arguments[0]),
    /latest: cannot be made a link to this run \([A-Z_]+\)\. Remove/,
  );
  rmSync(join(reports, 'latest'), { recursive: true });
  pointLatestAt(first);
  assert.equal(realpathSync(newestRun(reports)), realpathSync(first), 'the link goes before the names');
  rmSync(first, { recursive: true });
  assert.equal(newestRun(reports), second, 'what the link pointed at is gone');
});

test('run.json comes back as it was written, can be amended, and is never half of one', (t) => {
  const folder = emptyFolder(t);
  writeRunJson(folder, RUN);
  assert.deepEqual(readRunJson(folder), JSON.parse(JSON.stringify(RUN)));
  const amended = amendRunJson(folder, { ended: 'target-died' });
  assert.equal(amended.ended, 'target-died');
  assert.deepEqual(readRunJson(folder), JSON.parse(JSON.stringify({ ...RUN, ended: 'target-died' })));
  assert.deepEqual(readdirSync(folder), ['run.json']);
});

test('facts of the machine have its size and kind, not its name or folders', () => {
  const facts = hostFacts('full');
  assert.deepEqual(
    [facts.node, facts.browser, facts.cores > 0, facts.memoryMiB > 100],
    [process.version, 'full', true, true],
  );
  const text = JSON.stringify([facts, suiteFacts()]);
  assert.ok(!text.includes(process.cwd()), text);
});

/** A journey is one file: tests, load and documentation find it, and nothing else is changed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject } from '../faults/project-copy.ts';

const NAME = 'glance at my schedule';
const JOURNEY = `import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: '${NAME}',
  role: 'resident',
  weight: 1_000_000,
  changes: [],
  async run({ app, step }) {
    await step('glance', () => app.mySchedule.open());
  },
});
`;

it('one more file is one more test, one more thing that users do under load, and one more part of the page', async (t) => {
  const folder = temporaryFolder(t);
  const copy = copyProject(t);
  writeFileSync(join(copy, 'flows/resident/glance.ts'), JOURNEY);
  const settings = (name: string) => ({
    REPORTS_DIR: join(folder, name),
    THINK: '0',
    DATA_SIZE: 'small',
  });

  const perf = startPerf(['--grep', NAME], settings('perf'), copy);
  assert.equal((await perf.ended).code, 0, perf.output);
  assert.ok(
    finishedRun(join(folder, 'perf')).samples.some(
      ({ kind, journey }) => kind === 'step' && journey === NAME,
    ),
  );

  const words = [join(copy, 'cli/docs.ts'), '--from', join(folder, 'perf/latest')];
  const docs = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
  assert.equal(docs.status, 0, docs.stderr);
  assert.match(
    readFileSync(join(copy, 'docs/journeys.md'), 'utf8'),
    /### Glance at my schedule\n\n[^\n]+\n\n1\. glance\n/,
  );

  const profile = writeProfile(
    folder,
    {
      phases: [{ name: 'steady', duration: 2, arrivalCount: 1 }],
      scenarios: [{ name: 'residents', engine: 'playwright', flowFunction: 'resident', weight: 1 }],
    },
    copy,
  );
  const load = startArtillery(profile, settings('load'), copy);
  await load.ended;
  const { samples } = finishedRun(join(folder, 'load'));
  assert.ok(
    samples.some(({ kind, journey }) => kind === 'journey' && journey === NAME),
    load.output,
  );
});

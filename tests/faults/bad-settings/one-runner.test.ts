/** The other mistakes, which come out of the same places: each with one of the two ways to run, in turn. */
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SuiteProcess, temporaryFolder } from '../../artillery/suite-process.ts';
import { assertNothingWritten, assertRefused, RUNNERS } from '../refused-run.ts';
import { MISTAKES } from './mistakes.ts';
import { address, startTargets, type Targets } from './targets.ts';

let targets: Targets;
before(async () => {
  targets = await startTargets();
});
after(() => targets.close());

const others = MISTAKES.filter(({ both }) => !both);
for (const [turn, [runner, start]] of Object.entries(RUNNERS).entries()) {
  describe(`a mistake is reported by ${runner}`, { concurrency: 2 }, () => {
    for (const mistake of others.filter((_, index) => index % 2 === turn)) {
      it(mistake.what, async (t) => {
        const folder = temporaryFolder(t);
        const reports = join(folder, 'reports');
        await assertRefused(start({ REPORTS_DIR: reports, ...mistake.settings(folder, targets) }), mistake);
        assertNothingWritten(reports);
      });
    }
  });
}

it('a taken port is reported by the scheduler', async () => {
  const port = new URL(address(targets.somethingElse)).port;
  const run = new SuiteProcess(['fixtures/scheduler/main.ts'], { PORT: port });
  await assertRefused(run, {
    exitCode: 2,
    says: new RegExp(`^Port ${port} is taken\\. Stop what listens there, or set PORT to another`),
  });
});

/** One mistake for each place where a run can be refused: both ways to run say the same line. */
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { assertNothingWritten, assertRefused, RUNNERS } from '../refused-run.ts';
import { MISTAKES } from './mistakes.ts';
import { startTargets, type Targets } from './targets.ts';

let targets: Targets;
before(async () => {
  targets = await startTargets();
});
after(() => targets.close());

for (const [runner, start] of Object.entries(RUNNERS)) {
  describe(`a mistake is reported by ${runner}`, { concurrency: 2 }, () => {
    for (const mistake of MISTAKES.filter(({ both }) => both)) {
      it(mistake.what, async (t) => {
        const folder = temporaryFolder(t);
        const reports = join(folder, 'reports');
        await assertRefused(start({ REPORTS_DIR: reports, ...mistake.settings(folder, targets) }), mistake);
        assertNothingWritten(reports);
      });
    }
  });
}

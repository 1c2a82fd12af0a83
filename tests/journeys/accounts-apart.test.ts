/** Many sessions at once: each has an account of its own, and nobody is refused for somebody else's sake. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import type { EventSample, Sample } from '../../measure/run/samples.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';

const scenario = (name: string, engine: string, flowFunction: string, weight: number) => ({
  name,
  engine,
  flowFunction,
  weight,
});
/** Half a minute on an idle machine, two and a half on a busy one. */
const HANGS_AFTER_MS = 600_000;
const PROFILE = {
  phases: [{ name: 'crowd', duration: 10, arrivalCount: 24 }],
  scenarios: [
    scenario('residents in the browser', 'playwright', 'resident', 2),
    scenario('faculty in the browser', 'playwright', 'faculty', 1),
    scenario('coordinators in the browser', 'playwright', 'coordinator', 1),
    scenario('residents over HTTP', 'api', 'resident', 10),
    scenario('faculty over HTTP', 'api', 'faculty', 5),
    scenario('coordinators over HTTP', 'api', 'coordinator', 2),
    scenario('admins over HTTP', 'api', 'admin', 3),
  ],
};

it('20 HTTP sessions and 4 browsers: no account is shared, no 401 and no console error is unexpected', async (t) => {
  const folder = temporaryFolder(t);
  const settings = { REPORTS_DIR: join(folder, 'reports'), THINK: '0.5', JOURNEYS: '2' };
  const run = startArtillery(writeProfile(folder, PROFILE), settings, ROOT, HANGS_AFTER_MS);
  const { code } = await run.ended;
  const { samples, summary } = finishedRun(join(folder, 'reports'));
  // How fast they were, on a machine that may be busy, is not what this is about.
  assert.notEqual(apartFromMachine(summary).verdict, 'invalid', run.output);
  assert.equal(code, summary.exitCode, run.output);

  const sessions = samples.filter(
    (one): one is Extract<Sample, { kind: 'session' }> => one.kind === 'session',
  );
  assert.equal(sessions.length, 24);
  const uses = sessions.map(({ session, started, t: ended }) => {
    const begun = samples.find(
      (one) => one.kind === 'event' && one.name === 'session-started' && one.session === session,
    ) as EventSample<'session-started'>;
    return { account: String(begun.data.account), started, ended };
  });
  let together = 0;
  for (const [index, one] of uses.entries()) {
    for (const other of uses.slice(index + 1)) {
      const overlap = one.started < other.ended && other.started < one.ended;
      if (overlap) together += 1;
      assert.ok(!overlap || one.account !== other.account, `${one.account} is used twice at a time`);
    }
  }
  assert.ok(together > 20, `${together} pairs of sessions were there at the same time`);

  const texts = summary.errors.map(({ name, message }) => `${name}: ${message}`);
  assert.deepEqual(
    texts.filter((text) => text.includes('status 401')),
    [],
  );
  assert.deepEqual(
    texts.filter((text) => text.startsWith('console error')),
    [],
  );
  assert.deepEqual(
    texts.filter((text) => text.startsWith('page error')),
    [],
  );
});

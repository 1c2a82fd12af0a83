import type { TestContext } from 'node:test';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { setFaults, startTarget } from './target.ts';

export const READERS = {
  name: 'residents over HTTP',
  engine: 'api',
  weight: 1,
  flowFunction: 'resident',
  journeys: ['read my schedule over HTTP'],
};
const phase = (users: number) => ({ name: `${users} users`, duration: 8, users });

/** A stress run of 2, 4, 8 and 16 users who never pause, on a target under these faults. */
export async function stress(t: TestContext, faults: object[], users: number[]) {
  const folder = temporaryFolder(t);
  // Nothing but what is planted is to break it.
  const { scheduler, settings } = await startTarget(t, folder, {
    settings: { SCHEDULER_PASSWORD_COST_MS: '1' },
  });
  await setFaults(scheduler.url, faults);
  const profile = writeProfile(folder, {
    name: 'stress',
    users: 16,
    phases: users.map(phase),
    scenarios: [READERS],
  });
  const artillery = startArtillery(profile, { ...settings, THINK: '0' });
  await artillery.ended;
  const { summary, run } = finishedRun(`${folder}/reports`);
  return { artillery, summary, run };
}

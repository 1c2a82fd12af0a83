import { loadThinkTimes } from '../../config/think.ts';
import { type Random, seededRandom } from '../../fixtures/data/random.ts';
import type { Role } from '../../measure/run/samples.ts';
import { thinkTime } from '../../measure/session/think.ts';
import type { RunContext } from '../channel.ts';

/** How long a looping user thinks before its next session, ms: as its role does between two steps. */
export function betweenSessions({ seed, thinkFactor }: RunContext) {
  const times = loadThinkTimes();
  const draws = new Map<number, Random>();
  return (role: Role, place: number): number => {
    const random = draws.get(place) ?? seededRandom(`place ${seed} ${place}`);
    draws.set(place, random);
    return thinkTime(times[role], thinkFactor, random);
  };
}

import { STOCK_LIMITS } from '../../config/environments.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as auth from '../operations/auth.ts';
import * as people from '../operations/people.ts';
import * as schedule from '../operations/schedule.ts';
import { announced, cross, type Limit, untilOver, waitUntil } from './parts/crossing.ts';
import { generationOf } from './parts/generation.ts';
import { discard, ownDrafts, situationNow } from './parts/own-drafts.ts';
import { claimWeeks, pendingDrafts } from './parts/own-week.ts';

/**
 * What a stock deployment allows and no environment can say otherwise (docs/contract/api.md §2.1 to §2.3).
 */
const REGISTRATIONS = 3;
const GENERATIONS = 2;
const FAILURES_BEFORE_LOCK = 5;
const LONGEST_NAME = 50;
/** Sign-ins are counted over so long, the session's own too: a minute that begins at a whole second. */
const WINDOW_MS = 61_000;

/** The limit of 1000 requests an hour is not crossed: it would be over an hour later. */
export default defineHttpJourney({
  name: 'exceed the rate limits over HTTP',
  role: 'admin',
  weight: 1,
  changes: ['drafts'],
  onlyNamed: true,
  once: true,
  needs: 'rate limits',
  async run(tools) {
    const { api, cutShort, limits, wait } = tools;
    if (!limits) return cutShort({ code: 'no-rate-limits', text: 'the target has no rate limits' });
    const begun = performance.now();
    const range = await claimWeeks(tools, await pendingDrafts(api));
    if ('code' in range) return cutShort(range);
    const isOver = await untilOver(tools, [
      await cross(tools, await requestsOfOnePath(tools)),
      await cross(tools, refreshes(tools)),
      await cross(tools, registrations(tools)),
      await cross(tools, await generations(tools, range)),
    ]);
    if (!isOver) return;
    // The session's own sign-in is counted for so long.
    await wait(Math.max(0, begun + WINDOW_MS - performance.now()));
    await signInsAndLock(tools);
  },
});

/** A path that nobody else asks for: a person's own. */
async function requestsOfOnePath({ api, data, limits = STOCK_LIMITS }: HttpJourneyTools): Promise<Limit> {
  const everybody = await api.request(people.list);
  const id = data.own(everybody.data.items, 'end')?.id ?? '';
  return {
    name: 'requests of one path',
    allowed: limits.requestsPerMinute,
    kind: 'route',
    send: () => api.request(people.read, { params: { id }, expect: [200, 429] }),
  };
}

/** A refresh token that is none is refused, and counted: so the session keeps its own. */
function refreshes({ api, limits = STOCK_LIMITS }: HttpJourneyTools): Limit {
  return {
    name: 'refreshes',
    allowed: limits.refreshesPerMinute,
    kind: 'auth',
    send: () => api.request(auth.refresh, { body: { refresh_token: 'none' }, expect: [401, 429] }),
  };
}

/** One that is refused for its role is counted, and makes nobody. */
function registrations({ api, data }: HttpJourneyTools): Limit {
  const { email } = data.person();
  const body = { username: 'nobody', email, password: 'short', role: 'resident' as const };
  return {
    name: 'registrations',
    allowed: REGISTRATIONS,
    kind: 'auth',
    send: () => api.request(auth.register, { body, expect: [422, 429] }),
  };
}

/** Each that is let through makes a draft, and answers 500 all the same (a known defect): it is discarded at once. */
async function generations(tools: HttpJourneyTools, week: DateRange): Promise<Limit> {
  const { api, change, data, effect } = tools;
  const situation = await situationNow(api);
  const discardOwn = async (cleanup: boolean) => {
    const found = await ownDrafts(api, week, situation, cleanup);
    await discard(api, found, cleanup);
    return found.length > 0;
  };
  const name = `draft of ${week.start} to ${week.end}`;
  return {
    name: 'generations',
    allowed: GENERATIONS,
    kind: 'route',
    send: async () => {
      const made = change({ what: 'drafts', name, undo: async () => void (await discardOwn(true)) });
      const answer = await api.request(schedule.generate, {
        headers: { 'idempotency-key': data.unique('generate') },
        body: generationOf(week),
        expect: [200, 207, 429],
        mayFail: true,
      });
      if (answer.status !== TOO_MANY_REQUESTS) {
        const isMade = await discardOwn(false);
        if (answer.status === 500) effect('schedule generation returns 500', isMade);
      }
      made.undone();
      return answer;
    },
  };
}

/**
 * Sign-ins fail here, by a name that nobody has: no account is locked, and the form and JSON share one limit. Four
 * failures of one name and the rest of others cross the limit of the address; the fifth of the one, when that is over,
 * locks the name.
 */
async function signInsAndLock(tools: HttpJourneyTools): Promise<void> {
  const { api, check, data, limits = STOCK_LIMITS } = tools;
  const name = data.unique('nobody').slice(-LONGEST_NAME);
  const signIn = (username: string, byForm = false) =>
    api.request(byForm ? auth.login : auth.loginJson, {
      body: { username, password: 'none' },
      expect: [401, 429],
    });
  const crossed = await cross(tools, {
    name: 'sign-ins',
    allowed: limits.signInsPerMinute,
    kind: 'auth',
    send: (index) => {
      const others = Math.floor(index / (FAILURES_BEFORE_LOCK - 1));
      return signIn(others === 0 ? name : `${others}${name}`.slice(0, LONGEST_NAME), index % 2 === 0);
    },
  });
  if (!crossed || limits.signInsPerMinute < FAILURES_BEFORE_LOCK) return;
  // The first one after it is the fifth failure of that name.
  const fifth = { ...crossed, limit: { ...crossed.limit, send: () => signIn(name) } };
  if (!(await untilOver(tools, [fifth]))) return;
  const locked = await signIn(name);
  const { detail } = locked.data as { detail?: { error?: string } };
  check(
    'account lock: fifth failure locks',
    locked.status === TOO_MANY_REQUESTS && detail?.error === 'Account temporarily locked',
    `${locked.status} ${JSON.stringify(locked.data)}`,
  );
  // The header may be that of the limiter of all routes: the body decides.
  const { header, inBody } = announced(locked);
  check(
    'account lock: end is announced',
    header > 0 && inBody > 0,
    `Retry-After: ${header}, ${JSON.stringify(locked.data)}`,
  );
  if (!(inBody > 0)) return;
  const over = performance.now() + Math.max(header, inBody) * 1000;
  if (!(await waitUntil(tools, 'account lock', over))) return;
  const again = await signIn(name);
  check('account lock: ends when announced', again.status === 401, `answered ${again.status}`);
}

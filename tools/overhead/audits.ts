import type { Environment } from '../../config/environment.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { AuditBrowser } from '../../lighthouse/audit-browser.ts';
import type { AuditedPage } from '../../lighthouse/pages.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { type Part, row } from './figures.ts';
import type { Options } from './options.ts';
import { type Bench, NotMeasured } from './session-cost.ts';
import { treeOf } from './watch/tree.ts';

/** A page that costs a lot, and one that does not. */
const PAGES = ['/schedule', '/people'];
const WARM_UP = 1;
const WAYS = ['loaded', 'audited', 'simulated'] as const;
type Way = (typeof WAYS)[number];

interface Cost {
  cpuSeconds: number;
  seconds: number;
}

/** The same pages loaded and audited, signed in and from an empty cache, in turn (A B C C B A …). */
export async function audits(bench: Bench, { audits: rounds }: Options): Promise<Part> {
  const costs: Record<Way, Cost[]> = { loaded: [], audited: [], simulated: [] };
  const { AUDITED_PAGES } = await import('../../lighthouse/pages.ts');
  const environment = readEnvironment();
  const target = await startEmbeddedScheduler({ size: 'medium' });
  try {
    for (const page of AUDITED_PAGES.filter(({ path }) => PAGES.includes(path)))
      await withSignedIn(page, environment, target, async (browser) => {
        // The first round warms browser, target and compilers up.
        for (let round = -WARM_UP; round < rounds; round += 1)
          for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
            const cost = await costOf(target, () => once(way, page, browser, target.url));
            bench.tell(
              `${page.path} ${way}: ${cost.cpuSeconds.toFixed(2)} CPU s, ${cost.seconds.toFixed(1)} s`,
            );
            if (round >= 0) costs[way].push(cost);
          }
      });
  } finally {
    await target.stop();
  }
  const of = (way: Way, what: keyof Cost) => costs[way].map((cost) => cost[what]);
  const more = (way: Way, what: keyof Cost) =>
    costs[way].map((cost, at) => cost[what] - (costs.loaded[at] as Cost)[what]);
  return {
    name: 'audits',
    title: 'Pages loaded, and audited by Lighthouse',
    how: [
      `${PAGES.map((path) => `\`${path}\``).join(' and ')}, signed in, each time from an empty cache; each round loads a page once in each way.`,
      'Loaded: until its heading is there and half a second without a request has gone by. Audited: `npx loadtest audit` with `--throttling none`; simulated: with `--throttling simulate`.',
      'CPU is that of Node and browser together, without the target; differences are within a round. Signing in is not counted.',
    ],
    rows: [
      row('CPU of a page, loaded', of('loaded', 'cpuSeconds'), 's'),
      row('CPU of a page, audited', of('audited', 'cpuSeconds'), 's'),
      row('CPU of a page, simulated', of('simulated', 'cpuSeconds'), 's'),
      row('more CPU, audited', more('audited', 'cpuSeconds'), 's'),
      row('more CPU, simulated', more('simulated', 'cpuSeconds'), 's'),
      row('time of a page, loaded', of('loaded', 'seconds'), 's'),
      row('time of a page, audited', of('audited', 'seconds'), 's'),
      row('time of a page, simulated', of('simulated', 'seconds'), 's'),
      row('more time, audited', more('audited', 'seconds'), 's'),
      row('more time, simulated', more('simulated', 'seconds'), 's'),
    ],
  };
}

async function withSignedIn(
  { role }: AuditedPage,
  environment: Environment,
  { url, apiUrl, accounts }: EmbeddedScheduler,
  work: (browser: AuditBrowser) => Promise<void>,
): Promise<void> {
  const { openAuditBrowser } = await import('../../lighthouse/audit-browser.ts');
  const { username = '', password = '' } = accounts.find((one) => one.role === role) ?? {};
  const browser = await openAuditBrowser(environment, { url, apiUrl });
  try {
    const answer = await browser.page.request.post(`${apiUrl}/auth/login`, { form: { username, password } });
    if (!answer.ok()) throw new NotMeasured(`${role} could not sign in (status ${answer.status()})`);
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function once(way: Way, page: AuditedPage, browser: AuditBrowser, origin: string): Promise<void> {
  if (way !== 'loaded') {
    const { auditPage } = await import('../../lighthouse/page-audit.ts');
    const throttling = way === 'simulated' ? 'simulate' : 'none';
    await auditPage(page, browser, origin, { formFactor: 'desktop', throttling, repeats: 1 });
    return;
  }
  const { name, level } = page.landmark;
  await browser.clearCache();
  await browser.page.goto(page.path, { waitUntil: 'networkidle' });
  await browser.page.getByRole('heading', { name, level, exact: true }).first().waitFor();
}

/** Of this process and its browser; the target is a child of it too. */
async function costOf({ pid }: EmbeddedScheduler, work: () => Promise<void>): Promise<Cost> {
  const cpu = () => treeOf(process.pid).cpuSeconds - treeOf(pid).cpuSeconds;
  const [before, begun] = [cpu(), performance.now()];
  await work();
  return { cpuSeconds: cpu() - before, seconds: (performance.now() - begun) / 1000 };
}

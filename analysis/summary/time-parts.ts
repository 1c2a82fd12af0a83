/**
 * Where the time goes: of steps in browsers by page, of calls over HTTP by journey. Only what was measured is divided: a step
 * with a call or document whose first byte is not known (another origin may hide it) is left out and counted.
 *
 * Of a step: until the first byte of its document and calls (server, and the way there and back), from the first byte of calls
 * to the last (network), and all else: the rest of the document, the page's other files, whose times no sample has, scripts,
 * layout, painting, and waiting of the page's own. Source: the parts of Navigation and Resource Timing
 * (https://www.w3.org/TR/resource-timing/#attribute-descriptions); parts are unions of time, so that what goes on side by side
 * counts once.
 */
import type { RequestSample } from '../../measure/run/samples.ts';
import type { LoggedPass } from './advice-evidence.ts';
import type { About, Draft } from './collector.ts';
import { isServed } from './request-counts.ts';
import { durationsIn } from './server-timing.ts';
import type { ServerTime, TimeOfCalls, TimeOfSteps } from './summary.ts';

export interface StepParts {
  server: number;
  network: number;
  browser: number;
}

type Stretch = [from: number, to: number];

/** ms of one pass; what is both before a first byte and in an answer counts as server. */
export function partsOf({ begun, ended, calls, documents = [] }: LoggedPass): StepParts {
  const within = (spans: Stretch[]) =>
    spans
      .map(([from, to]): Stretch => [Math.max(from, begun), Math.min(to, ended)])
      .filter(([from, to]) => to > from);
  const known = calls.filter(({ ttfb }) => ttfb !== undefined);
  // The browser reports the page a little after the first byte.
  const ofDocuments = documents.map(({ loaded, ttfb = 0 }): Stretch => [loaded - ttfb, loaded]);
  const firstBytes = known.map(({ sent, ttfb = 0 }): Stretch => [sent, sent + ttfb]);
  const server = covered(within([...ofDocuments, ...firstBytes]));
  const all = covered(within([...ofDocuments, ...calls.map((call): Stretch => [call.sent, call.ended])]));
  // A call without a first byte had no answer: all of it is the server's.
  const unknown = covered(
    within(calls.filter((call) => !known.includes(call)).map((c) => [c.sent, c.ended])),
  );
  const ofServer = Math.min(all, server + unknown);
  return { server: ofServer, network: all - ofServer, browser: ended - begun - all };
}

/** Length of a union of spans. */
function covered(spans: Stretch[]): number {
  let [length, until] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
    length += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return length;
}

/**
 * What an answer says of the server's own time, ms: the longest of its durations, since others are parts of it. undefined: it
 * says nothing.
 */
export function ownTimeOf(header: string | undefined): number | undefined {
  const durations = header === undefined ? [] : [...durationsIn(header).values()];
  return durations.length > 0 ? Math.max(...durations) : undefined;
}

/** Comes after the log of calls, which has the steps of browsers with their calls. */
export function collectTimeParts() {
  const journeys = new Map<string, TimeOfCalls>();
  return {
    samples: {
      request(sample: RequestSample, { drained }: About): void {
        const { via, warmup, ttfb, name } = sample;
        // Signing in, which may be the slowest of all, belongs to no journey.
        const { journey = `${name}, outside of journeys` } = sample;
        if (via !== 'http' || warmup || drained || !isServed(sample)) return;
        if (ttfb !== undefined) addCall(rowIn(journeys, journey), sample, ttfb);
      },
    },
    into(summary: Draft): void {
      const pages = pagesOf(summary.log?.passes ?? []);
      const rows = [...journeys.values()].sort((a, b) => b.ms - a.ms || a.journey.localeCompare(b.journey));
      if (pages.length + rows.length > 0) summary.timeParts = { pages, journeys: rows };
    },
  };
}

function rowIn(journeys: Map<string, TimeOfCalls>, journey: string): TimeOfCalls {
  const row = journeys.get(journey) ?? {
    ...{ journey, n: 0, ms: 0, generator: 0, connect: 0, server: 0, download: 0 },
  };
  journeys.set(journey, row);
  return row;
}

function addCall(row: TimeOfCalls, sample: RequestSample, ttfb: number): void {
  const { value, blocked = 0, connect = 0, download = 0, serverTiming } = sample;
  row.n += 1;
  row.ms += value;
  row.generator += blocked;
  row.connect += connect;
  row.server += ttfb;
  row.download += download;
  row.own = withOwn(row.own, ownTimeOf(serverTiming), ttfb);
}

function withOwn(own: ServerTime | undefined, ms: number | undefined, ttfb: number): ServerTime | undefined {
  if (ms === undefined) return own;
  const { n, ms: before, ofMs } = own ?? { n: 0, ms: 0, ofMs: 0 };
  return { n: n + 1, ms: before + ms, ofMs: ofMs + ttfb };
}

/** The page with most time first. None where no step has a call with a first byte: then calls are not known by step, or not timed. */
function pagesOf(passes: readonly LoggedPass[]): TimeOfSteps[] {
  if (!passes.some(({ calls }) => calls.some(({ ttfb }) => ttfb !== undefined))) return [];
  const byPage = Map.groupBy(passes, ({ page }) => page);
  return [...byPage]
    .flatMap(([page, own]) => (page === undefined ? [] : [pageOf(page, own)]))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.ms - a.ms || a.page.localeCompare(b.page));
}

function pageOf(page: string, passes: readonly LoggedPass[]): TimeOfSteps {
  const row: TimeOfSteps = { page, n: 0, of: passes.length, ms: 0, server: 0, network: 0, browser: 0 };
  for (const pass of passes) {
    if (!isMeasured(pass)) continue;
    const parts = partsOf(pass);
    row.n += 1;
    row.ms += pass.ended - pass.begun;
    row.server += parts.server;
    row.network += parts.network;
    row.browser += parts.browser;
    for (const { ttfb, own } of pass.calls) if (ttfb !== undefined) row.own = withOwn(row.own, own, ttfb);
  }
  return row;
}

/** A call without any answer has no first byte, and was waited for all the same. */
function isMeasured({ calls, documents = [] }: LoggedPass): boolean {
  if (documents.some(({ ttfb }) => ttfb === undefined)) return false;
  return calls.every(({ ttfb, status }) => ttfb !== undefined || status === 0);
}

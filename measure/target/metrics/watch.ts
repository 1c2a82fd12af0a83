import { endpointUrl, type MetricsEndpoint } from '../../../config/metrics-endpoints.ts';
import { loadTargetMetrics } from '../../../config/target-metrics.ts';
import type { Recorder } from '../../run/recorder.ts';
import type { EndpointFacts } from '../../run/target-figures.ts';
import { FigureReader, type Reading } from './figures.ts';
import { scrape } from './scrape.ts';

const LEAST_APART_MS = 1000;

/** What run.json says of them. */
export function endpointFacts(endpoints: readonly MetricsEndpoint[], apiUrl: string): EndpointFacts[] {
  const kinds = loadTargetMetrics();
  return endpoints.map((endpoint) => {
    const { origin, pathname } = new URL(endpointUrl(endpoint, apiUrl));
    return {
      name: endpoint.name,
      kind: endpoint.kind,
      url: `${origin}${pathname}`,
      every: endpoint.every,
      figures: (kinds.get(endpoint.kind) ?? []).map(({ key, title, unit, moreIsBetter }) => ({
        key,
        title,
        unit,
        ...(moreIsBetter && { moreIsBetter }),
      })),
    };
  });
}

/** Asks once, and says what is there. @throws {Error} one line: why there is no answer, or what is wrong with it */
export async function lookAt(
  endpoint: MetricsEndpoint,
  apiUrl: string,
  insecureTls: boolean,
): Promise<Reading> {
  return new EndpointReader(endpoint, apiUrl, insecureTls).read(Date.now());
}

/**
 * Reads the target's Prometheus endpoints from now until it is stopped, and once more then; writes a `scrape` sample of
 * each, with an `error` where it failed. No scrape holds up another endpoint's, or the run.
 */
export class MetricsWatch {
  readonly #loops: Array<Promise<void>>;
  readonly #stopping = new AbortController();

  constructor(
    recorder: Pick<Recorder, 'write'>,
    endpoints: readonly MetricsEndpoint[],
    target: { apiUrl: string; insecureTls: boolean },
  ) {
    this.#loops = endpoints.map((endpoint) =>
      this.#follow(recorder, endpoint, new EndpointReader(endpoint, target.apiUrl, target.insecureTls)),
    );
  }

  /** Ends after a last scrape of each, within their time-outs: a short run has two at least, which a rate needs. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }

  async #follow(
    recorder: Pick<Recorder, 'write'>,
    endpoint: MetricsEndpoint,
    reader: EndpointReader,
  ): Promise<void> {
    const { signal } = this.#stopping;
    let asked = Number.NEGATIVE_INFINITY;
    for (let due = performance.now(), count = 0; ; count += 1) {
      const isLast = signal.aborted;
      // Over a shorter time a rate is the grain of its counter.
      if (isLast && count > 1 && performance.now() - asked < LEAST_APART_MS) return;
      asked = performance.now();
      await scrapeInto(recorder, endpoint, reader);
      if (isLast) return;
      // In step with the period, however long the answer took; never two at a time.
      due = Math.max(due + endpoint.every * 1000, performance.now());
      await untilDue(due, signal);
    }
  }
}

async function scrapeInto(
  recorder: Pick<Recorder, 'write'>,
  { name }: MetricsEndpoint,
  reader: EndpointReader,
): Promise<void> {
  const t = Date.now();
  const asked = performance.now();
  const ms = () => Math.round((performance.now() - asked) * 10) / 10;
  try {
    const { figures, restarted } = await reader.read(t);
    recorder.write({ t, kind: 'scrape', name, ms: ms(), figures, ...(restarted && { restarted }) });
  } catch (error) {
    recorder.write({ t, kind: 'scrape', name, ms: ms(), error: (error as Error).message });
  }
}

class EndpointReader {
  readonly #endpoint: MetricsEndpoint;
  readonly #url: string;
  readonly #insecureTls: boolean;
  readonly #figures: FigureReader;

  constructor(endpoint: MetricsEndpoint, apiUrl: string, insecureTls: boolean) {
    this.#endpoint = endpoint;
    this.#url = endpointUrl(endpoint, apiUrl);
    this.#insecureTls = insecureTls;
    this.#figures = new FigureReader(loadTargetMetrics().get(endpoint.kind) ?? [], endpoint.only);
  }

  /** @param t of the scrape, ms since the epoch */
  async read(t: number): Promise<Reading> {
    return this.#figures.read(await scrape(this.#url, this.#endpoint, this.#insecureTls), t);
  }
}

/** Resolves when it is time, or at once when the watch is to end. */
function untilDue(due: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    // The run keeps the process alive, not its watch.
    const timer = setTimeout(end, Math.max(0, due - performance.now())).unref();
    signal.addEventListener('abort', end);
  });
}

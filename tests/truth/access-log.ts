/** The target's own access log against the samples of a run: each request by its id. */
import { nameRequest } from '../../api/operations/name-request.ts';
import type { RequestSample, Sample, Via } from '../../measure/run/samples.ts';
import { type AccessLine, readAccessLog } from '../faults/target.ts';
import { ofKind } from './stage.ts';

export interface Comparison {
  /** Of one way, samples that hold an id. */
  samples: Record<Via, number>;
  /** Of those, found in the log under the same id, with the same operation and status. */
  found: Record<Via, number>;
  /** The first few that were not, in words. */
  strangers: string[];
  /** Lines of the log that no sample holds the id of. */
  unheard: AccessLine[];
  /** Operations of requests that were sent and got no whole answer, by samples and events. */
  unanswered: string[];
  /** Lines of the log that neither holds, in words. */
  unknown: string[];
}

/** The suite's own look each second whether the target lives: no request of the run. */
const PROBE = '/api/v1/health/live';

/** Lines of the API's operations that began between two moments. */
export function operationsBetween(file: string, from: number, to: number): AccessLine[] {
  return readAccessLog(file)
    .filter(({ t, path }) => t >= from && t <= to && path !== PROBE)
    .filter((line) => operationOf(line) !== undefined);
}

export function compare(log: readonly AccessLine[], samples: readonly Sample[]): Comparison {
  const byId = new Map(log.map((line) => [line.id, line]));
  const requests = ofKind(samples, 'request');
  const result: Comparison = {
    samples: { browser: 0, http: 0 },
    found: { browser: 0, http: 0 },
    strangers: [],
    unheard: [],
    unanswered: ofKind(samples, 'event')
      .filter((event) => event.name === 'request-interrupted')
      .map(({ data }) => String(data.operation)),
    unknown: [],
  };
  const heard = new Set<string>();
  for (const sample of requests) {
    if (sample.status === 0) result.unanswered.push(sample.name);
    // A browser knows the id from the answer only.
    if (sample.requestId === undefined || sample.status === 0) continue;
    const via = sample.via ?? 'http';
    result.samples[via] += 1;
    const line = byId.get(sample.requestId);
    const why = whyNot(sample, line, heard);
    heard.add(sample.requestId);
    if (why === undefined) result.found[via] += 1;
    else result.strangers.push(`${via} ${sample.name} ${sample.status}: ${why}`);
  }
  result.unheard = log.filter(({ id }) => !heard.has(id));
  // A redirect that a browser followed is a line of the log and no call of its own.
  const redirects = requests.flatMap(({ name, redirects: n = 0 }) => Array<string>(n).fill(name));
  const told = [...result.unanswered, ...redirects];
  for (const line of result.unheard) {
    const at = told.indexOf(operationOf(line) ?? '');
    if (at >= 0) told.splice(at, 1);
    else result.unknown.push(`${line.method} ${line.path} ${line.status}`);
  }
  return result;
}

function whyNot(
  sample: RequestSample,
  line: AccessLine | undefined,
  heard: ReadonlySet<string>,
): string | undefined {
  if (!line) return 'not in the log';
  if (heard.has(line.id)) return 'sampled twice';
  if (operationOf(line) !== sample.name) return `the log has ${line.method} ${line.path}`;
  if (line.status !== sample.status && line.status !== 0) return `the log has ${line.status}`;
  return undefined;
}

function operationOf({ method, path }: Pick<AccessLine, 'method' | 'path'>): string | undefined {
  return nameRequest(method, `http://target${path}`)?.name;
}

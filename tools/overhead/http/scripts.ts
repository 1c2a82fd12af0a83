/** Scripts for the other tools: each user reads the same list, one request after the other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PATH = '/api/v1/people';

/** k6: as fast as it can with this many users, one check a request. */
export function k6Script(folder: string, url: string, users: number): string {
  return written(
    folder,
    'k6.js',
    `import http from 'k6/http';
import { check } from 'k6';
export const options = { scenarios: { s: { executor: 'constant-vus', vus: ${users}, duration: '10m' } } };
export default function () {
  check(http.get('${url}${PATH}'), { 'is ok': (answer) => answer.status === 200 });
}
`,
  );
}

/** k6: this many iterations a second, each with some requests; its own figures of their times go into a file. */
export function k6PacedScript(folder: string, url: string, pace: Pace): string {
  return written(
    folder,
    'k6-paced.js',
    `import http from 'k6/http';
const paced = { executor: 'constant-arrival-rate', rate: ${pace.sessions}, timeUnit: '1s', preAllocatedVUs: 40, maxVUs: 200 };
export const options = {
  summaryTrendStats: ['med', 'p(95)'],
  // Only what has a threshold is distinguished: this one always holds.
  thresholds: { 'http_req_duration{scenario:counted}': ['max>=0'] },
  scenarios: { warmUp: { ...paced, duration: '${pace.warmUp}s' },
    counted: { ...paced, startTime: '${pace.warmUp}s', duration: '${pace.seconds}s' } },
};
export default function () {
  for (let n = 0; n < ${pace.requests}; n += 1)
    check(http.get('${url}${PATH}'), { 'is ok': (answer) => answer.status === 200 });
}
export function handleSummary({ metrics }) {
  return { '${join(folder, K6_SUMMARY)}': JSON.stringify(metrics['http_req_duration{scenario:counted}'].values) };
}
`,
  );
}
export const K6_SUMMARY = 'k6-summary.json';

export interface Pace {
  /** Begun in a second. */
  sessions: number;
  /** Of each session. */
  requests: number;
  /** Before what counts, and that; seconds. */
  warmUp: number;
  seconds: number;
}

/** Stock Artillery with its own HTTP engine. */
export function artilleryScript(folder: string, url: string, users: number): string {
  return written(
    folder,
    'artillery-http.yml',
    `config:
  target: ${url}
  http: { pool: ${users} }
  phases: [{ duration: 1, arrivalCount: ${users} }]
scenarios:
  - flow: [{ loop: [{ get: { url: ${PATH} } }], count: 10000000 }]
`,
  );
}

/** Artillery with this suite's engine and plugin, with a number of looping users: a whole run, ended before its time. */
export function suiteScript(folder: string, users: number, processor: string): string {
  return written(
    folder,
    'artillery-suite.yml',
    `config:
  target: http://127.0.0.1
  processor: ${processor}
  plugins: { suite: { profile: bench, users: ${users} } }
  engines: { api: {} }
  phases: [{ name: steady, duration: 600, users: ${users} }]
scenarios:
  - { name: residents over HTTP, engine: api, weight: 1, flowFunction: resident, journeys: [read my schedule over HTTP] }
`,
  );
}

function written(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

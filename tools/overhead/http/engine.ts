/**
 * This suite's HTTP path as a run has it: sessions in a thread of their own, a sample of each request in a run directory,
 * the generator's health each second, and requests reported to Artillery's own metrics store. What is missing of a run
 * is Artillery's start of users. `often <users>`: this many users until it is ended; `paced <sessions> <seconds>`: this many
 * begun in each second.
 */
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpWorker } from '../../../api/worker/handle.ts';
import { reportRequests } from '../../../artillery/engine/report-requests.ts';
import { CHANGES } from '../../../config/changes.ts';
import type { Account } from '../../../fixtures/accounts.ts';
import { GeneratorHealth } from '../../../measure/health/generator.ts';
import { Recorder } from '../../../measure/run/recorder.ts';

interface Store {
  counter(name: string, value: number): void;
  summary(name: string, value: number): void;
  stop(): void;
}

const [url = '', runDir = '', way = 'often', howMany = '1', seconds = '1'] = process.argv.slice(2);
const artillery = join(createRequire(import.meta.url).resolve('artillery/package.json'), '..');
const { SSMS } = (await import(join(artillery, 'dist/lib/core/ssms.js'))) as { SSMS: new () => Store };

// As artillery/lib/core/runner.ts joins them.
const store = new SSMS();
const events = new EventEmitter();
events.on('counter', (name: string, value: number) => store.counter(name, value));
events.on('histogram', (name: string, value: number) => store.summary(name, value));

const recorder = new Recorder(runDir);
const api = new HttpWorker({
  runDir,
  apiUrl: `${url}/api/v1`,
  seed: 1,
  runId: 'bench',
  thinkFactor: 0,
  mayChange: CHANGES,
  moreJourneys: new URL('./journeys.ts', import.meta.url).href,
});
api.onRequests((requests) => reportRequests(events, requests));
const present = { users: 0, browserUsers: 0, httpUsers: 0 };
const health = new GeneratorHealth(recorder, { presence: () => present, httpLoop: () => api.takeLoop() });

const account: Account = { role: 'resident', username: 'resident1', password: 'bench' };
let sessions = 0;

async function session(journey: string, due = Date.now()): Promise<void> {
  sessions += 1;
  present.users += 1;
  present.httpUsers += 1;
  const about = {
    id: `h${sessions}`,
    name: 'bench',
    role: 'resident',
    via: 'http',
    phase: 'steady',
  } as const;
  const plan = { ...about, journeys: 1, only: [journey], seed: sessions, due };
  const { ok, error } = await api.run(plan, account);
  present.users -= 1;
  present.httpUsers -= 1;
  if (!ok) throw new Error(`a session failed: ${error}`);
}

async function often(): Promise<never> {
  for (;;) await session('read often');
}

async function paced(perSecond: number): Promise<void> {
  const begun = Date.now();
  const under: Promise<void>[] = [];
  for (let n = 0; n < perSecond * Number(seconds); n += 1) {
    const due = begun + (n * 1000) / perSecond;
    await wait(Math.max(0, due - Date.now()));
    under.push(session('read some', due));
  }
  await Promise.all(under);
  await api.stop();
  health.stop();
  recorder.close();
  store.stop();
}

if (way === 'paced') await paced(Number(howMany));
else await Promise.all(Array.from({ length: Number(howMany) }, often));

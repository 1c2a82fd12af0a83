import { Worker } from 'node:worker_threads';
import type { Account } from '../../fixtures/accounts.ts';
import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { Heartbeat } from '../../measure/health/heartbeat.ts';
import type { LoopLook } from '../../measure/health/loop-delay.ts';
import type { WorkerLost } from '../../measure/run/events.ts';
import type { HttpSessionPlan } from '../session.ts';
import type { LiveNotes } from './live-notes.ts';
import type { EndedRequests, FromThread, HttpWorkerData, ToThread } from './messages.ts';

/** Sessions clean up after themselves when stopped: a request or two, each given up after 5 s. */
const STOP_WITHIN_MS = 15_000;

export interface SessionEnd {
  ok: boolean;
  error?: string;
}

/** The main thread's handle on the thread that runs HTTP sessions. The thread is started by the constructor. */
export class HttpWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<string, (end: SessionEnd) => void>();
  readonly #listeners: Array<(requests: EndedRequests) => void> = [];
  readonly #liveListeners: Array<(notes: LiveNotes) => void> = [];
  readonly #exited: Promise<void>;
  readonly #heartbeat: Heartbeat;
  #onLost: (how: Omit<WorkerLost, 'worker'>) => void = () => undefined;
  #lost: string | undefined;
  #stopping = false;
  #looks: LoopLook[] = [];
  readonly #flushed: Array<() => void> = [];
  #count = 0;

  constructor(data: HttpWorkerData) {
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (error) => this.#lose({ why: firstLine(error) }, `failed: ${firstLine(error)}`));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#lose({ why: `exit ${code}` }, 'has ended');
        resolve();
      });
    });
    this.#heartbeat = new Heartbeat((silentMs) => {
      this.#lose({ silentMs }, `did not answer for ${Math.round(silentMs / 1000)} s`);
      void this.#worker.terminate();
    });
    this.#heartbeat.beat();
  }

  /** Runs one session. Resolves when it has ended, whatever its end; never rejects. */
  run(plan: HttpSessionPlan, account: Account): Promise<SessionEnd> {
    if (this.#lost ?? this.#stopping) {
      return Promise.resolve({ ok: false, error: this.#lost ?? 'the run is being stopped' });
    }
    this.#count += 1;
    const id = `${plan.id}/${this.#count}`;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ type: 'session', id, plan, account });
    });
  }

  /** Called once, when the thread stops or no longer answers before it was asked to stop: nothing runs in it any more. */
  onLost(listener: (how: Omit<WorkerLost, 'worker'>) => void): void {
    this.#onLost = listener;
  }

  /** Called with the requests that have ended, at most every 250 ms. */
  onRequests(listener: (requests: EndedRequests) => void): void {
    this.#listeners.push(listener);
  }

  /** With `live`: called with what requests and checks came to, every 250 ms. */
  onLive(listener: (notes: LiveNotes) => void): void {
    this.#liveListeners.push(listener);
  }

  /** How the thread's event loop was delayed since this was last asked; undefined: it has not said yet. */
  takeLoop(): LoopLook | undefined {
    const looks = this.#looks;
    this.#looks = [];
    if (looks.length === 0) return undefined;
    const mean = (key: 'wait' | 'use') => looks.reduce((sum, look) => sum + look[key], 0) / looks.length;
    return { worst: Math.max(...looks.map(({ worst }) => worst)), wait: mean('wait'), use: mean('use') };
  }

  /** Has it write what it holds back; resolves when it has, or has ended. */
  flush(): Promise<void> {
    return new Promise((done) => {
      this.#flushed.push(done);
      void this.#exited.then(done);
      this.#send({ type: 'flush' });
    });
  }

  /** Interrupts what is running, lets it clean up, writes down what is left, ends the thread. Call it once or often. */
  async stop(): Promise<void> {
    if (!this.#stopping && this.#lost === undefined) {
      this.#stopping = true;
      this.#heartbeat.stop();
      this.#send({ type: 'stop' });
    }
    const timer = setTimeout(() => void this.#worker.terminate(), STOP_WITHIN_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  #send(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    this.#heartbeat.beat();
    if (message.type === 'requests') {
      for (const listener of this.#listeners) listener(message.requests);
    } else if (message.type === 'live') {
      for (const listener of this.#liveListeners) listener(message.notes);
    } else if (message.type === 'loop') {
      this.#looks.push(message.look);
    } else if (message.type === 'flushed') {
      for (const done of this.#flushed.splice(0)) done();
    } else if (message.type === 'done') {
      this.#waiting.get(message.id)?.({ ok: message.ok, error: message.error });
      this.#waiting.delete(message.id);
    }
  }

  /** @param inWords what became of the thread: the error of its sessions */
  #lose(how: Omit<WorkerLost, 'worker'>, inWords: string): void {
    this.#heartbeat.stop();
    if (this.#lost === undefined && !this.#stopping) this.#onLost(how);
    this.#lost ??= `the thread of HTTP sessions ${inWords}`;
    for (const resolve of this.#waiting.values()) resolve({ ok: false, error: this.#lost });
    this.#waiting.clear();
  }
}

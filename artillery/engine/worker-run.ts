import { HttpWorker } from '../../api/worker/handle.ts';
import { type Account, AccountPool } from '../../fixtures/accounts.ts';
import { factsOf } from '../../measure/errors/classified-error.ts';
import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { type ArrivalsSoFar, GeneratorHealth, type Presence } from '../../measure/health/generator.ts';
import { Recorder } from '../../measure/run/recorder.ts';
import type { Role, Via } from '../../measure/run/samples.ts';
import { type SignInPace, signInPace } from '../../measure/session/sign-in-pace.ts';
import { Interruption } from '../../measure/steps/failure.ts';
import { Channel, type RunContext } from '../channel.ts';
import { type LiveFeed, liveFeed } from '../steering/live-feed.ts';
import { Steering } from '../steering/steering.ts';
import type { Arrival } from './arrival.ts';
import { heldUsers, plannedArrivals } from './arrivals.ts';
import { betweenSessions } from './between-sessions.ts';
import { closeBrowsers } from './browsers.ts';
import { tracedSessions } from './traced-sessions.ts';

const PROGRESS_EVERY_MS = 10_000;
const ALIVE_EVERY_MS = 1000;

/** The run as a worker thread has it: recorder, accounts, the thread of HTTP sessions, and who is present. */
export class WorkerRun {
  readonly context: RunContext;
  readonly recorder: Recorder;
  readonly accounts: AccountPool;
  readonly http: HttpWorker;
  readonly pace: SignInPace | undefined;
  /** Whether the browser session of this scenario that begins now is traced; to be asked once a session. */
  readonly isTraced: (scenario: string) => boolean;
  /** Absent: nothing that is measured decides how the run goes on. */
  readonly steering: Steering | undefined;
  readonly #feed: LiveFeed | undefined;
  readonly #stopping = new AbortController();
  readonly #health: GeneratorHealth;
  readonly #present: Presence = { users: 0, browserUsers: 0, httpUsers: 0 };
  readonly #under = new Set<Promise<unknown>>();
  readonly #tellProgress: () => void;
  readonly #timer: NodeJS.Timeout;
  #started = 0;
  /** How late the latest was that started since this was last read, ms. */
  #late: number | undefined;
  #sessions = 0;
  #requests = 0;
  #failed = 0;

  constructor(context: RunContext, channel: Channel) {
    this.context = context;
    const feed = context.steering && liveFeed(context.steering);
    this.#feed = feed;
    // Levels are reported without limits too; only limits need to know what happens meanwhile.
    const acts = context.steering !== undefined && context.steering.thresholds.length > 0;
    this.recorder = new Recorder(context.runDir, {
      onTrouble: (why) => channel.tell({ type: 'recording failed', why }),
      onSample: acts ? (sample) => feed?.sample(sample) : undefined,
    });
    this.accounts = new AccountPool(context.accounts);
    this.pace = context.signInsPerMinute === undefined ? undefined : signInPace(context.signInsPerMinute);
    this.isTraced = tracedSessions(context.trace);
    this.http = new HttpWorker({
      runDir: context.runDir,
      apiUrl: context.apiUrl,
      seed: context.seed,
      runId: context.runId,
      thinkFactor: context.thinkFactor,
      mayChange: context.mayChange,
      pace: this.pace,
      limits: context.rateLimits,
      insecureTls: context.insecureTls,
      keep: context.artifacts,
      checkRate: context.checkRate,
      live: acts,
      ownConnections: context.connections === 'per-user',
    });
    this.http.onLost((how) => {
      channel.tell({ type: 'worker lost', lost: { worker: 'http', ...how } });
      this.#endSessions();
    });
    if (context.steering && feed) {
      this.http.onLive((notes) => feed.notes(notes));
      this.steering = new Steering({
        ...context.steering,
        figures: feed.figures,
        holder: heldUsers(),
        write: (sample) => this.recorder.write(sample),
        end: (early) => channel.tell({ type: 'end run', early }),
        signal: this.signal,
      });
    }
    this.http.onRequests(({ count }) => {
      this.#requests += count;
    });
    heldUsers().thinkBy(betweenSessions(context));
    this.#health = new GeneratorHealth(this.recorder, {
      target: context.targetPid,
      presence: () => this.#present,
      arrivals: () => this.#arrivalsSoFar(),
      httpLoop: () => this.http.takeLoop(),
      profile: context.part?.profile,
    });
    this.#tellProgress = () => {
      const { users, browserUsers } = this.#present;
      const now = { sessions: this.#sessions, requests: this.#requests, failed: this.#failed };
      channel.tell({ type: 'progress', users, browserUsers, ...now });
    };
    this.#timer = setInterval(this.#tellProgress, PROGRESS_EVERY_MS).unref();
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Runs one session with an account of its own and counts who is present.
   * @throws {Interruption} when the run is being stopped: Artillery goes on starting users until it exits.
   */
  async session<T extends { ok: boolean }>(
    { number, scenario: name, phase, warmup, due, place: held }: Arrival,
    role: Role,
    via: Via,
    work: (account: Account | undefined, id: string) => Promise<T>,
  ): Promise<T> {
    if (this.signal.aborted) throw new Interruption();
    this.#started += 1;
    this.#late = Math.max(this.#late ?? 0, Math.round(Date.now() - due));
    const id = `${this.context.part?.sessions ?? ''}${via === 'browser' ? 'b' : 'h'}${number}`;
    let account: Account | undefined;
    try {
      if (role !== 'visitor') account = this.accounts.take(role);
    } catch (error) {
      // The user came and could not begin: a failed session, not a missing one.
      const about = { t: Date.now(), session: id, role, via, phase, warmup };
      const { message } = error as Error;
      this.recorder.write({
        ...about,
        kind: 'event',
        name: 'session-started',
        data: { scenario: name, due, place: held?.number },
      });
      this.recorder.write({
        ...about,
        kind: 'session',
        name,
        value: 0,
        unit: 'ms',
        ok: false,
        started: about.t,
        due,
        error: message,
        errorKind: 'no-account',
      });
      held?.ended('could not begin');
      throw error;
    }
    const place = via === 'browser' ? 'browserUsers' : 'httpUsers';
    this.#present.users += 1;
    this.#present[place] += 1;
    held?.began();
    const running = work(account, id);
    this.#under.add(running);
    try {
      const outcome = await running;
      if (!outcome.ok) this.#failed += 1;
      if (!warmup && !this.signal.aborted) this.#feed?.session(Date.now(), outcome.ok);
      return outcome;
    } finally {
      this.#under.delete(running);
      if (account) this.accounts.give(account);
      this.#sessions += 1;
      this.#present.users -= 1;
      this.#present[place] -= 1;
      held?.ended('done');
    }
  }

  #arrivalsSoFar(): ArrivalsSoFar {
    const late = this.#late;
    this.#late = undefined;
    const now = Date.now();
    const { held, missing } = heldUsers().presence(now);
    return {
      planned: plannedArrivals().dueBy(now),
      started: this.#started,
      late,
      held: held || undefined,
      heldMissing: missing || undefined,
    };
  }

  /** Writes all that it has kept back. */
  async flush(): Promise<void> {
    this.recorder.flush();
    await this.http.flush();
  }

  /** Interrupts what is under way, lets it write what it holds, and ends. */
  async stop(): Promise<void> {
    await this.steering?.finish();
    this.#endSessions();
    clearInterval(this.#timer);
    await Promise.all([Promise.allSettled(this.#under), this.http.stop()]);
    this.#tellProgress(); // who was there last has left
    this.#health.stop();
    this.recorder.close();
    await closeBrowsers();
  }

  /** What is under way is interrupted, and nobody new begins. */
  #endSessions(): void {
    this.#stopping.abort();
    heldUsers().stop();
  }
}

let opened: Promise<WorkerRun> | undefined;
let stopped: Promise<void> | undefined;

/** Waits for the main thread to open the target, then opens the run in this thread. */
export function openWorkerRun(): Promise<WorkerRun> {
  opened ??= new Promise((done) => {
    let run: WorkerRun | undefined;
    const channel = new Channel((message) => {
      if (message.type === 'run' && !run) {
        run = new WorkerRun(message.context, channel);
        done(run);
      } else if (message.type === 'stop') {
        void stopWorkerRun().finally(() => channel.tell({ type: 'stopped' }));
      } else if (message.type === 'flush') {
        void run?.flush().finally(() => channel.tell({ type: 'flushed' }));
      }
    });
    channel.tell({ type: 'context-request' });
    setInterval(() => channel.tell({ type: 'alive' }), ALIVE_EVERY_MS).unref();
  });
  return opened;
}

/** Writes down what a browser did not do, unless it is the run's end that took it away. */
export function tellOfBrowser(name: string, failure: Error): void {
  const phase = plannedArrivals().current?.phase;
  const error = firstLine(failure);
  void opened?.then(({ recorder, signal }) => {
    if (!signal.aborted)
      recorder.write({
        t: Date.now(),
        kind: 'error',
        name,
        error,
        ...factsOf(failure),
        phase,
        via: 'browser',
      });
  });
}

/** Ends the run in this thread, once. */
export function stopWorkerRun(): Promise<void> {
  stopped ??= opened ? opened.then((run) => run.stop()) : Promise.resolve();
  return stopped;
}

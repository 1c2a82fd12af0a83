/**
 * The types of a run directory: what runners write while they run and what `analysis` reads afterwards.
 * This file and its neighbours are the only place where the two meet (docs/measuring.md, "The run
 * directory").
 */
import type { AuditMeasure } from '../../config/audit-measures.ts';
import type { OperationClass } from '../../config/operation-classes.ts';
import type { AccountRole, Role } from '../../config/roles.ts';
import type { VitalName } from '../../config/vitals.ts';
import type { AuditMode } from './audits.ts';
import type { ErrorKind } from './error-kind.ts';
import type { EventCode, RunEvent } from './events.ts';

export type { AccountRole, OperationClass, Role, VitalName };

/** Where an observation was made: a real browser, or an HTTP client. */
export type Via = 'browser' | 'http';

interface SampleBase {
  /** When it was observed: ms since the epoch (the end of a timed thing is `t`). */
  t: number;
  /** Session id, unique in the run. Absent on what belongs to no session (generator, run events). */
  session?: string;
  role?: Role;
  journey?: string;
  /** Name of the load phase, e.g. `steady`; `warmup: true` marks what gates leave out. */
  phase?: string;
  warmup?: boolean;
  via?: Via;
  /** Route pattern (`/schedule/[personId]`), never a raw URL. */
  page?: string;
}

/** One simulated user, from its start to its end. Written when it ends. `value`: ms. */
export interface SessionSample extends SampleBase {
  kind: 'session';
  /** Scenario name, e.g. `residents in the browser`, or `perf` for a functional test. */
  name: string;
  value: number;
  unit: 'ms';
  ok: boolean;
  /** Planned arrival and real start, ms since the epoch; their difference is how late the session began. */
  due?: number;
  started: number;
  /** Set when the session was cut off by an interruption of the run. */
  interrupted?: boolean;
  error?: string;
  errorKind?: ErrorKind;
  /** Status of the answer that was the failure. */
  status?: number;
  /** The step that failed, when the first failure was one. */
  failedStep?: string;
}

/** Why a journey had nothing to go on with: a code in kebab case, and a line for people. */
export interface CutShort {
  code: string;
  text: string;
  /** Journeys of other users that leave it something, by chance: where they are under way, that it found nothing is no fault. */
  leftBy?: readonly string[];
}

/** One pass of one journey. Written when it ends. */
export interface JourneySample extends SampleBase {
  kind: 'journey';
  name: string;
  value: number;
  unit: 'ms';
  ok: boolean;
  interrupted?: boolean;
  /** The step that failed, when one did. */
  failedStep?: string;
  /** Why it ended before it had done all: the target had nothing to do it with. Its time is in no figure. */
  cutShort?: CutShort;
}

/** One step: it ended well or badly, or was interrupted. */
export interface StepSample extends SampleBase, EvidenceFiles {
  kind: 'step';
  /** As the journey names it. What failed between two steps: `after "<the one before>"` or `before the first step`. */
  name: string;
  /** Step time as docs/measuring.md, "Steps", defines it, ms; of a failed step: how long it was tried. */
  value: number;
  unit: 'ms';
  ok: boolean;
  interrupted?: boolean;
  /** First view of a lazily loaded page in this session: kept and drawn, left out of gates. */
  cold?: boolean;
  /** `page`: exact, all that was waited for has a time of its own on the page's clock. `driver`: coarse. */
  clock?: 'page' | 'driver';
  /** Of a coarse step: how much shorter it may have been, at most, ms. Runs until November 2026 do not say. */
  offByAtMost?: number;
  error?: string;
  errorKind?: ErrorKind;
  /** Status of the answer that was the failure. */
  status?: number;
}

/** Files of evidence, relative to the run directory. */
export interface EvidenceFiles {
  screenshot?: string;
  aria?: string;
  consoleLog?: string;
  har?: string;
  trace?: string;
}

/** One HTTP request. */
export interface RequestSample extends SampleBase {
  kind: 'request';
  /** Operation name, e.g. `swaps.execute`. */
  name: string;
  class: OperationClass;
  method: string;
  /** 0 when no answer came. */
  status: number;
  /**
   * To the last byte of the answer, ms: of an HTTP client from the call that sends it, a wait for its connection
   * included (the sum of the four parts below); of a browser from its sending, on a connection that is open.
   */
  value: number;
  unit: 'ms';
  ok: boolean;
  /** A refusal that the journey is there to meet: a status of 400 or more, and `ok`. */
  expected?: true;
  /**
   * Before sending, ms; HTTP clients only. From the call until a connection was free, or began to be opened for it;
   * with the client's own work on it, which is all that there is to see while connections are not limited.
   */
  blocked?: number;
  /**
   * Opening a connection (name, TCP, TLS), ms; HTTP clients only. Absent when one was open already. Of a request that
   * failed in it: until then.
   */
  connect?: number;
  /** From sending, when a connection was there, to the first byte of the answer, ms. Absent when none came. */
  ttfb?: number;
  /** From the first to the last byte of the answer, ms; HTTP clients only. Of one that broke off: until then. */
  download?: number;
  /** Latency from the moment the request was due (docs/measuring.md, "Requests"), ms; HTTP clients only. */
  fromDue?: number;
  /** Bytes of the answer's body. */
  bytes?: number;
  /** Its body is text of 1400 bytes or more and came without compression, which the client accepts. Runs until November 2026 do not say. */
  uncompressed?: true;
  /** Of a failed redirect (3xx): where it leads, without query. HTTP clients only; they follow none. */
  redirectTo?: string;
  attempt?: number;
  /**
   * Its reused connection was closed before an answer began, and it was sent once more on a new one, as browsers do.
   * `value` begins with the first sending. HTTP clients only.
   */
  resent?: boolean;
  /** Redirects that the browser followed to the answer; `value` includes them, `status` is the last answer's. */
  redirects?: number;
  /** The answer's X-Request-ID; of an HTTP client that got none: the one sent. */
  requestId?: string;
  /**
   * W3C trace id that an HTTP client sent, in the rare case that it is not `requestId` without its hyphens: the target
   * answered with an id of its own, or the journey set a `traceparent`. Browsers send none.
   */
  traceId?: string;
  serverTiming?: string;
  /**
   * Requests that the target's limit allows and those that are left, where it says so in numbers
   * (`X-RateLimit-Limit`, `X-RateLimit-Remaining`); HTTP clients only.
   */
  quota?: number;
  quotaLeft?: number;
  /**
   * Whether the answer was compared with the contract's shape; HTTP clients only. Absent where there was none to hold
   * it against: it was a failure, has no body, or its shape is not known.
   */
  checked?: boolean;
  /** The step during which a browser sent it. */
  step?: string;
  error?: string;
  errorKind?: ErrorKind;
}

/** One Web Vital of one page view: the latest value, never two. CLS has no unit. */
export interface VitalSample extends SampleBase {
  kind: 'vital';
  name: VitalName;
  value: number;
  unit: 'ms' | '1';
  nav: 'hard' | 'soft';
  rating: 'good' | 'needs-improvement' | 'poor';
  /** The page view it belongs to (id in the event `page-view`). */
  view: string;
  cold?: boolean;
  /** What the browser puts it down to; names and meanings: docs/measuring.md. Scripts by path, never by address. */
  attribution?: Record<string, unknown>;
}

/** One check of an answer's content or of a door that must stay closed. A failed one of a browser has evidence. */
export interface CheckSample extends SampleBase, EvidenceFiles {
  kind: 'check';
  name: string;
  ok: boolean;
  error?: string;
  errorKind?: ErrorKind;
}

/** Something that a journey got done, or found, on the target: e.g. schedules generated, violations found. */
export interface CountSample extends SampleBase {
  kind: 'count';
  /** In the plural, as it is read: `schedules generated`. */
  name: string;
  /** How many this time; 0 says that it was looked for. */
  value: number;
}

/**
 * Something that went wrong outside of a step or request, e.g. a page error; or a journey over HTTP that could not go
 * on. Steps and requests carry their own.
 */
export interface ErrorSample extends SampleBase {
  kind: 'error';
  name: string;
  error: string;
  errorKind?: ErrorKind;
  /** Status of the answer that was the failure. */
  status?: number;
  step?: string;
  /** The page view in which it happened, as in the event `page-view`. */
  view?: string;
  /** The session's last requests, relative to the run directory. */
  har?: string;
}

/**
 * One second of the generator's own health, and of the machine that it runs on. A run of several profiles has one of each
 * process.
 */
export interface GeneratorSample extends SampleBase {
  kind: 'generator';
  name: 'generator';
  /** Of a run of several profiles: the one whose process it tells of. */
  profile?: string;
  /** Share of all cores used by the process tree of runner and browsers, 0–1. Absent where there is no /proc. */
  cpu?: number;
  /** Worst event-loop delay in that second, ms. */
  loopDelay: number;
  /**
   * Of the loop of the thread that times HTTP requests: how long something that comes at any moment waits for it, on
   * average, ms; and the share of the second in which it had work, 0–1. Absent where no such thread runs.
   */
  loopWait?: number;
  loopUse?: number;
  /** Memory of the tree (proportional set size), MiB. Absent where there is no /proc. */
  memoryMiB?: number;
  /** Sessions present, by where they run. */
  users: number;
  browserUsers: number;
  httpUsers: number;
  /** Of the whole machine, no matter who used it: measure/health/machine/host-load.ts. Absent where the kernel does not tell. */
  hostCpu?: number;
  load1?: number;
  cpuPressure?: number;
  memoryPressure?: number;
  ioPressure?: number;
  sockets?: number;
  /** Sessions that were to start by now and that did, since the run began. Absent where there is no plan of arrivals. */
  planned?: number;
  started?: number;
  /** Looping users that should be there at that moment, and those of them that could not begin. Absent: none. */
  held?: number;
  heldMissing?: number;
  /** How long after its time the latest session began that started in that second, ms. */
  late?: number;
  /** Processes of the tree that somebody had stopped (SIGSTOP, a debugger) at that moment. Absent: none. */
  stopped?: number;
}

/** One second of the process tree of a target that this run started. */
export interface TargetSample extends SampleBase {
  kind: 'target';
  name: 'process';
  /** As in a generator's sample. */
  cpu: number;
  memoryMiB: number;
}

/** One scrape of a Prometheus endpoint of the target. */
export interface ScrapeSample extends SampleBase {
  kind: 'scrape';
  /** The endpoint's, in config/environments.yml. */
  name: string;
  /** Figure → value, in the unit that run.json gives. Absent when the scrape failed. */
  figures?: Record<string, number>;
  /** From asking to the last byte, or to the failure, ms. */
  ms: number;
  /** Its counters began again since the scrape before: what is made of them has no value here. */
  restarted?: true;
  /** Why there is no answer that can be read. */
  error?: string;
}

/** One audit by Lighthouse: of a page's cold load, of a step of a journey, or of the page at its end. */
export interface AuditSample extends SampleBase {
  kind: 'audit';
  /** The page's path, or `<journey>: <step>`. */
  name: string;
  mode: AuditMode;
  /** From 1. */
  repeat: number;
  ok: boolean;
  /** In the units of config/audit-measures.ts. What Lighthouse does not give is absent. */
  figures?: Partial<Record<AuditMeasure, number>>;
  error?: string;
  errorKind?: ErrorKind;
}

/** Something that happened, and is not a measurement: `name` is its code. */
export type EventSample<C extends EventCode = EventCode> = SampleBase & { kind: 'event' } & RunEvent<C>;

export type Sample =
  | SessionSample
  | JourneySample
  | StepSample
  | RequestSample
  | VitalSample
  | CheckSample
  | CountSample
  | ErrorSample
  | GeneratorSample
  | TargetSample
  | ScrapeSample
  | AuditSample
  | EventSample;

export type SampleKind = Sample['kind'];

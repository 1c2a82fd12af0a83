/** What happened during a run that is not a measurement: each event has a code and data of its own. */
import type { MutationKind } from '../../config/changes.ts';
import type { OperationClass } from '../../config/operation-classes.ts';
import type { AuditConcluded } from './audits.ts';
import type { LevelEnded, RunEndedEarly, SearchEnded } from './findings.ts';

/** Which performance entries the browser has, as its pages reported. What needs a missing one is not measured. */
export interface BrowserEntries {
  /** Without: soft page views are counted and yield nothing. */
  softNavigation: boolean;
  /** Without: no TBT. */
  longTask: boolean;
  /** Without: no long animation frames, and no script in INP's attribution. */
  longAnimationFrame: boolean;
}

/** What a view loaded, as its page's Resource Timing tells (docs/measuring.md, "Sizes and counts"). Sizes in bytes. */
export interface ViewLoads {
  /** Over the network, the document too. */
  requests: number;
  /** From the browser's cache, or a service worker: not among `requests`. */
  cached: number;
  /** Of `requests`: to origins that are neither the pages' nor the API's. */
  thirdParty: number;
  /** Of `requests`: another origin hides their size (no `Timing-Allow-Origin`). */
  hidden: number;
  /** Of `requests`: no whole answer came. */
  failed: number;
  /** Sum of those that are known; of scripts. */
  size: number;
  scriptSize: number;
  /** Of `hidden`: scripts. */
  hiddenScripts: number;
  /** Elements of the document at the view's end. */
  elements?: number;
}

/** Tasks over 50 ms that began in a view; `ms`: all of them together. */
export interface LongTasks {
  count: number;
  ms: number;
}

export interface PageView {
  /** Unique in the session; vitals name it in `view`. */
  id: string;
  nav: 'hard' | 'soft';
  /** Whether the user clicked or typed in it. */
  interacted: boolean;
  /** Whether the browser can report its vitals. */
  measurable: boolean;
  /** First view of a lazily loaded page in the session. */
  cold: boolean;
  /** Why the browser cannot report them. */
  unmeasured?: string;
  /** It led by other routes back to where it began, and nothing was painted: no page view to its user. */
  painted?: false;
  /** Absent: the page did not say, as one does not that crashed. */
  loads?: ViewLoads;
  /** Absent: the browser has none, or nothing was painted. */
  longTasks?: LongTasks;
}

/** A thread or process that ran sessions, and is no more. */
export interface WorkerLost {
  /** The thread of HTTP sessions, Artillery's worker thread (which drives the browsers), or Playwright's worker process. */
  worker: 'http' | 'artillery' | 'playwright';
  /** It had not answered for so long, ms. Absent: it stopped. */
  silentMs?: number;
  /** What it failed with, where that is known. */
  why?: string;
  /** Of a run of several profiles: whose it was. */
  profile?: string;
}

/** Codes of events and the data of each. */
export interface EventData {
  'page-view': PageView;
  'browser-entries': BrowserEntries;
  /** A defect that no answer or step shows; its name in config/known-defects.yml. */
  'known-defect': { defect: string };
  /** Whether what a known defect leaves behind was found, after an answer whose text the target may hide. */
  'defect-effect': { defect: string; found: boolean };
  /** `due`: planned arrival, ms since the epoch. `place`: number of a user whose sessions follow one another. */
  /** `retry`: it is a further attempt at a journey whose test failed; `attempt` from 2. */
  'session-started': {
    scenario: string;
    due?: number;
    account?: string;
    place?: number;
    retry?: { journey: string; attempt: number };
  };
  /** The phase's name is in the sample's own field. */
  'phase-started': undefined;
  /** How long a sign-in waited for a limit's sake. */
  'sign-in-paced': { ms: number };
  /** `why`: the reason why it cannot be undone. */
  'change-planned': { id: string; what: MutationKind; name: string; why?: string };
  /** `path`: where the API has it. */
  'change-made': { id: string; path: string };
  'change-undone': { id: string };
  'change-not-undone': { id: string; why: string };
  /** A page's call that the browser, or a service worker, answered by itself: the target was not asked. */
  'answered-from-cache': { operation: string };
  /** A request without an answer at its session's end, how long it had been under way, and over HTTP since it was due. */
  'request-interrupted': { operation?: string; class?: OperationClass; ms?: number; fromDue?: number };
  /** A journey that was asked for and did not run: its environment forbids it, or an end came before it. */
  'journey-skipped': { journey: string; why: string };
  /** A trace of a failed test, relative to the run directory, and the step that failed. */
  'trace-kept': { file: string; step?: string };
  interrupted: { why: string };
  'target-died': { how: string };
  /** Written when it is over: the target took connections and answered no probe from `since` (ms since the epoch) on. */
  'target-unresponsive': { since: number; ms: number };
  /** Written at the end: health probes of the whole run, and those without an answer. */
  'target-watched': { probes: number; unanswered: number };
  'worker-lost': WorkerLost;
  /** By how much; negative: back. */
  'clock-jumped': { ms: number };
  /** `cpuMs`: CPU time of the process in that second. */
  'stood-still': { ms: number; cpuMs?: number };
  suspended: { ms: number; programs: string };
  'samples-lost': { count: number; why: string };
  /** Browsers and traces could write no more. */
  'temporary-folder-full': { why: string };
  /** The last line of one that wrote samples: how many it wrote before it, so that lines which are gone are missed. */
  'lines-written': { lines: number };
  'benchmark-ended': { benchmark: string; reason: BenchmarkEnd; why: string };
  'audit-concluded': AuditConcluded;
  'level-ended': LevelEnded;
  'search-ended': SearchEnded;
  'run-ended-early': RunEndedEarly;
}

/** Why a benchmark ended. */
export type BenchmarkEnd =
  | 'enough-rounds'
  | 'narrow-interval'
  | 'time-over'
  | 'failed'
  | 'rate-limited'
  | 'known-defect'
  | 'not-done'
  | 'interrupted';

export type EventCode = keyof EventData;

type EventOf<C extends EventCode> = {
  [Code in C]: undefined extends EventData[Code]
    ? { name: Code; data?: undefined }
    : { name: Code; data: EventData[Code] };
}[C];

/** An event's code and data. */
export type RunEvent<C extends EventCode = EventCode> = EventOf<C>;

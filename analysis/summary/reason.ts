/** Why a run has its verdict, as data: `analysis/text/reason-text.ts` makes the sentences. */

import type { DataCount } from '../../measure/run/data-size.ts';
import type { WorkerLost } from '../../measure/run/events.ts';
import type { Interval } from '../../measure/run/units.ts';
import type { JudgedGate } from './gate-result.ts';

/** Seconds since the run's start (`at`); `more`: how many further times it happened. */
interface Happened {
  at: number;
  more?: number;
}
interface BeyondLimit {
  p95: number;
  limit: number;
}
interface EndpointAsked {
  endpoint: string;
  url: string;
}
interface FailedScrapes extends EndpointAsked {
  scrapes: number;
  failed: number;
  reasons: Array<{ reason: string; count: number }>;
}
/** Of one scenario in one phase. */
interface UsersOfPlan {
  scenario: string;
  phase: string;
  planned: number;
  started: number;
  /** Users at a time, and no sessions. */
  areConcurrent?: true;
}
type None = Record<never, never>;

/** How the run ended. */
interface EndReasons {
  /** `how` is absent where the samples do not have it. */
  'target-died': { how?: string };
  /** For so long at once that the run was ended. */
  'target-unresponsive': { seconds: number };
  killed: None;
  'recording-failed': None;
  'profile-lost': { what?: string };
  /** `at`: s since the run's start. All is absent where the samples do not have it. */
  'worker-lost': Partial<WorkerLost> & { at?: number };
  'ended-by-generator': { why: string };
  /** `why` is absent where the samples do not have it. */
  'stopped-by-threshold': { why?: string };
  interrupted: { seconds: number; by?: string };
  'still-running': None;
}

/** What disturbed the generator, or made it measure itself. Times in ms. */
export interface GeneratorReasons {
  'clock-jumped': Happened & { ms: number };
  'stood-still': Partial<Happened> & { ms: number; cpuMs?: number };
  suspended: Happened & { ms: number; programs?: string };
  'temporary-folder-full': Happened & { why?: string };
  'users-late': BeyondLimit;
  'loop-delayed': BeyondLimit;
  'loop-waits': BeyondLimit;
  'loop-busy': BeyondLimit;
  'cpu-exhausted': BeyondLimit;
  /** `at`: the first of them, seconds into the run; `limit`: share of the seconds, where more of them stalled. */
  'generator-stalled': {
    seconds: number;
    of: number;
    at?: number[];
    worstMs?: number;
    requests?: number;
    steps?: number;
    limit?: number;
  };
  'generator-exhausted': { requests: number; others: number; first?: string };
  /** `at`: when the first of them began, seconds into the run; `limit`: share of the seconds, where more were not watched. */
  'generator-unwatched': { seconds: number; of: number; at: number[]; limit?: number };
  'generator-strained': { loopWait?: BeyondLimit; loopUse?: BeyondLimit };
  /** In the seconds with users in browsers. `generator`, `target`: mean shares of all cores then; absent: not measured. */
  'machine-full': {
    seconds: number;
    of: number;
    limit: number;
    generator?: number;
    target?: number;
    isShared: boolean;
  };
  'machine-busy': { seconds: number; of: number; limit: number; mayBeTarget: boolean };
}

/** What was not measured, or not kept. */
interface SampleReasons {
  'no-samples': None;
  'no-sessions': None;
  /** What the plan of the run has none of. */
  'no-plan': { what: 'profiles' | 'phases' | 'scenarios' | 'users' };
  /** From the last sample to the end that run.json names; negative: before it. */
  'end-without-samples': { seconds: number };
  'samples-lost': { count: number; detail?: string };
  'samples-cut-off': { how: string; samples: number };
  'journeys-retried': { journeys: Array<{ journey: string; times: number }> };
  'sessions-recorded-twice': { count: number };
  'samples-damaged': {
    lost: number;
    lines: number;
    kinds: Array<{ what: string; count: number }>;
    moreKinds: boolean;
    /** Share that may be lost, where more is. */
    limit?: number;
  };
  /** In a run that finished: without an end, or cut off. */
  'sessions-unended': { count: number; started: number };
  /** Sessions that were to start, of all scenarios; and where they, or concurrent users, were missed. */
  'users-missing': { started: number; planned: number; missed: UsersOfPlan[] };
  /** Passes that ended before they had done all, and the journeys that often did. */
  'journeys-cut-short': {
    n: number;
    of: number;
    journeys: Array<{ name: string; n: number; of: number }>;
  };
  /** `limit`: share of the sessions in browsers that may lose their page, where more did. */
  'pages-lost': { sessions: number; of: number; browsers: number; limit?: number };
  'users-too-many': { surplus: UsersOfPlan[] };
  'concurrent-users-missing': { missing: number; most: number; mostMissing: number };
  /** `limit`: share that must be captured, where less is. */
  'vitals-incomplete': { share: number; views: number; limit?: number };
  'no-soft-navigation': { views: number };
  'no-long-task': None;
  'no-long-animation-frame': None;
}

/** What the target did, or did not do. */
interface TargetReasons {
  /** `beyond`: the share that may be refused, where more was; of the operation, or of all requests. */
  'rate-limited': {
    n: number;
    of: number;
    operations: Array<{ name: string; n: number }>;
    beyond?: { operation?: string; share: number; limit: number };
  };
  'sign-ins-paced': { n: number; of: number; longestMs: number };
  'metrics-not-read': EndpointAsked;
  'metrics-never-answered': FailedScrapes;
  'metrics-scrapes-failed': FailedScrapes;
  'metrics-empty': EndpointAsked & { kind: string };
  'metrics-reset': EndpointAsked & { times: number };
  'changes-left': { count: number };
  'known-defect-expired': { name: string; count: number; until: string };
  'known-defect-unlisted': { name: string; count: number };
  /** Of `count` answers that may have it, what it leaves behind was not there after `missing`. */
  'known-defect-without-effect': { name: string; count: number; missing: number };
  /** Shares, 0–1: the listed one, and that of the `n` answers with its 95 % interval. */
  'known-defect-share-changed': {
    name: string;
    listed: number;
    value: number;
    n: number;
    ci: Interval;
  };
}

/** What failed, in a summary's table of errors. */
type FailureKind = 'step' | 'request' | 'session' | 'check' | 'error';

/** What failed first, of what broke a limit on failures. */
interface FailureReasons {
  'first-failure': {
    kind: FailureKind;
    name: string;
    message: string;
    journey?: string;
    page?: string;
    /** Relative to the run directory. */
    screenshot?: string;
    /** How often the same failed, and when first, seconds into the run; both without the warm-up. */
    count: number;
    at: number;
    /** Something failed in the warm-up already. */
    isAfterWarmup?: boolean;
    /** Of a step: the request, check or error during it that failed before. */
    cause?: { kind: FailureKind; name: string; message: string };
  };
}

/** What limits came to. */
interface GateReasons {
  /** No limit said anything of a profile: whatever it did, nothing could have failed. */
  'no-gates': { profile: string };
  /** None of them had enough samples to pass or fail. */
  'nothing-proved': { profile: string; gates: number };
  'gate-failed': { gate: JudgedGate };
  'gate-inconclusive': { gate: JudgedGate };
}

/** What is no reason for a verdict. */
/** Health probes had no answer: when, how many requests of users were answered meanwhile, and the seconds that count as a silence. */
export interface ProbeWait {
  /** Seconds into the run. */
  from: number;
  seconds: number;
  answered: number;
  silent: number;
}

interface NoteFacts {
  /** By name, the most first; whether they are too many is for a limit to say. */
  'checks-failed': { n: number; failed: Array<{ name: string; count: number }> };
  /** Other users of the run left these nothing, by chance. */
  'journeys-found-nothing': { journeys: Array<{ name: string; n: number; of: number }> };
  /** Asked for, and not run. */
  'journeys-skipped': { skipped: Array<{ journey: string; why: string }> };
  /** Stylesheets and scripts that could not be loaded, the most frequent first; `views` of `of` lacked them. */
  'files-not-loaded': { views: number; of: number; files: Array<{ name: string; count: number }> };
  /** Health probes of the target without an answer, and when; `waits` of older suites is absent. */
  'probes-unanswered': { n: number; of: number; waits?: ProbeWait[] };
  /** Looks at the generator that do not know its CPU. */
  'cpu-unwatched': { seconds: number; of: number };
  /** One limit that nothing speaks against, and that the run is too short to prove. */
  'limit-unproved': Pick<JudgedGate, 'metric' | 'expected' | 'n' | 'of' | 'needed' | 'missing'>;
  /** The same of limits on single steps, requests, pages: all of them as one note. */
  'limits-of-many-unproved': { count: number };
  /** `left`: things that this run made or changed and that are still so, each once, `removable` of them by a command. */
  'data-grew': { grown: Array<{ what: DataCount; by: number }>; left: number; removable: number };
  /** Limits on one name that the run did not meet; a `*` stands beside them. */
  'limits-not-met': { metrics: string[] };
}

/** Code → what is known of it. */
export interface ReasonFacts
  extends EndReasons,
    GeneratorReasons,
    SampleReasons,
    TargetReasons,
    FailureReasons,
    GateReasons,
    NoteFacts {}

export type ReasonCode = keyof ReasonFacts;

/** Code and facts of one of these codes. */
export type Fact<Code extends ReasonCode = ReasonCode> = {
  [One in Code]: { code: One } & ReasonFacts[One];
}[Code];

export type Note = Fact<keyof NoteFacts>;

/** One reason, and the verdict that it asks for. */
export type Reason<Code extends ReasonCode = Exclude<ReasonCode, keyof NoteFacts>> = Fact<Code> & {
  verdict: 'invalid' | 'fail' | 'warn';
};

/** `summary.json`: what is concluded from a run, and what every report is drawn from. */
import type { AuditMeasure } from '../../config/audit-measures.ts';
import type { LinkTemplate } from '../../config/links.ts';
import type { RunShare } from '../../config/run-figure.ts';
import type { AuditConcluded, AuditMode } from '../../measure/run/audits.ts';
import type { ErrorKind } from '../../measure/run/error-kind.ts';
import type { LevelLimit } from '../../measure/run/findings.ts';
import type { HostFigure, HostSecond } from '../../measure/run/machine.ts';
import type { RunJson, SCHEMA, Verdict } from '../../measure/run/run.ts';
import type { OperationClass, Role, Via, VitalName } from '../../measure/run/samples.ts';
import type { Drift, EndpointSummary } from '../../measure/run/target-figures.ts';
import type { Interval, Unit } from '../../measure/run/units.ts';
import type { Advice } from './advice.ts';
import type { GateResult, PrimaryFigure } from './gate-result.ts';
import type { GoalResult } from './goal-result.ts';
import type { Note, ProbeWait, Reason } from './reason.ts';

/** A share of all attempts outside of warm-up, 0–1: what a limit on it reads. */
export interface Share {
  /** null: there was nothing to take a share of. */
  value: number | null;
  /** What it is a share of. */
  n: number;
  /** 95 % interval of a share that was counted. */
  ci?: Interval;
}

/** Of raw values. Percentiles: linear interpolation (type 7). null: no values. */
export interface Quantiles {
  /** Values behind the percentiles: successes outside of warm-up, `cold` ones left out. */
  n: number;
  min: number | null;
  mean: number | null;
  p50: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
  /** 95 % intervals from order statistics; an open end is null: n too small for one (p95: below 72, p99: 368). */
  p50ci?: Interval;
  p75ci?: Interval;
  p90ci?: Interval;
  p95ci?: Interval;
  p99ci?: Interval;
}

/** Figures of one metric, from raw samples. */
export interface Figures extends Quantiles {
  /** Outside of warm-up, `cold` ones included, neither interrupted nor cancelled: what `errors` is a share of. */
  attempts: number;
  errors: number;
  /** Failures that a dated list excuses; not among `errors`. */
  excused?: number;
  /** Of what was begun after the last phase: there are no other values. Absent: not so. */
  isOfDrain?: true;
  /** The same with `unended` more, which had not ended, each with its age: the least that each figure can be. Absent: all had. */
  withUnended?: Quantiles & { unended: number };
}

/**
 * What became of all that was started: started = ok + failed + excused + rateLimited + cancelled + interrupted, and the
 * attempts among it (all but the cancelled and the interrupted) = judged + warmup.
 */
export interface Ended {
  started: number;
  ok: number;
  /** For a reason that nothing excuses. */
  failed: number;
  /** Failed by a known defect. */
  excused: number;
  rateLimited: number;
  cancelled: number;
  interrupted: number;
  /** Of `ok`: journeys that the target had nothing for. */
  cutShort: number;
  warmup: number;
  /** What shares of failures are of. */
  judged: number;
  /** Of `judged`: begun after the last phase, so that its failures count and its time does not. */
  drain: number;
}

/** One audited page, or one part of an audited journey. */
export interface AuditSummary {
  /** The page's path, or `<journey>: <part>`. */
  name: string;
  mode: AuditMode;
  role?: Role;
  journey?: string;
  /** Those that succeeded. */
  repeats: number;
  failures: Array<{ error: string; count: number }>;
  /** `value`: of the representative repeat, as its report shows it; `values`: of each repeat, in their order. */
  measures: Array<{ measure: AuditMeasure; unit: Unit; value: number | null; values: number[] }>;
  /** Absent: it was cut off, or no repeat succeeded. */
  concluded?: AuditConcluded;
}

/** What one serial benchmark took: one client, one round after the other. Times in ms, warm-up rounds left out. */
export interface BenchmarkFigures {
  name: string;
  /** Rounds behind the figures, and those that failed. */
  rounds: number;
  failed: number;
  min: number | null;
  median: number | null;
  /** 95 % interval of the median; an open end is null. */
  medianCi: Interval;
  /** First and third quartile: half of the rounds lie between them. */
  q1: number | null;
  q3: number | null;
  /** Rounds a second at the median. */
  perSecond: number | null;
  /** Tukey's fences, rounds beyond them, and the farthest of those by their number, from 1. They are in all figures. */
  fences: [low: number, high: number] | null;
  outliers: number;
  farthest: Array<{ round: number; value: number }>;
  /** Why it ended, or was not done. */
  ended: string;
}

/** One view in which a vital was at its worst, and what the browser put it down to. */
export interface WorstView {
  vital: VitalName;
  page: string;
  nav: 'hard' | 'soft';
  cold: boolean;
  value: number;
  unit: 'ms' | '1';
  rating: 'good' | 'needs-improvement' | 'poor';
  session?: string;
  view: string;
  /** As in the sample: element, parts in ms, script. */
  attribution: Record<string, unknown>;
}

/** Long animation frames of a page's views outside of warm-up, first views included. ms. */
export interface LongFrames {
  page: string;
  /** Views that could be watched, and those that had such a frame. */
  views: number;
  withFrames: number;
  frames: number;
  /** The longest, and how much of it blocked input. */
  worst: number;
  blocking: number;
  /** The longest script in any of them, by path. Absent where none ran for 5 ms. */
  script?: string;
  scriptDuration?: number;
  function?: string;
  /** What called it. */
  invoker?: string;
}

export interface ErrorGroup {
  kind: 'step' | 'request' | 'session' | 'check' | 'error';
  name: string;
  message: string;
  errorKind: ErrorKind;
  count: number;
  /** Those of `count` that happened in the warm-up. Absent: none. */
  warmup?: number;
  /** When the first of those happened, seconds into the run. Absent: none, or an older suite. */
  warmupAt?: number;
  /** When the first of the others happened, seconds into the run. Absent: all happened in the warm-up. */
  firstAt?: number;
  /** The step during which it happened. */
  step?: string;
  /** Where the first of them happened. */
  via?: Via;
  journey?: string;
  page?: string;
  screenshot?: string;
  aria?: string;
  consoleLog?: string;
  har?: string;
  trace?: string;
  requestId?: string;
}

/** A journey as users of one role met it, outside of warm-up. */
export interface JourneyOfRole {
  role: Role;
  journey: string;
  via: Via;
  /** Passes that ended, those of them that failed (known defects too: their users met them), and those that had nothing to do. */
  passes: number;
  failed: number;
  cutShort: number;
  /** Those that went through although a call or a step in them failed, known defects too. Absent: none, or an older suite. */
  troubled?: number;
  /**
   * What failed in the failed and the troubled passes, and in how many of them: the five most frequent, known defects last.
   * Absent: nothing, or an older suite.
   */
  because?: Array<{
    kind: 'request' | 'step' | 'check' | 'error' | 'defect';
    name: string;
    passes: number;
    /** The known defect that excuses it. */
    defect?: string;
  }>;
  /** Apdex (T = 1 s) of the waits in it that ended well, 0–1: steps in browsers, answers over HTTP. null: there were none. */
  score: number | null;
}

/** One pass of a journey in a browser. Times in ms; `at` of steps and calls: since the pass began. */
export interface JourneyPass {
  journey: string;
  /** It belongs to no journey, such as signing in; `journey` is its last step. */
  isOutside?: true;
  role?: Role;
  /** When it began, seconds into the run. */
  at: number;
  ms: number;
  ok: boolean;
  /** `ms` of a failed step: until it failed. `isAtMost`: it was not timed, and has all the time since the step before it. */
  steps: Array<{ name: string; page?: string; at: number; ms: number; ok: boolean; isAtMost?: true }>;
  /** The first hundred. `step`: during which it was sent; absent: between two. */
  calls: Array<{ name: string; step?: string; at: number; ms: number; ok: boolean; status: number }>;
}

/** What answers say of the server's own time (Server-Timing), of the time until their first byte. Sums of `n` calls, ms. */
export interface ServerTime {
  n: number;
  ms: number;
  ofMs: number;
}

/**
 * Sums of `n` steps that were taken on one page and ended well, of all `of`; ms = server + network + browser.
 * `browser`: all else than waiting for the document and for calls, the page's other files included.
 */
export interface TimeOfSteps {
  page: string;
  n: number;
  of: number;
  ms: number;
  server: number;
  network: number;
  browser: number;
  /** Absent: no answer says anything of it. */
  own?: ServerTime;
}

/**
 * Sums of `n` good answers over HTTP to one journey, or to one operation outside of journeys (`auth.login, outside of journeys`);
 * ms = generator + connect + server + download.
 */
export interface TimeOfCalls {
  journey: string;
  n: number;
  ms: number;
  generator: number;
  connect: number;
  server: number;
  download: number;
  own?: ServerTime;
}

/** A part of the plan, as it came. Seconds, `from` since the start of the run. */
export interface RunPhase {
  name: string;
  from: number;
  seconds: number;
  warmup?: true;
}

/** An operation, a step or a journey that failed each of the `n` times it ended outside of warm-up. */
export interface NeverWorked {
  kind: 'request' | 'step' | 'journey';
  name: string;
  n: number;
  /** Known defects that failures of it are; empty: none is known. */
  defects: string[];
}

/** The generator's clock stepped, it stood still, or samples could not be written. */
export interface Disturbance {
  what: 'clock-jumped' | 'stood-still' | 'suspended' | 'samples-lost' | 'temporary-folder-full';
  /** When it was noticed, ms since the epoch. */
  t: number;
  /** How far the clock stepped (backwards: negative), how long it stood still. */
  ms?: number;
  /** CPU time that its own process used meanwhile, ms: much where it was busy itself, little where it was delayed. */
  cpuMs?: number;
  /** Of a suspension: programs that were stopped. Of lost samples: what the system said. */
  detail?: string;
  /** Samples that were lost. */
  count?: number;
}

/** Something that the run created or altered on the target and that is, or may be, still there. */
export interface Leftover {
  /** Kind of change (config/changes.ts). */
  what: string;
  /** Finds it again: a note, a name, an e-mail address, or its dates. */
  name: string;
  /** Where the API has it, once it was made: `/absences/<id>`. */
  path?: string;
  why: string;
  /** False: the application offers no way. */
  canBeUndone: boolean;
  session?: string;
  role?: Role;
  journey?: string;
  /** When it was made, ms since the epoch. */
  t: number;
}

/** Values of one vital: `got` of its completeness + `uncounted` = `ofPages` + `warmup` + `drain`. */
export interface CountedVitals {
  /** Behind the figures of pages, first views included. */
  ofPages: number;
  warmup: number;
  /** Begun after the last phase, on pages that were viewed before too. */
  drain: number;
  /** Of sessions that were cut off, or of views that could not be measured: in no completeness. */
  uncounted: number;
}

export interface Summary {
  schema: typeof SCHEMA;
  id: string;
  verdict: Verdict;
  /** Why, in sentences; the gravest first. Empty for a plain pass. */
  reasons: string[];
  /** The same as data, in the same order. */
  reasonDetails: Array<Reason & { text: string }>;
  /** What a reader should know and what is no reason for any verdict, e.g. limits that a short run cannot prove. */
  notes: Array<Note & { text: string }>;
  /** What the verdict is about, in one sentence. */
  headline: { verdict: Verdict; text: string };
  /** The run's own facts, so that every report comes from this one object. No credentials in URLs. */
  run: Omit<RunJson, 'schema' | 'id' | 'verdict' | 'reasons'>;
  /** Exit code of the run (docs/ci.md, "Exit codes"). */
  exitCode: 0 | 1 | 3 | 130;
  durationSeconds: number;
  counts: {
    sessions: { started: number; ok: number; failed: number; interrupted: number };
    /** `cutShort`: those of `ok` that ended before they had done all. */
    journeys: { started: number; ok: number; failed: number; interrupted: number; cutShort: number };
    /** `excused`: those of `failed` that a known defect excuses. */
    steps: { started: number; ok: number; failed: number; interrupted: number; excused: number };
    /** n = answered well + failed + excused + rateLimited (429) + cancelled (the browser left the page). */
    requests: {
      n: number;
      failed: number;
      excused: number;
      rateLimited: number;
      cancelled: number;
      /** Beside `n`: under way when their session was ended. */
      interrupted: number;
      /** Answered well with a refusal that the journey expected; their times are in no figure. Absent: none. */
      refused?: number;
      /** Those of `n` that were sent twice: their reused connection was closed before an answer began. Absent: none. */
      resent?: number;
      /** Redirects that browsers followed: the target had `n` + `redirects` requests. Absent: none. */
      redirects?: number;
      /** Beside `n`: calls of pages that the browser answered from its own caches. Absent: none. */
      fromCache?: number;
    };
    /**
     * Requests outside of warm-up that had no answer, or one of 500 or more, of `n` (cancelled ones apart): `down` for another reason than a
     * known defect, and `excused` for one. Users met both.
     */
    availability: { n: number; down: number; excused: number };
    checks: { n: number; failed: number };
    /** Good answers over HTTP whose shape is known, and those of them that were compared with it (CHECK_RATE). */
    shapes: { n: number; checked: number };
    /** Changes of the target's data; planned = undone + left. */
    changes: { planned: number; undone: number; left: number };
    samples: number;
    /** Samples taken in a warm-up phase: counted above and drawn, not in metrics or gates. */
    warmup: number;
    /**
     * Steps, requests and vitals begun after the last phase, while the last users finished: counted and drawn, their
     * failures in gates; their times in metrics and gates only where there are no others.
     */
    drain: number;
    /** Lines that could not be read: the torn last one of a killed run, or what a disk made of them. */
    torn: number;
    /** Samples that lack what they must hold, e.g. a time without a number: in no figure. */
    unusable: number;
    /** Lines that were written and are not in the file, as far as their writers counted them. Absent: none. */
    missing?: number;
    /** Highest number of sessions present at the same time. */
    peakUsers: number;
    peakBrowserUsers: number;
    peakHttpUsers: number;
  };
  /** How these counts add up: figures of parts of them say which part. */
  sums: {
    ended: Record<'sessions' | 'journeys' | 'steps' | 'requests' | 'checks', Ended>;
    /** Steps that Apdex is of: those judged without the excused, and without those begun in the drain. */
    apdex: { n: number; excused: number; drained: number };
    /** all = measurable + unmeasured + withoutInput (nothing that a user did led to them) + cut (their session was cut off). */
    views: { all: number; measurable: number; unmeasured: number; withoutInput: number; cut: number };
  };
  /** What was wrong with the file of samples, each kind of damage with the number of lines that have it. */
  damage: Array<{ what: string; count: number }>;
  /** Why the file of samples could not be read to its end: how much is lost is then not known. */
  brokenOff?: string;
  /** What disturbed the generator while it ran, in order of time (measure/health/disturbances.ts). `t`: ms since the epoch. */
  disturbances: Disturbance[];
  /** Journeys that the target had nothing for, by journey and reason; the most frequent first. */
  cutShort: Array<{ journey: string; code: string; why: string; count: number; of: number }>;
  /** Journeys that were tried again after their test had failed, how often; all attempts are counted. Absent: none. */
  retried?: Array<{ journey: string; times: number }>;
  /** Journeys that were asked for and did not run, each with its reason. Absent: none. */
  skipped?: Array<{ journey: string; why: string }>;
  /** Journeys that were planned, or begun, and what became of them, outside of warm-up. Empty in a run of benchmarks. */
  journeys: Array<{
    name: string;
    /** That none of the run's draws was this one, by the weights, 0–1. */
    chanceOfNone: number;
    begun: number;
    /** Those that were not interrupted. */
    ended: number;
    /** Those of `ended` that ended before they had done all. */
    cutShort: number;
    /** What it finds is left by other users of the run, who were there. Absent: it finds what it needs by itself. */
    byChance?: true;
    /** `missing`, `always-cut-short` and, in a run that finished, `never-ended` fail the run: it was due, and nothing was seen of it. */
    outcome: 'exercised' | 'not-drawn' | 'missing' | 'always-cut-short' | 'never-ended';
  }>;
  /** Those that were planned for a role, or begun by it. Absent: none, or an older suite. */
  journeysByRole?: JourneyOfRole[];
  /** In order of time. Absent: no phases were planned, several profiles had theirs at once, or an older suite. */
  phases?: RunPhase[];
  /** Good answers by time and latency, warm-up included. Absent: none, or an older suite. */
  latencyMap?: {
    /** Seconds of a column; the last may be shorter. */
    every: number;
    /** Lower ends of the rows after the first, ms. */
    edges: number[];
    /** In order of time: answers in each row, the fastest first. */
    columns: number[][];
  };
  /**
   * Of each journey in browsers the slowest pass that failed and the slowest that worked, outside of warm-up; those that
   * failed come first, of both the slowest. Absent: none, or an older suite.
   */
  slowestPasses?: JourneyPass[];
  /** Where the time went, outside of warm-up and drain; those with most of it first. Absent: it was not measured, or an older suite. */
  timeParts?: { pages: TimeOfSteps[]; journeys: TimeOfCalls[] };
  /** Sessions in browsers that lost their page or their browser, of all of them; browsers that ended by themselves. */
  lostPages: { sessions: number; of: number; browsers: number };
  /** Sign-ins that waited so that a limit on them was kept; `longest`: ms. */
  pacing: { signIns: number; held: number; longest: number };
  /** Also in leftovers.json. */
  leftovers: Leftover[];
  /** Metric key (`step.<name>`, `request.<operation>`, `class.<class>`, `target.<endpoint>.<figure>`, …) → figures. */
  metrics: Record<string, Figures & { unit: Unit; rate?: number; drift?: Drift }>;
  /** Shares of the run as a whole; a limit on one is written by its name. */
  shares: Partial<Record<RunShare, Share>>;
  /** The profile's primary metrics, in the order of `config/thresholds.yml`. */
  primary: PrimaryFigure[];
  steps: Array<
    Figures & {
      name: string;
      journeys: string[];
      page?: string;
      /** Attempts whose end is not exact, and how much too long one of them may be at most, ms; older runs do not say. */
      coarse: number;
      offByAtMost?: number;
      /** 0–1, first views included; null without an ended attempt. */
      apdex: number | null;
      cold: number;
      coldP50: number | null;
      coldMax: number | null;
    }
  >;
  /** Of all steps outside of warm-up, first views included; `t`: ms. */
  apdex: { t: number; satisfied: number; tolerating: number; frustrated: number; score: number | null };
  operations: Array<
    Figures & {
      name: string;
      class: OperationClass;
      via: Via[];
      statuses: Record<string, number>;
      /** Those of them that some failure had which neither the journey expected nor a known defect excuses. Absent: none. */
      failedStatuses?: string[];
      /** Time of all `attempts`, failed ones too, and of those of each kind of user how many there were and failed. Absent: an older suite. */
      spent?: { ms: number } & Partial<Record<Via, { n: number; failed: number }>>;
      /** Unexpected answers of 429. Absent: none. */
      rateLimited?: number;
      rate: number;
      /** p95 over HTTP clients alone, ms, from sending and from the moment it was due; null: only browsers sent it. */
      httpP95: number | null;
      dueP95: number | null;
    }
  >;
  /**
   * What journeys counted on the target outside of warm-up (`schedules generated`). `times`: how often was counted;
   * `rate`: `n` a second.
   */
  counters: Array<{ name: string; n: number; times: number; rate: number }>;
  /** What the target's `X-RateLimit-*` headers said outside of warm-up, by operation. */
  quotas: Array<{
    operation: string;
    /** Answers that said how many requests were left. */
    told: number;
    /** Requests that are allowed in a window, as reported last; null: never reported as a number. */
    limit: number | null;
    /** The fewest that were left. */
    least: number;
    /** Answers of 429. */
    hits: number;
  }>;
  pages: Array<{
    page: string;
    views: number;
    hard: number;
    soft: number;
    /** Views with a click or key press. */
    interacted: number;
    /** `rating`: of p75 without cold views, or of `coldP75` when there are only cold ones. */
    vitals: Partial<
      Record<
        VitalName,
        Figures & {
          rating: 'good' | 'needs-improvement' | 'poor' | null;
          cold: number;
          coldP75: number | null;
        }
      >
    >;
  }>;
  /** The worst of each Web Vital, at most one a page. */
  worstViews: WorstView[];
  /** Pages that had any; the one with the longest frame first. */
  longFrames: LongFrames[];
  /**
   * Of page views outside of warm-up, those with an exception that nobody caught and those with an error in the console, and
   * how many of each; known defects left out. Absent: nobody viewed a page.
   */
  pageErrors?: {
    views: number;
    exceptions: { views: number; n: number };
    console: { views: number; n: number };
    /** Views that lacked a stylesheet or script. Absent: none. */
    files?: { views: number; n: number };
  };
  completeness: {
    views: number;
    measurable: number;
    /** Soft views that an input led to, of a browser without soft-navigation entries: counted, not measured. */
    unmeasured: number;
    /** Views of sessions that were cut off: what they had not yet reported was lost with them. */
    cut: number;
    /** Clicks that led by other routes back to where they began, with nothing painted: no views. Absent: none. */
    unpainted?: number;
    /** Measurable views without a click or key press: they have no INP, and are not among the expected. */
    withoutInteraction: number;
    /** Views with each metric out of views that can yield it. */
    vitals: Partial<Record<VitalName, { expected: number; got: number }>>;
    /** Where those that were captured stand. Absent: an older suite. */
    counted?: Partial<Record<VitalName, CountedVitals>>;
    /** 0–1 over all expected Web Vitals (TBT stands beside them); null when nothing was expected. */
    share: number | null;
  };
  gates: GateResult[];
  /** Features of `config/budgets.yml`, and their budgets without a figure in this run: those have no gate. Absent: an older suite. */
  budgets?: Array<{
    name: string;
    owner: string;
    unmeasured: Array<{ metric: string; expected: string; level: 'warn' | 'error' }>;
  }>;
  /** What the entry of its environment says beside what may be done there. Absent: nothing, or an older suite. */
  deployment?: { expectedPeak?: number; links: LinkTemplate[] };
  /** In no verdict. Absent: an older suite. */
  goals?: GoalResult[];
  /** Parts of the run in which the number of users stayed the same, in order of time. */
  levels: Level[];
  /** What the run as a whole shows, e.g. `capacity.users`, `recovery.spike 1`, `class.crud.p50.drift`: docs/limits.md. */
  findings: Record<string, Finding>;
  /** What was asked of the target and is found, in sentences: its breaking point, its capacity, its recoveries. */
  answers: string[];
  /** What could be done for users, what gives most time back first (docs/advice.md). Absent: an older suite. */
  advice?: Advice[];
  errors: ErrorGroup[];
  /** Of a run of benchmarks, in the order in which they were run; empty in others. */
  benchmarks: BenchmarkFigures[];
  /** In the order in which they were audited. Absent: none were. */
  audits?: AuditSummary[];
  knownDefects: Array<{
    name: string;
    count: number;
    reason: string;
    until: string;
    excused: boolean;
    /** Where it was seen. One occurrence may show in several places, so `count` is the most of them. Absent: in no list. */
    places?: { requests: number; steps: number; journeys: number; pages: number; effects: number };
    /** It was seen in the warm-up, and not after it. Absent: it was. */
    warmupOnly?: true;
    /** Of `count`: shown by the status alone, since the answer's text was unknown, and by no effect. Absent: none. */
    unverified?: number;
    /** Of `unverified`: the effect was looked for and was not there. Absent: none. */
    withoutEffect?: number;
    /** Another share of the `n` answers had it than is listed. */
    changed?: { listed: number; value: number; n: number; ci: Interval };
  }>;
  /** What failed each time, known defects included; the most frequent first. */
  doesNotWork: NeverWorked[];
  generator: {
    seconds: number;
    cpuP95: number | null;
    cpuMax: number | null;
    /** Of the worst delay of each second, ms. */
    loopDelayP95: number | null;
    loopDelayMax: number | null;
    /** Of the thread that times HTTP requests: mean wait for its loop in each second, ms; share of time it had work. */
    loopWaitP95: number | null;
    loopUseP95: number | null;
    /** Seconds in which it could do next to nothing (analysis/summary/stalls.ts). Absent: none. */
    stalled?: number;
    memoryMaxMiB: number | null;
    /** Of the whole machine; what its kernel did not tell is absent. */
    host: Partial<Record<HostFigure, { p95: number; max: number }>>;
    /**
     * Requests, and steps or checks beside them, that failed because the generator had no file descriptor, port or memory
     * left; what the first one said. They are in no other figure. Absent: there were none.
     */
    exhausted?: { requests: number; others: number; first?: string };
  };
  /**
   * Of the seconds in which the generator could do next to nothing: when they began, seconds into the run; the longest delay
   * of a loop in them; requests and steps that were under way in them. Absent: there were none.
   */
  stalls?: { seconds: number[]; worstMs: number; requests: number; steps: number };
  /**
   * Seconds of load in which nobody looked at the generator, of those from the first request or step to the last, and when
   * they began, seconds into the run. Absent: none.
   */
  unwatched?: { seconds: number; of: number; at: number[] };
  /** Looks at the generator that do not know its CPU (not Linux, or no /proc). Absent: all do. */
  withoutCpu?: { seconds: number; of: number };
  /** Seconds from the last sample of a finished run to its end, where they are many; negative: before it. Absent: the end is true. */
  endOffBy?: number;
  /** Processes of a target that the run started; null: it started none, or an older suite did not look. */
  targetProcess: {
    seconds: number;
    cpuP95: number | null;
    cpuMax: number | null;
    memoryMaxMiB: number | null;
  } | null;
  /**
   * When the target took connections and answered no health probe in time. `from`: seconds into the run. Absent: not known,
   * of an older suite, which took such a target for dead, or of a run that was killed.
   */
  unresponsive?: {
    probes: number;
    unanswered: number;
    /** ms */
    longest: number;
    /** Of the run's time, 0–1. */
    share: number;
    spans: Array<{ from: number; seconds: number }>;
    /** Whatever users had; what counts of it is in `spans`. Absent: each probe was answered, or an older suite. */
    waits?: ProbeWait[];
  };
  /** What Prometheus endpoints of the target reported; empty where none is named. */
  targetMetrics: EndpointSummary[];
  /** What was planned of each scenario in each phase, and what became of it. Empty where a runner plans no users. */
  arrivals: Array<{
    phase: string;
    scenario: string;
    /** Sessions that were to start. */
    planned: number;
    started: number;
    /** Those of `started` that came to their end, whatever became of them. */
    ended: number;
    /** Concurrent users, at most; their sessions follow one another, and none is planned. */
    held?: number;
    /** Those of them who were there. */
    begun?: number;
    /** Absent where nothing was planned. `ended-early`: the run was over before the phase was. */
    outcome?: 'as-planned' | 'missing' | 'too-many' | 'ended-early';
  }>;
  /** Looping users: the most at a time, and of their time the share in which some were missing. Absent: there were none. */
  held?: { most: number; missing: number; mostMissing: number };
  lateness: { p95: number | null; max: number | null };
  /** Per second from the start of the run. */
  timeline: Array<
    {
      s: number;
      users: number;
      browserUsers: number;
      httpUsers: number;
      requests: number;
      errors: number;
      /** Absent in summaries of older suites. */
      p50?: number | null;
      p95: number | null;
      cpu: number | null;
      /** Share of the second in which the target was unresponsive. Absent: none. */
      unresponsive?: number;
    } & HostSecond
  >;
}

/** A level in the summary: what was decided while the run went on, and figures from its raw samples. */
export interface Level {
  name: string;
  users: number;
  byScenario: Record<string, number>;
  search?: string;
  /** From the run's start, s. */
  from: number;
  seconds: number;
  /** Requests that ended; those of them that failed; all that ended a second. */
  requests: number;
  errors: number;
  rate: number;
  /** Successes behind the percentiles, ms. */
  n: number;
  p50: number | null;
  p95: number | null;
  ok: boolean | null;
  limits: LevelLimit[];
  /** Of a failed level: the limit that broke first. Absent: none of requests did, or an older suite. */
  first?: FirstBroken;
  /** As in LevelEnded. */
  generator?: string[];
}

export interface FirstBroken {
  metric: string;
  /** From the level's begin to the moment from which its figure stayed beyond the limit, s. */
  after: number;
  /** Operations under way in the second before, the longest first; of each: how many, and how long the longest took, ms. */
  running: Array<{ operation: string; count: number; ms: number }>;
}

export interface Finding {
  /** null: it could not be found; `missing` says why. */
  value: number | null;
  unit: Unit;
  n: number;
  ci?: [number | null, number | null];
  /** Of a drift: so much of the run counts, over which it makes the total drift. */
  seconds?: number;
  missing?: string;
  /** That it is missing is bad, and not just unknown. */
  isBad?: true;
  /** It is missing because the run was too short for it, and for no other reason. */
  isTooShort?: true;
}

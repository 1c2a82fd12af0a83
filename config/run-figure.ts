/** Figures of a run as a whole, each of them one number: shares that only limits read, and findings. */

interface RunFigure {
  /** What it is, or how it is written. */
  text: string;
  /** What there are n of, in the singular. */
  of?: string;
  /** A limit on it is "at least", and else "at most". */
  moreIsBetter?: true;
  /** Known while a run goes on. */
  isLive?: true;
  /** Its value is a share, 0–1. */
  isShare?: true;
}

/** Shares (0–1) over the whole run. */
export const RUN_SHARES = {
  'sessions.failed': { text: 'sessions that failed, of those that ended', of: 'session', isLive: true },
  'journeys.failed': { text: 'journeys that failed, of those that ended', of: 'journey' },
  'steps.errorRate': { text: 'steps that failed, of those that ended', of: 'step', isLive: true },
  'requests.errorRate': {
    text: 'requests that failed, of all (429 and known defects are counted separately)',
    of: 'request',
    isLive: true,
  },
  'requests.rateLimited': { text: 'requests answered 429, of all', of: 'request', isLive: true },
  'requests.resent': {
    text: 'requests sent again, for the target had closed the reused connection, of all',
    of: 'request',
  },
  'checks.failed': { text: 'checks that failed, of all', of: 'check', isLive: true },
  'page.errors': { text: 'page views with a script error that nothing caught, of all', of: 'page view' },
  'page.filesFailed': {
    text: 'page views that lacked a stylesheet or script, which could not be loaded, of all',
    of: 'page view',
  },
  'browserChecks.failed': { text: 'checks of journeys in browsers that failed, of all', of: 'check' },
  availability: {
    text: 'requests that had an answer below 500, of all that were not cancelled; known defects count as answered',
    of: 'request',
    moreIsBetter: true,
    isLive: true,
  },
  'availability.withDefects': {
    text: 'the same as users met it: a known defect of 500 or more counts as not answered',
    of: 'request',
    moreIsBetter: true,
    isLive: true,
  },
  'audits.failed': { text: 'audits that failed, of all', of: 'audit' },
  'pages.lost': {
    text: 'sessions in browsers that lost their page or their browser, of all of them',
    of: 'session',
  },
  apdex: { text: 'Apdex of steps, T = 1 s, first views included', of: 'step', moreIsBetter: true },
  completeness: {
    text: 'Web Vitals captured, of those the page views could yield',
    moreIsBetter: true,
  },
} as const satisfies Record<string, RunFigure>;
export type RunShare = keyof typeof RUN_SHARES;

export function isRunShare(text: string): text is RunShare {
  return Object.hasOwn(RUN_SHARES, text);
}

export function shareFigure(share: RunShare): RunFigure {
  return RUN_SHARES[share];
}

/** A key of `summary.findings`. */
export type FindingKey =
  | { kind: 'recovery'; phase: string }
  /** `users`, or a scenario. */
  | { kind: 'capacity'; of: string }
  /**
   * Of times in which the target took connections and answered nothing: the longest (ms), all of them as a share of the run;
   * and of all health probes those without an answer, however short the silence.
   */
  | { kind: 'unresponsive'; figure: 'longest' | 'share' | 'probes' }
  /** `of`: a metric key, or what all of is counted, e.g. `requests`, `generator`. `total`: over the whole run, not an hour. */
  | { kind: 'drift'; of: string; figure: string; total?: true };

/** As it stands in `summary.json`. */
export function printFindingKey(key: FindingKey): string {
  if (key.kind === 'recovery') return `recovery.${key.phase}`;
  if (key.kind === 'capacity') return `capacity.${key.of}`;
  if (key.kind === 'unresponsive') return `target.unresponsive.${key.figure}`;
  return `${key.of}.${key.figure}.${key.total ? 'totalDrift' : 'drift'}`;
}

/** @returns undefined for the key of a finding that is not of these kinds */
export function parseFindingKey(text: string): FindingKey | undefined {
  const [, kind, name = ''] = /^(recovery|capacity)\.(.*)$/.exec(text) ?? [];
  if (kind === 'recovery') return { kind, phase: name };
  if (kind === 'capacity') return { kind, of: name };
  if (text === 'target.unresponsive.longest') return { kind: 'unresponsive', figure: 'longest' };
  if (text === 'target.unresponsive.probes') return { kind: 'unresponsive', figure: 'probes' };
  if (text === 'target.unresponsive.share') return { kind: 'unresponsive', figure: 'share' };
  const [, of = '', figure = '', total] = /^(.+)\.([^.]+)\.(?:drift|(totalDrift))$/.exec(text) ?? [];
  if (of === '') return undefined;
  return { kind: 'drift', of, figure, ...(total !== undefined && { total: true }) };
}

/** What a run shows as a whole, with an entry in `summary.findings` (docs/limits.md). Without a pattern: its only key. */
const FINDINGS: ReadonlyArray<RunFigure & { pattern?: RegExp }> = [
  { text: 'recovery.<phase>', pattern: /^recovery\.[^.]+$/ },
  { text: 'capacity.<scenario | users>', pattern: /^capacity\.[^.]+$/, moreIsBetter: true },
  { text: 'target.unresponsive.longest' },
  { text: 'target.unresponsive.share', isShare: true },
  { text: 'target.unresponsive.probes', isShare: true },
  {
    text: '<class | step>.<name>.<p50 | p95 | errors>.<drift | totalDrift>',
    pattern: /^(class|step)\.[^.].*\.(p50|p95|errors)\.(drift|totalDrift)$/,
  },
  {
    text: '<requests | steps>.errorRate.<drift | totalDrift>',
    pattern: /^(requests|steps)\.errorRate\.(drift|totalDrift)$/,
  },
  {
    text: '<generator | targetProcess>.memory.<drift | totalDrift>',
    pattern: /^(generator|targetProcess)\.memory\.(drift|totalDrift)$/,
  },
];

export const DRIFTS = FINDINGS.map(({ text }) => text).filter((text) =>
  text.endsWith('<drift | totalDrift>'),
);

/** Whether a limit on such a figure, or its value, is a change in the course of a run. */
export function isDriftName(name: string): boolean {
  return parseFindingKey(name)?.kind === 'drift';
}

export function findingFigure(key: string): RunFigure | undefined {
  return FINDINGS.find(({ text, pattern }) => pattern?.test(key) ?? text === key);
}

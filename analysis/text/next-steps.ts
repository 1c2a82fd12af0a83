/** What to do after a run: one step for each kind of trouble that it had, with the command or the page that helps. */
import { literally } from '../../config/literally.ts';
import { inQuotes, plural, thousands } from '../format.ts';
import { concernOf } from '../judge/first-failure.ts';
import { type Failing, failingOf, gravestFailure, gravestGates, mostFailedCall } from '../judge/gravest.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Reason } from '../summary/reason.ts';
import type { JourneyOfRole, Summary } from '../summary/summary.ts';
import { isMostlyFull, machineReason } from './full-machine-text.ts';
import { longerRun } from './longer-run.ts';
import { kindWord } from './plain-verdict.ts';

export interface NextStep {
  text: string;
  /** As it is typed, from the project's folder. */
  command?: string;
  /** Id of a heading of the report. */
  to?: string;
  /** Page of the documentation, beside the command. */
  page?: string;
}

/** The gravest first; of a run without any trouble what keeps it. Empty only where there is nothing to say. */
export function nextSteps(summary: Summary): NextStep[] {
  if (summary.verdict === 'invalid') return [ofInvalid(summary), ...ofLeftovers(summary)];
  const steps = [
    ...ofFailures(summary),
    ...ofMostFailed(summary),
    ...ofAudits(summary),
    ...ofMachine(summary),
    ...ofLimits(summary),
    ...ofReasons(summary),
    ...ofUnproved(summary),
    ...ofLeftovers(summary),
  ];
  if (steps.length > 0) return steps;
  return [summary.verdict === 'pass' ? keep(summary) : FAILED_LIMITS];
}

const FAILED_LIMITS: NextStep = {
  text: 'See which limits failed, and what was seen',
  to: 'gates',
  page: 'docs/thresholds.md',
};

function keep({ id }: Summary): NextStep {
  return {
    text: 'Nothing failed. Keep the run to compare later ones with it',
    command: `npx loadtest baseline add ${id}`,
    page: 'docs/comparison.md',
  };
}

/** What the generator or the target did to the run comes first: its figures say nothing. */
function ofInvalid({ reasonDetails }: Summary): NextStep {
  const isOfTarget =
    reasonDetails[0]?.code === 'target-died' || reasonDetails[0]?.code === 'target-unresponsive';
  return {
    text: isOfTarget
      ? 'The target stopped answering: read its own log, start it again, and repeat the run'
      : 'Remove the cause that the first reason names, check machine and target, and repeat the run',
    command: 'npx loadtest doctor',
    page: isOfTarget ? 'docs/troubleshooting.md' : 'docs/verdict.md',
  };
}

/** Again, by itself: the journey of a failure in a browser, and that over HTTP; that in which it failed more passes first. */
function againOf(failing: Failing, { journeysByRole = [] }: Summary): NextStep[] {
  const names = new Set(failing.groups.flatMap(({ journey }) => journey ?? []));
  const seenIn = ({ because = [] }: JourneyOfRole) =>
    because.find(({ kind, name }) => kind === failing.kind && name === failing.name)?.passes ?? 0;
  const own = journeysByRole
    .filter(
      ({ journey, failed, troubled = 0 }) =>
        failed + troubled > 0 && (names.has(journey) || journey === failing.name),
    )
    .sort((a, b) => seenIn(b) - seenIn(a) || b.failed - a.failed || a.journey.localeCompare(b.journey));
  const first = new Map<string, JourneyOfRole>();
  for (const one of own) if (!first.has(one.via)) first.set(one.via, one);
  return [...first.values()].map(({ journey, via }) => again(journey, via, failing));
}

/** The call that failed most, where another one is the worst. */
function ofMostFailed(summary: Summary): NextStep[] {
  const most = mostFailedCall(summary);
  if (!most) return [];
  const text = `See why call “${most.name}” failed most often (${thousands(most.failed)} of ${plural(most.of ?? most.failed, 'time')})`;
  const { command, page } = againOf(most, summary).at(-1) ?? {};
  return [{ text, command, page, to: 'errors' }];
}

function ofFailures(summary: Summary): NextStep[] {
  const worst = gravestFailure(summary) ?? failingOf(summary)[0];
  if (!worst) return [];
  const steps = againOf(worst, summary);
  const found = [...ofTrace(worst, summary), ...steps];
  if (found.length > 0) return found;
  if (summary.run.runner === 'audit')
    return [
      {
        text: 'Audit the pages that failed again',
        command: 'npx loadtest audit',
        to: 'errors',
        page: 'docs/audits.md',
      },
    ];
  return [
    worst.kind === 'request'
      ? {
          text: `See what call “${worst.name}” answers, and compare it with the contract`,
          command: 'npx loadtest api check',
          to: 'errors',
        }
      : {
          text: `See where ${kindWord(worst.kind)} “${worst.name}” failed, with its evidence`,
          to: 'errors',
          page: 'docs/failures.md',
        },
  ];
}

/** Audits are no journeys, and have their failures in a table of their own. */
function ofAudits({ audits = [] }: Summary): NextStep[] {
  if (!audits.some(({ failures }) => failures.length > 0)) return [];
  return [
    {
      text: 'See why audits failed, and audit again',
      command: 'npx loadtest audit',
      to: 'audits',
      page: 'docs/audits.md',
    },
  ];
}

/** What is recorded already needs no other run. */
function ofTrace({ groups }: Failing, { errors, id }: Summary): NextStep[] {
  const journeys = new Set(groups.flatMap(({ journey }) => journey ?? []));
  const { trace } =
    groups.find((one) => one.trace) ??
    errors.find((one) => one.trace && one.journey !== undefined && journeys.has(one.journey)) ??
    {};
  if (trace === undefined) return [];
  return [
    {
      text: 'Open the trace of the failure',
      command: `npx playwright show-trace ${inQuotes(`reports/runs/${id}/${trace}`)}`,
      page: 'docs/failures.md',
    },
  ];
}

function again(journey: string, via: 'browser' | 'http', { kind, name }: Failing): NextStep {
  const why = `${kindWord(kind)} “${name}” failed in it`;
  return via === 'browser'
    ? {
        text: `Run journey “${journey}” by itself, with a trace of what happens (${why})`,
        command: `npx playwright test --project=perf -g ${inQuotes(literally(journey))}`,
        page: 'docs/failures.md',
      }
    : {
        text: `Run journey “${journey}” once, each request a line (${why})`,
        command: `THINK=0 npx loadtest try ${inQuotes(journey)}`,
        page: 'docs/failures.md',
      };
}

/** Before limits on times: of a machine that was full most of the time, none of them says anything. */
function ofMachine(summary: Summary): NextStep[] {
  const reason = machineReason(summary);
  const step = reason && isMostlyFull(reason) && STEPS[reason.code];
  return step ? [step] : [];
}

/** Of limits that failures do not explain: one step for each kind of figure. */
function ofLimits(summary: Summary): NextStep[] {
  const failed = gravestGates(summary.gates).filter(({ metric }) => concernOf(metric) === undefined);
  const first = (isOf: (gate: GateResult) => boolean) => failed.filter(isOf).slice(0, 1);
  const isMissing = ({ observed }: GateResult) => observed === null;
  const isBudget = ({ budget }: GateResult) => budget !== undefined;
  const isVital = ({ metric }: GateResult) => metric.includes('vital.');
  const others = (gate: GateResult) => !isMissing(gate) && !isBudget(gate) && !isVital(gate);
  return [
    ...first(others).map(({ metric }) => ({
      text: `Find where the time goes, for ${metric}`,
      command: `npx loadtest analyze ${summary.id}`,
      page: 'docs/thresholds.md',
    })),
    ...first((gate) => isVital(gate) && !isMissing(gate) && !isBudget(gate)).map(({ metric }) => ({
      text: `See what the browser puts the worst views down to, for ${metric}`,
      to: 'worst-views',
      page: 'docs/audits.md',
    })),
    ...first((gate) => isBudget(gate) && !isMissing(gate)).map(({ metric }) => ({
      text: `See what uses the budget, for ${metric}`,
      to: 'budgets',
      page: 'docs/budgets.md',
    })),
    ...first(isMissing).map(({ metric }) => ({
      text: `Nothing was measured for ${metric}: correct its name in config/thresholds.yml, or run what it names`,
      page: 'docs/thresholds.md',
    })),
  ];
}

type Code = Reason['code'];

const STEPS: Partial<Record<Code, NextStep>> = {
  'rate-limited': {
    text: 'The target refused requests for their number: see which limits it has',
    command: 'npx loadtest doctor',
    page: 'docs/troubleshooting.md',
  },
  'machine-busy': {
    text: 'Stop what else runs on the machine, and repeat the run',
    page: 'docs/troubleshooting.md',
  },
  'machine-full': {
    text: 'Start fewer users, or give target and generator a machine each',
    page: 'docs/cost.md',
  },
  'known-defect-expired': {
    text: 'Fix the known defect, or give it a new date in config/known-defects.yml',
    to: 'defects',
    page: 'docs/verdict.md',
  },
  'known-defect-without-effect': {
    text: 'See which failures have the status of a known defect and are none',
    to: 'defects',
    page: 'docs/verdict.md',
  },
  'no-gates': { text: 'Give the profile limits in config/thresholds.yml', page: 'docs/thresholds.md' },
  'stopped-by-threshold': {
    text: 'A limit ended the run: see when it was broken',
    to: 'timeline',
    page: 'docs/limits.md',
  },
};

/** They have steps of their own above and below. */
const ELSEWHERE: ReadonlySet<Code> = new Set([
  ...(['first-failure', 'gate-failed', 'gate-inconclusive', 'nothing-proved', 'changes-left'] as const),
]);

/** Reasons that neither failures nor limits stand for; of those without a step of their own the first, in its own words. */
function ofReasons(summary: Summary): NextStep[] {
  const { reasonDetails } = summary;
  const before = ofMachine(summary);
  const codes = new Set(reasonDetails.map(({ code }) => code));
  const other = reasonDetails.find(({ code }) => !ELSEWHERE.has(code) && STEPS[code] === undefined);
  return [
    ...[...codes].flatMap((code) => STEPS[code] ?? []).filter((step) => !before.includes(step)),
    ...(other ? [{ text: `Look into this warning: ${other.text}`, page: 'docs/troubleshooting.md' }] : []),
  ];
}

/**
 * A longer run where something was seen to speak against a limit, nothing was proved at all, or most limits of a run that did
 * not pass had too few samples.
 */
function ofUnproved(summary: Summary): NextStep[] {
  const { reasonDetails, run, gates, verdict } = summary;
  const isOpen = reasonDetails.some(({ code }) => code === 'gate-inconclusive' || code === 'nothing-proved');
  const undecided = gates.filter(({ outcome }) => outcome === 'inconclusive').length;
  if (!isOpen && (verdict === 'pass' || undecided * 2 <= gates.length)) return [];
  const command = `npx loadtest run ${run.profiles.join(' ')}`;
  const longer = longerRun(summary);
  if (!longer)
    return [
      {
        text: 'Confirm what had too few samples, by a run of the profile’s whole length',
        command,
        page: 'docs/verdict.md',
      },
    ];
  const { duration, minutes, decided, open } = longer;
  const { VUS } = run.settings ?? {};
  return [
    {
      text: `Run longer: if samples come as fast and nothing more fails, ${minutes} min decide ${thousands(decided)} of the ${plural(open, 'undecided limit')}`,
      command: `${VUS === undefined ? '' : `VUS=${VUS} `}DURATION=${duration} ${command}`,
      page: 'docs/verdict.md',
    },
  ];
}

function ofLeftovers({ leftovers, id }: Summary): NextStep[] {
  if (!leftovers.some(({ canBeUndone }) => canBeUndone)) return [];
  return [
    {
      text: 'Take back what the run left on the target',
      command: `npx loadtest clean --run reports/runs/${id}`,
    },
  ];
}

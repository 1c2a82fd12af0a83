/** What to do after a run: one step for each kind of trouble that it had, with the command or the page that helps. */
import { plural, thousands } from '../format.ts';
import { concernOf } from '../judge/first-failure.ts';
import { gravestGates } from '../judge/gravest.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';
import { isMostlyFull, machineReason } from './full-machine-text.ts';
import { longerRun } from './longer-run.ts';
import { type NextStep, stepsOfFailures } from './next-steps-of-failures.ts';

/** The gravest first; of a run without any trouble what keeps it. Empty only where there is nothing to say. */
export function nextSteps(summary: Summary): NextStep[] {
  if (summary.verdict === 'invalid') return [ofInvalid(summary), ...ofLeftovers(summary)];
  const steps = [
    ...stepsOfFailures(summary),
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

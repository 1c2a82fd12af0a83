/** What to do after failures: open what is recorded of the worst, and run its journey again by itself. */
import { literally } from '../../config/literally.ts';
import { inQuotes, plural, thousands } from '../format.ts';
import { type Failing, failingOf, gravestFailure, mostFailedCall } from '../judge/gravest.ts';
import type { JourneyOfRole, Summary } from '../summary/summary.ts';
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

/** Of the worst failure, of the call that failed more often, of what failed before any load, and of audits. */
export function stepsOfFailures(summary: Summary): NextStep[] {
  return [...ofFailures(summary), ...ofMostFailed(summary), ...ofBefore(summary), ...ofAudits(summary)];
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
  const [{ command, page } = {}] = againOf(most, summary) as [NextStep?];
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

/** No load broke it. */
function ofBefore({ run }: Summary): NextStep[] {
  if (!run.dataSize?.before.failed) return [];
  const text = 'See what fails without any load: it failed before the run';
  return [{ text, command: 'npx loadtest doctor', to: 'data', page: 'docs/troubleshooting.md' }];
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

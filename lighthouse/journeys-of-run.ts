/** One journey, as often as asked, each time by a user in a browser of its own. */
import type { Result } from 'lighthouse';
import type { Account } from '../fixtures/accounts.ts';
import type { Journey } from '../flows/journey.ts';
import { firstLine } from '../measure/errors/foreign-texts.ts';
import { StepFailure } from '../measure/steps/failure.ts';
import { type FlowAudit, JourneyAudit } from './journey-audit.ts';
import { fileName, representativeOf } from './kept-audit.ts';
import type { AuditWork } from './pages-of-run.ts';

interface JourneyWork extends AuditWork {
  journey: Journey;
  account?: Account;
}

interface Pass extends FlowAudit {
  repeat: number;
  /** Of its first part: the load of the application, but for a visitor. */
  lhr: Result;
}

/** A journey that fails is named with its step; what was audited before that is kept. */
export async function auditJourneys(work: JourneyWork): Promise<void> {
  const { journey, keeper, signal, settings } = work;
  const passes: Pass[] = [];
  for (let repeat = 1; repeat <= settings.repeats && !signal.aborted; repeat += 1) {
    const pass = await auditPass(work, repeat);
    if (pass) passes.push(pass);
  }
  const [first, ...others] = passes;
  if (!first) return;
  const { result, html, repeat } = representativeOf([first, ...others]);
  const name = fileName(journey.name);
  const files = {
    html: keeper.file(`${name}.html`, html),
    json: keeper.file(`${name}.json`, JSON.stringify(result)),
  };
  for (const { name: part, lhr } of result.steps)
    keeper.conclude(aboutPart(journey, part), { lhr, repeat }, files);
}

/** Gives a pass that came to its end. */
async function auditPass(
  { journey, account, session, keeper, progress, run, settings, signal }: JourneyWork,
  repeat: number,
): Promise<Pass | undefined> {
  let audit: JourneyAudit | undefined;
  const { failures } = await session({
    id: `audit-${fileName(journey.name)}-${repeat}`,
    account,
    journeyIn: (browser) => {
      audit = new JourneyAudit(browser, run.target.url, settings, signal);
      return audit.around(journey);
    },
    look: () => ({ step: audit?.step, check: audit?.check }),
  });
  if (signal.aborted) return undefined;
  const flow = await audit?.result();
  const [failure] = failures;
  const failedStep = failure instanceof StepFailure ? failure.step : undefined;
  for (const { name, lhr } of flow?.result.steps ?? []) {
    if (name !== failedStep) keeper.done(aboutPart(journey, name), { lhr, repeat });
  }
  const what = `${journey.name} by ${journey.role}, ${repeat} of ${settings.repeats}`;
  if (failure) {
    keeper.failed(aboutPart(journey, failedStep ?? 'as a whole'), 'timespan', repeat, firstLine(failure));
    progress.done(`${what}: failed: ${firstLine(failure)}`);
    return undefined;
  }
  const [first] = flow?.result.steps ?? [];
  progress.done(`${what}: ${flow?.result.steps.length ?? 0} parts`);
  return flow && first && { ...flow, repeat, lhr: first.lhr };
}

function aboutPart(journey: Journey, part: string) {
  return { name: `${journey.name}: ${part}`, role: journey.role, journey: journey.name };
}

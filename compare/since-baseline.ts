/** What the report of a run says beside the baseline of its environment and profile. */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { recordedRun } from '../analysis/read/read-run.ts';
import { html } from '../analysis/report/html.ts';
import type { AddedSection } from '../analysis/report/report.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { SCHEMA } from '../measure/run/run.ts';
import { acceptedFile, readAccepted } from './accepted.ts';
import { baselineOf, readBaseline } from './baseline-file.ts';
import { comparisonSection, SECTION_ID } from './comparison-section.ts';
import { detect } from './detect.ts';
import { runFigures } from './run-figures.ts';
import { thresholdOf, USUAL_THRESHOLD } from './threshold.ts';

const TITLE = 'Change since the baseline';

/**
 * One run against a baseline informs; whatever keeps it from being compared is a sentence, and never an error: the run has its own
 * verdict.
 * @returns undefined: there is no baseline of it, or the run is going on, was killed, is invalid, or is in the baseline
 */
export function sinceBaseline(
  runDir: string,
  summary: Summary,
  { goingOn }: { goingOn: boolean },
): AddedSection | undefined {
  if (goingOn || summary.run.ended === undefined || summary.verdict === 'invalid') return undefined;
  const reportsDir = dirname(runDir);
  const figures = runFigures(summary, recordedRun(runDir)?.schema ?? SCHEMA);
  const file = baselineOf(figures.like, reportsDir);
  if (!existsSync(file)) return undefined;
  try {
    const baseline = readBaseline(file);
    if (baseline.runs.some(({ id }) => id === figures.id)) return undefined;
    const comparison = detect(baseline, [figures], {
      file,
      threshold: thresholdOf(USUAL_THRESHOLD),
      accepted: readAccepted(acceptedFile(reportsDir)),
    });
    const jsonAt = html`<code>npx loadtest detect --current ${basename(runDir)} --json</code>`;
    return { id: SECTION_ID, title: TITLE, drawn: comparisonSection(comparison, { title: TITLE, jsonAt }) };
  } catch (error) {
    const drawn = html`<section aria-labelledby="${SECTION_ID}"><h2 id="${SECTION_ID}">${TITLE}</h2>
<p>Not compared: ${(error as Error).message}</p></section>`;
    return { id: SECTION_ID, title: TITLE, drawn };
  }
}

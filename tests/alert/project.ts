import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explained } from '../cli/in-process.ts';
import { madeFigures, madeRun } from '../compare/made-runs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const { environment, profile } = madeFigures('any').like;

/** A project's folder with a run, and a rule that fires while the limit is 1 ms. */
export function project() {
  const folder = temporaryFolder();
  const reports = join(folder, 'runs');
  const rules = join(folder, 'alerts.yml');
  const run = madeRun(reports, { id: '2026-11-30T09-00-00Z-load' });
  const limit = (ms: number) =>
    writeFileSync(
      rules,
      `rules: [{ name: slow reads, kind: threshold, profile: ${profile}, environment: ${environment}, metric: class.crud.p95, limit: ${ms}, runbook: docs/thresholds.md }]\n`,
    );
  limit(1);
  const alert = (settings: Record<string, string> = {}, ...words: string[]) =>
    explained(['alert', '--rules', rules, ...words], { REPORTS_DIR: reports, ...settings });
  return { limit, alert, run, rules, reports, state: join(folder, 'history/alerts.json'), folder };
}

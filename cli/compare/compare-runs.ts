import { basename } from 'node:path';
import { loadRun } from '../../analysis/read/read-run.ts';
import { jsonBeside, jsonOf, writeAsked } from '../../compare/asked-file.ts';
import { concludedRun, runDirectory } from '../../compare/concluded-run.ts';
import { sessionValues } from '../../compare/session-values.ts';
import { type Side, twoRuns } from '../../compare/two-runs.ts';
import { twoRunsPage } from '../../compare/two-runs-page.ts';
import { twoRunsMarkdown, twoRunsText } from '../../compare/two-runs-text.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';

interface Values {
  all?: boolean;
  json?: boolean;
  markdown?: string;
  html?: string;
}

export async function compareRuns(
  { all, json, markdown, html }: Values,
  named: readonly string[],
): Promise<number> {
  const { reportsDir } = readEnvironment();
  const [first, second, third] = named;
  if (first === undefined || second === undefined || third !== undefined)
    throw new ConfigError(
      `compare: ${named.length} ${named.length === 1 ? 'run' : 'runs'}. Name two; several runs are compared by \`npx loadtest detect\`.`,
    );
  const [a, b] = [
    await sideOf(runDirectory(first, reportsDir)),
    await sideOf(runDirectory(second, reportsDir)),
  ];
  const runs = twoRuns(a, b);
  if (markdown !== undefined) writeAsked(markdown, twoRunsMarkdown(runs, { all }));
  if (html !== undefined) {
    const beside = jsonBeside(html);
    writeAsked(beside, jsonOf(runs));
    writeAsked(html, twoRunsPage(runs, { json: basename(beside) }));
  }
  console.log(json ? jsonOf(runs) : twoRunsText(runs, { all }));
  return PASSED;
}

async function sideOf(directory: string): Promise<Side> {
  const concluded = concludedRun(directory);
  return { ...concluded, sessions: await sessionValues(directory, loadRun(directory)) };
}

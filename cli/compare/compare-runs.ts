import { loadRun } from '../../analysis/read/read-run.ts';
import { concludedRun, runDirectory } from '../../compare/concluded-run.ts';
import { writeMarkdown } from '../../compare/markdown-file.ts';
import { sessionValues } from '../../compare/session-values.ts';
import { type Side, twoRuns } from '../../compare/two-runs.ts';
import { twoRunsMarkdown, twoRunsText } from '../../compare/two-runs-text.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { visibleJson } from '../../config/visible-text.ts';

interface Values {
  all?: boolean;
  json?: boolean;
  markdown?: string;
}

export async function compareRuns(
  { all, json, markdown }: Values,
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
  if (markdown !== undefined) writeMarkdown(markdown, twoRunsMarkdown(runs, { all }));
  console.log(json ? visibleJson(JSON.stringify(runs, null, 1)) : twoRunsText(runs, { all }));
  return PASSED;
}

async function sideOf(directory: string): Promise<Side> {
  const concluded = concludedRun(directory);
  return { ...concluded, sessions: await sessionValues(directory, loadRun(directory)) };
}

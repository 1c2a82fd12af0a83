import { acceptedFile, readAccepted } from '../../compare/accepted.ts';
import { baselineOf, baselinePath, readBaseline } from '../../compare/baseline-file.ts';
import { comparisonMarkdown, comparisonText } from '../../compare/comparison-text.ts';
import { figuresOfRuns, runDirectory } from '../../compare/concluded-run.ts';
import { detect } from '../../compare/detect.ts';
import { writeMarkdown } from '../../compare/markdown-file.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { visibleJson } from '../../config/visible-text.ts';

interface Values {
  current?: readonly string[];
  baseline?: string;
  threshold: string;
  force?: boolean;
  json?: boolean;
  markdown?: string;
}

export function detectRuns({
  current = [],
  baseline: named,
  threshold,
  force,
  json,
  markdown,
}: Values): number {
  const { reportsDir } = readEnvironment();
  const runs = figuresOfRuns(current.map((one) => runDirectory(one, reportsDir)));
  const [first] = runs;
  if (!first) throw new ConfigError('detect: no current run. Name one or more with --current.');
  const file = named === undefined ? baselineOf(first.like, reportsDir) : baselinePath(named, reportsDir);
  const accepted = readAccepted(acceptedFile(reportsDir));
  const comparison = detect(readBaseline(file), runs, { file, threshold: share(threshold), accepted, force });
  if (markdown !== undefined) writeMarkdown(markdown, comparisonMarkdown(comparison));
  console.log(json ? visibleJson(JSON.stringify(comparison, null, 1)) : comparisonText(comparison));
  return comparison.exitCode;
}

function share(percent: string): number {
  const value = Number(percent);
  if (percent.trim() !== '' && value > 0 && value < 100) return value / 100;
  throw new ConfigError(
    `--threshold: '${percent}' is no percentage. Write a number above 0 and below 100, e.g. 10.`,
  );
}

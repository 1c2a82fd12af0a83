import { basename } from 'node:path';
import { acceptedFile, readAccepted } from '../../compare/accepted.ts';
import { jsonBeside, jsonOf, writeAsked } from '../../compare/asked-file.ts';
import { baselineOf, baselinePath, readBaseline } from '../../compare/baseline-file.ts';
import { comparisonMarkdown } from '../../compare/comparison-markdown.ts';
import { comparisonPage } from '../../compare/comparison-section.ts';
import { comparisonText } from '../../compare/comparison-text.ts';
import { figuresOfRuns, runDirectory } from '../../compare/concluded-run.ts';
import { detect } from '../../compare/detect.ts';
import { thresholdOf } from '../../compare/threshold.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';

interface Values {
  current?: readonly string[];
  baseline?: string;
  threshold: string;
  force?: boolean;
  json?: boolean;
  markdown?: string;
  html?: string;
}

export function detectRuns({
  current = [],
  baseline: named,
  threshold,
  force,
  json,
  markdown,
  html,
}: Values): number {
  const { reportsDir } = readEnvironment();
  const runs = figuresOfRuns(current.map((one) => runDirectory(one, reportsDir)));
  const [first] = runs;
  if (!first) throw new ConfigError('detect: no current run. Name one or more with --current.');
  const file = named === undefined ? baselineOf(first.like, reportsDir) : baselinePath(named, reportsDir);
  const accepted = readAccepted(acceptedFile(reportsDir));
  const comparison = detect(readBaseline(file), runs, {
    file,
    threshold: thresholdOf(threshold),
    accepted,
    force,
  });
  if (markdown !== undefined) writeAsked(markdown, comparisonMarkdown(comparison));
  if (html !== undefined) {
    const beside = jsonBeside(html);
    writeAsked(beside, jsonOf(comparison));
    writeAsked(html, comparisonPage(comparison, { json: basename(beside) }));
  }
  console.log(json ? jsonOf(comparison) : comparisonText(comparison));
  return comparison.exitCode;
}

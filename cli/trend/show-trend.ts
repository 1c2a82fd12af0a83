import { basename } from 'node:path';
import { z } from 'zod';
import { jsonBeside, jsonOf, writeAsked } from '../../compare/asked-file.ts';
import { suiteCommits } from '../../compare/suite-commits.ts';
import { trendOf } from '../../compare/trend-of-runs.ts';
import { trendPage } from '../../compare/trend-page.ts';
import { trendRuns } from '../../compare/trend-runs.ts';
import { trendMarkdown, trendText } from '../../compare/trend-text.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';

interface Values {
  environment?: string;
  since?: string;
  metric?: readonly string[];
  json?: boolean;
  markdown?: string;
  html?: string;
}

export function showTrend(
  { environment, since, metric, json, markdown, html }: Values,
  profile?: string,
): number {
  if (since !== undefined && !z.iso.date().safeParse(since).success)
    throw new ConfigError(`--since: '${since}' is no day. Write one as YYYY-MM-DD, e.g. 2026-09-01.`);
  const { reportsDir } = readEnvironment();
  const found = trendRuns(reportsDir, { profile, environment, since });
  const result = trendOf(found.runs, { ...found, only: metric, commitsBetween: suiteCommits });
  if (markdown !== undefined) writeAsked(markdown, trendMarkdown(result));
  if (html !== undefined) {
    const beside = jsonBeside(html);
    writeAsked(beside, jsonOf(result));
    writeAsked(html, trendPage(result, basename(beside)));
  }
  console.log(json ? jsonOf(result) : trendText(result));
  return PASSED;
}

/** What the application is to reach, from `goals.yml` beside this file, which describes each key. */
import { z } from 'zod';
import { didYouMean } from './nearest-name.ts';
import { allProfileNames } from './profile-names.ts';
import { problemOfShare } from './share-limit.ts';
import { type MetricExpression, parseMetric } from './threshold-metric.ts';
import { loadYaml } from './yaml.ts';

export interface Goal {
  /** As written in the file. */
  expression: string;
  metric: MetricExpression;
  /** ms, a share 0–1, or no unit, as the metric has it. */
  limit: number;
  why: string;
  /** File and line. */
  where: string;
}

export interface Goals {
  all: readonly Goal[];
  /** Profiles that show none. */
  notIn: readonly string[];
}

const schema = z.strictObject({
  goals: z.record(z.string(), z.strictObject({ goal: z.number().min(0), why: z.string().min(1) })),
  notIn: z.array(z.string()).default([]),
});

/** @throws {ConfigError} one line: file and line, key, what is wrong */
export function loadGoals(file: string | URL = new URL('goals.yml', import.meta.url)): Goals {
  const shown = file instanceof URL ? 'config/goals.yml' : file;
  const { data, lineOf, mistake } = loadYaml(file, schema, { shown });
  const known = allProfileNames();
  const stranger = data.notIn.findIndex((name) => !known.includes(name));
  if (stranger >= 0) {
    const name = data.notIn[stranger] ?? '';
    throw mistake(
      ['notIn', stranger],
      `${name}: no such profile${didYouMean(name, known) || `; known are ${known.join(', ')}`}`,
    );
  }
  const all = Object.entries(data.goals).map(([expression, { goal, why }]): Goal => {
    const path = ['goals', expression];
    const metric = parseMetric(expression);
    if (typeof metric === 'string') throw mistake(path, metric);
    if (expression.includes('*')) throw mistake(path, 'a goal is of one figure', 'Name it without *.');
    const wrong = problemOfShare(metric, goal);
    if (wrong) throw mistake(path, wrong.what, wrong.fix);
    return { expression, metric, limit: goal, why, where: `${shown}:${lineOf(path)}` };
  });
  return { all, notIn: data.notIn };
}

/** Those that a run of this profile shows. */
export function goalsFor({ all, notIn }: Goals, profile: string): readonly Goal[] {
  return notIn.includes(profile) ? [] : all;
}

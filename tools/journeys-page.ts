/** The page docs/journeys.md: each journey as the registry and one run of it tell. */

import { newTally, readSamples } from '../analysis/read/read-samples.ts';
import { httpJourneys } from '../api/journeys/registry.ts';
import type { MutationKind } from '../config/changes.ts';
import { ROLES, type Role } from '../config/roles.ts';
import { journeys } from '../flows/registry.ts';
import type { RequestSample, Sample } from '../measure/run/samples.ts';

/** What one journey was seen doing. */
interface Seen {
  /** Step → page that it ended on, in the order in which they came. */
  steps: Map<string, string>;
  operations: Set<string>;
  began: number;
}

/** @param runDir a run of the perf project with every journey in it */
export async function journeysPage(runDir: string): Promise<string> {
  const seen = await observe(runDir);
  const parts = [
    '# Which journeys are there?',
    '',
    '<!-- Written by `npm run docs` from flows/ and api/journeys/ and one run of them; do not edit by hand. -->',
    '',
    '[How to write one](write-a-journey.md). The share is how often a user of that role draws the journey. Pages and',
    'operations are those seen in a run on the embedded scheduler.',
  ];
  for (const role of ROLES) {
    const own = journeys.filter((journey) => journey.role === role);
    const total = own.reduce((sum, { weight }) => sum + weight, 0);
    parts.push('', `## ${HEADINGS[role]}`);
    for (const { name, weight, changes } of own) {
      const { steps, operations } = seen.get(name) ?? { steps: new Map(), operations: new Set<string>() };
      const pages = [...new Set(steps.values())].filter(Boolean);
      parts.push(
        '',
        `### ${sentence(name)}`,
        '',
        `Share ${Math.round((weight / total) * 100)} % · ${changesOf(changes)} · pages ${list(pages)}`,
        '',
        ...[...steps.keys()].map((step, index) => `${index + 1}. ${step}`),
        '',
        `Operations: ${list([...operations].sort())}`,
      );
    }
  }
  parts.push(
    '',
    '## Over HTTP',
    '',
    ...NAMED,
    '',
    '| Journey | Roles | Weight | Changes |',
    '| --- | --- | --- | --- |',
  );
  for (const { name, roles, weight, changes, onlyNamed } of httpJourneys) {
    parts.push(
      `| ${sentence(name)} | ${roles.join(', ')} | ${onlyNamed ? 'named' : weight} | ${changes.join(', ') || 'nothing'} |`,
    );
  }
  return `${parts.join('\n')}\n`;
}

const NAMED = [
  '_named_: made for one kind of load, and run only by a scenario that names it ([which profile does](profiles.md)).',
];

const HEADINGS: Record<Role, string> = {
  admin: 'Admin',
  coordinator: 'Coordinator',
  faculty: 'Faculty',
  resident: 'Resident',
  visitor: 'Visitor: not signed in',
};

async function observe(runDir: string): Promise<Map<string, Seen>> {
  const samples: Sample[] = [];
  for await (const sample of readSamples(runDir, newTally())) samples.push(sample);
  const seen = new Map<string, Seen>();
  for (const sample of samples) {
    if (sample.kind !== 'journey') continue;
    seen.set(sample.name, { steps: new Map(), operations: new Set(), began: sample.t - sample.value });
  }
  for (const sample of samples.sort((a, b) => a.t - b.t)) {
    const journey = seen.get(sample.journey ?? '');
    if (!journey) continue;
    if (sample.kind === 'step') journey.steps.set(sample.name, sample.page ?? '');
    if (sample.kind === 'request' && isOfJourney(sample, journey.began)) journey.operations.add(sample.name);
  }
  return seen;
}

/**
 * What the page before it still asked for is not the journey's. Nor is what a page asks for before it knows that nobody is
 * signed in, or takes back: which of that is sent at all is a matter of milliseconds. Of a visitor's requests only those
 * of signing in are sure to come.
 */
function isOfJourney(sample: RequestSample, began: number): boolean {
  const { t, value, method, status, role } = sample;
  const isEarly = method === 'GET' && (status === 401 || status === 0);
  return t - value >= began && !isEarly && (role !== 'visitor' || sample.class === 'auth');
}

function changesOf(changes: readonly MutationKind[]): string {
  return changes.length === 0 ? 'only reads' : `changes ${changes.join(', ')}`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

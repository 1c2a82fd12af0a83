/** Names that runs are compared by: one rule for all of them, wherever they are given. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { RENAMED } from '../../analysis/read/schema-1-names.ts';
import { benchmarks } from '../../api/benchmarks/registry.ts';
import { httpJourneys } from '../../api/journeys/registry.ts';
import { ROOT } from '../../config/environment.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { journeys } from '../../flows/registry.ts';

const MOST_WORDS = 8;
/** Riddles, and words that say less than another. */
const UNWANTED =
  /\b(told|held|mend\w*|anew|doors?|who am I|somebody|nobody|whoever|things?|be refused|as they were|put back|take\w* back|look at|look who|meet)\b/i;

interface Profile {
  config: { phases: Array<{ name: string }> };
  scenarios: Array<{ name: string }>;
}

const sources = globSync(['flows/**/*.ts', 'api/journeys/**/*.ts'], { cwd: ROOT }).map((file) =>
  readFileSync(join(ROOT, file), 'utf8'),
);
const profiles = globSync('artillery/*.yml', { cwd: ROOT }).map(
  (file) => parse(readFileSync(join(ROOT, file), 'utf8'), { merge: true }) as Profile,
);

/** The first argument of these calls, what is filled in at run time as `…`. */
function given(call: string): string[] {
  const pattern = new RegExp(`\\b${call}\\(\\s*(['\`])(.*?)\\1`, 'g');
  return [
    ...new Set(
      sources.flatMap((source) =>
        [...source.matchAll(pattern)].map(([, , name = '']) => name.replace(/\$\{[^}]*\}/g, '…')),
      ),
    ),
  ];
}

const NAMES: Record<keyof typeof RENAMED, string[]> = {
  journeys: [...journeys, ...httpJourneys, ...benchmarks].map(({ name }) => name),
  steps: given('step'),
  defects: loadKnownDefects().map(({ name }) => name),
  counters: given('count'),
  checks: given('check'),
  scenarios: [...new Set(profiles.flatMap(({ scenarios }) => scenarios.map(({ name }) => name)))],
  phases: [...new Set(profiles.flatMap(({ config }) => config.phases.map(({ name }) => name)))],
};

for (const [kind, names] of Object.entries(NAMES)) {
  test(`${kind}: plain and short, without a mark that a metric or a list would trip over`, () => {
    assert.ok(names.length > 3, 'they are found');
    for (const name of names) {
      assert.match(name, /^(… ?:|[a-z0-9])/, `${name}: starts in lower case`);
      assert.match(name, /[\w)…]$/, `${name}: ends without punctuation`);
      assert.doesNotMatch(name, /[,"'#]/, `${name}: can be written in a list of YAML`);
      assert.doesNotMatch(
        name,
        UNWANTED,
        `${name}: has a word that says less than another; name what is done`,
      );
      assert.ok(name.split(' ').length <= MOST_WORDS, `${name}: at most ${MOST_WORDS} words`);
    }
  });
}

test('journeys name only defects that are listed', () => {
  const named = [...given('defect'), ...given('effect')];
  assert.ok(named.length > 3, 'they are found');
  for (const name of named) assert.ok(NAMES.defects.includes(name), name);
});

test('each name stands for one journey, and one defect', () => {
  for (const names of [NAMES.journeys, NAMES.defects]) assert.equal(new Set(names).size, names.length);
});

test('a journey is in the file of its name', () => {
  const files = globSync(['flows/{admin,coordinator,faculty,resident,visitor}/*.ts', 'api/journeys/*.ts'], {
    cwd: ROOT,
  }).map((file) => basename(file, '.ts'));
  const expected = [...journeys, ...httpJourneys].map(({ name }) =>
    name.replace(/ over HTTP$/, '').replaceAll(' ', '-'),
  );
  assert.deepEqual(files.filter((file) => file !== 'registry').sort(), expected.sort());
});

test('a name that was given up is not in use, and leads to one that is', () => {
  for (const kind of Object.keys(RENAMED) as Array<keyof typeof RENAMED>) {
    const inUse = new Set(NAMES[kind]);
    for (const [before, now] of Object.entries(RENAMED[kind])) {
      assert.ok(!inUse.has(before), `${kind}: ${before}`);
      assert.ok(inUse.has(now) || kind === 'counters', `${kind}: ${now}`);
    }
  }
});

/** Nothing that users do knows which target it meets: the same journeys run against the real application. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, linesOf, type SourceLine, sourceLines } from './source-lines.ts';

/** Where the target is opened, and what for: the one place that may know how. */
const OPENS_THE_TARGET = /^runner\/open-run\.ts$/;

const RULES: Record<string, RegExp> = {
  'names the embedded scheduler': /embedded|fixtures\/scheduler|stand-?in/i,
  'knows the faults': /__faults|\bfaults?\b/i,
  'names a host': /\b127\.0\.0\.1\b|\blocalhost\b|\[::1\]|0\.0\.0\.0/,
  'names a port': /:\d{4,5}\b|\bport\b\s*[:=]\s*\d/i,
  'opens a target': /measure\/target/,
  'asks what kind of target it is': /\.kind\b\s*[!=]==?\s*['"](embedded|deployment)/,
};

/** Artillery insists on a `target`, which BASE_URL or the embedded scheduler replaces. */
function isPlaceholder({ file, text }: SourceLine): boolean {
  return file.endsWith('.yml') && /^ {2}target: http:\/\/127\.0\.0\.1( #|$)/.test(text);
}

function knowing(lines: readonly SourceLine[]): string[] {
  return findings(
    lines.filter((line) => !OPENS_THE_TARGET.test(line.file) && !isPlaceholder(line)),
    RULES,
  );
}

test('flows, api and artillery do not know their target', () => {
  const lines = sourceLines([
    'flows/**/*.ts',
    'api/**/*.ts',
    'artillery/*.{yml,mts}',
    'artillery/{engine,plugin}/**/*.ts',
  ]);
  const files = new Set(lines.map(({ file }) => file));
  for (const file of [
    'flows/session.ts',
    'api/session.ts',
    'artillery/load.yml',
    'artillery/processor.mts',
  ]) {
    assert.ok(files.has(file), `${file} is looked at`);
  }
  assert.ok(files.size > 60, `${files.size} files`);
  assert.deepEqual(knowing(lines), [], 'say it in config/ or measure/target/, and hand it over');
});

test('the target of a run is opened in one place only, whichever way it is run', () => {
  const ways = ['runner', 'artillery', 'playwright', 'benchmarks'].map((room) => `${room}/**/*.{ts,mts}`);
  const opening = sourceLines(ways).filter(({ text }) => /\bopenTarget\(/.test(text));
  assert.deepEqual(
    opening.map(({ file }) => file),
    ['runner/open-run.ts'],
  );
});

for (const [file, text, rule] of [
  ['flows/pages/a.ts', "if (target.kind === 'embedded') return;", 'names the embedded scheduler'],
  ['flows/pages/a.ts', "if (facts.kind !== 'deployment') return;", 'asks what kind of target it is'],
  ['api/a.ts', "await post('/__faults', {});", 'knows the faults'],
  ['api/a.ts', "const url = 'http://localhost/api';", 'names a host'],
  ['artillery/stress.yml', '  target: http://scheduler.example:3000', 'names a port'],
  ['artillery/stress.yml', '  target: http://127.0.0.1:4300', 'names a host'],
  ['artillery/engine/a.ts', "import { openTarget } from '../../measure/target/target.ts';", 'opens a target'],
] as const) {
  test(`the search finds: ${text}`, () => {
    assert.ok(knowing(linesOf(file, text)).some((found) => found.startsWith(`${file}:1: ${rule}`)));
  });
}

test('the placeholder of a script is no finding', () => {
  const script = 'config:\n  target: http://127.0.0.1 # BASE_URL; without it the embedded scheduler';
  assert.deepEqual(knowing(linesOf('artillery/a.yml', script)), []);
});

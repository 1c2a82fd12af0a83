/**
 * A fact is never read out of a sentence: what makes a failure, an event or a decision gives it a code. This searches the
 * source for code that reads texts instead.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, linesOf, sourceLines } from '../flows/source-lines.ts';

const TEXT =
  '(?:\\w*[mM]essage|\\w*[eE]rror|\\w*[rR]easons?|why|\\w*[hH]eadline|detail|stderr|cutShort|\\w+Text)';
/** What leads from a text to the question: `(x.error ?? '')`, `firstLine(error)`, `.toLowerCase()`. */
const LEADS_TO = "(?: \\?\\? '[^']*')?\\)*(?:\\??\\.(?:toLowerCase|trim|toString)\\(\\))*\\??\\.";

const PATTERNS: Readonly<Record<string, RegExp>> = {
  'a part of a text': new RegExp(
    `\\b${TEXT}${LEADS_TO}(?:includes|startsWith|endsWith|match|matchAll|search|indexOf)\\(`,
  ),
  'an expression on a text': new RegExp(`/[a-z]*\\.(?:test|exec)\\(.*\\b${TEXT}\\b`),
  'a cut of a headline': /\b\w*[hH]eadline\??\.(?:replace|split|slice|substring)\(/,
  'a name in prose':
    /\b(?:name|ended|by|what|reason|verdict|code)\b\)?\s*[!=]==?\s*(['"`])[\w-]+(?: [\w-]+)+\1/,
  'a sentence as a key': /\bcase (['"`])[\w-]+(?: [\w-]+)+\1:/,
};

/** Files that may, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  'measure/errors/foreign-texts.ts':
    'what Playwright, Chromium, undici and Node say: the one file that reads it',
  'analysis/read/schema-1.ts': 'runs of schema 1 have nothing but texts',
  'analysis/known-defects.ts': 'config/known-defects.yml names defects of the target by a part of its text',
  'api/journeys/parts/crossing.ts': 'the contract fixes what the target says in an answer of 429',
  'api/journeys/parts/generation.ts':
    'the target names the algorithm that ran only in a sentence of its answer',
  'measure/target/check-accounts.ts': 'the target says only in a sentence that an account is inactive',
};

const found = findings(
  sourceLines([
    '{analysis,api,artillery,benchmarks,cli,config,flows,measure,playwright,runner,tools}/**/*.{ts,mts}',
    'fixtures/{*,data/**/*}.ts',
  ]),
  PATTERNS,
);
const isIn = (file: string) => (finding: string) => finding.startsWith(`${file}:`);
const inLine = (line: string) => findings(linesOf('x.ts', line), PATTERNS);

test('only the files listed here learn something from a text', () => {
  const files = Object.keys(ALLOWED);
  assert.deepEqual(
    found.filter((finding) => !files.some((file) => isIn(file)(finding))),
    [],
  );
});

test('each file that may do so does', () => {
  assert.deepEqual(
    Object.keys(ALLOWED).filter((file) => !found.some(isIn(file))),
    [],
  );
});

const PLANTED = [
  "if (error.message.includes('ECONN')) return 'refused';",
  "if ((sample.error ?? '').toLowerCase().includes('timeout')) return;",
  "if (firstLine(error).includes('net::ERR_ABORTED')) return this.arrive(path);",
  "const twice = message.startsWith(step + ':');",
  "if (failures >= 3 || !why.startsWith('failed')) return why;",
  "if (!result.error?.message?.includes('StepFailure')) note();",
  'const step = /^(?:StepFailure: )?([^:]+): /.exec(message)?.[1];',
  'if (/timeout|timed out/i.test(error)) return 1;',
  'return /not enough samples/.test(gate.message);',
  "reasons.some((reason) => reason.includes('rate limits'));",
  "const text = headline.replace(/^(?:pass|fail): /, '');",
  "const few = gate.message.includes('not enough samples');",
  "if (sample.name === 'page view') vitals.addView(sample);",
  "if (run.ended !== 'target died') return;",
  "      case 'level ended':",
];

for (const line of PLANTED)
  test(`found where it is planted: ${line.trim()}`, () => {
    assert.notDeepEqual(inLine(line), []);
  });

test('codes, lists and texts of the suite that are only shown are let pass', () => {
  for (const line of [
    "if (sample.name === 'page-view') return;",
    "case 'page-view':",
    "if (failure.errorKind === 'timeout') return;",
    'const [first] = message.split("\\n");',
    "if (names.includes(name)) return 'known';",
    "throw new Error('no such file');",
  ])
    assert.deepEqual(inLine(line), [], line);
});

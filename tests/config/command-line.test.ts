/** Command lines of maintainers' programs: values, mistakes and help. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { exitCodesText, exitsOfGroup } from '../../config/command-line/exit-codes-help.ts';
import { flag, text, texts, textWithDefault } from '../../config/command-line/option.ts';
import { parseProgram } from '../../config/command-line/parse.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ConfigError } from '../../config/errors.ts';

const PROGRAM = {
  name: 'npm run sort --',
  about: 'sort things',
  argument: ['[thing...]', 'things to sort'],
  options: {
    by: textWithDefault('--by <key>', 'what to sort by', 'size'),
    only: texts('--only <kind>', 'this kind'),
    maxTime: text('--max-time <duration>', 'limit'),
    reverse: flag('--reverse', 'largest first'),
  },
  details: 'Things are sorted\nwhere they lie:\n  a  first\n  b  second\n\nNothing is lost.',
  examples: ['npm run sort -- --reverse'],
  exits: { passed: 'sorted', wrongUse: true },
} as const;

test('values have the names of the definition, also those that are not given', () => {
  assert.deepEqual(parseProgram(PROGRAM, []), {
    values: { by: 'size', only: undefined, maxTime: undefined, reverse: false },
    words: [],
  });
  const words = ['b', '--only', 'x', '--max-time=-5', '--only=y', '--reverse', 'a', '--by', 'age'];
  assert.deepEqual(parseProgram(PROGRAM, words), {
    values: { by: 'age', only: ['x', 'y'], maxTime: '-5', reverse: true },
    words: ['b', 'a'],
  });
  assert.deepEqual(parseProgram(PROGRAM, ['--', '--reverse'])?.words, ['--reverse']);
  assert.deepEqual(parseProgram(PROGRAM, ['--only', 'z'])?.values.only, ['z'], 'nothing is kept of before');
});

test('a mistake is one line with the nearest option and the help of the program', () => {
  const cases: Array<[words: string[], message: string]> = [
    [['--revers'], "sort: unknown option '--revers'. Did you mean --reverse?"],
    [['--by'], "sort: option '--by <key>' argument missing."],
    [
      ['--by', '--reverse'],
      "sort: option '--by <key>' argument '--reverse' is invalid. Write a value before the next option.",
    ],
  ];
  for (const [words, message] of cases)
    assert.throws(() => parseProgram(PROGRAM, words), {
      name: ConfigError.name,
      message: `${message} See \`npm run sort -- --help\`.`,
    });
});

function printed(t: TestContext): () => string {
  const log = t.mock.method(console, 'log', () => undefined);
  return () => log.mock.calls.map((call) => `${call.arguments[0]}\n`).join('');
}

test('help has one form, and nothing else is done', async (t) => {
  const said = printed(t);
  assert.equal(parseProgram(PROGRAM, ['--help']), undefined);
  assert.equal(
    said(),
    `Usage: npm run sort -- [options] [thing...]

Sort things.

Things are sorted where they lie:
  a  first
  b  second

Nothing is lost.

Arguments:
  thing                  things to sort

Options:
  --by <key>             what to sort by (default: "size")
  --only <kind>          this kind; can be given more than once
  --max-time <duration>  limit
  --reverse              largest first
  -h, --help             print this help

Example:
  npm run sort -- --reverse

Exit codes:
  0    sorted
  2    wrong use or configuration
`,
  );
});

test('a program sets its exit code, and prints a mistake without a stack trace', async (t) => {
  const before = process.exitCode;
  t.after(() => {
    process.exitCode = before;
  });
  const error = t.mock.method(console, 'error', () => undefined);
  await runProgram({ ...PROGRAM, run: ({ reverse }) => (reverse ? 1 : 0) }, ['--reverse']);
  assert.equal(process.exitCode, 1);
  await runProgram({ ...PROGRAM, run: () => 0 }, ['--revers']);
  assert.equal(process.exitCode, 2);
  assert.match(String(error.mock.calls[0]?.arguments[0]), /^sort: unknown option '--revers'\. [^\n]+$/);
  await assert.rejects(
    runProgram({ ...PROGRAM, run: () => Promise.reject(new Error('a defect')) }, []),
    /a defect/,
  );
});

test('exit codes of a group name the command where only one has that meaning', () => {
  const exits = exitsOfGroup([
    ['list', { passed: 'listed', wrongUse: true }],
    ['check', { passed: 'fits', failed: 'does not fit', wrongUse: true }],
  ]);
  assert.equal(
    exitCodesText(exits),
    `Exit codes:
  0    list: listed; check: fits
  1    check: does not fit
  2    wrong use or configuration`,
  );
  const done = exitsOfGroup([
    ['add', { passed: 'done', failed: 'refused' }],
    ['list', { passed: 'done' }],
  ]);
  assert.equal(exitCodesText(done), 'Exit codes:\n  0    done\n  1    add: refused');
});

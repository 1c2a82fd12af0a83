/** docs/troubleshooting.md quotes messages as the code prints them. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';

const ROOMS = '{analysis,api,artillery,cli,compare,config,exports,fixtures,measure,playwright,runner}';
const sources = globSync(`${ROOMS}/**/*.{ts,cjs}`, { cwd: ROOT, exclude: ['**/node_modules', '**/web'] }).map(
  (file) => proseOf(readFileSync(join(ROOT, file), 'utf8')),
);

/** Code without whole lines of comment, with quotes of literals as they are printed. */
function proseOf(source: string): string {
  return source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '').replaceAll("\\'", "'");
}

/** What stands in the first column of each table: a message, with `…` for what differs. */
function documentedMessages(page: string): string[] {
  return [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message = '']) => message);
}

function partsOf(message: string): string[] {
  return message
    .split('…')
    .map((part) => part.replace(/^\W+|\W+$/g, ''))
    .filter(Boolean);
}

/** Whether one file has all words of the message, in whatever order the code puts its parts together. */
function isPrinted(message: string): boolean {
  const parts = partsOf(message);
  return (
    parts.join('').length >= 10 && sources.some((source) => parts.every((part) => source.includes(part)))
  );
}

const messages = documentedMessages(readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8'));

test('the likely ones are there, each once', () => {
  assert.ok(messages.length >= 50, `${messages.length}`);
  assert.equal(new Set(messages).size, messages.length);
});

for (const message of messages)
  test(`the code prints: ${message}`, () => {
    assert.ok(isPrinted(message), 'no file has all of its parts: quote what the code prints now');
  });

/** Reasons whose words are in another file, that explain themselves, or that are notes, which need no action. */
const WITHOUT_ROW = new Set([
  ...[
    'profile-lost',
    'stopped-by-threshold',
    'still-running',
    'first-failure',
    'gate-failed',
    'gate-inconclusive',
  ],
  ...[
    'checks-failed',
    'limit-unproved',
    'journeys-found-nothing',
    'data-grew',
    'limits-not-met',
    'journeys-skipped',
  ],
  ...['files-not-loaded', 'probes-unanswered', 'cpu-unwatched', 'limits-of-many-unproved'],
  // `metrics of the target: …` stands for all of them.
  ...[
    'metrics-not-read',
    'metrics-never-answered',
    'metrics-scrapes-failed',
    'metrics-empty',
    'metrics-reset',
  ],
]);

test('each reason of a verdict has a row', () => {
  const texts = ['analysis/text/reason-text.ts', 'analysis/text/generator-reason-text.ts'].flatMap((file) =>
    proseOf(readFileSync(join(ROOT, file), 'utf8'))
      .split(/^ {2}(?='?[a-z-]+'?: \()/m)
      .slice(1),
  );
  assert.ok(texts.length >= 50, `${texts.length}`);
  const longest = messages.map((message) => partsOf(message).sort((a, b) => b.length - a.length)[0] ?? '');
  const lacking = texts
    .filter((text) => !longest.some((part) => part.length >= 10 && text.includes(part)))
    .map((text) => /^'?([a-z-]+)/.exec(text)?.[1] ?? text);
  assert.deepEqual(
    lacking.filter((code) => !WITHOUT_ROW.has(code)),
    [],
  );
});

test('a message that no code prints is found', () => {
  assert.equal(isPrinted('no browser was found: run …'), false);
  assert.equal(isPrinted('Port … is gone. Stop what listens there, or set …'), false);
  assert.equal(isPrinted('… (…)'), false);
});

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { plainConsole } from '../../config/command-line/plain-console.ts';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { visible, visibleJson } from '../../config/visible-text.ts';

const CASES: Array<[what: string, text: string, shown: string]> = [
  ['NUL and other control characters', 'a\0b\u0007c\u007fd', 'a\\u0000b\\u0007c\\u007fd'],
  ['those of eight bits', 'a\u0085b', 'a\\u0085b'],
  ['half an escape sequence', 'a\u001b', 'a\\u001b'],
  ['right to left, and isolates', 'exe.\u202etxt\u2066\u2069', 'exe.\\u202etxt\\u2066\\u2069'],
  ['what has no width', 'a\u200bb\ufeff\u00ad', 'a\\u200bb\\ufeff\\u00ad'],
  ['half a pair', 'a\ud800b', 'a\\ud800b'],
  ['letters in tags', 'a\u{e0041}', 'a\\u{e0041}'],
  ['separators of lines', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
];

describe('text of others', () => {
  for (const [what, text, shown] of CASES) {
    it(`shows ${what}`, () => {
      assert.equal(visible(text), shown);
      assert.equal(visible(shown), shown, 'once');
      const json = visibleJson(JSON.stringify({ [text]: text }));
      assert.equal(JSON.parse(json)[text], text);
      assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    });
  }

  it('loses the colours of a terminal, of either width, and its links', () => {
    assert.equal(visible('\u001b[1;31mred\u001b[39m \u009b31mtoo'), 'red too');
    assert.equal(visible('\u001b]8;;http://h\u0007link\u001b]8;;\u0007'), 'link');
  });

  it('keeps lines, tabs, letters of all scripts and joined pictures', () => {
    const text = 'Größe\t李\n👩🏽‍⚕️ 1\u202f234 a\u00a0b';
    assert.equal(visible(text), text);
    assert.equal(visible('a\r\nb'), 'a\nb');
  });
});

it('mistakes are shown as text', () => {
  for (const Mistake of [ConfigError, TargetUnreachable])
    assert.equal(new Mistake('\u001b[31m.env: \u202e').message, '.env: \\u202e');
});

it('what a command prints is text', (t: TestContext) => {
  const { log, warn, error } = console;
  t.after(() => Object.assign(console, { log, warn, error }));
  const printed: unknown[] = [];
  Object.assign(console, { log: (...parts: unknown[]) => printed.push(...parts) });
  plainConsole();
  console.log('made \u001b[31mann\u202e', 3);
  assert.deepEqual(printed, ['made ann\\u202e', 3]);
});

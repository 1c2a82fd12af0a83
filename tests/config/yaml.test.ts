/** Mistakes in YAML files, by kind: each is one line with file and line, and nothing of a file of secrets is in it. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import { ConfigError } from '../../config/errors.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import { loadYaml } from '../../config/yaml.ts';
import { parseLined } from '../../config/yaml-line.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

const schema = z.record(
  z.string(),
  z.strictObject({ users: z.number(), names: z.array(z.string()).optional() }),
);

function write(t: TestContext, content: string | Buffer): string {
  const file = join(temporaryFolder(t), 'given.yml');
  writeFileSync(file, content);
  return file;
}

function load(file: string, secret = false) {
  return loadYaml(file, schema, { shown: 'given.yml', secret });
}

/** The one line that a user sees; a warning on the terminal would be a second one. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  }
  return assert.fail('was accepted');
}

const GOOD = 'load:\n  users: 4\n';

describe('a file is read', () => {
  it('with a byte order mark of UTF-8', (t) => {
    assert.deepEqual(load(write(t, `\ufeff${GOOD}`)).data, { load: { users: 4 } });
  });

  it('with Windows line ends, comments, and characters beyond ASCII', (t) => {
    const text = '# Größe\r\nload:\r\n  users: 4 # four\r\n  names: [Jörg, 李]\r\n';
    assert.deepEqual(load(write(t, text)).data, { load: { users: 4, names: ['Jörg', '李'] } });
  });

  it('with anchors and aliases, a bracket that closes at the left edge, and numbers for keys', (t) => {
    const text = '1: &one { users: 1 }\ntrue: *one\nload: {\n  users: 4\n}\n';
    const one = { users: 1 };
    assert.deepEqual(load(write(t, text)).data, { '1': one, true: one, load: { users: 4 } });
  });

  it('and knows each key’s line, and that of the nearest parent of what is not there', (t) => {
    const { lineOf, sourceOf } = load(write(t, '# head\nload:\n  users: 4.0\n  names:\n    - a\n    - b\n'));
    assert.equal(lineOf(['load']), 2);
    assert.equal(lineOf(['load', 'users']), 3);
    assert.equal(lineOf(['load', 'names', 1]), 6);
    assert.equal(lineOf(['load', 'names', 7]), 4);
    assert.equal(lineOf(['load', 'pace', 'every']), 2);
    assert.equal(lineOf(['nothing']), 1);
    assert.equal(lineOf([]), 1);
    assert.equal(sourceOf(['load', 'users']), '4.0');
    assert.equal(sourceOf(['load', 'pace']), undefined);
  });
});

describe('a file that cannot be read is refused', () => {
  it('when there is none', () => {
    assert.equal(
      refusal(() => loadYaml('/nowhere.yml', schema, { shown: 'given.yml', restore: 'Write one.' })),
      'given.yml: cannot be read (ENOENT): there is no such file. Write one.',
    );
  });

  it('when it is a directory', (t) => {
    assert.match(
      refusal(() => load(temporaryFolder(t))),
      /^given\.yml: cannot be read \(EISDIR\): it is a directory\. Restore the file\.$/,
    );
  });

  it('when its owner is another', { skip: process.getuid?.() === 0 && 'root may read all' }, (t) => {
    const file = write(t, GOOD);
    chmodSync(file, 0);
    assert.match(
      refusal(() => load(file)),
      /^given\.yml: cannot be read \(EACCES\): permission denied\./,
    );
  });

  it('when it is empty, or holds comments only', (t) => {
    for (const text of ['', '\n', '# nothing\n', '\ufeff'])
      assert.match(
        refusal(() => load(write(t, text))),
        /^given\.yml:1: must be a map .*\(the file is empty\)\.$/,
      );
  });

  const le = Buffer.from(GOOD, 'utf16le');
  for (const [encoding, bytes] of [
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), le])],
    ['UTF-16', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(le).swap16()])],
    ['UTF-16', le],
    ['UTF-16', Buffer.from(le).swap16()],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
    ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61])],
  ] as const) {
    it(`in ${encoding} that begins with ${bytes.subarray(0, 4).toString('hex')}`, (t) => {
      assert.equal(
        refusal(() => load(write(t, bytes))),
        `given.yml: encoded as ${encoding}. Save it as UTF-8.`,
      );
    });
  }

  it('in Latin-1, with the line', (t) => {
    const bytes = Buffer.from(`${GOOD}  names: [J\xf6rg]\n`, 'latin1');
    assert.equal(
      refusal(() => load(write(t, bytes))),
      'given.yml:3: not UTF-8 but another encoding, e.g. Latin-1. Save it as UTF-8.',
    );
  });

  it('with zero bytes in it', (t) => {
    assert.equal(
      refusal(() => load(write(t, 'load:\n  users: 4\0\n'))),
      'given.yml: a binary file. Name a YAML file.',
    );
  });
});

const SYNTAX: Array<[what: string, text: string, says: RegExp]> = [
  ['a key that is there twice', 'load: {}\na: { users: 1 }\nload: {}\n', /^3: a key is there twice\. Delete/],
  ['a tab that indents', 'load:\n\tusers: 4\n', /^2: a tab indents the line\. Use spaces\.$/],
  ['an alias without an anchor', 'load:\n  users: *four\n', /^2: the alias \*four has no anchor before it\./],
  ['a merge key', 'a: &a { users: 1 }\nload:\n  <<: *a\n', /^3: a merge key \(<<\)\. Write the keys out\.$/],
  [
    'an unknown tag',
    'load:\n  users: !four 4\n',
    /^2: a value begins with ! .*\. Put the value in quotes\.$/,
  ],
  ['a reserved character', 'load:\n  users: @four\n', /^2: a value begins with a reserved character\./],
  ['a second document', `${GOOD}---\n${GOOD}`, /^3: a second document begins\. Delete/],
  ['an unknown directive', `%FOUR 4\n---\n${GOOD}`, /^1: an unknown directive\./],
  ['an open bracket', 'a: { users: 1 }\nload: [', /^2: not YAML: /],
  ['an open quote', 'load:\n  names: ["x\n', /^\d: not YAML: /],
  ['a list for a key', '? [a]\n: b\n', /^1: a key that is not a text\. Write a name\.$/],
  ['a wrong indentation', 'load:\n  users: 4\n   names: []\n', /^2: not YAML: /],
];

describe('a file that is not the YAML that it seems is refused with the line, in one line', () => {
  for (const [what, text, says] of SYNTAX) {
    it(what, (t) => {
      const file = write(t, text);
      const message = refusal(() => load(file));
      assert.ok(message.startsWith('given.yml:'), message);
      assert.match(message.slice('given.yml:'.length), says);
    });
  }

  it('aliases that multiply', (t) => {
    const rows = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`);
    const file = write(t, `a0: &a0 [x]\n${rows.join('\n')}\n`);
    assert.equal(
      refusal(() => load(file)),
      'given.yml: its aliases repeat too much. Write the values out.',
    );
  });

  it('and its warnings never reach the terminal', async (t) => {
    const warned = t.mock.method(process, 'emitWarning', () => {});
    for (const text of ['load: { users: !four 4 }\n', '? [a]\n: b\n', `%FOUR\n---\n${GOOD}`, 'load: {\n}\n'])
      refusal(() => load(write(t, text)));
    assert.equal(warned.mock.callCount(), 0);
    assert.equal(parseLined('a: !b c\n').document.warnings.length, 1);
  });
});

describe('content that does not fit is refused with its line and its keys', () => {
  for (const [text, says] of [
    [
      'load:\n  users: 4\n  user: 5\n',
      "3: load: unknown key 'user'; did you mean users? known are users, names.",
    ],
    ['load:\n  users: four\n', '2: load.users: must be a number.'],
    ['load:\n  names: []\n', '1: load.users: missing.'],
    ['load:\n  users: 4\n  names:\n    - a\n    - 7\n', '5: load.names.1: must be a text.'],
    ['load: [a]\n', '1: load: must be a map of keys and values.'],
  ] as const) {
    it(JSON.stringify(text), (t) => {
      assert.equal(
        refusal(() => load(write(t, text))),
        `given.yml:${says}`,
      );
    });
  }

  it('nothing of a file of secrets is in a message', (t) => {
    const texts = SYNTAX.map(([, text]) => text.replaceAll(/four|FOUR/g, 'Secret1'));
    const contents = [
      'load: { users: Secret1 }\n',
      'load: { users: 4, Secret1: 5 }\n',
      'load: &Secret1 { users: 4 }\n',
    ];
    for (const text of [...texts, ...contents]) {
      const message = refusal(() => load(write(t, text), true));
      assert.match(message, /^given\.yml:\d+: /);
      assert.doesNotMatch(message, /Secret1/);
    }
  });
});

describe('the suite’s own files tell the line of a mistake', () => {
  for (const [name, loader, text, says] of [
    [
      'think.yml',
      loadThinkTimes,
      'resident: { median: 1, sigma: 0 }\nfaculty:\n  median: -1\n',
      /:3: faculty\.median: must be more than 0\. Give/,
    ],
    [
      'think.yml',
      loadThinkTimes,
      'residents: { median: 1, sigma: 0 }\n',
      /:1: the file: unknown key 'residents'; did you mean resident\? known are/,
    ],
    [
      'known-defects.yml',
      loadKnownDefects,
      '- name: n\n  reason: r\n  source: s\n  until: soon\n',
      /:4: entry 1 \('n'\), until: /,
    ],
    [
      'thresholds.yml',
      loadThresholds,
      'load:\n  metrics: {}\n  primary: x\n',
      /:3: load\.primary: must be a list\.$/,
    ],
  ] as const) {
    it(`${name}: ${says.source}`, (t) => {
      const file = write(t, text);
      const message = refusal(() => loader(file));
      assert.ok(message.startsWith(file), message);
      assert.match(message.slice(file.length), says);
    });
  }
});

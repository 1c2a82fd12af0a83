import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readEnvFile } from '../../config/env-file.ts';
import { ConfigError } from '../../config/errors.ts';
import { givenVariables } from '../../config/process-env.ts';
import { misspeltVariables } from '../../config/variable-names.ts';

function fileOf(t: TestContext, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'env-file-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, '.env');
  writeFileSync(file, content);
  return file;
}

function refusal(t: TestContext, content: string | Uint8Array): string {
  try {
    givenVariables(fileOf(t, content), {});
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  assert.fail('the file was taken');
}

describe('.env', () => {
  const MISSPELT: Array<[name: string, meant: string]> = [
    ['BASEURL', 'BASE_URL'],
    ['base_url', 'BASE_URL'],
    ['BASE-URL', 'BASE_URL'],
    ['BASE.URL', 'BASE_URL'],
    ['BASE_URI', 'BASE_URL'],
    ['TARGET_URL', 'BASE_URL'],
    ['ACCOUNT_FILE', 'ACCOUNTS_FILE'],
    ['THINKTIME', 'THINK'],
    ['THINK_TIME', 'THINK'],
    ['DURATOIN', 'DURATION'],
    ['VUs', 'VUS'],
    ['K6_PAHT', 'K6_PATH'],
    ['STAGING_ULR', 'STAGING_URL'],
  ];
  for (const [name, meant] of MISSPELT) {
    it(`${name} is refused with its line, and ${meant} is offered`, (t) => {
      const message = refusal(t, `# mine\nSEED=7\n${name}=s3cret\n`);
      assert.equal(message, `.env:3: ${name}: unknown variable. Write ${meant}.`);
    });
  }

  it('a name like none of the known ones is refused too, and its value is not repeated', (t) => {
    const message = refusal(t, 'WIFI_PASSWORD=s3cret');
    assert.equal(
      message,
      '.env:1: WIFI_PASSWORD: unknown variable. Write one of .env.example. If another program needs it, set it in the shell instead.',
    );
  });

  it('a variable that other programs read from the process is refused: from .env it does nothing', (t) => {
    for (const name of ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'PLAYWRIGHT_BROWSERS_PATH'])
      assert.equal(
        refusal(t, `${name}=x`),
        `.env:1: ${name}: not read from .env. Export it before the command.`,
      );
  });

  it('a line without an assignment is refused: it would be left out in silence', (t) => {
    const not = 'not an assignment. Write NAME=value, or # before a comment.';
    assert.equal(refusal(t, 'SEED=7\r\nBASE_URL\r\n\r\nset VUS 3\r\n'), `.env:2: ${not}\n.env:4: ${not}`);
    assert.equal(refusal(t, 'BASE_URL http://h\nSEED=1'), `.env:1: ${not}`);
  });

  it('all mistakes are said at once', (t) => {
    assert.equal(refusal(t, 'BASEURL=a\nVUS=1\nTHINKTIME=3').split('\n').length, 2);
  });

  it('known names, names that environments.yml refers to, and those of other tools are taken', (t) => {
    const text = [
      '\uFEFF# a comment',
      'export VUS=3 # as last week',
      '',
      'LABEL="a label # of',
      'BASEURL=two lines"',
      "  SEED = '9'",
      'STAGING_URL: http://h',
      'PRODUCTION_API_URL=',
      'COMPOSE_PROJECT_NAME=x',
      'OTHER_THING=x',
    ].join('\r\n');
    const { VUS, SEED, STAGING_URL, OTHER_THING, LABEL } = readEnvFile(fileOf(t, text));
    assert.deepEqual([VUS, SEED, STAGING_URL, OTHER_THING], ['3', '9', 'http://h', 'x']);
    assert.equal(LABEL, 'a label # of\nBASEURL=two lines');
  });

  it('a foreign encoding is named', (t) => {
    const text = 'BASE_URL=http://h\nLABEL=é\n';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    assert.equal(refusal(t, utf16), '.env: encoded as UTF-16. Save it as UTF-8.');
    assert.equal(refusal(t, utf16.subarray(2)), '.env: encoded as UTF-16. Save it as UTF-8.');
    assert.match(refusal(t, Buffer.from(utf16).swap16()), /^\.env: encoded as UTF-16\./);
    assert.match(
      refusal(t, Buffer.from(text, 'latin1')),
      /^\.env:2: not UTF-8 .*Latin-1\. Save it as UTF-8\.$/,
    );
  });
});

describe('variables of the shell', () => {
  it('that look like misspelt ones are named in one line, without their values', () => {
    assert.equal(
      misspeltVariables({ BASEURL: 's3cret', ACCOUNT_FILE: 'x', THINKTIME: '3', SEED: '1' }),
      'BASEURL (BASE_URL?), ACCOUNT_FILE (ACCOUNTS_FILE?), THINKTIME (THINK?): nothing reads those variables. Correct the name. If another program needs BASEURL, set BASE_URL= too (empty is enough).',
    );
  });

  it('of any length are named where a letter is doubled or two are swapped', () => {
    for (const [name, meant] of Object.entries({
      VUSS: 'VUS',
      DURATON: 'DURATION',
      THNIK: 'THINK',
      SEEED: 'SEED',
    }))
      assert.equal(
        misspeltVariables({ [name]: '1' }),
        `${name} (${meant}?): nothing reads that variable. Correct the name. If another program needs ${name}, set ${meant}= too (empty is enough).`,
      );
  });

  it('are no matter where the right one is set too, or where they are other words', () => {
    for (const right of ['x', ''])
      assert.equal(misspeltVariables({ BASEURL: 'x', BASE_URL: right }), undefined);
    const others = [
      'APP_URL',
      'API_KEY',
      'DATABASE_URL',
      'TRACEPARENT',
      'LABELS',
      'SHELL',
      'HEADER',
      'URL',
      'USER',
    ];
    assert.equal(misspeltVariables(Object.fromEntries(others.map((name) => [name, 'x']))), undefined);
  });
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { CHANGES, isAllowed } from '../../config/changes.ts';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { loadEnvironments, STOCK_LIMITS } from '../../config/environments.ts';
import { ConfigError } from '../../config/errors.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

/** Without these two no file is whole. */
const WHOLE = 'embedded: {}\nlocal: {}\n';

function write(t: TestContext, text: string): string {
  const file = join(temporaryFolder(t), 'environments.yml');
  writeFileSync(file, text);
  return file;
}

/** An entry that is wrong, and what is said of it after the file's name. */
const BAD: Array<[entry: string, says: RegExp]> = [
  [
    'lab: { baseURL: http://h }',
    /^lab: unknown key 'baseURL'; did you mean baseUrl\? known are baseUrl, apiUrl, /,
  ],
  ['lab: { maxUsers: 0 }', /^lab, maxUsers: not a whole number from 1 to 1000000\.$/],
  ['lab: { maxUsers: many }', /^lab, maxUsers: not a whole number/],
  ['lab: { expectedPeak: 0 }', /^lab, expectedPeak: not a whole number from 1 to 1000000\.$/],
  ['lab: { links: { name: x } }', /^lab, links: not a list; write - \{ name: traces/],
  ['lab: { links: [{ name: x, url: "javascript:x" }] }', /url: not an address that begins with http/],
  [
    'lab: { links: [{ name: x, url: "https://h/{span}" }] }',
    /url: an unknown place; allowed: \{from\}, \{to\}/,
  ],
  [
    'lab: { mayChange: all }',
    /^lab, mayChange: "all" is not known; write everything, nothing, or a list of absences, /,
  ],
  [
    'lab: { mayChange: [absence] }',
    /^lab, mayChange: "absence" is not known; did you mean absences\? write everything/,
  ],
  ['lab: { mayChange: [people, 7] }', /^lab, mayChange: 7 is not known; write/],
  ['lab: { mayChange: ~ }', /^lab, mayChange: null is not known; write/],
  ['lab: { paceSignIns: maybe }', /^lab, paceSignIns: neither true nor false\.$/],
  ['lab: { rateLimits: none }', /^lab, rateLimits: write off, or \{ signInsPerMinute, /],
  ['lab: { rateLimits: { signInsPerMinute: 5 } }', /^lab, rateLimits/],
  [
    'lab: { rateLimits: { signInsPerMinut: 5, refreshesPerMinute: 5, requestsPerMinute: 5 } }',
    /^lab, rateLimits/,
  ],
  ['lab: { baseUrl: localhost }', /^lab, baseUrl: not a URL; write e\.g\. http:/],
  ['lab: { baseUrl: http://h/app }', /^lab, baseUrl: has a path, .*write http:\/\/h\.$/],
  [
    `lab: { baseUrl: "http://\${HOST}" }`,
    /^lab, baseUrl: a variable must be the whole value; write \$\{VARIABLE\}\.$/,
  ],
  ['lab: { baseUrl: "http://me:Secret-1@h" }', /^lab, baseUrl: holds a user name or password; take it out/],
  ['lab: { accounts: "" }', /^lab, accounts: empty; write a value or leave the key out\.$/],
  [
    'lab: { accounts: [{ username: a, password: Secret-1 }] }',
    /^lab\.accounts\.0\.password: a secret has no place/,
  ],
  [
    'lab: { password: Secret-1 }',
    /^lab\.password: a secret has no place in this file, which is committed; take it out/,
  ],
  ['lab: { adminPassword: Secret-1 }', /^lab\.adminPassword: a secret has no place/],
  ['lab: { api_key: Secret-1 }', /^lab\.api_key: a secret has no place/],
  ['lab: { production: true }', /^lab, maxUsers: missing; production needs a limit\.$/],
  [
    'lab: { production: true, maxUsers: 2, mayChange: [people] }',
    /^lab, mayChange: nothing may be changed in production\.$/,
  ],
  ['lab: { addresses: [h] }', /^lab, addresses: only for entries with production: true\.$/],
  [
    'lab: { production: true, maxUsers: 2, addresses: ["a b"] }',
    /^lab, addresses\.0: neither a host nor a URL; write e\.g\./,
  ],
  ['My Lab: {}', /^My Lab: not a name; write up to 40 of a-z, 0-9 and -\.$/],
  ['lab: 7', /^lab: /],
  ['lab: { password: Secret-1', /^not YAML/],
];

describe('a file of environments', () => {
  it('that names no keys has the defaults of its head', (t) => {
    const { local } = loadEnvironments(write(t, WHOLE));
    assert.deepEqual(local, {
      rateLimits: STOCK_LIMITS,
      paceSignIns: false,
      mayChange: [],
      production: false,
      addresses: [],
      metrics: [],
      links: [],
    });
  });

  it('may say each key', (t) => {
    const text = `${WHOLE}lab:
  baseUrl: https://h:8443/
  apiUrl: \${LAB_API}
  accounts: accounts/lab.yml
  rateLimits: { signInsPerMinute: 60, refreshesPerMinute: 60, requestsPerMinute: 600 }
  paceSignIns: true
  mayChange: [people, absences]
  maxUsers: 10
  production: false
`;
    const given = { ENVIRONMENT: 'lab', LAB_API: 'http://api:8000/api/v1/', ACCOUNTS_FILE: 'package.json' };
    const lab = readEnvironment(given, loadEnvironments(write(t, text)));
    assert.deepEqual(
      [
        lab.baseUrl,
        lab.apiUrl,
        lab.rateLimits?.signInsPerMinute,
        lab.paceSignIns,
        lab.mayChange,
        lab.maxUsers,
      ],
      ['https://h:8443', 'http://api:8000/api/v1', 60, true, ['people', 'absences'], 10],
    );
    assert.throws(
      () => readEnvironment({ ...given, ACCOUNTS_FILE: '' }, loadEnvironments(write(t, text))),
      (error: unknown) =>
        error instanceof ConfigError &&
        /^config\/environments\.yml, lab\.accounts=accounts\/lab\.yml: no such file/.test(error.message),
    );
  });

  for (const [entry, says] of BAD) {
    it(`with ${entry} is refused in one line, without a secret`, (t) => {
      const file = write(t, `${WHOLE}${entry}\n`);
      assert.throws(
        () => loadEnvironments(file),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError, String(error));
          assert.ok(error.message.startsWith(`${file}:`), error.message);
          assert.match(error.message.slice(file.length + 1), /^\d+: /, 'its line');
          assert.match(error.message.slice(file.length + 1).replace(/^\d+: /, ''), says);
          assert.doesNotMatch(error.message, /\n|Secret-1/);
          return true;
        },
      );
    });
  }

  it('must have the two entries that are used without ENVIRONMENT, and give the embedded one no address', (t) => {
    for (const [text, says] of [
      ['embedded: {}\n', /: no entry local, which is used without ENVIRONMENT/],
      ['', /: not a list of environments/],
      ['embedded: { baseUrl: http://h }\nlocal: {}\n', /: embedded, baseUrl: the suite chooses its address/],
    ] as const) {
      const file = write(t, text);
      assert.throws(
        () => loadEnvironments(file),
        (error: unknown) => error instanceof ConfigError && says.test(error.message),
      );
    }
    assert.throws(
      () => loadEnvironments('/nowhere.yml'),
      /^ConfigError: \/nowhere\.yml: cannot be read \(ENOENT\)/,
    );
  });
});

describe('the environments of the suite', () => {
  const environments = loadEnvironments();

  it('are the known six', () => {
    assert.deepEqual(Object.keys(environments), [
      'embedded',
      'local',
      'docker',
      'ci',
      'staging',
      'production',
    ]);
  });

  it('let settings be changed only where nobody else works', () => {
    const safe = Object.keys(environments).filter((name) =>
      isAllowed(['settings'], environments[name]?.mayChange ?? []),
    );
    assert.deepEqual(safe, ['embedded', 'docker', 'ci']);
    assert.deepEqual(environments.embedded?.mayChange, CHANGES);
  });

  it('are described key by key: at the head of the file and in docs/environments.md', () => {
    const head = readFileSync(join(ROOT, 'config/environments.yml'), 'utf8').split(
      /^embedded:/m,
    )[0] as string;
    const page = readFileSync(join(ROOT, 'docs/environments.md'), 'utf8');
    const keys = ['baseUrl', 'apiUrl', 'accounts', 'addresses', 'maxUsers', 'expectedPeak', 'links'];
    for (const key of new Set([...keys, ...Object.keys(environments.local ?? {})])) {
      assert.match(head, new RegExp(`^# ${key}\\s+\\S+.*`, 'm'), `${key} at the head`);
      assert.match(page, new RegExp(`^\\| \`${key}\`\\s*\\|`, 'm'), `${key} in the page`);
    }
    for (const change of CHANGES) assert.ok(head.includes(change) && page.includes(change), change);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'dotenv';
import { CHANGES } from '../../../config/changes.ts';
import {
  type Environment,
  givenVariables,
  ROOT,
  readEnvironment,
  setProcessEnv,
} from '../../../config/environment.ts';
import { STOCK_LIMITS } from '../../../config/environments.ts';
import { ConfigError } from '../../../config/errors.ts';
import { variables } from '../../../config/variables.ts';

/** A file that is certainly there. */
const FILE = 'package.json';
const PROXY = 'http://me:secret@proxy.example.org:3128';

type Case = [given: Record<string, string>, name: keyof Environment, value: unknown];

const GOOD: Case[] = [
  [{}, 'baseUrl', undefined],
  [{}, 'apiUrl', undefined],
  [{}, 'environment', 'embedded'],
  [{}, 'journeys', 2],
  [{}, 'think', 1],
  [{}, 'seed', 1],
  [{}, 'repeat', 1],
  [{}, 'dataSize', 'medium'],
  [{}, 'reportsDir', join(ROOT, 'reports/runs')],
  [{}, 'headed', false],
  [{}, 'trace', undefined],
  [{}, 'duration', undefined],
  [{}, 'vus', undefined],
  [{}, 'label', undefined],
  [{}, 'chromiumPath', undefined],
  [{}, 'k6Path', undefined],
  [{}, 'connections', 'shared'],
  [{ BASE_URL: 'http://localhost:3000/', ACCOUNTS_FILE: FILE }, 'baseUrl', 'http://localhost:3000'],
  [{ BASE_URL: 'https://h/?a=1#b', ACCOUNTS_FILE: FILE }, 'baseUrl', 'https://h'],
  [{ BASE_URL: 'http://localhost:3000/', ACCOUNTS_FILE: FILE }, 'apiUrl', 'http://localhost:3000/api/v1'],
  [{ BASE_URL: 'http://localhost:3000', ACCOUNTS_FILE: FILE }, 'environment', 'local'],
  [
    { BASE_URL: 'http://localhost:3000', API_URL: 'http://localhost:8000/api/v1/', ACCOUNTS_FILE: FILE },
    'apiUrl',
    'http://localhost:8000/api/v1',
  ],
  [{ BASE_URL: 'http://h', ENVIRONMENT: 'staging', ACCOUNTS_FILE: FILE }, 'environment', 'staging'],
  [{ BASE_URL: 'http://127.0.0.1:4300', ENVIRONMENT: 'embedded' }, 'accountsFile', undefined],
  [{ BASIC_AUTH: 'ann:a:b' }, 'basicAuth', { username: 'ann', password: 'a:b' }],
  [{}, 'mayChange', CHANGES],
  [{}, 'rateLimits', undefined],
  [{}, 'paceSignIns', false],
  [{}, 'maxUsers', undefined],
  [{}, 'production', false],
  [{}, 'allowProduction', false],
  [{}, 'insecureTls', false],
  [{ PACE_SIGN_INS: 'true' }, 'rateLimits', STOCK_LIMITS],
  [{ PACE_SIGN_INS: '30' }, 'rateLimits', { ...STOCK_LIMITS, signInsPerMinute: 30 }],
  [{ PACE_SIGN_INS: '30' }, 'paceSignIns', true],
  [{}, 'throttle', undefined],
  [{ THROTTLE: 'off', CPU_SLOWDOWN: '1' }, 'throttle', undefined],
  [{ CPU_SLOWDOWN: '4' }, 'throttle', { network: undefined, cpuSlowdown: 4 }],
  [
    { THROTTLE: '3g' },
    'throttle',
    { network: { name: '3g', latencyMs: 300, downloadKbps: 1600, uploadKbps: 768 }, cpuSlowdown: 1 },
  ],
  [{ BASE_URL: 'http://h', ACCOUNTS_FILE: FILE }, 'mayChange', CHANGES.filter((one) => one !== 'settings')],
  [{ BASE_URL: 'http://h', ACCOUNTS_FILE: FILE }, 'rateLimits', STOCK_LIMITS],
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE }, 'baseUrl', 'http://localhost:3000'],
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE }, 'apiUrl', 'http://localhost:8000/api/v1'],
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE }, 'paceSignIns', true],
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE, PACE_SIGN_INS: 'false' }, 'paceSignIns', false],
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE, API_URL: 'http://h/x' }, 'apiUrl', 'http://h/x'],
  // The entry's API belongs to the entry's pages.
  [{ ENVIRONMENT: 'docker', ACCOUNTS_FILE: FILE, BASE_URL: 'http://h' }, 'apiUrl', 'http://h/api/v1'],
  [{ ENVIRONMENT: 'staging', STAGING_URL: 'http://s/', STAGING_ACCOUNTS: FILE }, 'baseUrl', 'http://s'],
  [
    { ENVIRONMENT: 'staging', STAGING_URL: 'http://s', STAGING_ACCOUNTS: FILE },
    'accountsFile',
    join(ROOT, FILE),
  ],
  [
    { ENVIRONMENT: 'staging', STAGING_URL: 'http://s', BASE_URL: 'http://h', ACCOUNTS_FILE: FILE },
    'baseUrl',
    'http://h',
  ],
  [{ ENVIRONMENT: 'production', PRODUCTION_URL: 'http://p', ACCOUNTS_FILE: FILE }, 'production', true],
  [{ ENVIRONMENT: 'production', PRODUCTION_URL: 'http://p', ACCOUNTS_FILE: FILE }, 'mayChange', []],
  [{ INSECURE_TLS: 'true' }, 'insecureTls', true],
  // A proxy that nothing would go through.
  [
    { BASE_URL: 'http://localhost:3000', ACCOUNTS_FILE: FILE, HTTP_PROXY: PROXY },
    'baseUrl',
    'http://localhost:3000',
  ],
  [{ BASE_URL: 'http://h', ACCOUNTS_FILE: FILE, HTTP_PROXY: PROXY, NO_PROXY: 'x, h' }, 'baseUrl', 'http://h'],
  [
    { BASE_URL: 'http://a.h', ACCOUNTS_FILE: FILE, all_proxy: PROXY, no_proxy: '.h:80' },
    'baseUrl',
    'http://a.h',
  ],
  [{ BASE_URL: 'https://h', ACCOUNTS_FILE: FILE, http_proxy: PROXY }, 'baseUrl', 'https://h'],
  [{ ACCOUNTS_FILE: FILE }, 'accountsFile', join(ROOT, FILE)],
  [{ DURATION: '90s' }, 'duration', 90],
  [{ DURATION: '1h30m' }, 'duration', 5400],
  [{ VUS: ' 20 ' }, 'vus', 20],
  [{ MAX_TIME: '10m' }, 'maxTime', 600],
  [{ JOURNEYS: '5' }, 'journeys', 5],
  [{ THINK: '0' }, 'think', 0],
  [{ THINK: '0.5' }, 'think', 0.5],
  [{ SEED: '0' }, 'seed', 0],
  [{ REPEAT: '30' }, 'repeat', 30],
  [{ LABEL: 'before-index-2' }, 'label', 'before-index-2'],
  [{ LABEL: '' }, 'label', undefined],
  [{ TARGET_VERSION: 'v1.10.0-rc.2' }, 'targetVersion', 'v1.10.0-rc.2'],
  [{ DATA_SIZE: 'large' }, 'dataSize', 'large'],
  [{ REPORTS_DIR: '/tmp/elsewhere' }, 'reportsDir', '/tmp/elsewhere'],
  [{ CHROMIUM_PATH: FILE }, 'chromiumPath', join(ROOT, FILE)],
  [{ K6_PATH: FILE }, 'k6Path', join(ROOT, FILE)],
  [{ CONNECTIONS: 'per-user' }, 'connections', 'per-user'],
  [{ HEADED: 'true' }, 'headed', true],
  [{}, 'browserPerUser', undefined],
  [{ BROWSER_PER_USER: 'true' }, 'browserPerUser', true],
  [{ BROWSER_PER_USER: 'false' }, 'browserPerUser', false],
  [{ TRACE: 'off' }, 'trace', 'off'],
  [{ TRACE: 'sample' }, 'trace', 'sample'],
  [{ TRACE: 'all' }, 'trace', 'all'],
  [{}, 'checkRate', 'auto'],
  [{ CHECK_RATE: 'auto' }, 'checkRate', 'auto'],
  [{ CHECK_RATE: '0.25' }, 'checkRate', 0.25],
  [{ CHECK_RATE: '0' }, 'checkRate', 0],
];

const BAD: Array<[given: Record<string, string>, message: RegExp]> = [
  [{ BASE_URL: 'localhost' }, /^BASE_URL=localhost: not a URL; write e\.g\. http:\/\/localhost:3000/],
  [{ BASE_URL: 'localhost:3000' }, /^BASE_URL=localhost:3000: not a URL/],
  [{ BASE_URL: 'ftp://h' }, /^BASE_URL=ftp:\/\/h: not a URL/],
  [{ BASE_URL: 'http://h' }, /^ACCOUNTS_FILE: missing, and BASE_URL is set; name a YAML file/],
  [{ BASE_URL: 'http://h', API_URL: '/api', ACCOUNTS_FILE: FILE }, /^API_URL=\/api: not a URL/],
  [{ API_URL: 'http://h/api' }, /^API_URL=http:\/\/h\/api: needs a target; set BASE_URL too/],
  [
    { BASE_URL: 'https://h/app/', ACCOUNTS_FILE: FILE },
    /^BASE_URL=https:\/\/h\/app\/: has a path, and the scheduler's pages live at the root of their host; write https:\/\/h /,
  ],
  [{ ENVIRONMENT: 'local' }, /^ENVIRONMENT=local: needs a target; set BASE_URL to its address/],
  [
    { ENVIRONMENT: 'staging' },
    /^ENVIRONMENT=staging: needs a target; set BASE_URL or STAGING_URL to its address/,
  ],
  [
    { ENVIRONMENT: 'stagging', BASE_URL: 'http://h', ACCOUNTS_FILE: FILE },
    /^ENVIRONMENT=stagging: not in config\/environments\.yml; did you mean staging\? write embedded, local, docker, ci, staging or production/,
  ],
  [
    { ENVIRONMENT: 'nothing-alike' },
    /^ENVIRONMENT=nothing-alike: not in config\/environments\.yml; write embedded, local/,
  ],
  [
    { ENVIRONMENT: 'embedded', BASE_URL: 'http://h' },
    /^BASE_URL=http:\/\/h: not this machine, and ENVIRONMENT=embedded permits every change/,
  ],
  [{ ENVIRONMENT: 'staging', STAGING_URL: 'here', ACCOUNTS_FILE: FILE }, /^STAGING_URL=here: not a URL/],
  [
    { ENVIRONMENT: 'staging', STAGING_URL: 'http://s', STAGING_ACCOUNTS: 'nowhere.yml' },
    /^STAGING_ACCOUNTS=nowhere\.yml: no such file/,
  ],
  [
    { ENVIRONMENT: 'docker' },
    /^ACCOUNTS_FILE: missing, and ENVIRONMENT=docker has an address; name a YAML file/,
  ],
  [
    { ENVIRONMENT: 'staging', BASE_URL: 'http://h', ACCOUNTS_FILE: FILE, VUS: '51' },
    /^VUS=51: staging allows at most 50 users .*write VUS=50 or less/,
  ],
  [
    { BASE_URL: 'http://h', ACCOUNTS_FILE: FILE, HTTP_PROXY: PROXY },
    /^HTTP_PROXY: is set, but browsers and HTTP sessions use no proxy and go to h directly; put h into NO_PROXY, or unset HTTP_PROXY/,
  ],
  [
    { BASE_URL: 'https://h', ACCOUNTS_FILE: FILE, https_proxy: PROXY, no_proxy: 'other' },
    /^https_proxy: is set/,
  ],
  [{ BASE_URL: 'https://h', ACCOUNTS_FILE: FILE, ALL_PROXY: PROXY, NO_PROXY: 'h:444' }, /^ALL_PROXY: is set/],
  [
    { BASE_URL: 'http://localhost:3000', API_URL: 'http://api/', ACCOUNTS_FILE: FILE, HTTP_PROXY: PROXY },
    /^HTTP_PROXY: .*put api into NO_PROXY/,
  ],
  [
    { PACE_SIGN_INS: 'yes' },
    /^PACE_SIGN_INS=yes: not known; write true, false, or sign-ins a minute, e\.g\. 30/,
  ],
  [{ PACE_SIGN_INS: '0' }, /^PACE_SIGN_INS=0: not known/],
  [{ THROTTLE: '5g' }, /^THROTTLE=5g: not known; write off, cable, 4g, slow-4g or 3g/],
  [{ CPU_SLOWDOWN: '0.5' }, /^CPU_SLOWDOWN=0\.5: not a factor from 1 to 100; write e\.g\. 4/],
  [{ ALLOW_PRODUCTION: '1' }, /^ALLOW_PRODUCTION=1: not known/],
  [{ INSECURE_TLS: 'on' }, /^INSECURE_TLS=on: not known/],
  [{ ENVIRONMENT: 'My Box' }, /^ENVIRONMENT=My Box: not a label/],
  [{ ACCOUNTS_FILE: 'nowhere.yml' }, /^ACCOUNTS_FILE=nowhere\.yml: no such file/],
  [{ ACCOUNTS_FILE: 'config' }, /^ACCOUNTS_FILE=config: no such file/],
  [
    { DURATION: 'abc' },
    /^DURATION=abc: not a duration; write e\.g\. 30s, 5m or 1h \(\.env\.example says more\)$/,
  ],
  [{ DURATION: '60' }, /^DURATION=60: not a duration/],
  [{ MAX_TIME: '10' }, /^MAX_TIME=10: not a duration/],
  [{ VUS: '-1' }, /^VUS=-1: not a whole number of 1 or more; write e\.g\. 20/],
  [{ VUS: '0' }, /^VUS=0: not a whole number/],
  [{ VUS: '2.5' }, /^VUS=2\.5: not a whole number/],
  [{ VUS: '1e3' }, /^VUS=1e3: not a whole number/],
  [{ JOURNEYS: 'many' }, /^JOURNEYS=many: not a whole number/],
  [{ THINK: '-1' }, /^THINK=-1: not a factor of 0 or more/],
  [{ THINK: 'Infinity' }, /^THINK=Infinity: not a factor/],
  [{ SEED: 'x' }, /^SEED=x: not a whole number from 0/],
  [{ SEED: '4294967296' }, /^SEED=4294967296: not a whole number from 0 to 4294967295/],
  [{ REPEAT: '0' }, /^REPEAT=0: not a whole number/],
  [{ LABEL: 'Before Index' }, /^LABEL=Before Index: not a label/],
  [{ TARGET_VERSION: 'main' }, /^TARGET_VERSION=main: not a version; write numbers/],
  [{ LABEL: '../x' }, /^LABEL=\.\.\/x: not a label/],
  [{ LABEL: 'a'.repeat(41) }, /^LABEL=a{41}: not a label; write up to 40/],
  [{ DATA_SIZE: 'huge' }, /^DATA_SIZE=huge: not known; write small, medium or large/],
  [{ CHROMIUM_PATH: '/nowhere/chrome' }, /^CHROMIUM_PATH=\/nowhere\/chrome: no such file/],
  [{ HEADED: 'yes' }, /^HEADED=yes: not known; write true or false/],
  [{ CONNECTIONS: 'each' }, /^CONNECTIONS=each: not known; write shared or per-user/],
  [{ TRACE: 'on-failure' }, /^TRACE=on-failure: not known; write off, sample or all/],
  [{ CHECK_RATE: '50' }, /^CHECK_RATE=50: not a share from 0 to 1; write e\.g\. 0\.1, 1 or auto/],
  [{ CHECK_RATE: 'all' }, /^CHECK_RATE=all: not a share from 0 to 1/],
];

describe('the environment', () => {
  for (const [given, name, value] of GOOD) {
    it(`${JSON.stringify(given)} gives ${name} ${value}`, () => {
      assert.deepEqual(readEnvironment(given)[name], value);
    });
  }

  for (const [given, message] of BAD) {
    it(`${JSON.stringify(given)} is refused in one line`, () => {
      assert.throws(
        () => readEnvironment(given),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError);
          assert.equal(error.exitCode, 2);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n|secret/);
          return true;
        },
      );
    });
  }

  it('the home folder is meant by ~ and $HOME, which no shell has replaced in .env', () => {
    for (const home of ['~', '$HOME', '$' + '{HOME}']) {
      assert.equal(readEnvironment({ REPORTS_DIR: `${home}/runs` }).reportsDir, join(homedir(), 'runs'));
      assert.equal(readEnvironment({ REPORTS_DIR: home }).reportsDir, homedir());
    }
    assert.equal(readEnvironment({ REPORTS_DIR: 'runs~' }).reportsDir, join(ROOT, 'runs~'));
  });

  it('any other ~ or variable in a path is refused, never made a folder or looked for', () => {
    for (const name of ['REPORTS_DIR', 'CACHE_DIR', 'ACCOUNTS_FILE', 'CHROMIUM_PATH', 'K6_PATH'])
      for (const value of [
        '~root/runs',
        '$HOMES/runs',
        '$WORK/runs',
        'a/$HOME',
        '~runs',
        'a/~/runs',
        '$(pwd)/runs',
        '`pwd`/runs',
      ])
        assert.throws(
          () => readEnvironment({ [name]: value }),
          (error: unknown) => error instanceof ConfigError && /: holds ~ or \$, /.test(error.message),
        );
  });

  it('a file below the home folder is found there', (t) => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const before = process.env.HOME;
    t.after(() => {
      setProcessEnv({ HOME: before });
      rmSync(home, { recursive: true });
    });
    setProcessEnv({ HOME: home });
    writeFileSync(join(home, 'accounts.yml'), '');
    for (const value of ['~/accounts.yml', '$HOME/accounts.yml'])
      assert.equal(
        readEnvironment({ BASE_URL: 'http://h', ACCOUNTS_FILE: value }).accountsFile,
        join(home, 'accounts.yml'),
      );
  });

  it('says all problems at once, one line each', () => {
    assert.throws(
      () => readEnvironment({ DURATION: 'abc', VUS: '-1' }),
      (error: unknown) => error instanceof ConfigError && /^DURATION=.*\nVUS=.*$/.test(error.message),
    );
  });

  it('never repeats a password', () => {
    for (const BASE_URL of ['http://me:secret@h', 'ftp://me:secret@h', 'http://me:sec/ret@h:x']) {
      assert.throws(
        () => readEnvironment({ BASE_URL }),
        (error: unknown) => error instanceof ConfigError && !/secret|sec\/ret/.test(error.message),
      );
    }
  });

  it('is described in .env.example: every variable, its default, nothing else', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const described = parse(example);
    assert.deepEqual(Object.keys(described).sort(), Object.keys(variables.shape).sort());
    assert.deepEqual(readEnvironment(described), readEnvironment({}));
    for (const name of Object.keys(described)) {
      assert.match(example, new RegExp(`\\n#[^\\n]+\\n${name}=`), `${name} has no description above it`);
    }
  });

  it('comes from .env, and what is really set wins, be it empty', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    try {
      writeFileSync(join(folder, '.env'), 'VUS=7\nSEED=9 # as last week\nLABEL="from-file"\n');
      const env = readEnvironment(givenVariables(join(folder, '.env'), { VUS: '3', LABEL: '' }));
      assert.deepEqual([env.vus, env.seed, env.label], [3, 9, undefined]);
      assert.equal(readEnvironment(givenVariables(join(folder, 'none'), {})).seed, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is handed down to the processes that are started', () => {
    setProcessEnv({ LOADTEST_HANDED_DOWN: 'yes' });
    const print = ['-p', 'process.env.LOADTEST_HANDED_DOWN'];
    assert.equal(spawnSync(process.execPath, print, { encoding: 'utf8' }).stdout.trim(), 'yes');
    setProcessEnv({ LOADTEST_HANDED_DOWN: undefined });
    assert.equal(spawnSync(process.execPath, print, { encoding: 'utf8' }).stdout.trim(), 'undefined');
  });
});

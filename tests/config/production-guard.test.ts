import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHANGES } from '../../config/changes.ts';
import { type EnvironmentSource, readEnvironment } from '../../config/environment.ts';
import { loadEnvironments } from '../../config/environments.ts';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { guarded, type Lookup } from '../../config/production-guard.ts';

/** A file that is certainly there. */
const ACCOUNTS_FILE = 'package.json';
const PRODUCTION = {
  PRODUCTION_URL: 'https://scheduler.example.org',
  PRODUCTION_API_URL: 'api.example.org',
};
const ADDRESSES: Record<string, string[]> = {
  'scheduler.example.org': ['192.0.2.10', '2001:db8::10'],
  'api.example.org': ['192.0.2.20'],
  'alias.example.net': ['192.0.2.99', '192.0.2.10'],
  'staging.example.org': ['192.0.2.30'],
  'localhost.example.org': ['127.0.0.1'],
};

/** A name server of the test's own; `failing` hosts cannot be looked up at all. */
function nameServer(failing: string[] = [], asked: string[] = []): Lookup {
  return async (host) => {
    asked.push(host);
    const code = failing.includes(host) ? 'EAI_AGAIN' : 'ENOTFOUND';
    const found = failing.includes(host) ? undefined : ADDRESSES[host];
    if (!found) throw Object.assign(new Error(code), { code });
    return found;
  };
}

function guard(given: EnvironmentSource, lookup = nameServer()) {
  const source = { ACCOUNTS_FILE, ...PRODUCTION, ...given };
  return guarded(readEnvironment(source), { source, lookup });
}

/** All the ways to meet production without saying so. */
const DISGUISED: Array<[what: string, given: EnvironmentSource, says: RegExp]> = [
  ['by its name', { ENVIRONMENT: 'production' }, /^ENVIRONMENT=production is production:/],
  [
    'as staging',
    { ENVIRONMENT: 'staging', BASE_URL: 'https://scheduler.example.org' },
    /^BASE_URL=https:\/\/scheduler\.example\.org is production \(production in config\/environments\.yml\):/,
  ],
  [
    'at another port and scheme',
    { BASE_URL: 'http://scheduler.example.org:8080' },
    /^BASE_URL=\S+ is production/,
  ],
  [
    'in capitals, with a dot at the end',
    { BASE_URL: 'https://SCHEDULER.example.org.' },
    /^BASE_URL=\S+ is production/,
  ],
  [
    'by another name for its address',
    { BASE_URL: 'https://alias.example.net' },
    /^BASE_URL=\S+ has an address of production \(192\.0\.2\.10, as scheduler\.example\.org\)/,
  ],
  ['by its IPv4 address', { BASE_URL: 'http://192.0.2.10' }, /^BASE_URL=\S+ has an address of production/],
  [
    'by its IPv6 address in another spelling',
    { BASE_URL: 'http://[2001:0db8:0::10]:3000' },
    /^BASE_URL=\S+ has an address of production/,
  ],
  [
    'by its IPv4 address, written as an IPv6 one',
    { BASE_URL: 'http://[::ffff:192.0.2.10]:3000' },
    /^BASE_URL=\S+ has an address of production \(192\.0\.2\.10/,
  ],
  [
    'by its API alone',
    { BASE_URL: 'https://staging.example.org', API_URL: 'https://192.0.2.20/api/v1' },
    /^API_URL=\S+ has an address of production \(192\.0\.2\.20, as api\.example\.org\)/,
  ],
  [
    'on this machine, where the entry says so literally',
    { PRODUCTION_URL: 'http://127.0.0.1:3000', BASE_URL: 'http://localhost:3000' },
    /^BASE_URL=\S+ is production/,
  ],
];

describe('production', () => {
  for (const [what, given, says] of DISGUISED) {
    it(`${what} is refused unless ALLOW_PRODUCTION is set, and then only read, by few`, async () => {
      await assert.rejects(guard(given), (error: unknown) => {
        assert.ok(error instanceof ConfigError, String(error));
        assert.match(error.message, says);
        assert.match(error.message, /only with ALLOW_PRODUCTION=true \(--allow-production\)/);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
      const allowed = await guard({ ...given, ALLOW_PRODUCTION: 'true' });
      assert.deepEqual([allowed.mayChange, allowed.maxUsers, allowed.production], [[], 5, true]);
    });
  }

  it('bears no more users than its entry says, under any name', async () => {
    const asked = { ALLOW_PRODUCTION: 'true', BASE_URL: 'https://alias.example.net' };
    assert.equal((await guard({ ...asked, VUS: '5' })).vus, 5);
    await assert.rejects(guard({ ...asked, VUS: '6' }), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /^VUS: .*at most 5 users .*write VUS=5 or less$/);
      return true;
    });
  });

  it('that cannot be looked up is not risked: the target may be it', async () => {
    const unknown = nameServer(['scheduler.example.org']);
    const target = { BASE_URL: 'https://staging.example.org' };
    await assert.rejects(
      guard(target, unknown),
      (error: unknown) =>
        error instanceof ConfigError &&
        /scheduler\.example\.org could not be looked up \(EAI_AGAIN\)/.test(error.message),
    );
    const allowed = await guard({ ...target, ALLOW_PRODUCTION: 'true' }, unknown);
    assert.deepEqual([allowed.mayChange, allowed.production], [[], true]);
  });

  it('that is said to be nowhere is an error, not unguarded', async () => {
    await assert.rejects(
      guard({ BASE_URL: 'https://staging.example.org', PRODUCTION_API_URL: 'not a host' }),
      (error: unknown) =>
        error instanceof ConfigError && /^PRODUCTION_API_URL: neither a host nor a URL/.test(error.message),
    );
  });
});

describe('what is not production', () => {
  const FREE: Array<[what: string, given: EnvironmentSource]> = [
    ['the embedded scheduler', {}],
    ['this machine', { ENVIRONMENT: 'ci', BASE_URL: 'http://127.0.0.1:3000' }],
    ['another deployment', { ENVIRONMENT: 'ci', BASE_URL: 'https://staging.example.org' }],
    [
      'this machine, where production is known to it by a name of its own',
      {
        ENVIRONMENT: 'ci',
        BASE_URL: 'http://127.0.0.1:3000',
        PRODUCTION_URL: 'https://localhost.example.org',
      },
    ],
    [
      'another port of this machine, where production is on it',
      { ENVIRONMENT: 'ci', BASE_URL: 'http://127.0.0.1:3000', PRODUCTION_URL: 'http://127.0.0.1:4000' },
    ],
    [
      'anything, where no production is known',
      {
        ENVIRONMENT: 'ci',
        BASE_URL: 'https://nowhere.example.org',
        PRODUCTION_URL: '',
        PRODUCTION_API_URL: '',
      },
    ],
    [
      'another deployment, where production has no address any more',
      {
        ENVIRONMENT: 'ci',
        BASE_URL: 'https://staging.example.org',
        PRODUCTION_URL: 'https://gone.example.org',
      },
    ],
  ];
  for (const [what, given] of FREE) {
    it(`is left as it is: ${what}`, async () => {
      const source = { ACCOUNTS_FILE, ...PRODUCTION, ...given };
      const environment = readEnvironment(source);
      assert.deepEqual(environment.mayChange, CHANGES);
      assert.equal(await guarded(environment, { source, lookup: nameServer() }), environment);
    });
  }

  it('needs no name server on this machine', async () => {
    const asked: string[] = [];
    await guard({ BASE_URL: 'http://localhost:3000' }, nameServer([], asked));
    assert.deepEqual(asked, []);
  });

  it('is not known of a target without an address: that one is unreachable', async () => {
    await assert.rejects(
      guard({ BASE_URL: 'https://nowhere.example.org' }),
      (error: unknown) =>
        error instanceof TargetUnreachable &&
        /nowhere\.example\.org has no address \(ENOTFOUND\)/.test(error.message),
    );
  });
});

it('every environment that is guarded has a limit and is only read', () => {
  const production = Object.values(loadEnvironments()).filter((one) => one.production);
  assert.ok(production.length > 0);
  for (const one of production) assert.deepEqual([one.mayChange, one.maxUsers], [[], 5]);
});

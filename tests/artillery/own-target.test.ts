import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkFlags, checkOneScript } from '../../artillery/profile/own-target.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import { ProfileMistake } from '../../artillery/profile/profile-mistake.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { ConfigError } from '../../config/errors.ts';

const BASE_URL = 'http://tested.example.org:3000';

function scriptWith(config: object, more: object = {}): Script {
  return {
    config: { target: 'http://127.0.0.1', phases: [{ duration: 9, arrivalCount: 4 }], ...config },
    scenarios: [{ name: 'residents', engine: 'api', weight: 1, flowFunction: 'resident' }],
    ...more,
  };
}

const REFUSED: Array<[key: string, script: Script, says: RegExp]> = [
  ['config.target', scriptWith({ target: 'http://staging.example.org' }), /Name the target by BASE_URL/],
  ['config.target', scriptWith({ target: 'http://127.0.0.1:3000' }), /Name the target by BASE_URL/],
  // A template whose variable is not set.
  ['config.target', scriptWith({ target: undefined }), /Name the target by BASE_URL/],
  ['config.target', scriptWith({ target: '' }), /Name the target by BASE_URL/],
  [
    'config.environments',
    scriptWith({ environments: { staging: { target: 'http://x' } } }),
    /by BASE_URL or/,
  ],
  ['config.http', scriptWith({ http: { timeout: 3 } }), /Take it out/],
  ['config.tls', scriptWith({ tls: { rejectUnauthorized: false } }), /set INSECURE_TLS=true/],
  ['config.ws', scriptWith({ ws: {} }), /Take it out/],
  ['config.socketio', scriptWith({ socketio: {} }), /Take it out/],
  ['config.timeout', scriptWith({ timeout: 3 }), /Take it out/],
  ['config.defaults', scriptWith({ defaults: { headers: {} } }), /Take it out/],
  ['config.engine', scriptWith({ engine: 'http' }), /Take it out/],
  ['config.payload', scriptWith({ payload: [] }), /ACCOUNTS_FILE/],
  ['before', scriptWith({}, { before: { flow: [{ get: { url: '/' } }] } }), /Take it out/],
  ['after', scriptWith({}, { after: { flow: [] } }), /Take it out/],
];

for (const [key, script, says] of REFUSED) {
  it(`a profile with ${key} (${JSON.stringify(script.config.target)}) is refused with exit code 2`, () => {
    for (const baseUrl of [undefined, BASE_URL])
      assert.throws(
        () => planOf(script, { baseUrl }),
        (error: unknown) => {
          assert.ok(error instanceof ProfileMistake);
          assert.equal(error.exitCode, 2);
          assert.equal(error.path.join('.'), key);
          assert.ok(error.message.startsWith(`profile custom: ${key}: `), error.message);
          assert.match(error.message, says);
          return true;
        },
      );
  });
}

it('a profile may name the target that is tested', () => {
  for (const target of [BASE_URL, `${BASE_URL}/`, 'http://127.0.0.1'])
    assert.doesNotThrow(() => planOf(scriptWith({ target }), { baseUrl: BASE_URL }));
});

const FLAGS: Array<[flags: Parameters<typeof checkFlags>[0], says: RegExp]> = [
  [{ target: 'http://other.example.org' }, /--target: .*Name the target by BASE_URL/],
  [{ target: 'http://127.0.0.1' }, /--target: .*Name the target by BASE_URL/],
  [{ environment: 'staging' }, /--environment: .*BASE_URL, or set ENVIRONMENT/],
  [{ insecure: true }, /--insecure: set INSECURE_TLS=true/],
  [{ payload: 'users.csv' }, /--payload: /],
  [{ platform: 'aws:lambda' }, /--platform: /],
  [{ 'scenario-name': 'residents' }, /--scenario-name: /],
];
for (const [flags, says] of FLAGS) {
  it(`${JSON.stringify(flags)} on Artillery's command line is refused`, () => {
    for (const baseUrl of [undefined, BASE_URL])
      assert.throws(
        () => checkFlags(flags, baseUrl),
        (error: unknown) => error instanceof ConfigError && error.exitCode === 2 && says.test(error.message),
      );
  });
}

it('flags that say nothing else than the suite does are taken', () => {
  assert.doesNotThrow(() => checkFlags({ platform: 'local' }, undefined));
  assert.doesNotThrow(() => checkFlags({ target: `${BASE_URL}/` }, BASE_URL));
});

it('several scripts in one command are refused: Artillery would merge them', () => {
  const words = (line: string) => line.split(' ');
  checkOneScript(
    { config: 'one.yml', quiet: true } as object,
    words('--quiet --config one.yml artillery/crud.yml'),
  );
  for (const [flags, line] of [
    [{}, '--quiet artillery/crud.yml artillery/swaps.yml'],
    [{ input: ['artillery/swaps.yml'] }, 'artillery/crud.yml -i artillery/swaps.yml'],
  ] as const)
    assert.throws(
      () => checkOneScript(flags as object, words(line)),
      /^ConfigError: artillery run takes one script here\. Run several with `npx loadtest run crud swaps`\.$/,
    );
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigError } from '../../config/errors.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { AccountPool, loadAccounts } from '../../fixtures/accounts.ts';

const dir = mkdtempSync(join(tmpdir(), 'accounts-'));
after(() => rmSync(dir, { recursive: true }));

const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

/** The one-line message that a user would see. */
function refusal(path: string): string {
  try {
    loadAccounts(path);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.exitCode, 2);
    assert.ok(!error.message.includes('\n'), 'one line');
    assert.ok(error.message.includes(path), 'names the file');
    assert.ok(!error.message.includes('hunter2'), 'no password');
    return error.message;
  }
  return assert.fail('was accepted');
}

test('a good file gives its accounts', () => {
  const path = file('good.yml', '- { role: admin, username: a, password: hunter2 }\n');
  assert.deepEqual(loadAccounts(path), [{ role: 'admin', username: 'a', password: 'hunter2' }]);
});

test('each kind of bad file is refused in one line that says what, where and how, without passwords', () => {
  assert.match(
    refusal(join(dir, 'none.yml')),
    /none\.yml: cannot be read \(ENOENT\): there is no such file\. Write a YAML list/,
  );
  assert.match(refusal(dir), /cannot be read \(EISDIR\)/);
  assert.match(
    refusal(file('a.yml', '- { role: admin\n  password: "hunter2\n')),
    /a\.yml:\d+: entry 1: not YAML/,
  );
  assert.match(refusal(file('b.yml', 'role: admin\npassword: hunter2\n')), /not a list of accounts/);
  assert.match(refusal(file('c.yml', '')), /c\.yml:1: not a list of accounts \(the file is empty\)/);
  assert.match(refusal(file('d.yml', '[]')), /holds no account/);
  const wrongRole =
    '- { role: admin, username: a, password: x }\n- { role: boss, username: b, password: hunter2 }\n';
  assert.match(
    refusal(file('e.yml', wrongRole)),
    /e\.yml:2: entry 2, role: must be one of admin, coordinator/,
  );
  assert.match(
    refusal(file('f.yml', '- { role: admin, username: 7, password: hunter2 }')),
    /entry 1, username: must be a text/,
  );
  assert.match(refusal(file('g.yml', '- hunter2')), /entry 1: must be a map/);
  assert.match(
    refusal(file('h.yml', '- { role: admin, username: a, password: hunter2 }\n'.repeat(2))),
    /h\.yml:2: entry 2, username: repeats that of entry 1\. List each account once/,
  );
});

test('what YAML would read otherwise than it was meant is refused with its line, and put in quotes it is taken', () => {
  const account = (password: string) =>
    `# of the lab\n- role: admin\n  username: a\n  password: ${password}\n`;
  const before = '- { role: admin, username: b, password: x }\n';
  for (const password of [
    '!hunter2',
    '! hunter2',
    '!!str hunter2',
    '&hunter2 x',
    '*hunter2',
    '@hunter2',
    '%hunter2',
    '`hunter2',
    'x #hunter2',
    'x: hunter2',
    '|hunter2',
    '>hunter2',
    '[hunter2',
    '{hunter2}',
    '[hunter2]',
    '"x" hunter2',
    '"hunter2\\d"',
    '- hunter2',
    '4711',
    'true',
    '~',
    '',
  ]) {
    const says = refusal(file('quote.yml', before + account(password)));
    assert.match(says, /quote\.yml:[56]: entry 2[,:].*quotes/, password);
    const quoted = file('quoted.yml', before + account(`'${password || 'x'}'`));
    assert.equal(loadAccounts(quoted)[1]?.password, password || 'x');
  }
  for (const password of [
    'P@ss,hunter2',
    'x #hunter2',
    'P}hunter2',
    'P[hunter2',
    'x: hunter2',
    '&x,hunter2',
  ]) {
    const line = `- { role: admin, username: a, password: ${password} }\n`;
    assert.match(refusal(file('flow.yml', before + line)), /flow\.yml:[23]: entry 2.*quotes/, password);
  }
});

test('characters that cannot be seen, and quotes that quote nothing, are refused with their line', () => {
  const account = (password: string, username = 'a') =>
    `- role: admin\n  username: ${username}\n  password: ${password}\n`;
  for (const password of ['"Win\\ter"', '"a\\u202eb"', '|\n    hunter2', '"a\\ud800"', 'a\u200bb', 'a\u0085'])
    assert.match(
      refusal(file('unseen.yml', account(password))),
      /unseen\.yml:3: entry 1, password: has a character that cannot be seen/,
      password,
    );
  assert.match(
    refusal(file('name.yml', account('x', 'ann\ufeff'))),
    /name\.yml:2: entry 1, username: has a character/,
  );
  for (const password of ['“hunter2”', '‘hunter2’', '„hunter2“'])
    assert.match(
      refusal(file('typed.yml', account(password))),
      /typed\.yml:3: entry 1: typographic quotes.*straight/,
    );
  assert.equal(loadAccounts(file('meant.yml', account("'“x”'")))[0]?.password, '“x”');
});

test('what is never closed is found where it begins; lines may end with a carriage return alone', () => {
  for (const password of ['"hunter2', "'hunter2", '{hunter2', '[hunter2'])
    assert.match(
      refusal(file('open.yml', `- role: admin\n  username: a\n  password: ${password}\n\n\n`)),
      /open\.yml:3: entry 1: not YAML/,
      password,
    );
  const lines = '- role: admin\r  username: a\r  password: hunter2\r';
  assert.equal(loadAccounts(file('mac.yml', lines)).length, 1);
});

test('an unknown key is not repeated: it may be a part of a password', () => {
  const misspelt = '- { role: admin, username: a, pasword: hunter2 }\n';
  const says = refusal(file('key.yml', misspelt));
  assert.match(
    says,
    /key\.yml:1: entry 1: unknown key; did you mean password\? known are role, username, password/,
  );
  assert.doesNotMatch(says, /pasword/);
  const merged = '- { <<: { password: hunter2 }, role: admin, username: a }\n';
  assert.match(refusal(file('merge.yml', merged)), /merge\.yml:1: entry 1: a merge key/);
});

test('a template that was not filled in is refused as that, wherever it was left', () => {
  const filled = '- { role: admin, username: a, password: hunter2 }\n';
  const open = '- { role: admin, username: FILL-IN, password: FILL-IN }\n';
  assert.match(
    refusal(file('i.yml', filled + open + open)),
    /entry 2, username: not filled in, and so are 1 more entries\. Write the account's own, or delete/,
  );
  const half = '- { role: admin, username: a, password: FILL-IN }\n';
  assert.match(refusal(file('j.yml', half)), /entry 1, password: not filled in\. Write/);
  const copied = '- { role: resident, username: resident.one, password: … }\n';
  assert.match(refusal(file('k.yml', copied)), /entry 1, password: not filled in/);
});

test('an account is used by one session at a time and comes back', () => {
  const account = (username: string) => ({ role: 'faculty' as const, username, password: 'hunter2' });
  const pool = new AccountPool([account('a'), account('b')]);
  const first = pool.take('faculty');
  const second = pool.take('faculty');
  assert.notEqual(first.username, second.username);
  assert.equal(pool.count('faculty'), 2);
  assert.equal(pool.count('admin'), 0);
  assert.throws(
    () => pool.take('faculty'),
    (error: Error) =>
      error instanceof ConfigError &&
      /one more faculty, and all 2 are in use\. Sessions pile up .* Lower VUS, or give at least 3 faculty accounts/.test(
        error.message,
      ) &&
      !error.message.includes('hunter2'),
  );
  assert.throws(() => pool.take('admin'), /at least 1 admin account/);
  pool.give(first);
  pool.give(first);
  assert.equal(pool.take('faculty'), first);
  assert.throws(() => pool.take('faculty'), ConfigError);
});

test('think times: the shipped file is good, a bad one names its key', () => {
  assert.deepEqual(loadThinkTimes().resident, { median: 1.5, sigma: 0.5 });
  assert.deepEqual(loadThinkTimes().admin, { median: 1, sigma: 0.5 });
  const bad = file('think.yml', 'resident: { median: -1, sigma: 0.5 }');
  assert.throws(
    () => loadThinkTimes(bad),
    (error: Error) => error instanceof ConfigError && /resident\.median/.test(error.message),
  );
});

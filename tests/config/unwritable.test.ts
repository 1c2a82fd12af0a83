/** A checkout that may only be read, and a user of whom the system knows nothing, as containers have them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { ConfigError } from '../../config/errors.ts';
import { homeFolder, variablesOfNobody } from '../../config/nobody.ts';
import { makeWritable } from '../../config/writable-folder.ts';
import { disk } from '../../runner/preflight/machine.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

/** Nobody makes folders there, root neither. */
const NOWHERE = '/proc/nowhere/runs';

const unknown = () => {
  throw new Error('ENOENT');
};

it('a folder that cannot be written to is refused with the variable that names another', (t) => {
  assert.throws(
    () => makeWritable(NOWHERE, 'CACHE_DIR'),
    (error: unknown) =>
      error instanceof ConfigError &&
      /^\/proc\/nowhere\/runs: cannot be written to \(\w+\)\. Make it writable, or set CACHE_DIR to a folder that is\.$/.test(
        error.message,
      ),
  );
  const folder = join(temporaryFolder(t), 'a/b');
  makeWritable(folder, 'CACHE_DIR');
  assert.ok(existsSync(folder));
});

it('doctor names it too, before anything is opened', (t) => {
  const folder = join(temporaryFolder(t), 'runs');
  const refused = () => {
    throw Object.assign(new Error(), { code: 'EROFS' });
  };
  assert.deepEqual(disk(folder, refused), {
    what: 'disk',
    state: 'fail',
    seen: `${folder} cannot be written to (EROFS)`,
    mend: 'make it writable, or set REPORTS_DIR to a folder that is',
  });
  assert.notEqual(disk(folder).seen, disk(folder, refused).seen);
});

it('a user without an entry gets the shell and home that Artillery and Playwright ask for, and ~ is refused', () => {
  const made = variablesOfNobody({}, unknown);
  assert.equal(made.SHELL, '/bin/sh');
  assert.equal(made.HOME, tmpdir());
  assert.equal(
    homeFolder(made, () => tmpdir()),
    undefined,
  );
  assert.equal(homeFolder({}, unknown), undefined);
});

it('what is set stays, and a user with an entry needs nothing', () => {
  assert.deepEqual(variablesOfNobody({ HOME: '/', SHELL: '/bin/bash' }, unknown), { SHELL: '/bin/bash' });
  assert.deepEqual(
    variablesOfNobody({}, () => ({})),
    {},
  );
  assert.equal(
    homeFolder({ HOME: '/' }, () => '/'),
    '/',
  );
});

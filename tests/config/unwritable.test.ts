/** A checkout that may only be read, and a user of whom the system knows nothing, as containers have them. */
import assert from 'node:assert/strict';
import { existsSync, type statfsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { childEnvironment, processEnv, setProcessEnv, settleNobody } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { homeFolder, variablesOfNobody } from '../../config/nobody.ts';
import { makeWritable } from '../../config/writable-folder.ts';
import { noteNoSpace, TemporaryFolder } from '../../measure/health/temporary-folder.ts';
import { disk, temporary } from '../../runner/preflight/machine.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

/** Nobody makes folders there, root neither. */
const NOWHERE = '/proc/nowhere/runs';

const unknown = () => {
  throw new Error('ENOENT');
};
const refused = () => {
  throw Object.assign(new Error(), { code: 'EROFS' });
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
  // Root may write to whatever is there, unless its disk may only be read.
  assert.throws(() => makeWritable(folder, 'CACHE_DIR', refused), /cannot be written to \(EROFS\)/);
});

it('doctor names it too, before anything is opened', (t) => {
  const folder = join(temporaryFolder(t), 'runs');
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

it('a program of the suite sets them for itself and for what it starts', (t) => {
  const before = { SHELL: processEnv('SHELL'), HOME: processEnv('HOME'), LOADTEST_NO_HOME: undefined };
  t.mock.method(os, 'userInfo', unknown);
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
    setProcessEnv(before);
  });
  setProcessEnv({ SHELL: undefined, HOME: undefined });
  assert.deepEqual([childEnvironment().SHELL, childEnvironment().HOME], ['/bin/sh', tmpdir()]);
  assert.equal(processEnv('SHELL'), undefined);
  settleNobody();
  assert.deepEqual([processEnv('SHELL'), processEnv('HOME')], ['/bin/sh', tmpdir()]);
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

describe('the temporary folder', () => {
  const MIB = 2 ** 20;
  const check = (free: number, trace?: 'off' | 'sample' | 'all') =>
    temporary(trace, tmpdir(), (() => ({ bavail: free * MIB, bsize: 1 })) as unknown as typeof statfsSync);

  it('is reported before the run where it is too small for what is traced', () => {
    assert.equal(check(2000, 'all').state, 'ok');
    assert.equal(check(300).state, 'ok');
    const small = check(300, 'all');
    assert.equal(small.state, 'warn');
    assert.match(small.seen, / has 300 MiB free, 1024 MiB are needed with TRACE=all$/);
    assert.match(small.mend ?? '', /TMPDIR.*TRACE=off/);
    assert.equal(check(100).state, 'warn');
    assert.equal(check(10).state, 'fail');
  });

  it('is refused where it is not there', () => {
    const { state, seen, mend } = temporary('off', '/proc/nowhere');
    assert.match(
      `${state} ${seen} ${mend}`,
      /^fail \/proc\/nowhere cannot be written to \(ENOENT\) set TMPDIR/,
    );
  });

  it('is noted once when it is full, also where a trace met that first', () => {
    let free = 100 * MIB;
    const folder = new TemporaryFolder(() => free);
    assert.equal(folder.take(), undefined);
    free = 20 * 1024;
    assert.equal(folder.take(), '20 KiB free');
    assert.equal(folder.take(), undefined);
    const other = new TemporaryFolder(() => 100 * MIB);
    noteNoSpace(new Error('EMFILE: too many open files'));
    assert.equal(other.take(), undefined);
    noteNoSpace(new Error('browserContext.tracing: ENOSPC: no space left on device, write'));
    assert.match(other.take() ?? '', /^ENOSPC/);
  });
});

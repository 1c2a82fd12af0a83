import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROOT } from '../../../config/environment.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;

/** `npm run setup` on a machine that has only what is in `folder`/bin, and cannot download a browser. */
function setup(variables: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['cli/setup.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      PATH: join(folder, 'bin'),
      HOME: folder,
      // No folder for a download: it fails at once, and not after several tries.
      PLAYWRIGHT_BROWSERS_PATH: '/dev/null/playwright',
      ...variables,
    },
  });
}

function program(name: string, script: string): string {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('npm run setup', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'setup-'));
    mkdirSync(join(folder, 'bin'));
    for (const name of ['sh', 'cp', 'chmod', 'echo']) symlinkSync(`/bin/${name}`, join(folder, 'bin', name));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('says in one line what to do when no browser can be had', () => {
    const { status, stdout, stderr } = setup();
    assert.equal(status, 2);
    assert.match(stdout, /downloading Playwright's Chromium/);
    assert.match(stdout, /that failed: Error/);
    assert.match(stderr, /^no browser could be installed: install Chromium or Chrome.*CHROMIUM_PATH=.*\n$/);
  });

  it('installs a Debian package as root when the download fails', { skip: !isRoot && 'needs root' }, () => {
    const made = join(folder, 'bin/chromium-headless-shell');
    const ready = program('ready-browser', 'echo Chromium 1');
    program('apt-get', `if [ "$1" = install ]; then cp ${ready} ${made}; fi`);
    const { status, stdout } = setup();
    assert.match(stdout, /installing Debian’s chromium-headless-shell/);
    assert.match(
      stdout,
      new RegExp(`browser: ${made} \\(headless shell, from PATH\\); CHROMIUM_PATH chooses another`),
    );
    assert.equal(status, 0);
  });

  it('installs nothing over a browser that the user named, and says why it does not start', () => {
    const broken = program('broken', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127');
    const { status, stdout, stderr } = setup({ CHROMIUM_PATH: broken });
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      `CHROMIUM_PATH=${broken}: does not start: libnss3.so: cannot open shared object file\n`,
    );
  });

  it('has nothing to do when there is one', () => {
    const mine = program('chromium', 'echo Chromium 1');
    const { status, stdout } = setup({ CHROMIUM_PATH: mine });
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`^setup: browser: ${mine} \\(full, from CHROMIUM_PATH\\)`));
  });

  it('tells an old Node what to do', () => {
    const pretended = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });";
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-e', `${pretended} require('./cli/check-node.cjs')`],
      { cwd: ROOT, encoding: 'utf8' },
    );
    assert.equal(status, 2);
    assert.match(stderr, /^Node 18\.20\.4 is too old: this project needs 22\.18 or newer.*npm ci.*\n$/);
  });
});

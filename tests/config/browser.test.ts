import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser, launchArgs, oneOfEachKind } from '../../config/browser.ts';
import { browserContext } from '../../config/browser-context.ts';
import { readEnvironment, secretsOf } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { masker } from '../../measure/run/mask.ts';

let folder: string;

/** An empty program at `name`; returns its path. */
function program(name: string, mode = 0o755): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n', { mode });
  return path;
}

function refused(message: RegExp) {
  return (error: unknown) =>
    error instanceof ConfigError && message.test(error.message) && !/\n/.test(error.message);
}

describe('the browser', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'browser-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const headless = { headed: false };

  it('has one of the other kind beside it, where the machine has one', () => {
    const shell = program('pw2/chrome-headless-shell');
    const full = program('pw2/chrome');
    const kinds = (playwright: string[]) =>
      oneOfEachKind(headless, { playwright, path: '' }).map(({ path }) => path);
    assert.deepEqual(kinds([shell, full, program('pw2/other-chrome')]), [shell, full]);
    assert.deepEqual(kinds([shell]), [shell]);
  });

  it('is CHROMIUM_PATH before all others', () => {
    const chromiumPath = program('mine/chrome');
    const look = { playwright: [program('pw/chrome-headless-shell')], path: folder };
    assert.deepEqual(findBrowser({ chromiumPath, headed: false }, look), {
      path: chromiumPath,
      kind: 'full',
      source: 'CHROMIUM_PATH',
    });
  });

  it("is Playwright's own before an installed one, and its headless shell before its full browser", () => {
    const shell = program('pw/chrome-headless-shell');
    const full = program('pw/chrome');
    program('bin/chromium');
    const path = join(folder, 'bin');
    assert.deepEqual(findBrowser(headless, { playwright: [shell, full], path }), {
      path: shell,
      kind: 'headless shell',
      source: 'Playwright',
    });
    assert.equal(findBrowser(headless, { playwright: [join(folder, 'gone'), full], path }).path, full);
  });

  it('is an installed headless shell before a full browser, wherever each is on the PATH', () => {
    program('a/chromium');
    const shell = program('b/chromium-headless-shell');
    const path = `${join(folder, 'a')}:${join(folder, 'b')}`;
    assert.deepEqual(findBrowser(headless, { playwright: [], path }), {
      path: shell,
      kind: 'headless shell',
      source: 'PATH',
    });
    assert.equal(findBrowser({ headed: true }, { playwright: [], path }).path, join(folder, 'a/chromium'));
  });

  it('is none when a file is there that may not be run', () => {
    program('c/chromium', 0o644);
    const path = join(folder, 'c');
    assert.throws(
      () => findBrowser(headless, { playwright: [], path }),
      refused(/^no browser found: run `npm run setup`, or set CHROMIUM_PATH=/),
    );
    assert.throws(
      () =>
        findBrowser({ headed: false, chromiumPath: join(folder, 'c/chromium') }, { playwright: [], path }),
      refused(/^CHROMIUM_PATH=.*: not a program/),
    );
  });

  it('must have a window when HEADED asks for one', () => {
    const shell = program('d/chromium-headless-shell');
    const look = { playwright: [], path: join(folder, 'd') };
    assert.throws(() => findBrowser({ headed: true }, look), refused(/^no browser with a window found/));
    assert.throws(() => findBrowser({ headed: true, chromiumPath: shell }, look), refused(/has no window/));
  });

  it('finds the hosts that were named and this machine, and no other', () => {
    const rules = (given: Parameters<typeof launchArgs>[0]) =>
      launchArgs(given, false).find((arg) => arg.startsWith('--host-resolver-rules='));
    const loopback = 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1';
    assert.equal(rules({}), `--host-resolver-rules=${loopback}`);
    const baseUrl = 'https://scheduler.example.org:8443';
    assert.equal(
      rules({ baseUrl, apiUrl: 'http://[2001:db8::1]:8000/api/v1' }),
      `--host-resolver-rules=${loopback}, EXCLUDE scheduler.example.org, EXCLUDE 2001:db8::1`,
    );
    assert.equal(
      rules({ baseUrl, apiUrl: `${baseUrl}/api/v1` }),
      `--host-resolver-rules=${loopback}, EXCLUDE scheduler.example.org`,
    );
  });

  it('answers a challenge of the pages’ origin, and of no other', () => {
    const basicAuth = { username: 'ann', password: 'Rounds-0700' };
    const given = { insecureTls: false, basicAuth };
    assert.deepEqual(browserContext({ ...given, baseUrl: 'https://h.test/base' }).httpCredentials, {
      ...basicAuth,
      origin: 'https://h.test',
    });
    assert.equal(browserContext(given).httpCredentials, undefined, 'of the embedded scheduler');
  });

  it('has credentials that are kept secret, alone and as the header has them', () => {
    const environment = readEnvironment({ BASIC_AUTH: 'ann:Rounds-0700' });
    const header = Buffer.from('ann:Rounds-0700').toString('base64');
    assert.equal(masker(secretsOf(environment))(`Rounds-0700 ${header}`), '(hidden) (hidden)');
  });

  it('is not sandboxed for root only', () => {
    assert.ok(launchArgs({}, true).includes('--no-sandbox'));
    assert.ok(!launchArgs({}, false).includes('--no-sandbox'));
    assert.ok(launchArgs({}, false).includes('--disable-background-networking'));
  });
});

/** Finds a browser to measure with, or installs one. Quick when there is one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, findBrowser, findProgram } from '../config/browser.ts';
import { childEnvironment, type Environment, ROOT } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';

/** A download that has not come after this long will not come, ms. */
const DOWNLOAD_LIMIT = 180_000;
const APT_LIMIT = 600_000;

/**
 * Prints which browser it is, and what is installed on the way.
 * @throws ConfigError when there is none and none could be installed.
 */
export function setUpBrowser(env: Environment): Browser {
  const browser = present(env) ?? install(env);
  say(`browser: ${browser.path} (${browser.kind}, from ${browser.source}); CHROMIUM_PATH chooses another`);
  if (browser.kind === 'full' && !env.headed && browser.source === 'PATH') {
    say('a headless shell needs a third of the CPU: `npx playwright install --only-shell chromium` gets one');
  }
  return browser;
}

/** The browser that is there and starts, if any. One that the user named must start: nothing else is installed. */
function present(env: Environment): Browser | undefined {
  let browser: Browser;
  try {
    browser = findBrowser(env);
  } catch (error) {
    if (env.chromiumPath || !(error instanceof ConfigError)) throw error;
    return undefined;
  }
  const trouble = troubleStarting(browser);
  if (!trouble) return browser;
  if (env.chromiumPath) throw new ConfigError(`CHROMIUM_PATH=${browser.path}: does not start: ${trouble}`);
  say(`${browser.path} does not start: ${trouble}`);
  return undefined;
}

function install(env: Environment): Browser {
  const shell = env.headed ? [] : ['--only-shell'];
  const playwright = [process.execPath, join(ROOT, 'node_modules/@playwright/test/cli.js')];
  const apt = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  const ways: Array<[what: string, ...commands: string[][]]> = [
    ["downloading Playwright's Chromium", [...playwright, 'install', ...shell, 'chromium']],
  ];
  // A Playwright browser that was downloaded but does not start lacks system libraries.
  if (apt) {
    const update = ['apt-get', 'update', '-q'];
    const get = ['apt-get', 'install', '-q', '-y', '--no-install-recommends'];
    if (!env.headed) {
      ways.push(['installing Debian’s chromium-headless-shell', update, [...get, 'chromium-headless-shell']]);
    }
    ways.push(['installing Debian’s chromium', update, [...get, 'chromium']]);
    ways.push(['installing what Playwright’s Chromium needs', [...playwright, 'install-deps', 'chromium']]);
  }
  for (const [what, ...commands] of ways) {
    say(`no browser yet: ${what} …`);
    const failed = commands.map((command) => run(command)).find((output) => output !== undefined);
    const browser = present(env);
    if (browser) return browser;
    if (failed !== undefined) say(`that failed: ${failed}`);
  }
  throw new ConfigError(
    `no browser could be installed: install Chromium or Chrome${apt ? '' : ' (as root on Debian: apt-get install chromium-headless-shell)'}` +
      ' and run `npm run setup` again, or set CHROMIUM_PATH=/path/to/chromium',
  );
}

/** undefined when it went well, else why not, in one line. */
function run([program = '', ...args]: string[]): string | undefined {
  const done = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: program === 'apt-get' ? APT_LIMIT : DOWNLOAD_LIMIT,
    killSignal: 'SIGKILL',
    env: childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
  });
  if (done.status === 0) return undefined;
  return done.error?.message ?? lastError(`${done.stdout}\n${done.stderr}`) ?? `exit code ${done.status}`;
}

/** Asks for the version: enough to load every shared library, without a page. */
function troubleStarting({ path }: Browser): string | undefined {
  const done = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (done.status === 0) return undefined;
  return done.error?.message ?? lastError(done.stderr) ?? `exit code ${done.status}`;
}

function lastError(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => /^(E:|Error\b)/.test(line)) ?? lines.findLast(Boolean);
}

function say(line: string): void {
  console.log(`setup: ${line}`);
}

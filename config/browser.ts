import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';
import type { Environment } from './environment.ts';
import { ConfigError } from './errors.ts';
import { hostOf, ipOf } from './hosts.ts';

export interface Browser {
  /** Absolute path of the program. */
  path: string;
  /** The headless shell costs about a third of a full browser's CPU, but has no window. */
  kind: 'headless shell' | 'full';
  /** What led to it: the variable, Playwright's own download, or the machine's PATH. */
  source: 'CHROMIUM_PATH' | 'Playwright' | 'PATH';
}

export interface WhereToLook {
  /** Programs of Playwright's own download, whether or not they are there; the best first. */
  playwright: string[];
  /** As in the variable PATH. */
  path: string;
}

/** Names of installed browsers, the best first: Debian's packages, Google's, other distributions'. */
const INSTALLED = [
  'chromium-headless-shell',
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
];

/**
 * The browser to use: `CHROMIUM_PATH`, else Playwright's own (the headless shell first), else an installed one.
 * @throws ConfigError when there is none, or none that can show a window and `HEADED` asks for one.
 */
export function findBrowser(
  env: Pick<Environment, 'chromiumPath' | 'headed'>,
  look: WhereToLook = whereToLook(),
): Browser {
  if (env.chromiumPath) {
    const browser = browserAt(env.chromiumPath, 'CHROMIUM_PATH');
    if (!isProgram(browser.path)) {
      throw new ConfigError(
        `CHROMIUM_PATH=${browser.path}: not a program that may be run; check its permissions`,
      );
    }
    if (env.headed && browser.kind === 'headless shell') {
      throw new ConfigError(
        `CHROMIUM_PATH=${browser.path}: a headless shell has no window; name a full Chromium or set HEADED=false`,
      );
    }
    return browser;
  }
  const found = browsersThere(look);
  const browser = found.find(({ kind }) => !env.headed || kind === 'full');
  if (browser) return browser;
  if (found.length > 0) {
    throw new ConfigError(
      'no browser with a window found: run `npx playwright install chromium`, or set CHROMIUM_PATH=/path/to/chromium, or HEADED=false',
    );
  }
  throw new ConfigError('no browser found: run `npm run setup`, or set CHROMIUM_PATH=/path/to/chromium');
}

/**
 * The browser that a run would use, and the best one of the other kind, where the machine has one.
 * @throws ConfigError as `findBrowser`
 */
export function oneOfEachKind(
  env: Pick<Environment, 'chromiumPath' | 'headed'>,
  look: WhereToLook = whereToLook(),
): Browser[] {
  const used = findBrowser(env, look);
  const other = browsersThere(look).find(({ kind }) => kind !== used.kind);
  return other ? [used, other] : [used];
}

/** All browsers that are there, the best first. Of what `CHROMIUM_PATH` names it knows nothing. */
export function browsersThere(look: WhereToLook = whereToLook()): Browser[] {
  return [
    ...look.playwright.map((path) => browserAt(path, 'Playwright')),
    ...INSTALLED.map((name) => findProgram(name, look.path))
      .filter((path) => path !== undefined)
      .map((path) => browserAt(path, 'PATH')),
  ].filter(({ path }) => isProgram(path));
}

/** This machine, where the embedded scheduler and the pages of tests are. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Switches that every browser of the suite starts with. Chromium refuses to sandbox for root; a container's
 * /dev/shm is often too small for it; its own traffic in the background would be counted as load.
 *
 * No host gets load that the user did not name: every other name and address leads nowhere, and no proxy is asked to
 * go there instead. https://www.chromium.org/developers/design-documents/network-stack/socks-proxy/
 */
export function launchArgs(
  { baseUrl, apiUrl }: Pick<Environment, 'baseUrl' | 'apiUrl'>,
  isRoot: boolean = process.getuid?.() === 0,
): string[] {
  const named = [baseUrl, apiUrl].flatMap((url) => (url && hostOf(url)) || []);
  // The rules know an IPv6 address without its brackets.
  const rules = [
    'MAP * ~NOTFOUND',
    ...new Set([...LOOPBACK, ...named].map((host) => `EXCLUDE ${ipOf(host) ?? host}`)),
  ];
  return [
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    // A headless shell does not know --no-proxy-server.
    '--proxy-server=direct://',
    `--host-resolver-rules=${rules.join(', ')}`,
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

/** Absolute path of the program that the shell would run for `name`. */
export function findProgram(name: string, path: string = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function whereToLook(): WhereToLook {
  return { playwright: playwrightPrograms(), path: process.env.PATH ?? '' };
}

/**
 * Playwright tells the public only of the full browser (`chromium.executablePath()`); its registry, exported but not
 * documented, knows the headless shell too.
 */
function playwrightPrograms(): string[] {
  const { registry } = createRequire(import.meta.url)('playwright-core/lib/coreBundle') as {
    registry: {
      registry: { findExecutable(name: string): { executablePath(): string | undefined } | undefined };
    };
  };
  return ['chromium-headless-shell', 'chromium']
    .map((name) => registry.registry.findExecutable(name)?.executablePath())
    .filter((path) => path !== undefined);
}

function browserAt(path: string, source: Browser['source']): Browser {
  return { path, kind: /headless[-_]shell/.test(basename(path)) ? 'headless shell' : 'full', source };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

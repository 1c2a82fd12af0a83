import { execFileSync } from 'node:child_process';

/** A browser that does not answer for so long is not asked again, ms. */
const PATIENCE = 10_000;

/** What a browser says of its version, e.g. `Chromium 156.0.8078.108`; undefined: it says nothing. */
export function browserBuild(path: string): string | undefined {
  try {
    const text = execFileSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: PATIENCE,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim().split('\n')[0] || undefined;
  } catch {
    return undefined; // a fact that is missing keeps no run from beginning
  }
}

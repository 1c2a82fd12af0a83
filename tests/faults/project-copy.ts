import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ROOT } from '../../config/environment.ts';

/** Neither is a source; `node_modules` is linked. */
const LEFT_OUT = ['node_modules', '.git', '.env', '.cache', 'reports', 'test-results', 'playwright-report'];

/**
 * A copy of the project in a temporary folder, to be spoilt by a test. Packages are linked, but for Artillery, which
 * looks for plugins and engines beside itself: the copy's own must be found.
 */
export function copyProject(context: TestContext): string {
  const copy = mkdtempSync(join(tmpdir(), 'load-suite-copy-'));
  context.after(() => rmSync(copy, { recursive: true, force: true }));
  for (const name of readdirSync(ROOT)) {
    if (!LEFT_OUT.includes(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  const packages = join(ROOT, 'node_modules');
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(packages)) {
    const to = join(copy, 'node_modules', name);
    if (name === 'artillery') cpSync(join(packages, name), to, { recursive: true });
    else if (!WORKSPACES[name]) symlinkSync(join(packages, name), to);
  }
  for (const [name, folder] of Object.entries(WORKSPACES))
    symlinkSync(join(copy, folder), join(copy, 'node_modules', name));
  // The built pages are the same ones.
  mkdirSync(join(ROOT, '.cache/scheduler-web'), { recursive: true });
  mkdirSync(join(copy, '.cache'));
  symlinkSync(join(ROOT, '.cache/scheduler-web'), join(copy, '.cache/scheduler-web'));
  return copy;
}

const WORKSPACES: Record<string, string> = {
  'artillery-engine-api': 'artillery/engine',
  'artillery-plugin-suite': 'artillery/plugin',
  'embedded-scheduler': 'fixtures/scheduler',
};

/** Replaces a text that occurs exactly once in a file of the copy. */
export function replaceOnce(copy: string, file: string, old: string, by: string): void {
  const path = join(copy, file);
  const parts = readFileSync(path, 'utf8').split(old);
  if (parts.length !== 2) throw new Error(`${file} holds "${old}" ${parts.length - 1} times, not once`);
  writeFileSync(path, parts.join(by));
}

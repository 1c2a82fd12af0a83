import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, ROOT } from '../../config/environment.ts';

/** `npx loadtest` with these words and settings, in a process of its own. */
export function suite(
  words: readonly string[],
  settings: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  return program([join(ROOT, 'cli/loadtest.cjs'), ...words], settings);
}

/** A program of Node, from the project's folder; what it said on both streams. */
export function program(
  words: readonly string[],
  settings: Record<string, string>,
  onLine: (said: string) => void = () => undefined,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, words, { cwd: ROOT, env: childEnvironment(settings) });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      said += text;
      onLine(said);
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

/**
 * `npm run check`: format and lint, types, which folder may import which, and words that we no longer use. As many at once as
 * there are cores; each prints its lines together. Exits 1 when one of them finds something.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { runProgram } from '../config/command-line/run-program.ts';
import { childEnvironment, processEnv, ROOT } from '../config/environment.ts';
import { FAILED, PASSED } from '../config/exit-codes.ts';

/** The longest first. */
const CHECKS = [
  'tsc -p .',
  'biome ci --colors=off .',
  'tsc -p fixtures/scheduler/web',
  'depcruise --config .dependency-cruiser.mjs .',
  'node tools/words.ts',
] as const;

await runProgram({
  name: 'node tools/check.ts',
  about: 'check format, types, which folder may import which, and words',
  options: {},
  examples: ['node tools/check.ts'],
  exits: { passed: 'nothing was found', failed: 'a check found something', wrongUse: true },
  run: async () => ((await check()) ? PASSED : FAILED),
});

/** Runs all checks and prints what they say. Resolves to whether none found anything. */
async function check(): Promise<boolean> {
  const waiting: string[] = [...CHECKS];
  let isClean = true;
  const runWaiting = async () => {
    for (let command = waiting.shift(); command; command = waiting.shift()) {
      const { code, output } = await outcomeOf(command);
      console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${command}${output && `\n${output}`}`);
      isClean &&= code === 0;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));
  return isClean;
}

/** Programs are those of the installed packages. */
async function outcomeOf(command: string): Promise<{ code: number | null; output: string }> {
  const env = childEnvironment({
    PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${processEnv('PATH')}`,
  });
  const child = spawn(command, { cwd: ROOT, shell: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const ended = new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail));
  const [out, problems, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  return { code, output: `${out}${problems}`.trimEnd() };
}

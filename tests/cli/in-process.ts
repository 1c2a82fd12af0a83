import type { TestContext } from 'node:test';
import { execute } from '../../cli/execute.ts';
import { setProcessEnv } from '../../config/environment.ts';
import { variables } from '../../config/variables.ts';

/**
 * Runs `npx loadtest` with these words in this process, which is cheaper than one of its own: with these settings only, until
 * the test ends. Gives its exit code and what it said; throws what it throws.
 */
export async function told(
  t: TestContext,
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const none = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, '']));
  const { CHROMIUM_PATH: _kept, ...cleared } = none;
  setProcessEnv({ ...cleared, ...settings });
  t.after(() => setProcessEnv(Object.fromEntries(Object.keys(cleared).map((name) => [name, undefined]))));
  let said = '';
  const say = (text: unknown) => {
    said += `${text}\n`;
  };
  const [log, error] = [t.mock.method(console, 'log', say), t.mock.method(console, 'error', say)];
  try {
    return { code: await execute(words), said };
  } finally {
    log.mock.restore();
    error.mock.restore();
  }
}

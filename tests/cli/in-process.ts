import { mock } from 'node:test';
import { execute, executeAndExplain } from '../../cli/execute.ts';
import { processEnv, setProcessEnv } from '../../config/environment.ts';
import { variables } from '../../config/variables.ts';

export interface Answer {
  code: number;
  /** What it printed, on both streams. */
  said: string;
  /** What of that was an error. */
  wrong: string;
}

/**
 * Runs `npx loadtest` with these words in this process, which is cheaper than one of its own: with these settings only. Gives
 * its exit code and what it said; throws what it throws. One at a time.
 */
export async function told(
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<Omit<Answer, 'wrong'>> {
  const { code, said } = await inThisProcess(() => execute(words), settings);
  return { code, said };
}

/** The same, but with what is thrown explained in what it said, as users see it. */
export function explained(words: readonly string[], settings: Record<string, string> = {}): Promise<Answer> {
  return inThisProcess(() => executeAndExplain(words), settings);
}

async function inThisProcess(run: () => Promise<number>, settings: Record<string, string>): Promise<Answer> {
  const { CHROMIUM_PATH: _kept, ...ours } = variables.shape;
  const names = [...new Set([...Object.keys(ours), ...Object.keys(settings)])];
  const before = Object.fromEntries(names.map((name) => [name, processEnv(name)]));
  setProcessEnv({ ...Object.fromEntries(names.map((name) => [name, ''])), ...settings });
  let [said, wrong] = ['', ''];
  const log = mock.method(console, 'log', (text: unknown) => {
    said += `${text}\n`;
  });
  const error = mock.method(console, 'error', (text: unknown) => {
    said += `${text}\n`;
    wrong += `${text}\n`;
  });
  try {
    const code = await run();
    return { code, said, wrong };
  } finally {
    log.mock.restore();
    error.mock.restore();
    setProcessEnv(before);
  }
}

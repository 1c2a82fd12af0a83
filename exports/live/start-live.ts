/** Live figures of a run, made in a process of their own: what goes wrong there costs a line, and no run waits for it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment, type Environment } from '../../config/environment.ts';
import { checkPort } from './metrics-page.ts';

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url));
/** For the last figures, ms. */
const END_WITHIN = 3000;

export interface Live {
  /** Sends the last figures; what takes longer than this (ms; default: three seconds) is left out. */
  stop(within?: number): Promise<void>;
}

/** @throws {ConfigError} the port for live figures is taken */
export async function checkLive({ metricServers: { port } }: Environment): Promise<void> {
  if (port !== undefined) await checkPort(port);
}

/** undefined: nobody asked for live figures. */
export function startLive(runDir: string, { metricServers }: Environment): Live | undefined {
  if (metricServers.port === undefined && metricServers.liveTo.length === 0) return undefined;
  const child = fork(PROGRAM, [runDir], {
    execArgv: [],
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let isStopping = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      console.error(`live figures: cannot be made (${error.message}); the run goes on.`);
      resolve();
    });
    child.once('exit', (code) => {
      if (!isStopping) console.error(`live figures: their process ended (${code}); the run goes on.`);
      resolve();
    });
  });
  child.unref();
  child.channel?.unref();
  return {
    async stop(within = END_WITHIN) {
      isStopping = true;
      await ended(child, gone, within);
    },
  };
}

async function ended(child: ChildProcess, gone: Promise<void>, within: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.connected) return;
  child.send('end', () => undefined);
  const limit = setTimeout(() => child.kill('SIGKILL'), within);
  await gone;
  clearTimeout(limit);
}

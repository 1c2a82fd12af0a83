import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { asPartOfRun } from '../../config/part-of-run.ts';
import type { FromPart, ToPart } from './messages.ts';

/** After this time one that was told to stop is killed; ms. Longer than its sessions may take (worker-thread.ts). */
const STOPPED_WITHIN_MS = 45_000;

/** Artillery, as `npx artillery` starts it. */
export const ARTILLERY = join(ROOT, 'node_modules/artillery/bin/run');

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that runs one profile of several. */
export class ProfileHandle {
  /** As it was asked for on the command line; its profile's, when it has said its plan. */
  name: string;
  /** What the ids of its sessions begin with. */
  readonly sessions: string;
  readonly ended: Promise<Exit>;
  /** It has written all that it measured. */
  isDone = false;
  isAskedToStop = false;
  readonly #child: ChildProcess;

  constructor(name: string, file: string, sessions: string, hear: (message: FromPart) => void) {
    this.name = name;
    this.sessions = sessions;
    this.#child = spawn(process.execPath, [ARTILLERY, 'run', '--quiet', file], {
      cwd: ROOT,
      env: childEnvironment(asPartOfRun(sessions)),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A terminal sends Ctrl+C to a whole group: this one is told to stop by the process that makes the run, once.
      detached: true,
    });
    this.#child.on('message', (message) => {
      const told = message as FromPart;
      if (told.type === 'ended') this.isDone = true;
      hear(told);
    });
    this.ended = new Promise((done, fail) => {
      this.#child.once('error', fail);
      this.#child.once('close', (code, signal) => done({ code, signal }));
    });
  }

  tell(message: ToPart): void {
    if (message.type !== 'run') this.isAskedToStop = true;
    if (this.#child.connected) this.#child.send(message, () => undefined); // `ended` tells that it is gone
    if (message.type !== 'stop') return;
    setTimeout(() => this.#child.kill('SIGKILL'), STOPPED_WITHIN_MS).unref();
  }
}

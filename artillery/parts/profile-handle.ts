import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { asPartOfRun } from '../../config/part-of-run.ts';
import { Heartbeat } from '../../measure/health/heartbeat.ts';
import { endDescendants } from '../../measure/health/machine/end-descendants.ts';
import type { FromPart, ToPart } from './messages.ts';

/** After this time one that was asked to stop is killed; ms. Longer than its sessions may take (worker-thread.ts). */
const STOPPED_WITHIN_MS = 45_000;

/** Artillery, as `npx artillery` starts it. */
export const ARTILLERY = join(ROOT, 'node_modules/artillery/bin/run');

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

interface Listener {
  hear(message: FromPart): void;
  /** It had not answered for so long, and is killed. */
  silent(ms: number): void;
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
  readonly #heartbeat: Heartbeat;

  constructor(
    name: string,
    file: string,
    { sessions, signIns }: { sessions: string; signIns: number | undefined },
    { hear, silent }: Listener,
  ) {
    this.name = name;
    this.sessions = sessions;
    this.#child = spawn(process.execPath, [ARTILLERY, 'run', '--quiet', file], {
      cwd: ROOT,
      env: childEnvironment(asPartOfRun(sessions, signIns)),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A terminal sends Ctrl+C to a whole group: this one is asked to stop by the process that makes the run, once.
      detached: true,
    });
    this.#heartbeat = new Heartbeat((silentMs) => {
      silent(silentMs);
      endDescendants(this.#child.pid);
      this.#child.kill('SIGKILL');
    });
    this.#child.on('message', (message) => {
      this.#heartbeat.beat();
      const told = message as FromPart;
      if (told.type === 'ended') this.isDone = true;
      if (told.type !== 'alive') hear(told);
    });
    this.ended = new Promise((done, fail) => {
      this.#child.once('error', fail);
      this.#child.once('close', (code, signal) => {
        this.#heartbeat.stop();
        done({ code, signal });
      });
    });
  }

  tell(message: ToPart): void {
    if (message.type !== 'run') {
      this.isAskedToStop = true;
      this.#heartbeat.stop();
    }
    if (this.#child.connected) this.#child.send(message, () => undefined); // `ended` tells that it is gone
    if (message.type !== 'stop') return;
    setTimeout(() => this.#child.kill('SIGKILL'), STOPPED_WITHIN_MS).unref();
  }
}

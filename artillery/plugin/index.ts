/**
 * Artillery plugin `suite`. Artillery makes one of it in its main thread and one in each worker thread, with a copy
 * of the script each: the first conducts the run, or one profile of several (profile-process.ts), the second prepares the script that the worker runs.
 */
import { isMainThread } from 'node:worker_threads';
import { ConfigError } from '../../config/errors.ts';
import { partOfRun } from '../../config/part-of-run.ts';
import { artilleryGlobal, type EventSource } from '../artillery.ts';
import { Channel } from '../channel.ts';
import { stopWorkerRun } from '../engine/worker-run.ts';
import { withLine } from '../profile/profile-mistake.ts';
import type { Script } from '../profile/script.ts';
import { Conductor } from './conductor.ts';
import { prepareScript } from './prepare-script.ts';
import { ProfileProcess } from './profile-process.ts';

/** What Artillery tells a plugin of how it was called (2.0.34, lib/cmds/run.ts). */
interface RunnerOptions {
  absoluteScriptPath?: string;
  /** With `--config`. */
  absoluteConfigPath?: string;
}

export class Plugin {
  constructor(script: Script, events: EventSource, options: RunnerOptions = {}) {
    const { absoluteScriptPath, absoluteConfigPath } = options;
    const files = absoluteScriptPath ? { script: absoluteScriptPath, config: absoluteConfigPath } : undefined;
    try {
      if (isMainThread && partOfRun()) new ProfileProcess(script, events, artilleryGlobal());
      else if (isMainThread) new Conductor(script, events, artilleryGlobal(), files);
      else prepareScript(script);
    } catch (cause) {
      const error = withLine(cause, files);
      if (!(error instanceof ConfigError)) throw error;
      // The main thread meets the same mistake, and says so; it waits for this thread to be set up.
      if (isMainThread) console.error(error.message);
      else new Channel(() => undefined).tell({ type: 'context-request' });
      process.exit(error.exitCode);
    }
  }

  /** Artillery waits for the callback. */
  cleanup(done: (error?: Error) => void): void {
    if (isMainThread) done();
    else stopWorkerRun().then(() => done(), done);
  }
}

/** Metrics come in Artillery's present format. */
export const LEGACY_METRICS_FORMAT = false;

export default { Plugin, LEGACY_METRICS_FORMAT };

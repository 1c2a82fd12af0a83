/** How a run ends, and why: decided by what happens first, reported to the runner, and written down. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reasonText } from '../analysis/text/reason-text.ts';
import { amendRunJson } from '../measure/run/directory.ts';
import type { WorkerLost } from '../measure/run/events.ts';
import type { RunEndedEarly } from '../measure/run/findings.ts';
import { type Recorder, SAMPLES_FILE } from '../measure/run/recorder.ts';
import type { RunEnd } from '../measure/run/run.ts';
import { signals } from './signals.ts';

export interface RunnerStop {
  /** Ends the load in order: what is under way is interrupted, and takes back what it changed. May be called again. */
  stop(how: RunEnd): void;
  /** Has other threads and processes write what they hold, in a moment. Default: there are none. */
  flush?(): Promise<void>;
}

export class RunEnding {
  readonly #runner: RunnerStop;
  readonly #unregister: () => void;
  #how: RunEnd = 'finished';
  #why: string | undefined;
  #isEarly = false;
  #runDir: string | undefined;
  #recorder: Recorder | undefined;
  #hasBegun = false;
  #isStoppingAtOnce = false;

  /** From now on signals end the run. */
  constructor(runner: RunnerStop) {
    this.#runner = runner;
    this.#unregister = signals.register({
      first: () => this.interrupted('a signal'),
      second: () => this.#stopAtOnce(),
    });
  }

  get how(): RunEnd {
    return this.#how;
  }

  get interruptedBy(): string | undefined {
    return this.#why;
  }

  /** What was measured ended it, whether as planned or not. */
  get isEarly(): boolean {
    return this.#isEarly;
  }

  /** The run has a directory. */
  at(runDir: string): void {
    this.#runDir = runDir;
  }

  /** The run has begun: what ends it is written down as an event. */
  recordIn(recorder: Recorder): void {
    this.#recorder = recorder;
    this.#hasBegun = true;
  }

  /** The recorder takes no more. */
  recordNoMore(): void {
    this.#recorder = undefined;
  }

  /** The run is concluded, or was never begun: signals are no longer its own. */
  close(): void {
    this.#unregister();
  }

  interrupted(why: string): void {
    if (this.#how === 'finished') {
      this.#how = 'interrupted';
      this.#why = why;
      this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'interrupted', data: { why } });
    }
    this.#runner.stop(this.#how);
  }

  /** What was measured has decided: the run ends as by its plan, or as failed by a threshold. */
  endEarly(early: RunEndedEarly): void {
    if (this.#isEarly || this.#how !== 'finished') return;
    this.#isEarly = true;
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'run-ended-early', data: { ...early } });
    console.log(early.why);
    if (early.by === 'threshold') this.#how = 'stopped-by-threshold';
    this.#runner.stop(this.#how);
  }

  targetDied(how: string): void {
    this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'target-died', data: { how } });
    this.#how = 'target-died';
    this.#runner.stop(this.#how);
  }

  /** @param seconds for which it has answered nothing */
  targetUnresponsive(seconds: number): void {
    if (this.#how !== 'finished') return;
    this.#how = 'target-unresponsive';
    console.error(`the target has answered nothing for ${seconds} s: the run is ended (MAX_UNRESPONSIVE)`);
    this.#runner.stop(this.#how);
  }

  /** Load that leaves no samples is of no use to anybody. */
  recordingFailed(why: string): void {
    if (this.#how === 'recording-failed') return;
    console.error(
      `${join(this.#runDir ?? '', SAMPLES_FILE)}: cannot be written (${why}): the run is ended; make room and run it again`,
    );
    this.#how = 'recording-failed';
    this.#runner.stop(this.#how);
  }

  profileLost(why: string): void {
    if (this.#isStoppingAtOnce) return; // it was asked to
    if (this.#how === 'finished' || this.#how === 'interrupted') {
      this.#how = 'profile-lost';
      this.#why = why;
      console.error(`${why}: the run is ended`);
    }
    this.#runner.stop(this.#how);
  }

  /** Nobody can go on with what the worker was doing. */
  workerLost(lost: WorkerLost): void {
    if (this.#isStoppingAtOnce) return;
    if (this.#how === 'finished') {
      this.#how = 'worker-lost';
      this.#recorder?.write({ t: Date.now(), kind: 'event', name: 'worker-lost', data: lost });
      console.error(`${reasonText({ code: 'worker-lost', ...lost })}: the run is ended`);
    }
    this.#runner.stop(this.#how);
  }

  /** A second signal: nothing is waited for but what was measured; `npx loadtest report` makes a report of it. */
  async #stopAtOnce(): Promise<void> {
    const runDir = this.#runDir;
    this.#isStoppingAtOnce = true;
    if (this.#recorder || !this.#hasBegun) await this.#runner.flush?.();
    this.#recorder?.close();
    this.#recorder = undefined;
    if (runDir === undefined) return;
    if (existsSync(join(runDir, SAMPLES_FILE))) {
      const end = new Date().toISOString();
      amendRunJson(runDir, { end, ended: this.#how, interruptedBy: this.#why });
      console.error(`stopped at once; what was measured is kept: npx loadtest report ${runDir}`);
    } else if (!this.#hasBegun) rmSync(runDir, { recursive: true, force: true });
  }
}

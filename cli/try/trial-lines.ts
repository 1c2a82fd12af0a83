/** What a journey does, a line for each thing, as its samples come. */
import { join } from 'node:path';
import { milliseconds, plural } from '../../analysis/format.ts';
import { defectBook } from '../../analysis/known-defects.ts';
import { isCancelled } from '../../analysis/summary/request-counts.ts';
import type { KnownDefect } from '../../config/known-defects.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { EvidenceFiles, RequestSample, Sample } from '../../measure/run/samples.ts';

const WIDTH = 7;

interface TrialAbout {
  runDir: string;
  defects: readonly KnownDefect[];
  target: RunJson['target'];
}

/** Prints samples, and counts what failed. */
export class TrialLines {
  readonly #runDir: string;
  readonly #book: ReturnType<typeof defectBook>;
  readonly #counts = { step: 0, request: 0, check: 0 };
  #failed = 0;
  #cutShort = false;
  /** Changes that are still there, by id. */
  readonly #changes = new Map<string, { text: string; why?: string }>();

  constructor({ runDir, defects, target }: TrialAbout) {
    this.#runDir = runDir;
    this.#book = defectBook(defects, { start: new Date().toISOString(), target });
  }

  /** Something failed, was cut short, or could have been taken back and was not. */
  get isBad(): boolean {
    return this.#failed > 0 || this.#cutShort || [...this.#changes.values()].some(({ why }) => !why);
  }

  /** A line for each change that is still there. */
  left(): string[] {
    return [...this.#changes.values()].map(
      ({ text, why }) => `left     ${text}: ${why ?? 'not taken back; `npx loadtest clean` removes it'}`,
    );
  }

  take = (sample: Sample): void => {
    switch (sample.kind) {
      case 'step':
        this.#counts.step += 1;
        this.#line(sample.ok, 'step', `${sample.name}  ${milliseconds(Math.round(sample.value))}`);
        if (!sample.ok) this.#why(sample.error, sample);
        break;
      case 'request':
        this.#request(sample);
        break;
      case 'check':
        this.#counts.check += 1;
        this.#line(sample.ok, 'check', sample.name);
        if (!sample.ok) this.#why(sample.error, sample);
        break;
      case 'count':
        print('count', `${sample.name}: ${sample.value}`);
        break;
      case 'error':
        this.#error(sample);
        break;
      case 'journey':
        if (!sample.cutShort) break;
        this.#cutShort = true;
        print('cut short', sample.cutShort.text);
        break;
      case 'event':
        this.#event(sample);
    }
  };

  /** One line for the end. */
  summary(): string {
    const { step, request, check } = this.#counts;
    const done = [plural(step, 'step'), plural(request, 'request'), plural(check, 'check')]
      .filter((text) => !text.startsWith('0 '))
      .join(', ');
    return `${done || 'nothing was done'}: ${this.#failed === 0 ? 'none failed' : `${this.#failed} failed`}`;
  }

  #request(sample: RequestSample): void {
    this.#counts.request += 1;
    const { method, status, name, value, ok, expected } = sample;
    const defect = ok || isCancelled(sample) ? undefined : this.#book.match(sample);
    const note = isCancelled(sample)
      ? 'taken back by its page'
      : expected
        ? 'refused, as it should be'
        : defect?.excused && `known defect: ${defect.name}`;
    const about = `${method} ${status || 'no answer'}  ${name}  ${milliseconds(Math.round(value))}`;
    const isFine = ok || Boolean(note);
    this.#line(isFine, 'request', note ? `${about} (${note})` : about);
    if (!isFine) this.#why(sample.error);
  }

  #error(sample: Extract<Sample, { kind: 'error' }>): void {
    if (this.#book.match(sample)?.excused) return;
    // An error in the console may be the browser's own word for an answer that has its line.
    this.#line(sample.errorKind === 'console-error', sample.name, sample.error);
    this.#why(undefined, sample);
  }

  #event(sample: Extract<Sample, { kind: 'event' }>): void {
    switch (sample.name) {
      case 'change-planned': {
        const { id, what, name, why } = sample.data;
        this.#changes.set(id, { text: `${what}: ${name}`, why });
        print('change', `${what}: ${name}`);
        break;
      }
      case 'change-undone':
        this.#changes.delete(sample.data.id);
        break;
      case 'known-defect':
        print('defect', sample.data.defect);
    }
  }

  #line(ok: boolean, what: string, text: string): void {
    if (!ok) this.#failed += 1;
    if (ok) print(what, text);
    else print('FAILED', `${what} ${text}`);
  }

  #why(error: string | undefined, { screenshot, har, consoleLog }: EvidenceFiles = {}): void {
    if (error) print('', error);
    for (const [what, file] of Object.entries({ picture: screenshot, requests: har, console: consoleLog }))
      if (file) print('', `${what}: ${join(this.#runDir, file)}`);
  }
}

function print(what: string, text: string): void {
  console.log(`${what.padEnd(WIDTH)}  ${text}`);
}

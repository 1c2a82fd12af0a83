import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { visible } from '../../config/visible-text.ts';
import { masker } from '../run/mask.ts';
import type { EvidenceFiles, Sample } from '../run/samples.ts';
import { LastRequests } from './last-requests.ts';
import { artifactReserver, type EvidenceOptions, type FailureText } from './reserve-artifact.ts';
import type { SessionTrace } from './session-trace.ts';

const LINES_KEPT = 200;
/** For picture and page as text together: the next user is waiting. */
const LIMIT_MS = 5000;

export type PageEvidenceOptions = EvidenceOptions & {
  page: Page;
  /** Absent: the session is not traced, or by the runner. */
  trace?: SessionTrace;
};

/**
 * What is kept of a failed step or check: a picture, what assistive technology sees, the console, the last requests, and the
 * trace of a traced session.
 */
export class Evidence {
  readonly #options: PageEvidenceOptions;
  readonly #mask: (text: string) => string;
  readonly #requests = new LastRequests();
  readonly #console: string[] = [];

  constructor(options: PageEvidenceOptions) {
    this.#options = options;
    this.#mask = masker(options.secrets ?? []);
    const { page } = options;
    page.on('console', (message) => this.#say(message.type(), message.text()));
    page.on('pageerror', (error) => this.#say('page error', error.stack ?? error.message));
  }

  /** Remembers a request; other samples are let pass. */
  note(sample: Sample): void {
    this.#requests.note(sample);
  }

  /**
   * Writes what can still be had: a page that has crashed or closed has no picture, but it had requests. Nothing
   * when enough failures of this kind are kept; traces are counted apart, not every session has one.
   */
  async take(step: string, failure: FailureText): Promise<EvidenceFiles> {
    const { page, runDir, trace } = this.#options;
    const reserve = artifactReserver(this.#options, step, failure);
    const files: EvidenceFiles = {};
    const write = (field: keyof EvidenceFiles, ending: string, content: string | Buffer) => {
      const file = reserve(ending);
      if (!file) return;
      writeFileSync(join(runDir, file), typeof content === 'string' ? visible(this.#mask(content)) : content);
      files[field] = file;
    };
    files.har = this.#requests.keep(runDir, reserve, this.#mask);
    const look = async () => {
      write('screenshot', '.png', await page.screenshot({ timeout: LIMIT_MS }));
      write('aria', '-aria.yml', await page.locator('body').ariaSnapshot({ timeout: LIMIT_MS }));
    };
    // Evidence is a help, and the failure itself is reported in any case: what could not be had is said in the console's file.
    const sayMissing = (what: string) => (reason: Error) => this.#say(`no ${what}`, reason.message);
    if (files.har && !page.isClosed()) {
      const looked = look().catch(sayMissing('picture'));
      await Promise.race([looked, wait(LIMIT_MS, undefined, { ref: false })]);
    }
    const traceFile = trace && reserve('-trace.zip');
    if (traceFile) {
      const kept = trace.keep(join(runDir, traceFile)).then(() => {
        files.trace = traceFile;
      });
      await kept.catch(sayMissing('trace'));
    }
    const isTaken = files.har !== undefined || traceFile !== undefined;
    if (isTaken && this.#console.length > 0)
      write('consoleLog', '-console.txt', `${this.#console.join('\n')}\n`);
    return { ...files };
  }

  #say(kind: string, text: string): void {
    this.#console.push(`${new Date().toISOString()} ${kind}: ${text}`);
    if (this.#console.length > LINES_KEPT) this.#console.shift();
  }
}

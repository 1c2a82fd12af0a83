import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { hash32 } from '../../fixtures/data/random.ts';
import { errorGroup } from '../run/error-group.ts';
import type { RequestSample, Sample } from '../run/samples.ts';
import { harOf } from './har.ts';
import { masker } from './mask.ts';

/** Of a session's requests so many are remembered for its HAR. */
const REQUESTS_KEPT = 100;
const LINES_KEPT = 200;
/** All of one failure's evidence together: the next user is waiting. */
const LIMIT_MS = 5000;

/** Files of evidence, relative to the run directory. */
export interface EvidenceFiles {
  screenshot?: string;
  aria?: string;
  consoleLog?: string;
  har?: string;
}

export interface EvidenceOptions {
  page: Page;
  runDir: string;
  session: string;
  /** Texts that must be in no file, e.g. the session's password. */
  secrets?: readonly string[];
  /** Of each distinct error so many are kept; the first tell enough, all cost disk. */
  keep?: number;
}

export const DEFAULT_KEEP = 3;

/** What is kept of a failing step: a picture, what assistive technology sees, the console, the last requests. */
export class Evidence {
  readonly mask: (text: string) => string;
  readonly #options: EvidenceOptions;
  readonly #requests: RequestSample[] = [];
  readonly #console: string[] = [];

  constructor(options: EvidenceOptions) {
    this.#options = options;
    this.mask = masker(options.secrets ?? []);
    const { page } = options;
    page.on('console', (message) => this.#say(message.type(), message.text()));
    page.on('pageerror', (error) => this.#say('page error', error.stack ?? error.message));
  }

  /** Remembers a request; other samples are let pass. */
  note(sample: Sample): void {
    if (sample.kind !== 'request') return;
    this.#requests.push(sample);
    if (this.#requests.length > REQUESTS_KEPT) this.#requests.shift();
  }

  /**
   * Writes what can still be had: a page that has crashed or closed has no picture, but it had requests. Nothing
   * when enough failures of this kind are kept: the files themselves are counted, whichever process wrote them.
   */
  async take(step: string, error: string): Promise<EvidenceFiles> {
    const { page, runDir, session, keep = DEFAULT_KEEP } = this.#options;
    const folder = join(runDir, 'artifacts');
    mkdirSync(folder, { recursive: true });
    const kind = `${fileName(step)}-${hash32(errorGroup(step, error)).toString(36)}`;
    const kept = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.har'));
    if (kept.length >= keep) return {};
    const base = `artifacts/${kind}-${session}-${Date.now().toString(36)}`;
    const files: EvidenceFiles = {};
    const text = (field: keyof EvidenceFiles, ending: string, content: string) => {
      writeFileSync(join(runDir, `${base}${ending}`), this.mask(content));
      files[field] = `${base}${ending}`;
    };
    const pattern = this.#requests.at(-1)?.page ?? '/';
    text('har', '.har', JSON.stringify(harOf(this.#requests, pattern), null, 1));
    if (this.#console.length > 0) text('consoleLog', '-console.txt', `${this.#console.join('\n')}\n`);
    if (page.isClosed()) return files;
    const look = async () => {
      await page.screenshot({ path: join(runDir, `${base}.png`), timeout: LIMIT_MS });
      files.screenshot = `${base}.png`;
      text('aria', '-aria.yml', await page.locator('body').ariaSnapshot({ timeout: LIMIT_MS }));
    };
    // Evidence is a help; the failure itself is written already, and what could not be had is not there.
    await Promise.race([look().catch(() => undefined), wait(LIMIT_MS, undefined, { ref: false })]);
    return { ...files };
  }

  #say(kind: string, text: string): void {
    this.#console.push(`${new Date().toISOString()} ${kind}: ${text}`);
    if (this.#console.length > LINES_KEPT) this.#console.shift();
  }
}

export function fileName(step: string): string {
  return step
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}

/** What is kept of an audit: a sample of each repeat, and Lighthouse's report of the representative one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from 'lighthouse';
import { computeMedianRun, filterToValidRuns } from 'lighthouse/core/lib/median-run.js';
import type { Role } from '../config/roles.ts';
import type { AuditMode } from '../measure/run/audits.ts';
import type { Recorder } from '../measure/run/recorder.ts';
import { accessibilityOf, figuresOf, filmOf, opportunitiesOf } from './figures.ts';
import { isCutOff } from './load-end.ts';
import { effectiveThrottling } from './settings.ts';

/** Also a folder of the run directory. */
const FOLDER = 'lighthouse';

/** One audit, done once. */
export interface Take {
  lhr: Result;
  /** From 1. */
  repeat: number;
}

/** Lighthouse's own rule: the load nearest to the medians of FCP and TTI. Without both: the first. */
export function representativeOf<T extends Take>(takes: readonly [T, ...T[]]): T {
  const valid = filterToValidRuns(takes.map(({ lhr }) => lhr));
  const median = valid.length > 0 ? computeMedianRun(valid) : undefined;
  return takes.find(({ lhr }) => lhr === median) ?? takes[0];
}

export interface AuditAbout {
  name: string;
  role: Role;
  journey?: string;
}

export class AuditKeeper {
  readonly #recorder: Recorder;
  readonly #runDir: string;
  readonly #formFactor: string;

  constructor(recorder: Recorder, runDir: string, formFactor: string) {
    this.#recorder = recorder;
    this.#runDir = runDir;
    this.#formFactor = formFactor;
    mkdirSync(join(runDir, FOLDER), { recursive: true });
  }

  done(about: AuditAbout, { lhr, repeat }: Take): void {
    const figures = figuresOf(lhr);
    this.#recorder.write({ ...sampleOf(about, lhr.gatherMode, repeat), ok: true, figures });
  }

  failed(about: AuditAbout, mode: AuditMode, repeat: number, error: string): void {
    const failure = { error, errorKind: 'audit' } as const;
    const sample = sampleOf(about, mode, repeat);
    this.#recorder.write({ ...sample, ok: false, ...failure });
    const { t, role, journey } = sample;
    this.#recorder.write({
      t,
      kind: 'error',
      name: 'audit failed',
      role,
      journey,
      ...failure,
      error: `${about.name}: ${error}`,
    });
  }

  /** Writes text of Lighthouse, without secrets. Gives its path in the run directory. */
  file(name: string, text: string): string {
    const path = `${FOLDER}/${name}`;
    writeFileSync(join(this.#runDir, path), this.#recorder.masked(text));
    return path;
  }

  /** @param files Lighthouse's report and data, as `file` gave their paths */
  conclude(
    { name, role, journey }: AuditAbout,
    { lhr, repeat }: Take,
    files: { html: string; json: string },
  ): void {
    this.#recorder.write({
      t: Date.now(),
      kind: 'event',
      name: 'audit-concluded',
      role,
      journey,
      data: {
        audit: name,
        mode: lhr.gatherMode,
        representative: repeat,
        file: files.html,
        json: files.json,
        formFactor: this.#formFactor,
        throttling: effectiveThrottling(lhr.configSettings),
        ...(isCutOff(lhr) && { isCutOff: true }),
        opportunities: opportunitiesOf(lhr),
        accessibility: accessibilityOf(lhr),
        film: lhr.gatherMode === 'navigation' ? this.#film(name, lhr) : [],
      },
    });
  }

  #film(name: string, lhr: Result): Array<{ ms: number; file: string }> {
    return filmOf(lhr).map(({ ms, data }, at) => {
      const file = `${FOLDER}/${fileName(name)}-${at + 1}.jpg`;
      writeFileSync(join(this.#runDir, file), data);
      return { ms: Math.round(ms), file };
    });
  }
}

/** `/admin/users` → `admin-users`, `/` → `home`. */
export function fileName(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
}

function sampleOf({ name, role, journey }: AuditAbout, mode: AuditMode, repeat: number) {
  return {
    t: Date.now(),
    kind: 'audit' as const,
    name,
    role,
    journey,
    via: 'browser' as const,
    mode,
    repeat,
  };
}

/** The folder of a site: one that this command made, or an empty one. What belongs to no page any more is removed. */
import { cpSync, existsSync, globSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { makeFolder } from '../../config/writable-folder.ts';

/** Says that a folder is a site, so that no other folder is overwritten. */
const MARK = 'loadtest-site.json';

export class SiteFolder {
  private readonly written = new Set<string>();
  private readonly folder: string;

  /** @throws {ConfigError} one line: it is a file, has something else in it, or cannot be written */
  constructor(folder: string) {
    this.folder = folder;
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats && !stats.isDirectory())
      throw new ConfigError(`${folder}: a file, where the site is a folder. Name another.`);
    this.trying(folder, () => {
      if (stats && readdirSync(folder).length > 0 && !existsSync(join(folder, MARK)))
        throw new ConfigError(
          `${folder}: not empty, and no site that this command made. Name a new folder, or an empty one.`,
        );
      makeFolder(folder);
      writeFileSync(join(folder, MARK), '{ "schema": 1, "madeBy": "npx loadtest site" }\n');
    });
  }

  /** @throws {ConfigError} it cannot be written */
  write(path: string, text: string): void {
    const file = join(this.folder, path);
    this.trying(file, () => {
      makeFolder(dirname(file));
      writeFileSync(file, text);
    });
    this.written.add(path);
  }

  /** Copies all of a run directory that its report links to: samples are no part of it. */
  copyReport(directory: string, path: string): boolean {
    const to = join(this.folder, 'reports', path);
    this.trying(to, () => {
      makeFolder(dirname(to));
      cpSync(directory, to, {
        recursive: true,
        filter: (file) => !/^samples\.ndjson|\.part$|\.new$/.test(basename(file)),
      });
    });
    return this.hasReport(path);
  }

  /** Whether it has one, of this time or of an earlier one; it stays then. */
  hasReport(path: string): boolean {
    const has = existsSync(join(this.folder, 'reports', path, 'index.html'));
    if (has) this.written.add(`reports/${path}`);
    return has;
  }

  /** Of a run that the history has and this suite cannot read: a page and a report of an earlier time stay. */
  keep(path: string): void {
    this.written.add(`runs/${path}.html`).add(`reports/${path}`);
  }

  /** Pages and reports of runs that the history has no longer. */
  removeOthers(): void {
    const pages = globSync(['runs/*/*/*.html', 'profiles/*/*.html'], { cwd: this.folder });
    const reports = globSync('reports/*/*/*', { cwd: this.folder });
    for (const path of [...pages, ...reports].filter((one) => !this.written.has(one))) {
      const file = join(this.folder, path);
      this.trying(file, () => rmSync(file, { recursive: true }));
    }
  }

  private trying(file: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      throw new ConfigError(
        `${file}: cannot be written (${code}). Make it writable, or name another folder.`,
      );
    }
  }
}

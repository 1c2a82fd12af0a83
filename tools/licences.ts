/** Licences of the installed packages: those under which the suite may be used and passed on, and those that somebody must look at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SPDX names (https://spdx.org/licenses/). MPL-2.0: of whole files, which are used as they are. */
const ALLOWED = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
  ],
  ...['MPL-2.0', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib', 'CC-BY-3.0', 'CC-BY-4.0'],
]);

export interface InstalledPackage {
  /** Folder, e.g. `node_modules/zod`. */
  folder: string;
  /** As the package says it; empty: it says nothing. */
  licence: string;
}

/**
 * Every package below `node_modules`, without the workspaces, which are the suite's own.
 * @param root folder of the project
 */
export function installedPackages(root: string): InstalledPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
  const packages: Record<string, { link?: boolean }> = lock.packages;
  return Object.entries(packages).flatMap(([folder, { link }]) => {
    const file = join(root, folder, 'package.json');
    if (link || !folder.startsWith('node_modules/') || !existsSync(file)) return [];
    return [{ folder, licence: licenceIn(JSON.parse(readFileSync(file, 'utf8'))) }];
  });
}

/** Old packages have a list, or an object with a type. */
function licenceIn({ license, licenses }: { license?: unknown; licenses?: unknown }): string {
  const one = (given: unknown): string =>
    typeof given === 'string' ? given : String((given as { type?: unknown } | null)?.type ?? '');
  if (Array.isArray(licenses) && !license) return licenses.map(one).join(' OR ');
  return one(license ?? licenses ?? '');
}

/** A line for each package whose licence is not allowed, or that names none. */
export function licenceProblems(packages: readonly InstalledPackage[]): string[] {
  return packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(
      ({ folder, licence }) =>
        `${folder}: ${licence === '' ? 'names no licence' : `licence ${licence} is not among the allowed ones`}. Read it, then take another package, or add it to tools/licences.ts.`,
    );
}

/** An SPDX expression of names, AND and OR: AND binds more closely. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
function isAllowed(expression: string): boolean {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner) return isAllowed(expression.replace(inner[0], isAllowed(inner[1] ?? '') ? 'MIT' : 'NONE'));
  return expression
    .split(/\s+OR\s+/)
    .some((all) => all.split(/\s+AND\s+/).every((name) => ALLOWED.has(name.trim())));
}

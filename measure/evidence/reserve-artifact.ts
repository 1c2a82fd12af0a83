import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash32 } from '../../fixtures/data/random.ts';
import { errorGroup } from '../run/error-group.ts';
import type { ErrorFacts } from '../run/error-kind.ts';

/** How many failures of each distinct error are kept; the first tell enough, all cost disk. */
const DEFAULT_KEEP = 3;

/** A failure's kind and text. */
export type FailureText = ErrorFacts & { error: string };

export interface EvidenceOptions {
  runDir: string;
  session: string;
  /** Texts that must be in no file, e.g. the session's password. */
  secrets?: readonly string[];
  /** How many failures of each distinct error are kept; default 3. */
  keep?: number;
}

/** Gives the file, relative to the run directory, of the evidence with this ending; undefined: there are enough. */
export type ReserveArtifact = (ending: string) => string | undefined;

/**
 * Where the evidence of one failure lies. Files are counted, whichever thread or process wrote them, and a file that
 * was given away exists from then on: failures at the same moment count each other.
 */
export function artifactReserver(
  { runDir, session, keep = DEFAULT_KEEP }: EvidenceOptions,
  what: string,
  { error, ...facts }: FailureText,
): ReserveArtifact {
  const kind = `${fileName(what)}-${hash32(errorGroup(what, facts, error)).toString(36)}-`;
  const base = `artifacts/${kind}${session}-${Date.now().toString(36)}`;
  return (ending) => {
    const folder = join(runDir, 'artifacts');
    mkdirSync(folder, { recursive: true });
    const kept = readdirSync(folder).filter((name) => name.startsWith(kind) && name.endsWith(ending));
    if (kept.length >= keep) return undefined;
    writeFileSync(join(runDir, `${base}${ending}`), '');
    return `${base}${ending}`;
  };
}

function fileName(what: string): string {
  return what
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}

/** Variables of the suite, of entries in config/environments.yml and of the embedded scheduler, as each place describes its own. */
import { parse } from 'yaml';

export interface DescribedVariable {
  /** Heading of the part of the file that it stands in. */
  part: string;
  name: string;
  /** What may be written, e.g. "true or false". */
  values: string;
  /** What counts where it is not set; "none" where nothing does. */
  otherwise: string;
  meaning: string;
}

const PART = /^# --- (.*?) -+$/;
const NAME = /^([A-Z][A-Z0-9_]*)=/;
/** `<values>, default <value>. <meaning>` or `<values>, no default. <meaning>` */
const DESCRIPTION = /^(.+?)[,;] (?:no default|default:? (.+?))\. (.+)$/;

/**
 * What the text of `.env.example` says of each variable: the comment above it.
 * @throws Error where a variable's comment says not what may be written, or not what its default is
 */
export function describedVariables(example: string): DescribedVariable[] {
  const found: DescribedVariable[] = [];
  let part = '';
  let comment: string[] = [];
  for (const line of example.split('\n')) {
    const [, heading] = PART.exec(line) ?? [];
    const [, name] = NAME.exec(line) ?? [];
    if (heading) part = heading;
    else if (line.startsWith('# ')) comment.push(line.slice(2));
    if (name) found.push({ part, name, ...described(name, comment.join(' ')) });
    if (heading || !line.startsWith('# ')) comment = [];
  }
  return found;
}

function described(name: string, comment: string): Omit<DescribedVariable, 'part' | 'name'> {
  const [, values, otherwise, meaning] = DESCRIPTION.exec(comment) ?? [];
  if (values === undefined || meaning === undefined)
    throw new Error(
      `${name}: '${comment}' is no description. Write what it may be, its default, and what it means.`,
    );
  return { values, otherwise: otherwise ?? 'none', meaning };
}

/** Variables that the text of config/environments.yml refers to, with entry and key: `staging.baseUrl`. */
export function referredVariables(environments: string): Array<readonly [name: string, key: string]> {
  const entries = parse(environments) as Record<string, Record<string, unknown>>;
  return Object.entries(entries).flatMap(([entry, values]) =>
    Object.entries(values).flatMap(([key, value]) =>
      [...JSON.stringify(value).matchAll(/\$\{(\w+)\}/g)].map(
        ([, name = '']) => [name, `${entry}.${key}`] as const,
      ),
    ),
  );
}

/** Rows of the table of variables in the text of fixtures/scheduler/server/settings.ts. */
export function schedulerVariables(settings: string): DescribedVariable[] {
  const rows = settings.matchAll(/^ \* \| ([A-Z][A-Z0-9_]*) *\| (.+?) *\| (.+?) *\| (.+?) *\|$/gm);
  return [...rows].map(([, name = '', values = '', otherwise = '', meaning = '']) => ({
    part: '',
    name,
    values,
    otherwise: otherwise.replace(/^\(none\)$/, 'none'),
    meaning,
  }));
}

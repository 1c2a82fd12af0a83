import { readFileSync, writeFileSync } from 'node:fs';
import { masker } from '../run/mask.ts';
import { readZip, writeZip } from './zip.ts';

/** A byte that no text of a trace holds: pictures and fonts are left as they are. */
const NUL = 0;
/** Lines of JSON, which Playwright's viewer reads; all else is what pages loaded. */
const OF_TRACE = /\.(trace|network|stacks)$/;
/** Keys whose values are words of the trace itself. With a password like `before` or `click` it would not open any more. */
const WORDS: ReadonlySet<string> = new Set(
  `type class method apiName browserName platform sdkLanguage httpVersion mimeType callId
  parentId stepId pageId contextId frameId pageref _frameref guid group sha1 _sha1
  snapshotName beforeSnapshot afterSnapshot inputSnapshot doctype origin`.split(/\s+/),
);
/** A page as a tree: `["INPUT", {"value": "…"}, …]`. */
const TREE = 'html';

type Mask = (text: string) => string;

/** Copies a Playwright trace without the secrets in it: actions, network, snapshots, bodies, the console. */
export function copyMasked(from: string, to: string, mask: Mask): void {
  const entries = readZip(readFileSync(from)).map(({ name, content }) => ({
    name,
    content: content.includes(NUL) ? content : Buffer.from(masked(name, content.toString('utf8'), mask)),
  }));
  writeFileSync(to, writeZip(entries));
}

function masked(name: string, text: string, mask: Mask): string {
  if (!OF_TRACE.test(name)) return mask(text);
  return text
    .split('\n')
    .map((line) => maskedLine(line, mask))
    .join('\n');
}

/** What is named like a secret, by the key or name beside it. */
const named = masker([]);

/** Numbers and keys stay: a password of digits is in many of them. */
function maskedLine(line: string, mask: Mask): string {
  if (line === '') return line;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return mask(line);
  }
  return named(JSON.stringify(maskedValue(parsed, mask, '')));
}

/** @param key under which the value stands, that of a list for what is in it */
function maskedValue(value: unknown, mask: Mask, key: string): unknown {
  if (typeof value === 'string') return WORDS.has(key) ? value : maskedText(value, mask);
  if (Array.isArray(value)) {
    // First in each branch of a tree is the element's name.
    return value.map((part, index) =>
      key === TREE && index === 0 && typeof part === 'string' ? part : maskedValue(part, mask, key),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, maskedValue(part, mask, name)]),
  );
}

/** In quotes, since a short password is hidden only where it is a whole text. */
function maskedText(text: string, mask: Mask): string {
  const quoted = mask(JSON.stringify(text));
  try {
    return String(JSON.parse(quoted));
  } catch {
    return mask(text);
  }
}

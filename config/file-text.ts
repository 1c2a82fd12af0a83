/** The text of a file that somebody wrote by hand: UTF-8, or refused by the name of its encoding. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ConfigError } from './errors.ts';

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

const SAVE = 'Save it as UTF-8.';

/**
 * Reads a file as UTF-8, without a byte order mark.
 * @param shown name of the file in messages
 * @param fix what to do about a file that cannot be read, e.g. `Restore the file.`
 * @param kind of file that is expected, e.g. `a YAML file`
 * @throws {ConfigError} one line: the file cannot be read, or is not UTF-8
 */
export function readFileText(file: string | URL, shown: string, fix: string, kind = 'a YAML file'): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const why = WHY_UNREADABLE[code];
    throw new ConfigError(`${shown}: cannot be read (${code})${why ? `: ${why}` : ''}. ${fix}`);
  }
  const encoding = foreignEncoding(bytes);
  if (encoding) throw new ConfigError(`${shown}: encoded as ${encoding}. ${SAVE}`);
  if (!isUtf8(bytes)) {
    throw new ConfigError(
      `${shown}:${lineOfStrangeByte(bytes)}: not UTF-8 but another encoding, e.g. Latin-1. ${SAVE}`,
    );
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new ConfigError(`${shown}: a binary file. Name ${kind}.`);
  return new TextDecoder().decode(bytes);
}

/** Byte order marks: https://www.unicode.org/faq/utf_bom.html#bom4. Without one, the zero bytes of ASCII characters tell. */
function foreignEncoding(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32';
  if (start.startsWith('fffe') || start.startsWith('feff')) return 'UTF-16';
  if (!bytes.includes(0)) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const isEverySecond = Math.max(even, odd) >= bytes.length / 4 && Math.min(even, odd) === 0;
  return bytes.length > 1 && isEverySecond ? 'UTF-16' : undefined;
}

/** A line feed is never part of another character of UTF-8. */
function lineOfStrangeByte(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

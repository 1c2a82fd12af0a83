/** The text of an answer's body, whatever way it was encoded on the wire. */
import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** No answer of the application is nearly as long when unpacked (bytes): more would be a decompression bomb. */
const LONGEST = 256 * 1024 * 1024;
const LIMIT = { maxOutputLength: LONGEST };

/** Names are case-insensitive: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const DECODERS: Record<string, (body: Buffer) => Buffer> = {
  identity: (body) => body,
  gzip: (body) => gunzipSync(body, LIMIT),
  'x-gzip': (body) => gunzipSync(body, LIMIT),
  deflate: inflate,
  br: (body) => brotliDecompressSync(body, LIMIT),
  zstd: (body) => zstdDecompressSync(body, LIMIT),
};

/** By the standard `deflate` is zlib's format; some servers send the bare one, and browsers take both. */
function inflate(body: Buffer): Buffer {
  const isZlib = body.length >= 2 && ((body[0] as number) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
  return isZlib ? inflateSync(body, LIMIT) : inflateRawSync(body, LIMIT);
}

/**
 * Decodes the body as `Content-Encoding` lists it (the last encoding was applied last), without a byte order mark.
 * @throws Error when the body is not encoded as it says, or in a way that nobody here knows
 */
export function bodyText({ 'content-encoding': encoding }: IncomingHttpHeaders, body: Buffer): string {
  let decoded = body;
  if (encoding !== undefined) {
    for (const name of encoding.split(',').reverse()) decoded = decoderOf(name)(decoded);
  }
  const text = decoded.toString('utf8');
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

const BYTE_ORDER_MARK = 0xfeff;

function decoderOf(name: string): (body: Buffer) => Buffer {
  const decoder = DECODERS[name.trim().toLowerCase() || 'identity'];
  if (!decoder) throw new Error(`content encoding "${name.trim()}" is not known`);
  return decoder;
}

/** `application/json`, `application/problem+json; charset=utf-8`: type names are case-insensitive (RFC 9110, 8.3.1). */
export function isJsonType(type: string | undefined): boolean {
  return type !== undefined && (type.includes('json') || type.toLowerCase().includes('json'));
}

/** As Lighthouse: less text is not worth compressing (https://developer.chrome.com/docs/lighthouse/performance/uses-text-compression). */
const LEAST_BYTES = 1400;
const TEXT = /json|text|xml|javascript/i;

/**
 * True of a body of text that is worth compressing and came without compression; undefined of any other.
 * @param bytes of the body as it came
 */
export function isUncompressed(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  bytes: number | undefined,
): true | undefined {
  if (bytes === undefined || !(bytes >= LEAST_BYTES)) return undefined;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') return undefined;
  return TEXT.test(String(headers['content-type'] ?? '')) || undefined;
}

/**
 * What a page loads that it need not, from what was seen of it. Thresholds are Lighthouse's, so that what is not worth a change is not named:
 * https://github.com/GoogleChrome/lighthouse/tree/main/core/audits/byte-efficiency
 */

export type ResourceRule =
  | 'uncompressed text'
  | 'no cache headers'
  | 'duplicate request'
  | 'image larger than shown'
  | 'unused JavaScript'
  | 'unused CSS';

export interface ResourceFinding {
  rule: ResourceRule;
  /** Path, with its origin where that is not the page's; never with a query. */
  url: string;
  /** Path of the page that asked for it first. */
  page: string;
  /** Over the network, of one request. */
  bytes: number;
  /** Bytes that need not have been sent, of those of this pass; of cache headers: at each further visit. */
  saving: number;
  /** Of what the saving is. */
  note: string;
}

/** One answer that came over the network. */
export interface LoadedResource {
  /** As `ResourceFinding`; `address`: whole. */
  url: string;
  address: string;
  page: string;
  type: string;
  method: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** When it was sent, ms. */
  sent: number;
  bytes: number;
  /** Of uncompressed text: what gzip would make of it. */
  gzipped?: number;
}

/** Pixels of an image as it came, and as it was shown (device pixels). */
export interface ShownImage {
  address: string;
  natural: number;
  shown: number;
}

/** Of a script or style sheet: characters, and those that were not used. */
export interface Coverage {
  kind: 'JavaScript' | 'CSS';
  address: string;
  length: number;
  unused: number;
}

const TEXT_LEAST = 1400;
const IMAGE_LEAST = 4096;
const UNUSED_LEAST = { JavaScript: 20_480, CSS: 10_240 } as const;
/** Later the same may be asked for since it may have changed, as a page does that polls. */
const SAME_WITHIN_MS = 1000;
const CACHED_TYPES = ['script', 'stylesheet', 'image', 'font'];

export function resourceFindings(
  loaded: readonly LoadedResource[],
  images: readonly ShownImage[],
  coverage: readonly Coverage[],
): ResourceFinding[] {
  const good = loaded.filter(({ status }) => status === 200);
  const byAddress = Map.groupBy(good, ({ address }) => address);
  const firsts = [...byAddress.values()].flatMap(([first]) => first ?? []);
  const writes = loaded
    .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
    .map(({ sent }) => sent);
  const found = [
    ...firsts.flatMap(uncompressed),
    ...firsts.flatMap(withoutCacheHeaders),
    ...[...Map.groupBy(good, ({ method, address }) => `${method} ${address}`).values()].flatMap((all) =>
      duplicates(all, writes),
    ),
    ...images.flatMap((image) => tooLarge(image, byAddress.get(image.address)?.[0])),
    ...coverage.flatMap((one) => unused(one, byAddress.get(one.address)?.[0])),
  ];
  return found.sort((a, b) => b.saving - a.saving);
}

function about({ url, page, bytes }: LoadedResource) {
  return { url, page, bytes };
}

function uncompressed(one: LoadedResource): ResourceFinding[] {
  const saving = one.bytes - (one.gzipped ?? one.bytes);
  if (saving < TEXT_LEAST) return [];
  return [{ rule: 'uncompressed text', ...about(one), saving, note: 'less with gzip' }];
}

function withoutCacheHeaders(one: LoadedResource): ResourceFinding[] {
  const { headers, type, bytes } = one;
  if (!CACHED_TYPES.includes(type) || headers['cache-control'] || headers.expires) return [];
  return [{ rule: 'no cache headers', ...about(one), saving: bytes, note: 'at each further visit' }];
}

/** @param writes when something was changed: what is asked for after it may be another thing */
function duplicates(all: readonly LoadedResource[], writes: readonly number[]): ResourceFinding[] {
  const inOrder = all.toSorted((one, other) => one.sent - other.sent);
  const [first] = inOrder;
  if (first?.method !== 'GET') return [];
  const again = inOrder.filter((one, index) => {
    const before = inOrder[index - 1];
    if (!before || one.page !== before.page || one.sent - before.sent > SAME_WITHIN_MS) return false;
    return !writes.some((sent) => sent >= before.sent && sent <= one.sent);
  });
  if (again.length === 0) return [];
  const saving = again.reduce((sum, { bytes }) => sum + bytes, 0);
  const times = again.length + 1;
  return [
    {
      rule: 'duplicate request',
      ...about(again[0] ?? first),
      saving,
      note: `asked for ${times} times within ${SAME_WITHIN_MS / 1000} s`,
    },
  ];
}

function tooLarge({ natural, shown }: ShownImage, one?: LoadedResource): ResourceFinding[] {
  if (!one || shown <= 0 || shown >= natural || /svg/.test(one.headers['content-type'] ?? '')) return [];
  const saving = Math.round(one.bytes * (1 - shown / natural));
  if (saving < IMAGE_LEAST) return [];
  const times = Math.round((natural / shown) * 10) / 10;
  return [
    { rule: 'image larger than shown', ...about(one), saving, note: `${times} times the pixels shown` },
  ];
}

function unused({ kind, length, unused: characters }: Coverage, one?: LoadedResource): ResourceFinding[] {
  if (!one || length === 0) return [];
  const saving = Math.round((one.bytes * characters) / length);
  if (saving < UNUSED_LEAST[kind]) return [];
  return [
    {
      rule: `unused ${kind}`,
      ...about(one),
      saving,
      note: `${Math.round((characters / length) * 100)} % of it unused in this journey`,
    },
  ];
}

/** Each fault that is planted on a page is found, with its bytes and what it would save, and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { ResourceWatch } from '../../measure/resources/resource-watch.ts';
import { seeded } from '../analysis/synthetic-run.ts';

type Fault = 'plain' | 'twice around a write' | 'uncached' | 'twice' | 'large' | 'script' | 'sheet';
/** Hardly compressible. */
const noise = (length: number) => {
  const random = seeded(1);
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(26 * random()))).join('');
};
const USED = 'function used() { document.title = "used"; } used();';

/** 24-bit picture of 200 × 200 pixels. */
function bitmap(): Buffer {
  const [side, head] = [200, 54];
  const picture = Buffer.alloc(head + side * side * 3, 120);
  picture.fill(0, 0, head);
  picture.write('BM', 0);
  picture.writeUInt32LE(picture.length, 2);
  picture.writeUInt32LE(head, 10);
  picture.writeUInt32LE(40, 14);
  picture.writeInt32LE(side, 18);
  picture.writeInt32LE(side, 22);
  picture.writeUInt16LE(1, 26);
  picture.writeUInt16LE(24, 28);
  return picture;
}

async function findingsOf(page: Page, fault?: Fault) {
  const picture = bitmap();
  const width = fault === 'large' ? 100 : 200;
  const script =
    fault === 'script' ? `${USED} function never() { return "${noise(60_000)}"; }` : USED.padEnd(3000);
  const sheet =
    fault === 'sheet'
      ? `main { color: red } .never::after { content: "${noise(30_000)}" }`
      : 'main { color: red }';
  const body = `<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="/a.css"><main>${' text'.repeat(800)}</main>
<img src="/a.bmp" width="${width}" height="${width}"><script src="/a.js"></script>
<script>const ask = () => fetch('/api/v1/things').then((answer) => answer.text()); ask()${fault === 'twice' ? ', ask()' : ''}${fault === 'twice around a write' ? ".then(() => fetch('/api/v1/things', { method: 'POST' })).then((answer) => answer.text()).then(ask)" : ''};</script>`;
  const files: Record<string, [type: string, content: string | Buffer]> = {
    '/a.js': ['text/javascript', script],
    '/a.css': ['text/css', sheet],
    '/a.bmp': ['image/bmp', picture],
    '/api/v1/things': ['application/json', '{}'],
  };
  const server = createServer(({ url = '' }, response) => {
    const [type, content] = files[url] ?? ['text/html', body];
    const isPlain = type.startsWith('image') || (fault === 'plain' && url === '/page');
    const caches =
      fault === 'uncached' && url === '/a.js'
        ? undefined
        : url.startsWith('/api')
          ? 'no-store'
          : 'max-age=60';
    response.writeHead(200, {
      'content-type': type,
      ...(!isPlain && { 'content-encoding': 'gzip' }),
      ...(caches && { 'cache-control': caches }),
    });
    response.end(isPlain ? content : gzipSync(content));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const watch = await ResourceWatch.start(page);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`, {
    waitUntil: 'networkidle',
  });
  const findings = await watch.stop();
  server.closeAllConnections();
  server.close();
  return findings.map(({ rule, url, page: of, bytes, saving, note }) => ({
    rule,
    url,
    page: of,
    share: Math.round((saving / bytes) * 100),
    note,
  }));
}

test('a page without a fault has no finding, and what is asked for again after a write is none', async ({
  page,
  context,
}) => {
  expect(await findingsOf(page)).toEqual([]);
  expect(await findingsOf(await context.newPage(), 'twice around a write')).toEqual([]);
});

const CASES: Array<
  [fault: Fault, rule: string, url: string, leastShare: number, mostShare: number, note: RegExp]
> = [
  ['plain', 'uncompressed text', '/page', 80, 99, /less with gzip/],
  ['uncached', 'no cache headers', '/a.js', 100, 100, /at each further visit/],
  ['twice', 'duplicate request', '/api/v1/things', 100, 100, /asked for 2 times within 1 s/],
  ['large', 'image larger than shown', '/a.bmp', 75, 75, /4 times the pixels shown/],
  ['script', 'unused JavaScript', '/a.js', 98, 100, /(99|100) % of it unused/],
  ['sheet', 'unused CSS', '/a.css', 98, 100, /(99|100) % of it unused/],
];
for (const [fault, rule, url, least, most, note] of CASES)
  test(`a page with the fault "${fault}" has the finding "${rule}", and no other`, async ({ page }) => {
    const findings = await findingsOf(page, fault);
    expect(findings).toEqual([
      { rule, url, page: '/page', share: expect.any(Number), note: expect.stringMatching(note) },
    ]);
    expect(findings[0]?.share).toBeGreaterThanOrEqual(least);
    expect(findings[0]?.share).toBeLessThanOrEqual(most);
  });

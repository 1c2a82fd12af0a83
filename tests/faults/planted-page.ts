/** A page of the embedded scheduler with a fault planted into its document on the way to the browser. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';
import { seededRandom } from '../../fixtures/data/random.ts';

/** Needs no sign-in. */
export const PLANTED_PAGE = '/login';
const SCRIPT = '/planted/script.js';
const IMAGE = '/planted/image.png';
const IMAGE_PIXELS = 400;
/** In a corner, so that nothing else on the page moves. */
const CORNER = 'position:fixed;right:0;bottom:0';

/** What is written into the document, at the end of its head. */
export const PLANTED = {
  'script of 300 kB': `<script src="${SCRIPT}" defer></script>`,
  // Lighthouse counts no work before the page is painted as blocking.
  '400 ms of work on the main thread': whenPainted(`setTimeout(() => {
      const begun = performance.now();
      while (performance.now() - begun < 400);
    }, 200);`),
  'button without a name': whenLoaded(
    `<button type="button" style="${CORNER};width:48px;height:48px"></button>`,
  ),
  // A panel that covers the window before and after its move, three tenths of the window's longer side down.
  'layout shift of 0.3': whenPainted(`
    const way = 0.3 * Math.max(innerWidth, innerHeight);
    const panel = document.createElement('div');
    panel.style.cssText = 'position:fixed;left:0;top:0;width:100%;background:#eee;z-index:9;height:' + (innerHeight - way) + 'px';
    document.body.append(panel);
    const move = () => void (panel.style.top = way + 'px');
    requestAnimationFrame(() => setTimeout(move, 600));`),
  'request sent again': `<script>
    addEventListener('load', () => void fetch(document.querySelector('link[rel=stylesheet]').href, { cache: 'no-store' }));
  </script>`,
  'image of twice the size': whenLoaded(
    `<img src="${IMAGE}" width="${IMAGE_PIXELS / 2}" height="${IMAGE_PIXELS / 2}" alt="Noise" style="${CORNER}">`,
  ),
} as const;
export type PlantedFault = keyof typeof PLANTED;

function whenPainted(work: string): string {
  return `<script>
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      ${work}
    }).observe({ type: 'paint', buffered: true });
  </script>`;
}

/** The application draws its own body. */
function whenLoaded(element: string): string {
  return `<script>addEventListener('load', () => document.body.insertAdjacentHTML('beforeend', '${element}'));</script>`;
}

export interface PlantedTarget {
  url: string;
  /** From now on the document has this, or nothing. */
  plant(fault: PlantedFault | undefined): void;
  close(): Promise<void>;
}

/** Stands before a target and passes everything on, but for the document of the one page. */
export async function startPlantedTarget(target: string): Promise<PlantedTarget> {
  let planted = '';
  const files: Record<string, [type: string, body: Buffer]> = {
    [SCRIPT]: ['text/javascript', Buffer.from(unusedScript(300_000))],
    [IMAGE]: ['image/png', noise(IMAGE_PIXELS)],
  };
  const server = createServer((incoming, outgoing) => {
    const [type, body] = files[incoming.url ?? ''] ?? [];
    if (type)
      outgoing.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=31536000' }).end(body);
    else if (incoming.url === PLANTED_PAGE)
      pass(incoming, outgoing, target, (html) => html.replace('</head>', `${planted}</head>`));
    else pass(incoming, outgoing, target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant: (fault) => {
      planted = fault ? PLANTED[fault] : '';
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: string,
  changed?: (html: string) => string,
): void {
  const { method, headers } = incoming;
  const sent = changed ? { ...headers, 'accept-encoding': 'identity' } : headers;
  const forward = request(new URL(incoming.url ?? '/', target), { method, headers: sent }, (answer) => {
    if (!changed) {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('end', () => {
      const { 'content-length': _length, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, kept).end(changed(Buffer.concat(parts).toString()));
    });
  });
  forward.on('error', () => outgoing.destroy());
  incoming.pipe(forward);
}

/** Functions that nothing calls, without blanks that could be left out. */
function unusedScript(bytes: number): string {
  let text = '';
  for (let at = 0; text.length < bytes; at += 1)
    text += `function unused${at}(a){return a+"${at.toString().padStart(40, 'x')}"}`;
  return text.slice(0, text.lastIndexOf('}', bytes - 1) + 1).padEnd(bytes, ';');
}

/** A square of grey noise, which no format makes small. PNG: https://www.w3.org/TR/png-3/ */
function noise(side: number): Buffer {
  const random = seededRandom('planted image');
  const rows = Buffer.alloc(side * (side + 1));
  for (let at = 0; at < rows.length; at += 1) rows[at] = at % (side + 1) === 0 ? 0 : random.int(0, 255);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8; // bits, grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}

/**
 * A target that costs as little as it can: a process of its own that answers every request with the same bytes on
 * connections that stay open, at once or after a fixed delay. It knows just enough of the scheduler's contract for the
 * suite to take it for one.
 */

import { type AddressInfo, createServer, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

const NOW = '2026-11-26T10:00:00';
const ROW = { id: 'r1', created_at: NOW, updated_at: NOW };
const ADDRESS = 'resident1@bench.test';

/** What the operations of a reader's journey want, each 0.6 kB as a short list of the real API. */
const LISTS: Record<string, object> = {
  '/people': {
    ...ROW,
    name: 'Bench Resident',
    type: 'resident',
    email: ADDRESS,
    pgy_level: 1,
    performs_procedures: false,
    specialties: [],
    sunday_call_count: 0,
    weekday_call_count: 0,
    fmit_weeks_count: 0,
  },
  '/blocks': {
    ...ROW,
    date: '2026-11-26',
    time_of_day: 'AM',
    block_number: 5,
    is_weekend: false,
    is_holiday: false,
  },
  '/assignments': { ...ROW, block_id: 'b1', person_id: ROW.id, role: 'primary', notes: null },
  '/rotation-templates': {
    ...ROW,
    name: 'Bench',
    rotation_type: 'inpatient',
    template_category: 'rotation',
    is_archived: false,
  },
};
const DASHBOARD = {
  user: { id: 'u1', name: 'Bench Resident', role: 'resident' },
  upcoming_schedule: [],
  pending_swaps: [],
  absences: [],
  summary: { pending_swap_count: 0, upcoming_absences_count: 0 },
};
const TOKENS = { access_token: 'token', refresh_token: 'refresh', token_type: 'bearer' };
const USER = { id: 'u1', username: 'resident1', email: ADDRESS, role: 'resident', is_active: true };

function padded(value: object): object {
  return { ...value, padding: '-'.repeat(600 - JSON.stringify({ ...value, padding: '' }).length) };
}

function answer(status: string, type: string, text: string): Buffer {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  return Buffer.from(`${head}connection: keep-alive${HEAD_END}${text}`);
}
const ofJson = (value: unknown, status = '200 OK') =>
  answer(status, 'application/json', JSON.stringify(value));

const KNOWN = ofJson(USER);
const UNKNOWN = ofJson({ detail: 'Not authenticated' }, '401 Unauthorized');
/** By the path below the API base, then by the path of a page. */
const ANSWERS = new Map<string, Buffer | ((head: string) => Buffer)>([
  ...Object.entries(LISTS).map(([path, row]): [string, Buffer] => [
    path,
    ofJson(padded({ items: [row], total: 1 })),
  ]),
  ['/me/dashboard', ofJson(padded(DASHBOARD))],
  ['/auth/login', ofJson(TOKENS)],
  ['/auth/logout', ofJson({ message: 'bye' })],
  ['/auth/me', (head) => (/\r\nauthorization:/i.test(head) ? KNOWN : UNKNOWN)],
  ['/login', answer('200 OK', 'text/html', '<!doctype html><title>login</title>')],
]);
const NOT_FOUND = ofJson({ detail: 'Not Found' }, '404 Not Found');

function answerTo(head: string): Buffer {
  const from = head.indexOf(' ') + 1;
  const query = head.indexOf('?', from);
  const end = head.indexOf(' ', from);
  const path = head.slice(from, query > 0 && query < end ? query : end);
  const found = ANSWERS.get(path.startsWith(API) ? path.slice(API.length) : path) ?? NOT_FOUND;
  return typeof found === 'function' ? found(head) : found;
}
const API = '/api/v1';

let count = 0;
let delayMs = 0;

/** One request after the other, as HTTP/1.1 without pipelining has it. */
function serve(socket: Socket): void {
  socket.setNoDelay(true);
  let held = '';
  socket.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    const end = held.indexOf(HEAD_END);
    if (end < 0) return;
    const head = held.slice(0, end);
    const length = head.startsWith('GET') ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (held.length < end + HEAD_END.length + length) return;
    held = '';
    count += 1;
    const bytes = answerTo(head);
    if (delayMs === 0) socket.write(bytes);
    else setTimeout(() => socket.write(bytes), delayMs);
  });
  socket.on('error', () => socket.destroy()); // a generator that was ended breaks its connections off
}

export type ToServer = { type: 'delay'; ms: number } | { type: 'count' };
export type FromServer = { type: 'listening'; port: number } | { type: 'count'; count: number };

const tell = (message: FromServer) => process.send?.(message);
const server = createServer(serve).listen(0, '127.0.0.1', () =>
  tell({ type: 'listening', port: (server.address() as AddressInfo).port }),
);
process.on('message', (message: ToServer) => {
  if (message.type === 'delay') delayMs = message.ms;
  else tell({ type: 'count', count });
});
process.once('disconnect', () => process.exit());

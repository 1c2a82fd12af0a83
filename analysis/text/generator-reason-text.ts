/** Sentences for what disturbed the generator, or made it measure itself. */
import { duration, intoRun, milliseconds, percent, plural } from '../format.ts';
import type { GeneratorReasons } from '../summary/reason.ts';

/** Of the time of a stop: with more CPU time than this the process itself was busy. */
const BUSY_SHARE = 0.5;

export const GENERATOR_TEXTS: {
  [Code in keyof GeneratorReasons]: (facts: GeneratorReasons[Code]) => string;
} = {
  'clock-jumped': ({ ms, at, more }) =>
    `the generator's clock jumped by ${signed(ms)} ${into(at)}: lateness, latencies from due, step times across it and the timeline are wrong by as much${further(more)}`,
  'stood-still': ({ ms, at, cpuMs, more }) =>
    `the generator stood still for ${seconds(ms)}${at === undefined ? '' : `, ${into(at)}`} (${whyStill(ms, cpuMs)})${further(more)}`,
  suspended: ({ ms, at, programs, more }) =>
    `a part of the generator was suspended for about ${seconds(ms)}, ${into(at)} (${programs ?? 'unnamed'}): its users waited for it, not for the target${further(more)}`,
  'temporary-folder-full': ({ at, why }) =>
    `the generator's temporary folder was full, ${into(at)} (${why ?? 'no reason known'}): browsers and traces could write no more; make room there, set TMPDIR to a folder that has more, or set TRACE=off`,
  'users-late': ({ p95, limit }) =>
    `sessions started late: p95 ${milliseconds(p95)} after their time, limit ${milliseconds(limit)}`,
  'loop-delayed': ({ p95, limit }) =>
    `the generator's event loop was delayed: p95 ${milliseconds(p95)}, limit ${milliseconds(limit)}`,
  'loop-waits': (found) => `answers waited for the generator: ${waits(found)}`,
  'loop-busy': (found) => `the event loop that times HTTP requests was too busy: ${busy(found)}`,
  'cpu-exhausted': ({ p95, limit }) =>
    `the generator was short of CPU: p95 ${percent(p95)} of all cores, limit ${percent(limit)}`,
  'generator-stalled': ({ seconds: count, of, at = [], worstMs, requests = 0, steps = 0, limit }) => {
    const named = at.map(intoRun).join(', ');
    const when = named && ` (${named}${count > at.length ? ', …' : ''} into the run)`;
    const what = `${plural(requests, 'request')} and ${plural(steps, 'step')}`;
    const overlap =
      worstMs === undefined
        ? ''
        : `; ${what} were under way then, and may be too long by up to ${milliseconds(worstMs)}`;
    return `the generator stood still or had no core left for most of the time in ${count} of ${plural(of, 'second')}${when}${limit === undefined ? '' : `, limit ${percent(limit)}`}${overlap}`;
  },
  'generator-exhausted': ({ requests, others, first }) =>
    `the generator had no file descriptors, ports or memory left: ${plural(requests, 'request')}${others > 0 ? ` and ${plural(others, 'step or check', 'steps or checks')}` : ''} failed for that${first ? ` (${first})` : ''} and ${requests + others === 1 ? 'is' : 'are'} in no figure of the target; raise \`ulimit -n\` to 65536, keep CONNECTIONS=shared, or start fewer users`,
  'generator-unwatched': ({ seconds: unwatched, of, at, limit }) =>
    `the generator’s health was not watched for ${duration(unwatched)} of ${duration(of)} of load (${at.map(intoRun).join(', ')} into the run)${limit === undefined ? '' : `, limit ${percent(limit)}`}: it may have been starved then`,
  'generator-strained': ({ loopWait, loopUse }) => {
    const parts = [loopWait && waits(loopWait), loopUse && busy(loopUse)];
    return `the generator was busy, so p95 of HTTP latencies may be some percent too long: ${parts.filter(Boolean).join('; ')}; start fewer users, or give it a machine of its own`;
  },
  'machine-full': ({ seconds: count, of, limit, generator, target, isShared }) => {
    const used = [
      generator !== undefined && `generator ${percent(generator)}`,
      target !== undefined && `target ${percent(target)}`,
    ].filter(Boolean);
    const why = isShared ? ': target and generator share the machine' : '';
    return `browsers waited for a core${why}; in ${count} of ${plural(of, 'second')} with users in browsers over ${percent(limit)} of all cores were in use${used.length > 0 ? ` (${used.join(', ')})` : ''}; start fewer users, or ${isShared ? 'give each a machine of its own' : 'give the generator more cores'}`;
  },
  'machine-busy': ({ seconds: count, of, limit, mayBeTarget }) =>
    `the machine was busy with other work${mayBeTarget ? ' (which may be the target’s)' : ''}: in ${count} of ${plural(of, 'second')} over ${percent(limit)} of all cores were in use, and other programs used more than half of that`,
};

interface BeyondLimit {
  p95: number;
  limit: number;
}

function waits({ p95, limit }: BeyondLimit): string {
  return `an answer waited ${milliseconds(p95)} for its event loop (mean of a second, p95 of the seconds), limit ${milliseconds(limit)}`;
}

function busy({ p95, limit }: BeyondLimit): string {
  return `busy p95 ${percent(p95)} of a second, limit ${percent(limit)}`;
}

function whyStill(ms: number, cpuMs: number | undefined): string {
  if (cpuMs === undefined || cpuMs < BUSY_SHARE * ms) return 'suspended, or starved of CPU';
  return `busy with its own work: ${seconds(cpuMs)} of CPU`;
}

function into(at: number): string {
  return `${intoRun(at)} into the run`;
}

function further(more: number | undefined): string {
  return more ? `, and ${more} times more` : '';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function signed(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${seconds(Math.abs(ms))}`;
}

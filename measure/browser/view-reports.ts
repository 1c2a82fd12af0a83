import type { LongTasks } from '../run/events.ts';
import type { VitalName } from '../run/samples.ts';
import { blockingTime, framesOf, type Window } from './blocking-time.ts';
import type { PageMessage } from './in-page.ts';
import type { BusyMessage, LongFrame, LongTask } from './main-thread.ts';
import { routePattern } from './route-pattern.ts';

export type VitalMessage = Extract<PageMessage, { kind: 'vital' }>;

/** What the browser reported of one navigation, hard or soft. */
export interface Report {
  origin: number;
  /** ms since the epoch. */
  began: number;
  page: string;
  soft: boolean;
  /** All of it, in order: each metric's latest value counts. */
  messages: VitalMessage[];
}

/** What kept the main thread busy in one view. */
export interface Busy {
  /** Total blocking time, ms. */
  blocking: number;
  tasks: number;
  /** All tasks over 50 ms that began in it, its first paint or not. */
  longTasks: LongTasks;
  frames: LongFrame[];
}

/** What documents tell of themselves, by document (performance.timeOrigin) and navigation. */
export class ViewReports {
  #hard = new Map<number, Report>();
  #soft = new Map<number, Map<number, Report>>();
  #busy = new Map<number, { tasks: LongTask[]; frames: LongFrame[] }>();

  vital(message: VitalMessage): void {
    const report = message.soft ? this.#softReport(message) : this.#hardReport(message);
    report.messages.push(message);
  }

  busy({ origin, tasks, frames }: BusyMessage): void {
    const byOrigin = this.#busy.get(origin) ?? { tasks: [], frames: [] };
    this.#busy.set(origin, byOrigin);
    byOrigin.tasks.push(...tasks);
    byOrigin.frames.push(...frames);
  }

  /** Of the document itself. */
  hard(origin: number | undefined): Report | undefined {
    return origin === undefined ? undefined : this.#hard.get(origin);
  }

  /** Of soft navigations, of one document or of all; in the order of their beginnings. */
  soft(origin?: number): Report[] {
    const documents = origin === undefined ? [...this.#soft.values()] : [this.#soft.get(origin)];
    return documents
      .flatMap((reports) => [...(reports?.values() ?? [])])
      .sort((first, second) => first.began - second.began);
  }

  get isEmpty(): boolean {
    return this.#hard.size === 0;
  }

  /**
   * Of one view, whose navigations these are. Blocking counts from the first contentful paint of a document, from the
   * beginning of a soft navigation; long frames count from the beginning of both. Both end with the next navigation
   * that the browser saw and that is not the view's own, or with the document.
   * undefined: nothing was painted, so there is nothing to count from.
   */
  busyOf(reports: readonly Report[]): Busy | undefined {
    const [first] = reports;
    const paint = first && latestReport(first, 'FCP');
    if (!first || !paint) return undefined;
    const { tasks, frames } = this.#busy.get(first.origin) ?? { tasks: [], frames: [] };
    const whole = joined(reports.map((report) => ({ from: report.began, until: this.#endOf(report) })));
    const from = first.soft ? first.began : first.origin + paint.value;
    const counted = whole.map((window) => ({ ...window, from: Math.max(window.from, from) }));
    const begun = tasks.filter(({ start }) => whole.some((one) => start >= one.from && start < one.until));
    const blocking = tasks.map((task) => sum(counted.map((window) => blockingTime([task], window))));
    return {
      blocking: sum(blocking),
      tasks: blocking.filter((ms) => ms > 0).length,
      longTasks: {
        count: begun.length,
        ms: Math.round(sum(begun.map(({ duration }) => duration)) * 10) / 10,
      },
      frames: whole.flatMap((window) => framesOf(frames, window)),
    };
  }

  #endOf({ origin, began }: Report): number {
    return this.soft(origin).find((next) => next.began > began)?.began ?? Number.POSITIVE_INFINITY;
  }

  /** Drops all documents but one that is still to come. */
  forgetAllBut(origin: number | undefined): void {
    for (const byOrigin of [this.#hard, this.#soft, this.#busy]) {
      for (const known of byOrigin.keys()) if (known !== origin) byOrigin.delete(known);
    }
  }

  #hardReport({ origin, url }: VitalMessage): Report {
    const found = this.#hard.get(origin);
    if (found) return found;
    const made = newReport(origin, origin, url, false);
    this.#hard.set(origin, made);
    return made;
  }

  #softReport({ origin, navigation, began, url }: VitalMessage): Report {
    const ofDocument = this.#soft.get(origin) ?? new Map<number, Report>();
    this.#soft.set(origin, ofDocument);
    const found = ofDocument.get(navigation);
    if (found) return found;
    const made = newReport(origin, began, url, true);
    ofDocument.set(navigation, made);
    return made;
  }
}

function newReport(origin: number, began: number, url: string, soft: boolean): Report {
  return { origin, began, page: routePattern(url), soft, messages: [] };
}

/** The latest of this metric; with `until` (ms since the epoch) of what happened before that. */
export function latestReport(
  { messages }: Report,
  name: VitalName,
  until = Number.POSITIVE_INFINITY,
): VitalMessage | undefined {
  return messages.findLast((message) => message.name === name && happened(message) < until);
}

/** When the interaction, or the largest shift, was; ms since the epoch. Of others, and of very quick ones, the browser tells none. */
function happened({ origin, attribution: { at } }: VitalMessage): number {
  return typeof at === 'number' ? origin + at : Number.NEGATIVE_INFINITY;
}

/** Windows in order, those that follow each other without a gap made one: no task may be cut between them. */
function joined(windows: readonly Window[]): Window[] {
  const all: Window[] = [];
  for (const window of windows) {
    const last = all.at(-1);
    if (last?.until === window.from) last.until = window.until;
    else all.push({ ...window });
  }
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

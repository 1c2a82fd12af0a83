/** The rounds of an A/B comparison, from opening both sides to the result. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../../analysis/outputs.ts';
import type { Look } from '../../analysis/statistics/group-sequential.ts';
import { acceptedFile, readAccepted } from '../../compare/accepted.ts';
import { jsonOf, writeAsked } from '../../compare/asked-file.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { comparisonMarkdown } from '../../compare/comparison-markdown.ts';
import { comparisonPage } from '../../compare/comparison-section.ts';
import { comparisonText } from '../../compare/comparison-text.ts';
import { differencesOf, differenceText } from '../../compare/likeness.ts';
import { compareRounds, isDecided, type Round } from '../../compare/rounds.ts';
import { EMBEDDED, givenVariables, readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { INTERRUPTED, INVALID } from '../../config/exit-codes.ts';
import { runStamp } from '../../measure/run/directory.ts';
import { signals } from '../../runner/signals.ts';
import { type Asked, askedFor, timeText, type Values } from './asked.ts';
import { fillSide } from './fill-side.ts';
import { measure } from './measure.ts';
import { openSide, type Side, SideFailure } from './side.ts';

/** Rounds that may be lost to invalid runs before a comparison gives up. */
const MOST_LOST = 3;

const DATA_NOT_READ =
  'the data of A and B: not compared, because neither said how much it has. Read why in the report of a run, under “Data of the target”.';

export async function compareSides(values: Values): Promise<number> {
  const asked = await askedFor(values);
  // What is read from the output is the result alone.
  const say = values.json ? console.error : console.log;
  // Of an environment each side is the target: what has no address of its own gets one then.
  const { reportsDir, seed } = readEnvironment({
    ...givenVariables(),
    ENVIRONMENT: EMBEDDED,
    BASE_URL: undefined,
  });
  const accepted = readAccepted(acceptedFile(reportsDir));
  const folder = resolve(reportsDir, 'ab', runStamp(new Date()));
  mkdirSync(folder, { recursive: true });
  const words = asked.work.words(folder);
  say(timeText(asked));
  const opened: Side[] = [];
  const stopping = new AbortController();
  const unregister = signals.register({ first: () => stopping.abort() });
  let stopped: number | undefined;
  const rounds: Round[] = [];
  let comparison: Comparison | undefined;
  const keep = (round: Round, look: Look) => {
    rounds.push(round);
    const { threshold, sides } = asked;
    const all = rounds as [Round, ...Round[]];
    comparison = compareRounds(all, { look, threshold, accepted, sides });
    writeWhole(join(folder, 'comparison.json'), jsonOf(comparison));
    writeWhole(
      join(folder, 'comparison.html'),
      comparisonPage(comparison, { json: 'comparison.json', runs: 'runs' }),
    );
    return comparison;
  };
  try {
    for (const name of ['A', 'B'] as const) {
      const key = name === 'A' ? 'a' : 'b';
      const options = { name, given: asked.sides[key], restore: asked.restore[key] };
      const side = await openSide(options, folder, stopping.signal);
      opened.push(side);
      if (asked.size === undefined) continue;
      say(`${name}: filling it with data of size ${asked.size}`);
      await fillSide(side, asked.size, folder);
    }
    const [a, b] = opened as [Side, Side];
    if (a.url === b.url) throw new ConfigError(`--a and --b: both are ${a.url}. Name two targets.`);
    await doRounds({ a, b, asked, words, folder, seed, keep, say, signal: stopping.signal });
  } catch (error) {
    if (!(error instanceof SideFailure)) throw error;
    if (!stopping.signal.aborted) console.error(error.message);
    stopped = INVALID;
  } finally {
    await Promise.all(opened.map((side) => side.stop()));
    unregister();
  }
  if (stopping.signal.aborted) stopped = INTERRUPTED;
  return concluded(comparison, { values, folder, stopped });
}

interface Rounds {
  a: Side;
  b: Side;
  asked: Asked;
  /** Of the command that measures. */
  words: readonly string[];
  folder: string;
  seed: number;
  /** Takes a round that has ended, and gives what all so far come to. */
  keep(round: Round, look: Look): Comparison;
  say(line: string): void;
  /** The user wants an end. */
  signal: AbortSignal;
}

async function doRounds({ a, b, asked, words, folder, seed, keep, say, signal }: Rounds): Promise<void> {
  const began = performance.now();
  let [kept, lost] = [0, 0];
  for (let turn = 1; ; turn += 1) {
    const spent = performance.now() - began;
    // The next one takes as long as those before it.
    const isTooLate = turn > 1 && spent + spent / (turn - 1) > asked.timeLimitMs;
    const look = asked.looks.find(({ rounds }) => rounds > kept);
    if (signal.aborted || isTooLate || look === undefined) return;
    const about = { round: turn, seed: seed + turn - 1, words, folder };
    const order = turn % 2 === 1 ? [a, b] : [b, a];
    const figures = new Map<Side, Round['a']>();
    for (const side of order) {
      await side.restore();
      // What was there before the data may be all that is put back.
      if (asked.size !== undefined && side.canRestore) await fillSide(side, asked.size, folder);
      const measured = await measure(side, about);
      if (measured === 'interrupted' || signal.aborted) return;
      if (measured !== undefined) figures.set(side, measured);
    }
    const [ofA, ofB] = [figures.get(a), figures.get(b)];
    if (!ofA || !ofB) {
      lost += 1;
      say(`round ${turn}: does not count, a run was invalid (${join(folder, 'runs')})`);
      if (lost > MOST_LOST)
        throw new SideFailure(
          `${lost} rounds with an invalid run: this machine is too busy for a comparison. Use a quieter one; the reports are in ${join(folder, 'runs')}.`,
        );
      continue;
    }
    checkAlike({ a: ofA, b: ofB }, turn);
    if (kept === 0 && Object.keys(ofA.like.counts ?? {}).length === 0) say(DATA_NOT_READ);
    const comparison = keep({ a: ofA, b: ofB }, look);
    kept += 1;
    say(`round ${turn}: ${kept} of ${look.rounds} rounds until the next comparison`);
    if (turn === 1) say(timeText(asked, (performance.now() - began) / 1000));
    if (isDecided(comparison)) return;
  }
}

function checkAlike({ a, b }: Round, round: number): void {
  // One machine measures both; its benchmark differs from minute to minute.
  const { cpuBenchmarkMs } = a.like;
  const [first] = differencesOf(a.like, { ...b.like, cpuBenchmarkMs });
  if (first)
    throw new ConfigError(
      `round ${round}: A and B are unlike (${differenceText(first)}). Give both the same data, e.g. by --restore-a and --restore-b.`,
    );
}

function concluded(
  comparison: Comparison | undefined,
  { values, folder, stopped }: { values: Values; folder: string; stopped: number | undefined },
): number {
  if (!comparison) {
    console.error(`no round ended; what was measured is in ${folder}`);
    return stopped ?? INVALID;
  }
  if (values.markdown) writeAsked(values.markdown, comparisonMarkdown(comparison));
  console.log(values.json ? jsonOf(comparison) : comparisonText(comparison));
  if (!values.json) console.log(`\nReport: ${join(folder, 'comparison.html')}`);
  return stopped ?? (comparison.canDecide ? comparison.exitCode : INVALID);
}

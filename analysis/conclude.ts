/** The one entry: a run directory in, its verdict and reports out. */
import { join } from 'node:path';
import { type Budget, type Budgets, budgetsFor, budgetsOfProfile, loadBudgets } from '../config/budgets.ts';
import { type Deployments, loadEnvironments } from '../config/environments.ts';
import { type Goals, goalsFor, loadGoals } from '../config/goals.ts';
import { loadKnownDefects } from '../config/known-defects.ts';
import { type KindsOfUsers, loadThresholds, thresholdsFor } from '../config/thresholds.ts';
import { visibleJson } from '../config/visible-text.ts';
import type { RunJson, Verdict } from '../measure/run/run.ts';
import { adviceOf } from './advice/rules.ts';
import { featuresOf } from './judge/budgets.ts';
import { firstFailure } from './judge/first-failure.ts';
import { checkGates } from './judge/gates.ts';
import { judgeGoals } from './judge/goals.ts';
import { limitsNotMet } from './judge/measured-for.ts';
import { primaryFigures } from './judge/primary-figures.ts';
import { type Proof, proofOf } from './judge/proof.ts';
import { judgeRun } from './judge/verdict.ts';
import { defectBook } from './known-defects.ts';
import { pack, removeFile, writeWhole } from './outputs.ts';
import { isGoingOn } from './read/going-on.ts';
import { runOfProfile, samplesOfProfile } from './read/profile-part.ts';
import { checkSummarySchema, loadRun, recordedRun } from './read/read-run.ts';
import { newTally, readSamples, SAMPLES } from './read/read-samples.ts';
import { type AddedSection, report, STYLE_FILE } from './report/report.ts';
import { STYLE } from './report/style.ts';
import { TOOLS_STYLE } from './report/tools-style.ts';
import type { JudgedGate } from './summary/gate-result.ts';
import type { JudgedGoal } from './summary/goal-result.ts';
import type { Observations } from './summary/observations.ts';
import { observe } from './summary/summarize.ts';
import type { Summary } from './summary/summary.ts';
import { answersOf } from './text/answers.ts';
import { gateText } from './text/gate-text.ts';
import { goalText } from './text/goal-text.ts';
import { headline } from './text/headline.ts';
import { junit } from './text/junit.ts';
import { markdown } from './text/markdown.ts';
import { reasonText } from './text/reason-text.ts';

export interface Conclusion {
  verdict: Verdict;
  exitCode: Summary['exitCode'];
  summary: Summary;
  /** Path of the HTML report. */
  reportPath: string;
  /** The run has not ended: somebody is still writing it. */
  goingOn: boolean;
  /** What went wrong beside the conclusion and harms no figure. One line each. */
  notes: string[];
}

export interface ConcludeOptions {
  /** Files to use instead of those in `config/`. */
  thresholds?: string;
  knownDefects?: string;
  budgets?: string;
  environments?: string;
  /** Draws what the report shows beyond the run itself. Undefined: nothing. */
  added?(summary: Summary, goingOn: boolean): AddedSection | undefined;
}

/**
 * Reads `run.json` and `samples.ndjson` (or its `.gz`) of a run directory; writes `summary.json`, `index.html`,
 * `report.css`, `summary.md` and `junit.xml` beside them, and `leftovers.json` where the run left something on the target; puts verdict,
 * reasons, what the browser could tell and, when it is missing, the end into `run.json`; packs the samples of a run that
 * has ended. Of a run that goes on nothing that its runner writes is touched. Can be called again on the same directory.
 *
 * @throws {ConfigError} thresholds or known defects are not as they must be (before anything is written)
 * @throws {RunDirectoryError} the directory holds no readable run, or one that a newer suite made or concluded
 * @throws {ReportNotWritten} e.g. the disk is full
 */
export async function conclude(runDir: string, options: ConcludeOptions = {}): Promise<Conclusion> {
  const { run, goingOn, summary } = await judgeDirectory(runDir, options);

  const reportPath = join(runDir, 'index.html');
  writeWhole(join(runDir, 'summary.json'), `${visibleJson(JSON.stringify(summary, null, 1))}\n`);
  writeWhole(join(runDir, 'summary.md'), markdown(summary));
  writeWhole(join(runDir, 'junit.xml'), junit(summary));
  writeWhole(join(runDir, STYLE_FILE), `${STYLE.trimStart()}${TOOLS_STYLE}`);
  writeWhole(reportPath, report(summary, options.added?.(summary, goingOn)));
  writeLeftovers(runDir, summary);
  const { verdict, reasons, exitCode } = summary;
  const notes: string[] = [];
  if (!goingOn) {
    const { end, host } = summary.run;
    // Its samples keep the schema that they were recorded in, and so do its facts.
    const concluded = { ...recordedRun(runDir), end, host, verdict, reasons };
    writeWhole(join(runDir, 'run.json'), `${visibleJson(JSON.stringify(concluded, null, 2))}\n`);
    // What a killed run left stays as it was left.
    const unpacked = run.ended && (await pack(join(runDir, SAMPLES)));
    if (unpacked) notes.push(unpacked);
  }
  return { verdict, exitCode, summary, reportPath, goingOn, notes };
}

/**
 * Judges a run directory by other limits and writes nothing: the run keeps its verdict and what it was judged by.
 * Gives the summary that it would have.
 *
 * @throws {ConfigError} thresholds or known defects are not as they must be
 * @throws {RunDirectoryError} the directory holds no readable run, or one that a newer suite made or concluded
 */
export async function tryLimits(runDir: string, options: ConcludeOptions): Promise<Summary> {
  return (await judgeDirectory(runDir, options)).summary;
}

async function judgeDirectory(runDir: string, options: ConcludeOptions) {
  const run = loadRun(runDir);
  const limits = loadThresholds(options.thresholds, run.profiles);
  const listed = loadKnownDefects(options.knownDefects);
  const goals = loadGoals();
  const budgets = budgetsFor(loadBudgets(options.budgets), run.target.environment);
  const deployment = loadEnvironments(options.environments)[run.target.environment];
  checkSummarySchema(runDir);
  const { goingOn, ...summary } = await summarize(runDir, run, {
    limits,
    goals,
    budgets,
    listed,
    deployment,
  });
  return { run, goingOn, summary };
}

/** What of `config/` judges it. */
interface Files {
  limits: ReturnType<typeof loadThresholds>;
  goals: Goals;
  /** Of the run's environment. */
  budgets: Budgets;
  listed: ReturnType<typeof loadKnownDefects>;
  /** The entry of the run's environment; undefined: there is none any more. */
  deployment: Deployments[string] | undefined;
}

async function summarize(
  runDir: string,
  run: RunJson,
  files: Files,
): Promise<Summary & { goingOn: boolean }> {
  const tally = newTally();
  const seen = await observe(run, readSamples(runDir, tally, run), defectBook(files.listed, run), tally);
  seen.goingOn = await isGoingOn(runDir, run, Date.parse(seen.run.end ?? ''));
  const judged = await judgeProfiles(runDir, run, files, seen);
  const gates = judged.flatMap((one) => one.gates);
  const { verdict, exitCode, reasons, notes } = judgeRun(
    seen,
    gates,
    judged,
    judged.flatMap((one) => one.firstFailure),
  );
  const reasonDetails = reasons.map((reason) => ({ ...reason, text: reasonText(reason) }));
  const { targetDied: _t, workerLost: _w, searches: _s, endedEarly: _e, ...others } = seen;
  const { log: _l, shiftSources: _o, ...observations } = others;
  const deployed = deploymentOf(files.deployment);
  return {
    ...observations,
    verdict,
    exitCode,
    reasons: reasonDetails.map(({ text }) => text),
    reasonDetails,
    notes: notes.map((note) => ({ ...note, text: reasonText(note) })),
    headline: headline(seen, gates, verdict),
    primary: judged.flatMap((one) => one.primary),
    gates: gates.map((gate) => ({ ...gate, message: gateText(gate) })),
    budgets: featuresOf(
      files.budgets,
      judged.flatMap((one) => one.budgets),
      gates,
    ),
    ...deployed,
    goals: judged.flatMap(({ goals }) => goals.map((goal) => ({ ...goal, message: goalText(goal) }))),
    answers: answersOf(seen),
    advice: adviceOf({ ...seen, ...deployed, ofGoals: judged.flatMap(({ goals }) => goals) }, verdict),
  };
}

function deploymentOf(entry: Files['deployment']): Pick<Summary, 'deployment'> {
  const { expectedPeak, links = [] } = entry ?? {};
  return expectedPeak === undefined && links.length === 0 ? {} : { deployment: { expectedPeak, links } };
}

/** Browser tests have no mix, benchmarks no browser, and the browsers of audits neither steps nor vitals of ours. */
function kindsOfUsers({ plan: { mix }, runner }: Pick<RunJson, 'plan' | 'runner'>): KindsOfUsers {
  return {
    browser:
      (mix.length === 0 && runner !== 'bench' && runner !== 'audit') ||
      mix.some(({ via }) => via === 'browser'),
    http: mix.some(({ via }) => via === 'http'),
  };
}

/** What became of the limits of one profile, or of one part of a run. */
interface JudgedProfile {
  profile: string;
  proof: Proof;
  /** Limits of it that the run did not meet. */
  notMet: string[];
  gates: JudgedGate[];
  /** Those that judged it, with a figure or without. */
  budgets: Budget[];
  goals: JudgedGoal[];
  primary: Summary['primary'];
  /** Of those that broke a limit on failures; none or one. */
  firstFailure: ReturnType<typeof firstFailure>;
}

/** Of several profiles each has limits of its own, judged on its own users: what one is allowed says nothing about the others. */
async function judgeProfiles(
  runDir: string,
  run: RunJson,
  { limits, goals, budgets, listed }: Files,
  whole: Observations,
): Promise<JudgedProfile[]> {
  const judge = (names: readonly string[], seen: Observations): JudgedProfile => {
    const profile = thresholdsFor(limits, names, run.target.version, kindsOfUsers(seen.run));
    const ofBudgets = budgetsOfProfile(budgets, goals.notIn.includes(names.join(' + ')));
    const gates = checkGates({ ...profile, thresholds: [...profile.thresholds, ...ofBudgets] }, seen);
    return {
      profile: names.join(' + '),
      // What a page weighs proves nothing of how its users fared.
      proof: proofOf(
        gates.filter((gate) => !gate.budget),
        seen,
      ),
      budgets: ofBudgets,
      notMet: limitsNotMet(profile, seen),
      gates,
      goals: judgeGoals(goalsFor(goals, names.join(' + ')), gates, seen),
      primary: primaryFigures(profile, seen, gates),
      firstFailure: firstFailure(gates, seen),
    };
  };
  if (run.profiles.length < 2) return [judge(run.profiles, whole)];
  const judged: JudgedProfile[] = [];
  for (const name of run.profiles) {
    const tally = newTally(); // damage is reported once, for the whole run
    const samples = samplesOfProfile(readSamples(runDir, tally, run), run, name);
    const seen = await observe(runOfProfile(run, name), samples, defectBook(listed, run), tally);
    const { gates, goals: ofGoals, primary, ...one } = judge([name], seen);
    judged.push({
      ...one,
      notMet: one.notMet.map((metric) => `${name}: ${metric}`),
      gates: gates.map((gate) => ({ ...gate, metric: `${name}: ${gate.metric}` })),
      goals: ofGoals.map((goal) => ({ ...goal, metric: `${name}: ${goal.metric}` })),
      primary: primary.map((figure) => ({ ...figure, metric: `${name}: ${figure.metric}` })),
    });
  }
  return judged;
}

/** What `loadtest clean` and people read: there only when something is left. */
function writeLeftovers(runDir: string, { id, run, leftovers }: Summary): void {
  const file = join(runDir, 'leftovers.json');
  if (leftovers.length === 0) removeFile(file);
  else {
    const json = JSON.stringify({ run: id, target: run.target.url, leftovers }, null, 2);
    writeWhole(file, `${visibleJson(json)}\n`);
  }
}

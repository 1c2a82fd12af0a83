/** `npx loadtest api check`. */

import { type DefectBook, defectBook } from '../../analysis/known-defects.ts';
import { textTable } from '../../analysis/text/text-table.ts';
import { checkEveryOperation } from '../../api/check/every-operation.ts';
import type { OperationOutcome } from '../../api/check/outcome.ts';
import { ApiClient } from '../../api/client/api-client.ts';
import { CheckRate } from '../../api/client/check-rate.ts';
import { operations } from '../../api/operations/registry.ts';
import type { Environment } from '../../config/environment.ts';
import { FAILED, INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import { type KnownDefect, loadKnownDefects } from '../../config/known-defects.ts';
import { loadAccounts } from '../../fixtures/accounts.ts';
import { testData } from '../../fixtures/data/generate.ts';
import { runStamp } from '../../measure/run/directory.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { dispatcherFor } from '../../measure/target/connection.ts';
import { openTarget, type Target } from '../../measure/target/target.ts';
import { noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import { interruptible } from '../../runner/signals.ts';
import { type TargetValues, targetEnvironment } from '../target-options.ts';
import { compareRoutes, type RouteComparison } from './routes.ts';

interface Options extends TargetValues {
  routes: boolean;
}

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function checkApi(options: Options): Promise<number> {
  const environment = await targetEnvironment(options);
  const listed = loadKnownDefects();
  const ofFile = environment.accountsFile ? loadAccounts(environment.accountsFile) : undefined;
  const target = await openTarget(environment);
  noteSignIn(target.apiUrl, environment.cacheDir);
  let left = 0;
  const onLeft = (what: string) => {
    left += 1;
    console.log(`left behind: ${what}; \`npx loadtest clean\` tries again, or remove it by hand`);
  };
  try {
    const start = new Date();
    const outcomes = await interruptible((signal) =>
      checkEveryOperation({
        accounts: ofFile ?? target.accounts ?? [],
        newClient: clientsOf(target, environment, signal),
        mayChange: environment.mayChange,
        data: testData({ runId: runStamp(start), session: 'check', seed: start.getTime() }),
        onLeft,
      }),
    );
    const book = defectBook(listed, { start: start.toISOString(), target: target.facts });
    const misfits = tell(outcomes, book);
    tellMended(outcomes, listed);
    tellRoutes(await compareRoutes(target.apiUrl, environment.insecureTls), options.routes);
    return misfits > 0 || left > 0 ? FAILED : PASSED;
  } catch (error) {
    if (!isInterruption(error)) throw error;
    console.error(
      `loadtest api check: interrupted; what it had made was taken away again${left > 0 ? ', but for what is named above' : ''}`,
    );
    return INTERRUPTED;
  } finally {
    await target.close();
  }
}

function clientsOf({ apiUrl }: Target, { insecureTls }: Environment, signal: AbortSignal) {
  const checkRate = new CheckRate(1);
  return (
    role: ApiClient['context']['role'],
    write: ConstructorParameters<typeof ApiClient>[0]['recorder']['write'],
  ) =>
    new ApiClient({
      apiUrl,
      recorder: { write },
      context: { session: 'check', role },
      dispatcher: dispatcherFor(insecureTls),
      checkRate,
      signal,
    });
}

const WORDS = { fits: 'ok', defect: 'known defect', skipped: 'not called', misfit: 'DOES NOT FIT' } as const;
type Word = keyof typeof WORDS;

/** One line an operation, then counts; gives how many do not fit. */
function tell(outcomes: readonly OperationOutcome[], book: DefectBook): number {
  const counts: Record<Word, number> = { fits: 0, defect: 0, skipped: 0, misfit: 0 };
  const rows: string[][] = [];
  for (const outcome of outcomes) {
    const word = wordOf(outcome, book);
    counts[word] += 1;
    const { method, path } = operations.find(({ name }) => name === outcome.operation) ?? operations[0] ?? {};
    const detail = outcome.detail ? `: ${outcome.detail}` : '';
    rows.push([WORDS[word], outcome.operation, `${method} ${path}${detail}`]);
  }
  for (const line of textTable(rows)) console.log(line);
  for (const { name, excused, until } of book.seen())
    console.log(
      `known defect "${name}", ${excused ? `excused until ${until}` : `excused only until ${until}`}`,
    );
  console.log(
    `${outcomes.length} operations: ${counts.fits} ok, ${counts.misfit} do not fit, ${counts.defect} known defects, ${counts.skipped} not called`,
  );
  return counts.misfit;
}

/** A defect that every answer is listed to have, and this one has not. */
function tellMended(outcomes: readonly OperationOutcome[], listed: readonly KnownDefect[]): void {
  const good = new Set(outcomes.filter(({ result }) => result === 'fits').map(({ operation }) => operation));
  for (const { name, operation, share } of listed)
    if (share === 1 && operation !== undefined && good.has(operation))
      console.log(`known defect "${name}" is not there: ${operation} answered as it should`);
}

function wordOf({ result, sample }: OperationOutcome, book: DefectBook): Word {
  if (result === 'fits') return 'fits';
  if (result === 'not called') return 'skipped';
  return result === 'status' && sample && book.match(sample)?.excused ? 'defect' : 'misfit';
}

function tellRoutes(routes: RouteComparison | undefined, isListed: boolean): void {
  if (!routes) {
    console.log('routes: the target serves no /openapi.json (the application does in debug mode only)');
    return;
  }
  const { withoutOperation: unnamed, withoutRoute: missing } = routes;
  const more = unnamed.length > 0 && !isListed ? ' (--routes lists them)' : '';
  console.log(`routes: ${routes.routes}, of which ${unnamed.length} have no operation${more}`);
  if (isListed) for (const route of unnamed) console.log(`  ${route}`);
  if (missing.length === 0) return;
  console.log(`${missing.length} operations have no route there:`);
  for (const { name, method, path } of missing) console.log(`  ${name}  ${method} ${path}`);
}

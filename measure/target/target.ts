import { EMBEDDED, type Environment } from '../../config/environment.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { RunJson } from '../run/run.ts';
import { uncheckedBy } from './connection.ts';
import { startEmbeddedScheduler } from './embedded.ts';
import { checkTarget } from './probe.ts';
import { targetVersion } from './version.ts';
import { type TargetListener, TargetWatch, type Watched } from './watch.ts';

/** A target that is open: it has answered and is the scheduler. */
export interface Target {
  /** Without a slash at the end. */
  url: string;
  apiUrl: string;
  facts: RunJson['target'];
  /** Accounts that the target itself came with. */
  accounts?: Account[];
  /** Its process, where this run started it. */
  pid?: number;
  /** From now on its death and its silences are reported. Gives what ends that, and what was asked until then. */
  watch(listener: TargetListener): () => Watched;
  /** Ends what this run started, and the watch. */
  close(): Promise<void>;
}

/**
 * Opens the target that the environment names, or starts the embedded scheduler where it names none.
 * @throws TargetUnreachable when it does not answer or is something else.
 */
export async function openTarget(environment: Environment): Promise<Target> {
  const embedded = environment.baseUrl
    ? undefined
    : await startEmbeddedScheduler({
        size: environment.dataSize,
        seed: environment.seed,
        settings: {
          CACHE_DIR: environment.cacheDir,
          ...(environment.rateLimits && { SCHEDULER_RATE_LIMITS: 'on' }),
        },
      });
  const url = embedded?.url ?? (environment.baseUrl as string);
  const { insecureTls, basicAuth } = environment;
  const apiUrl = environment.apiUrl ?? `${url}/api/v1`;
  const unchecked = uncheckedBy(insecureTls);
  let watch: TargetWatch | undefined;
  const close = async () => {
    watch?.stop();
    await embedded?.stop();
  };
  try {
    await checkTarget(url, apiUrl, undefined, insecureTls, basicAuth);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    apiUrl,
    facts: {
      url,
      apiUrl,
      environment: environment.environment,
      kind: embedded ? EMBEDDED : 'deployment',
      version: environment.targetVersion ?? (await targetVersion(apiUrl, insecureTls)),
      rateLimits: environment.rateLimits !== undefined,
      certificates: unchecked && `not checked (${unchecked})`,
      data: embedded ? `${environment.dataSize} data set, seed ${environment.seed}` : undefined,
    },
    accounts: embedded?.accounts,
    pid: embedded?.pid,
    watch: (listener) => {
      const begun = new TargetWatch(url, apiUrl, listener, undefined, insecureTls);
      watch = begun;
      embedded?.onDeath((how) => begun.died(how));
      return () => begun.stop();
    },
    close,
  };
}

import type { z } from 'zod';
import { type Deployment, referredVariable, resolved } from './environments.ts';
import { resolveEndpoints } from './metrics-endpoints.ts';
import { problem } from './problem.ts';
import type { EnvironmentSource } from './process-env.ts';
import { targetProblems } from './target-problems.ts';
import { accountsFile, apiAddress, pagesAddress, type Variables } from './variables.ts';

interface Given {
  environment: string;
  deployment: Deployment;
  v: Variables;
  source: EnvironmentSource;
}

/** Where the target is and who signs in there, and what is wrong with that. */
export function resolveTarget({ environment, deployment, v, source }: Given) {
  const problems: string[] = [];
  /** A value of the entry, checked as if the variable it refers to were one of the suite's own. */
  const ofEntry = (key: 'baseUrl' | 'apiUrl' | 'accounts', schema: z.ZodType<string, string>) => {
    const value = resolved(deployment[key], source);
    if (value === undefined) return undefined;
    const checked = schema.safeParse(value);
    if (checked.success) return checked.data;
    const name = referredVariable(deployment[key]) ?? `config/environments.yml, ${environment}.${key}`;
    problems.push(problem(name, value, checked.error.issues[0]?.message ?? ''));
    return undefined;
  };
  const baseUrl = v.BASE_URL ?? ofEntry('baseUrl', pagesAddress);
  // The entry's API belongs to the entry's pages: not to those of a BASE_URL.
  const apiUrl =
    v.API_URL ?? ((!v.BASE_URL && ofEntry('apiUrl', apiAddress)) || (baseUrl && `${baseUrl}/api/v1`));
  const accounts = v.ACCOUNTS_FILE ?? ofEntry('accounts', accountsFile);
  if (problems.length === 0) {
    problems.push(
      ...targetProblems(environment, { baseUrl, apiUrl, accounts }, deployment.baseUrl, v, source),
    );
  }
  // As the API: endpoints of the entry's own pages tell nothing of a BASE_URL. Those that are a path go with any target.
  const isOther = v.BASE_URL !== undefined && deployment.baseUrl !== undefined;
  const metrics = resolveEndpoints(
    deployment.metrics.filter(({ url }) => !isOther || url.startsWith('/')),
    source,
  );
  for (const [variable, value, message] of metrics.problems) problems.push(problem(variable, value, message));
  return { baseUrl, apiUrl, accounts, metrics, problems };
}

import { EMBEDDED, referredVariable } from './environments.ts';
import { hostOf, isLoopback } from './hosts.ts';
import { problem } from './problem.ts';
import { proxyVariableFor } from './proxy.ts';
import type { Variables } from './variables.ts';

/** What cannot be used although each variable for itself can. */
export function* targetProblems(
  environment: string,
  { baseUrl, apiUrl, accounts }: { baseUrl?: string; apiUrl?: string; accounts?: string },
  entryBaseUrl: string | undefined,
  v: Variables,
  source: Record<string, string | undefined>,
): Generator<string> {
  if (!baseUrl && environment !== EMBEDDED) {
    const variables = ['BASE_URL', referredVariable(entryBaseUrl)].filter(Boolean).join(' or ');
    yield problem('ENVIRONMENT', environment, `needs a target; set ${variables} to its address`);
  }
  if (!baseUrl && v.API_URL && environment === EMBEDDED)
    yield problem('API_URL', v.API_URL, 'needs a target; set BASE_URL too, or leave both empty');
  if (!baseUrl) return;
  const urls = [...new Set([baseUrl, apiUrl ?? baseUrl])];
  const away = urls.find((url) => !isLoopback(hostOf(url) ?? ''));
  if (environment === EMBEDDED && away) {
    const mend =
      'not this machine, and ENVIRONMENT=embedded permits every change; write another ENVIRONMENT or none';
    yield problem(away === baseUrl ? 'BASE_URL' : 'API_URL', away, mend);
  }
  if (!accounts && environment !== EMBEDDED) {
    const why = v.BASE_URL ? 'BASE_URL is set' : `ENVIRONMENT=${environment} has an address`;
    yield problem(
      'ACCOUNTS_FILE',
      undefined,
      `missing, and ${why}; name a YAML file with the accounts to use there`,
    );
  }
  for (const url of urls) {
    const proxy = proxyVariableFor(url, source);
    if (!proxy) continue;
    const host = hostOf(url);
    // The value may hold a password.
    yield problem(
      proxy,
      undefined,
      `is set, but browsers and HTTP sessions use no proxy and go to ${host} directly; put ${host} into NO_PROXY, or unset ${proxy}`,
    );
    return;
  }
}

/** Whether browsers take the certificates that HTTP sessions take: Node and Chromium have stores and settings of their own. */

import { chromium } from '@playwright/test';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { browserContext } from '../../config/browser-context.ts';
import { type Environment, processEnv } from '../../config/environment.ts';
import { chromiumCode } from '../../measure/errors/foreign-texts.ts';
import type { Target } from '../../measure/target/target.ts';
import type { Check } from './check.ts';

const LIMIT_MS = 15_000;

/** What Chromium says of a certificate: https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
const FAULTS: Record<string, string> = {
  ERR_CERT_AUTHORITY_INVALID: 'is signed by an authority that they do not know',
  ERR_CERT_COMMON_NAME_INVALID: 'is for another host',
  ERR_CERT_DATE_INVALID: 'has expired, or is not valid yet',
  ERR_CERT_REVOKED: 'is revoked',
  ERR_CERT_VALIDITY_TOO_LONG: 'is valid for longer than they allow',
  ERR_CERT_WEAK_KEY: 'has a weak key',
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: 'has a weak signature',
};

/** Opens pages and API in a browser, where they are on https: HTTP sessions have taken the certificates already. */
export async function browserTrustChecks(target: Target, environment: Environment): Promise<Check[]> {
  const { url: pages, apiUrl } = target;
  const isSame = new URL(pages).origin === new URL(apiUrl).origin;
  const secure = [`${pages}/login`, ...(isSame ? [] : [`${apiUrl}/auth/me`])].filter((url) =>
    url.startsWith('https:'),
  );
  if (secure.length === 0 || environment.insecureTls) return [];
  const browser = await chromium.launch({
    executablePath: findBrowser(environment).path,
    args: launchArgs({ baseUrl: pages, apiUrl }),
    // A signal ends the run that is being opened, and the browser with it (signals.ts).
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const page = await browser.newPage(browserContext(environment));
    const checks: Check[] = [];
    for (const url of secure) {
      const { origin } = new URL(url);
      const answer = page.goto(url, { waitUntil: 'commit', timeout: LIMIT_MS });
      checks.push(
        await answer.then(
          () => ({ what: 'certificate', state: 'ok' as const, seen: `browsers take that of ${origin}` }),
          ({ message }: Error) => browserRefusal(origin, message),
        ),
      );
    }
    return checks;
  } finally {
    await browser.close();
  }
}

/** @param message of Playwright's error */
export function browserRefusal(origin: string, message: string): Check {
  const code = chromiumCode(message);
  const fault = FAULTS[code] ?? (code.startsWith('ERR_CERT') ? 'is wrong' : undefined);
  if (fault === undefined) {
    const seen = `browsers cannot open ${origin} (${code || message.split('\n')[0]}), and HTTP sessions can`;
    return { what: 'certificate', state: 'fail', seen, mend: 'open that address in a browser to see why' };
  }
  const forNode = ofNodeOnly();
  return {
    what: 'certificate',
    state: 'fail',
    seen: `browsers refuse the certificate of ${origin}: it ${fault} (${code}); HTTP sessions take it${forNode ? `, by ${forNode}, which browsers do not read` : ''}`,
    mend:
      code === 'ERR_CERT_AUTHORITY_INVALID'
        ? 'add the authority to the browsers’ store (`mkdir -p $HOME/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n authority -i <file>`, of libnss3-tools), or set INSECURE_TLS=true'
        : 'renew it, or set INSECURE_TLS=true',
  };
}

/** The setting by which Node may have taken what browsers refuse. */
function ofNodeOnly(): string | undefined {
  if (processEnv('NODE_TLS_REJECT_UNAUTHORIZED') === '0') return 'NODE_TLS_REJECT_UNAUTHORIZED=0';
  return processEnv('NODE_EXTRA_CA_CERTS') ? 'NODE_EXTRA_CA_CERTS' : undefined;
}

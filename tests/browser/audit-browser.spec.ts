/** A second driver for Lighthouse needs a debugging port: a browser whose policies forbid it is named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findBrowser } from '../../config/browser.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { checkAuditBrowser } from '../../lighthouse/audit-browser.ts';

test('a browser that opens no debugging port is refused in one line that names it', async () => {
  const environment = readEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'no-port-'));
  const portless = join(folder, 'chromium');
  const { path } = findBrowser(environment);
  writeFileSync(portless, `#!/usr/bin/env bash\nexec "${path}" "\${@/--remote-debugging-port=0/}"\n`, {
    mode: 0o755,
  });
  try {
    const refused = await checkAuditBrowser({ ...environment, chromiumPath: portless }, 3000).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(ConfigError);
    const { message } = refused as ConfigError;
    expect(message).toContain(`${portless}: opens no debugging port, and Lighthouse needs one`);
    expect(message).toMatch(
      /Set CHROMIUM_PATH to a browser that does, or allow remote debugging in its policies\.$/,
    );
    expect(message).not.toContain('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

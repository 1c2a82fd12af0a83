import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from '../../analysis/report/page-script.ts';

/** The suite's own script runs, by its hash, and none besides. */
export function withoutOwnScript(page: string): string {
  const hash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  assert.ok(page.includes(`; script-src 'sha256-${hash}'">`));
  const without = page.replace(`<script>${PAGE_SCRIPT}</script>`, () => '');
  assert.notEqual(without, page);
  return without;
}

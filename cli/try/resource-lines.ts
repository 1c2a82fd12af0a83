import { bytes, plural } from '../../analysis/format.ts';
import { textTable } from '../../analysis/text/text-table.ts';
import type { ResourceFinding } from '../../measure/resources/resource-findings.ts';

/** What the pages of a journey load that they need not, the largest saving first. */
export function resourceLines(findings: readonly ResourceFinding[]): string[] {
  if (findings.length === 0) return ['Resources: nothing is loaded that need not be.'];
  const rows = findings.map(({ rule, url, page, bytes: size, saving, note }) => [
    rule,
    url,
    page,
    bytes(size),
    bytes(saving),
    note,
  ]);
  const heading = ['finding', 'address', 'page', 'bytes', 'saving', ''];
  return [`Resources: ${plural(findings.length, 'finding')}`, ...textTable([heading, ...rows], [3, 4])];
}

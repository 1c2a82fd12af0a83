/** Measurement → its labels and fields, from the tables of docs/upload.md. */
export function documentedNames(page: string): Map<string, { labels: Set<string>; fields: Set<string> }> {
  const found = new Map<string, { labels: Set<string>; fields: Set<string> }>();
  for (const [, measurement = '', labels = '', fields = ''] of page.matchAll(
    /^\| `(loadtest_\w+)` \|([^|]*)\|([^|]*)\|$/gm,
  )) {
    found.set(measurement, {
      labels: new Set(['run', 'profile', 'environment', ...names(labels)]),
      fields: new Set(names(fields)),
    });
  }
  return found;
}

function names(cell: string): string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
}

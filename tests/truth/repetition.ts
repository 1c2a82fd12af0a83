import type { ProofRow } from './proof.ts';

/**
 * Tries with n observations each. Where a row is wrong, tries once more with 2 n, and that decides: a machine that was
 * busy with something else for a moment is no lie of the suite's. The table says which rows are of a second try.
 */
export async function withRepetition(
  n: number,
  trial: (n: number, attempt: 1 | 2) => Promise<ProofRow[]>,
): Promise<ProofRow[]> {
  const first = await trial(n, 1);
  if (first.every(({ ok }) => ok)) return first;
  for (const { what, found } of first.filter(({ ok }) => !ok))
    console.error(`(once more, with twice the n: ${what} was ${found})`);
  const second = await trial(2 * n, 2);
  return second.map((row, index) => ({
    ...row,
    found: `${row.found}; second try, the first found ${first[index]?.found ?? 'nothing'}`,
  }));
}

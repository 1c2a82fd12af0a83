import { addDays } from '../../fixtures/data/dates.ts';
import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';

const WEEKS = 26;

/**
 * Removes what `own` finds below this path.
 * @throws where the target acknowledges a removal and does not carry it out
 */
export async function removeAll(
  api: ApiBehindPage,
  own: () => Promise<Array<{ id: string }>>,
  path: string,
): Promise<void> {
  const found = await own();
  if (found.length === 0) return;
  for (const { id } of found) await api.remove(`${path}/${id}`);
  const left = (await own()).length;
  if (left > 0) throw new Error(`clean-up: ${left} of ${path} are still there after their removal`);
}

/** Days of the half year from `first` on that the target has blocks of. */
export async function blockDays(api: ApiBehindPage, first: string): Promise<string[]> {
  const { items } = await api.get<{ items: Array<{ date: string }> }>(
    `/blocks?start_date=${first}&end_date=${addDays(first, WEEKS * 7)}`,
  );
  return items.map((block) => block.date);
}

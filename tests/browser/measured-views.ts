/** The small application of app-page.ts as a user goes through it, and what was measured of its views. */
import type { VitalName, VitalSample } from '../../measure/run/samples.ts';
import type { Measured } from './measured-page.ts';

/** Views in order, each with its data and its vitals by name. */
export async function views({ observer, of }: Measured) {
  await observer.finish();
  return of('event')
    .filter((event) => event.name === 'page-view')
    .map(({ page, data }) => ({
      page,
      ...data,
      vitals: Object.fromEntries(
        of('vital')
          .filter(({ view }) => view === data.id)
          .map((vital) => [vital.name, vital]),
      ) as Partial<Record<VitalName, VitalSample>>,
    }));
}

export function follow({ page }: Measured, name: string): Promise<void> {
  return page.getByRole('link', { name, exact: true }).click();
}

export async function heading({ page, screen }: Measured, name: string): Promise<void> {
  await screen.see(page.getByRole('heading', { name }));
}

/** How many Web Vitals were captured, of those that the page views could yield. */

import { VITAL_NAMES } from '../../config/vitals.ts';
import type { BrowserEntries } from '../../measure/run/events.ts';
import type { VitalName } from '../../measure/run/samples.ts';
import { WEB_VITALS } from '../../measure/run/vital-limits.ts';
import type { View } from './page-view.ts';
import type { Summary } from './summary.ts';

interface Captured {
  got(view: string, vital: VitalName): boolean;
  entries?: BrowserEntries;
  wasCut(session: string): boolean;
}

/** Views of sessions that were cut are left out: what they had not yet reported was lost with them. */
export function completenessOf(
  views: ReadonlyMap<string, View>,
  { got, entries, wasCut }: Captured,
): Summary['completeness'] {
  const vitals: Summary['completeness']['vitals'] = {};
  let measurable = 0;
  let withoutInteraction = 0;
  let cut = 0;
  for (const [id, view] of views) {
    if (!view.measurable) continue;
    if (view.session !== undefined && wasCut(view.session)) {
      cut += 1;
      continue;
    }
    measurable += 1;
    if (!view.interacted) withoutInteraction += 1;
    for (const name of VITAL_NAMES.filter((one) => canYield(view, one, entries))) {
      const entry = vitals[name] ?? { expected: 0, got: 0 };
      entry.expected += 1;
      if (got(id, name)) entry.got += 1;
      vitals[name] = entry;
    }
  }
  const unmeasured = [...views.values()].filter((view) => view.unmeasured !== undefined).length;
  return {
    views: views.size,
    measurable,
    unmeasured,
    cut,
    withoutInteraction,
    vitals,
    share: shareOf(vitals),
  };
}

/** Whether a value of this vital is among those that completeness is of. */
export function isExpected(
  view: View | undefined,
  name: VitalName,
  { entries, wasCut }: Pick<Captured, 'entries' | 'wasCut'>,
): boolean {
  if (!view?.measurable || (view.session !== undefined && wasCut(view.session))) return false;
  return canYield(view, name, entries);
}

/**
 * INP can be had only of a view that was interacted with, TTFB only of one that loaded a document, TBT only where the
 * browser tells of long tasks; the others of every measurable view.
 */
function canYield(view: View, name: VitalName, entries: BrowserEntries | undefined): boolean {
  if (name === 'INP') return view.interacted;
  if (name === 'TTFB') return view.nav !== 'soft';
  return name !== 'TBT' || entries?.longTask === true;
}

/** Over all Web Vitals; TBT stands beside them. */
function shareOf(vitals: Summary['completeness']['vitals']): number | null {
  const counted = WEB_VITALS.map((name) => vitals[name] ?? { expected: 0, got: 0 });
  const expected = counted.reduce((sum, one) => sum + one.expected, 0);
  return expected > 0 ? counted.reduce((sum, one) => sum + one.got, 0) / expected : null;
}

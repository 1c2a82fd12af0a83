import { plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

/** "2 of 60 page views outside of warm-up had a script error that nothing caught (3 times); 1 had errors in the console (4 times)." */
export function pageErrorsText({
  views,
  exceptions,
  console,
  files,
}: NonNullable<Summary['pageErrors']>): string {
  const times = (n: number) => (n > 0 ? ` (${plural(n, 'time')})` : '');
  const lacking = files ? ` ${files.views} lacked a stylesheet or script${times(files.n)}.` : '';
  return `${exceptions.views} of ${plural(views, 'page view')} outside of warm-up had a script error that nothing caught${times(exceptions.n)}; ${console.views} had errors in the console${times(console.n)}.${lacking} Known defects are left out.`;
}

import { plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

/** "In 2 of 60 page views a script threw what nobody caught (3 times); in 1 the console had errors (4 times)." */
export function pageErrorsText({
  views,
  exceptions,
  console,
  files,
}: NonNullable<Summary['pageErrors']>): string {
  const times = (n: number) => (n > 0 ? ` (${plural(n, 'time')})` : '');
  const lacking = files ? ` ${files.views} lacked a stylesheet or script${times(files.n)}.` : '';
  return `In ${exceptions.views} of ${plural(views, 'page view')} a script threw what nobody caught${times(exceptions.n)}; in ${console.views} the console had errors${times(console.n)}.${lacking} Known defects are left out.`;
}

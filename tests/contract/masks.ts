/** What differs between two data sets or two days, and says nothing about a page: numbers, dates, ids. */

const WEEKDAYS =
  'Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?';
const MONTHS =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const DATE = new RegExp(
  `\\b(?:(?:${WEEKDAYS}),? )?(?:${MONTHS}) \\d{1,2}\\b(?:, \\d{4})?|\\b\\d{4}-\\d\\d-\\d\\d\\b`,
  'g',
);
const MONTH = new RegExp(`\\b(?:${MONTHS}) \\d{4}\\b`, 'g');
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Grades that /admin/resilience-hub works out from the data. */
const GRADES: [RegExp, string][] = [
  [/^(?:GREEN|YELLOW|ORANGE|RED|BLACK) - \w+$/, '<level> - <mood>'],
  [/^(GREEN|YELLOW|ORANGE|RED|BLACK) defense level(?: - active)?$/, '$1 defense level'],
  [/^\w+ Vulnerability$/, '<grade> Vulnerability'],
];

/** `Nov 23, 2026` → `<date>`, `November 2026` → `<month>`, other numbers → `N`; `<date> <date>` counts once. */
export function masked(text: string): string {
  const [grade, by] = GRADES.find(([pattern]) => pattern.test(text)) ?? [];
  if (grade && by) return text.replace(grade, by);
  return text
    .replace(UUID, '<id>')
    .replace(DATE, '<date>')
    .replace(MONTH, '<month>')
    .replace(/\b\d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?/g, '<time>')
    .replace(/\d+(?:\.\d+)?/g, 'N')
    .replace(/(<date>)(?: <date>)+/g, '$1');
}

/** `GET /assignments?start_date=<date>&page=1 200`: page numbers and sizes stay, dates and ids go. */
export function maskedRequest(line: string): string {
  return line.replace(UUID, '<id>').replace(/\b\d{4}-\d\d-\d\d\b/g, '<date>');
}

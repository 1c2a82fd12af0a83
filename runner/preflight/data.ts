import type { ApiClient } from '../../api/client/api-client.ts';
import * as assignments from '../../api/operations/assignments.ts';
import * as blocks from '../../api/operations/blocks.ts';
import * as people from '../../api/operations/people.ts';
import * as portal from '../../api/operations/portal.ts';
import { addDays, isoDate } from '../../fixtures/data/dates.ts';
import type { Clients } from './accounts.ts';
import type { Check } from './check.ts';

const WEEKS_AHEAD = 26;

/** What journeys cannot do without: people, blocks and assignments ahead, weeks to swap. */
export async function dataChecks(clients: Clients): Promise<Check[]> {
  const checks: Check[] = [];
  const reader = clients.admin ?? clients.coordinator ?? clients.faculty ?? clients.resident;
  if (reader) checks.push(...(await schedule(reader)));
  if (clients.faculty) checks.push(await swapWeeks(clients.faculty));
  return checks;
}

async function schedule(api: ApiClient): Promise<Check[]> {
  const today = isoDate(Date.now());
  const range = { start_date: today, end_date: addDays(today, WEEKS_AHEAD * 7) };
  const [residents, ahead, assigned] = await Promise.all([
    api.request(people.residents),
    api.request(blocks.list, { query: range }),
    api.request(assignments.list, { query: { ...range, page_size: 100 } }),
  ]);
  const many = (what: string, count: number, mend: string): Check =>
    count > 0
      ? { what, state: 'ok', seen: `${count} in the next ${WEEKS_AHEAD} weeks` }
      : { what, state: 'warn', seen: `none in the next ${WEEKS_AHEAD} weeks`, mend };
  const count = residents.data.items.length;
  return [
    count > 0
      ? { what: 'residents', state: 'ok', seen: String(count) }
      : { what: 'residents', state: 'fail', seen: 'none', mend: 'load the target with people first' },
    many('blocks', ahead.data.items.length, 'without them no schedule can be generated: create blocks'),
    many('assignments', assigned.data.total, 'pages will be empty: generate a schedule and publish it'),
  ];
}

async function swapWeeks(api: ApiClient): Promise<Check> {
  const what = 'swap weeks';
  const { data, ok, status } = await api.request(portal.mySchedule, { mayFail: true });
  if (!ok)
    return {
      what,
      state: 'warn',
      seen: `the first faculty account has no profile (answer ${status})`,
      mend: 'give it a person with the same e-mail address',
    };
  const free = (data.fmit_weeks ?? []).filter((week) => week.can_request_swap && !week.is_past).length;
  return free > 0
    ? { what, state: 'ok', seen: `${free} weeks of the first faculty account can be offered` }
    : { what, state: 'warn', seen: 'none', mend: 'assign faculty to the rotation "FMIT" in weeks ahead' };
}

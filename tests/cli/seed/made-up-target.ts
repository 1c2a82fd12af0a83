/** A target of the tests' own, in memory: as much of the contract as `npx loadtest seed` asks for. */
import type { ApiAnswer } from '../../../api/client/api-client.ts';
import type { Client } from '../../../cli/seed/patient-client.ts';
import { addDays } from '../../../fixtures/data/dates.ts';

type Row = Record<string, unknown> & { id: string };
interface Input {
  params?: { id: string };
  query?: Record<string, string | number>;
  body?: Record<string, unknown>;
}
type Answer = [status: number, data: unknown];

const TABLES = ['users', 'people', 'rotations', 'blocks', 'assignments', 'absences'] as const;
type Table = (typeof TABLES)[number];

export class MadeUpTarget {
  readonly rows = Object.fromEntries(TABLES.map((table) => [table, [] as Row[]])) as Record<Table, Row[]>;
  /** Names of the changes that were asked for, in order. */
  readonly changes: string[] = [];
  /** Answers instead of the target's own, by the operation's name; each is given once. `undefined`: its own. */
  readonly instead = new Map<string, Array<Answer | undefined>>();
  #ids = 0;

  readonly client = {
    request: async (operation: { name: string; method: string }, input: Input = {}) => {
      if (operation.method !== 'GET') this.changes.push(operation.name);
      const [status, data] = this.instead.get(operation.name)?.shift() ?? this.#answer(operation.name, input);
      return { status, ok: status < 300, data, json: data, headers: {} } as ApiAnswer<unknown>;
    },
  } as unknown as Client;

  counts(): Record<string, number> {
    return Object.fromEntries(TABLES.map((table) => [table, this.rows[table].length]));
  }

  add(table: Table, row: Record<string, unknown>): Row {
    this.#ids += 1;
    const added = { id: `${table}-${this.#ids}`, ...row };
    this.rows[table].push(added);
    return added;
  }

  #answer(name: string, { params, query = {}, body = {} }: Input): Answer {
    const all = (table: Table, rows = this.rows[table]): Answer => [200, { items: rows, total: rows.length }];
    const [table, verb] = name.split('.') as [Table, string];
    switch (name) {
      case 'auth.users':
        return [200, this.rows.users];
      case 'auth.register':
        return [201, this.add('users', body)];
      case 'people.create':
      case 'absences.create':
        return [201, this.add(table, body)];
      case 'rotations.create':
        return [201, this.add('rotations', { is_archived: false, ...body })];
      case 'rotations.archive':
        return [
          200,
          Object.assign(this.rows.rotations.find(({ id }) => id === params?.id) ?? {}, { is_archived: true }),
        ];
      case 'blocks.list':
        return all('blocks', this.#blocksIn(query));
      case 'blocks.generate':
        return this.#generate(String(query.start_date), String(query.end_date));
      case 'batch.create':
        for (const row of body.assignments as Row[]) this.add('assignments', row);
        return [201, { failed: 0 }];
      case 'batch.delete': {
        const ids = new Set((body.assignments as Row[]).map(({ assignment_id }) => assignment_id));
        this.rows.assignments = this.rows.assignments.filter(({ id }) => !ids.has(id));
        return [200, { failed: 0 }];
      }
      case 'admin.delete user':
        return this.#remove('users', params?.id);
      case 'blocks.delete':
        this.#remove('blocks', params?.id);
        return [500, { detail: 'after its commit' }];
      default:
        return verb === 'delete' ? this.#remove(table, params?.id) : this.#page(table, query);
    }
  }

  #page(table: Table, { page = 1, page_size: size = 1e9 }: Record<string, string | number>): Answer {
    const from = (Number(page) - 1) * Number(size);
    const rows = this.rows[table];
    return [200, { items: rows.slice(from, from + Number(size)), total: rows.length }];
  }

  #blocksIn({ start_date: from = '', end_date: to = '9' }: Record<string, string | number>): Row[] {
    return this.rows.blocks.filter(({ date }) => String(date) >= from && String(date) <= to);
  }

  #generate(from: string, to: string): Answer {
    for (let date = from; date <= to; date = addDays(date, 1))
      for (const time_of_day of ['AM', 'PM']) this.add('blocks', { date, time_of_day });
    return [200, {}];
  }

  #remove(table: Table, gone: string | undefined): Answer {
    this.rows[table] = this.rows[table].filter(({ id }) => id !== gone);
    return [204, undefined];
  }
}

/** `npx loadtest api list`. */
import { textTable } from '../../analysis/text/text-table.ts';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations/registry.ts';
import { PASSED } from '../../config/exit-codes.ts';

/** Gives the exit code. */
export function listApi({ json }: { json: boolean }): number {
  const rows = operations.map(({ name, class: ofClass, method, path, roles, body, response }) => ({
    name,
    class: ofClass,
    method,
    path,
    roles: rolesOf({ roles }),
    shapes: { body: body !== undefined, response: response !== undefined },
  }));
  if (json) {
    console.log(JSON.stringify(rows, null, 2));
    return PASSED;
  }
  const cells = rows.map((row) => [row.name, row.class, row.method, row.path, row.roles]);
  for (const line of textTable(cells)) console.log(line);
  console.log(`${rows.length} operations`);
  return PASSED;
}

function rolesOf({ roles }: Pick<Operation, 'roles'>): string {
  if (roles === undefined) return 'every signed-in user';
  return roles === 'public' ? 'public' : roles.join(', ');
}

/** `npx loadtest api`: the operations that the suite knows, and whether a target still answers them by the contract. */
import { type Command, onlyOptionsOf, type Parts, runPart } from './command.ts';

const PARTS: Parts = {
  async list(words) {
    const values = onlyOptionsOf('api', words, { json: { type: 'boolean', default: false } });
    const { listApi } = await import('./api/list.ts');
    return listApi(values);
  },
  async check(words) {
    const values = onlyOptionsOf('api', words, {
      environment: { type: 'string' },
      'allow-production': { type: 'boolean', default: false },
      routes: { type: 'boolean', default: false },
    });
    const { checkApi } = await import('./api/check.ts');
    return checkApi({ ...values, allowProduction: values['allow-production'] });
  },
};

const api: Command = {
  about: 'lists the API operations, or calls each once to see whether the target fits the contract',
  help: `npx loadtest api list [--json]

Prints every operation: name, class, method, path below the API's base, and the roles that may call it.

  --json                as JSON: name, class, method, path, roles (public: nobody need be signed in), and whether the
                        shapes of its body and of its answer are known

Example: npx loadtest api list | grep swaps

npx loadtest api check [--environment <name>] [--routes] [--allow-production]

Calls each operation once, with an account that may and with made-up input that names rows of the target, and tells
what no longer fits the contract: a status, or the first field of an answer that is missing or of another type.
Operations that change something are called where the environment allows it (mayChange in config/environments.yml) and
what they made is taken away again. Some are asked for what they must refuse only, and a few are never called; each says
why. Defects of config/known-defects.yml are named and excused. Where the target serves /openapi.json, its routes are
held against the operations.

  --environment <name>  entry of config/environments.yml; default: as ENVIRONMENT and BASE_URL say, else the embedded
                        scheduler, which is started for it
  --routes              lists the routes that have no operation; without it they are counted
  --allow-production    needed to look at a production address, which is only read

Example: BASE_URL=http://localhost:3000 ACCOUNTS_FILE=accounts.yml npx loadtest api check

Exit code: 0 all that was called fits, 1 something does not fit, or is left behind on the target, 2 wrong use,
4 target unreachable, 130 interrupted.`,

  run: (words) => runPart('api', PARTS, words),
};

export default api;

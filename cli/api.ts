/** `npx loadtest api`: the operations that the suite knows, and whether a target still answers them by the contract. */
import { command, type Group } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { allowProduction, environmentOrEmbedded } from './target-options.ts';

const api: Group = {
  commands: {
    list: {
      about: 'print every operation with its class, method, path and the roles that may call it',
      ...command({
        options: {
          json: flag(
            '--json',
            'as JSON: name, class, method, path, roles (public: without sign-in), and whether the shapes of its body and of its answer are known',
          ),
        },
        examples: ['npx loadtest api list | grep swaps'],
        exits: { passed: 'the list is printed', wrongUse: true },
        run: async (values) => (await import('./api/list.ts')).listApi(values),
      }),
    },
    check: {
      about: 'call each operation once and report what no longer fits the contract',
      ...command({
        options: {
          environment: environmentOrEmbedded,
          routes: flag('--routes', 'list the routes that have no operation (default: only count them)'),
          allowProduction,
        },
        details: `Calls each operation with an account that may call it, and with made-up input that names rows of the target. Reports a wrong
status, or the first field of an answer that is missing or has another type. Operations that change something are called only
where the environment allows it (mayChange in config/environments.yml), and what they made is removed again. Some are called
only with input that they must refuse, and a few never; the output says why. Defects of config/known-defects.yml are named
and excused. If the target serves /openapi.json, its routes are compared with the operations.`,
        examples: ['BASE_URL=http://localhost:3000 ACCOUNTS_FILE=accounts.yml npx loadtest api check'],
        exits: {
          passed: 'all operations that were called fit the contract',
          failed: 'an operation does not fit, or something is left on the target',
          wrongUse: true,
          unreachable: true,
          interrupted: true,
        },
        run: async (values) => (await import('./api/check.ts')).checkApi(values),
      }),
    },
  },
};

export default api;

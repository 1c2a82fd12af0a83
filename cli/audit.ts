/** `npx loadtest audit`: Lighthouse around pages and journeys, signed in. */
import { textTable } from '../analysis/text/text-table.ts';
import { command } from '../config/command-line/definition.ts';
import { RUN_EXITS } from '../config/command-line/exit-codes-help.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';
import { ConfigError } from '../config/errors.ts';
import { PASSED } from '../config/exit-codes.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { USUAL } from '../lighthouse/usual.ts';
import { allowProduction, environmentOrEmbedded, givenEnvironment } from './target-options.ts';

const MOST_REPEATS = 50;

export default command({
  argument: [
    '[page-or-journey...]',
    'path of a page, or name of a journey in quotes (default: all pages, and a journey of each role)',
  ],
  options: {
    quick: flag('--quick', 'audit once; if nothing is named, only one page of each role'),
    repeats: text('--repeats <n>', `audits of each page and journey (default: ${USUAL.repeats})`),
    formFactor: textWithDefault('--form-factor <name>', 'desktop, or mobile (pages only)', USUAL.formFactor),
    throttling: textWithDefault(
      '--throttling <name>',
      'none, devtools, or simulate (pages only)',
      USUAL.throttling,
    ),
    list: flag('--list', 'print pages and journeys with their roles, and audit none'),
    environment: environmentOrEmbedded,
    allowProduction,
  },
  details: `Lighthouse audits each page as a cold load, signed in as a role that may see it. It audits each journey as a user flow: a load of
the application, a timespan for each step, a snapshot at its end. One audit runs at a time. A page that leads elsewhere is a
failure. Leaves a run directory like any other, with Lighthouse's own reports in lighthouse/; the limits are those of profile
audit. docs/audits.md explains the figures.`,
  examples: [
    'npx loadtest audit --quick',
    'npx loadtest audit /schedule "view my schedule" --repeats 3',
    'npx loadtest audit --form-factor mobile --throttling simulate',
  ],
  exits: RUN_EXITS,

  async run({ quick, repeats, formFactor, throttling, list, ...target }, words) {
    const { FORM_FACTORS, THROTTLINGS } = await import('../lighthouse/settings.ts');
    const { choose } = await import('../lighthouse/choose.ts');
    const settings = {
      formFactor: oneOf(FORM_FACTORS, 'form-factor', formFactor),
      throttling: oneOf(THROTTLINGS, 'throttling', throttling),
      repeats: repeatsOf(repeats, quick),
    };
    if (list) {
      const { AUDITED_PAGES } = await import('../lighthouse/pages.ts');
      const { journeys } = await import('../flows/registry.ts');
      const rows = [
        ...AUDITED_PAGES.map(({ path, role }) => [path, role]),
        ...journeys.map(({ name, role }) => [name, role]),
      ];
      for (const line of textTable(rows)) console.log(line);
      return PASSED;
    }
    const chosen = choose(words, settings, quick);
    const { runAudits } = await import('../lighthouse/run.ts');
    return runAudits(chosen, settings, givenEnvironment(target));
  },
});

/** @throws ConfigError */
function oneOf<T extends string>(all: readonly T[], option: string, given: string): T {
  const found = all.find((one) => one === given);
  if (found) return found;
  throw new ConfigError(
    `loadtest audit: --${option} ${given}: not one of ${all.join(', ')}${didYouMean(given, all)}. Write one of them.`,
  );
}

/** @throws ConfigError */
function repeatsOf(given: string | undefined, quick: boolean): number {
  if (given === undefined) return quick ? 1 : USUAL.repeats;
  const repeats = Number(given);
  if (Number.isInteger(repeats) && repeats >= 1 && repeats <= MOST_REPEATS) return repeats;
  throw new ConfigError(
    `loadtest audit: --repeats ${given}: not a number of repeats. Write a whole number from 1 to ${MOST_REPEATS}.`,
  );
}

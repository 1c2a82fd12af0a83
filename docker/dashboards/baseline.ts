import { dashboard, labelValues, lines, numbers, SIDE_BY_SIDE, table } from './panels.ts';
import { type From, newest, points } from './queries.ts';

/** Two runs side by side. Whether a difference is more than chance only `npx loadtest detect` says. */
const SIDES = ['run', 'baseline'] as const;

const ofSide = (side: (typeof SIDES)[number], measurement: string, ...where: string[]): From => ({
  measurement,
  where: [...where, `"run" =~ /^$${side}$/`],
});

export function baseline() {
  const built = dashboard(
    'Run against baseline',
    'Two runs side by side. `npx loadtest detect` says whether a difference is more than chance.',
    'now-90d',
  )
    .withVariable(labelValues('run', 'run'))
    .withVariable(labelValues('baseline', 'run'));
  for (const side of SIDES)
    built.withPanel(
      numbers(
        { title: `Verdict of the ${side}`, about: '0 pass, 1 warn, 2 fail, 3 invalid.', unit: 'short' },
        newest('A', { verdict: 'verdict_code' }, ofSide(side, 'loadtest_run')),
      ),
    );
  for (const side of SIDES)
    built.withPanel(
      numbers(
        { title: `Apdex of the ${side}`, about: 'Share of satisfied users, 0 to 1.', unit: 'none' },
        newest('A', { apdex: 'apdex' }, ofSide(side, 'loadtest_run')),
      ),
    );
  for (const figure of ['p50', 'p95'] as const)
    built.withPanel(
      table(
        {
          title: `${figure} of steps, operations and classes`,
          about: 'Names that only one of the runs has are shown with one value.',
          unit: 'ms',
        },
        [
          ...SIDE_BY_SIDE,
          {
            id: 'calculateField',
            options: {
              mode: 'binary',
              binary: { left: 'run', operator: '/', right: 'baseline' },
              alias: 'run ÷ baseline',
            },
          },
        ],
        ...SIDES.map((side, index) =>
          newest(
            'AB'.charAt(index),
            { [side]: figure },
            {
              ...ofSide(
                side,
                'loadtest_figure',
                '"kind" =~ /^(step|request|class)$/',
                `"variant" = ''`,
                `"page" = ''`,
              ),
              by: ['kind', 'name'],
            },
          ),
        ),
      ),
    );
  built.withPanel(
    table(
      {
        title: 'Gates of the run',
        about: 'Each limit, what was observed, and what became of it: 0 passed, 1 failed, 2 inconclusive.',
        unit: 'short',
      },
      [{ id: 'organize', options: { excludeByName: { Time: true } } }],
      newest(
        'A',
        { limit: 'limit', observed: 'observed', outcome: 'outcome_code' },
        { ...ofSide('run', 'loadtest_gate'), by: ['metric', 'level', 'side', 'set_in'] },
      ),
    ),
  );
  built.withPanel(
    lines(
      {
        title: 'Requests in each second',
        about: 'Of both runs, each at its own time.',
        unit: 'reqps',
        width: 24,
      },
      ...SIDES.map((side, index) =>
        points('AB'.charAt(index), 'requests', ofSide(side, 'loadtest_second'), side),
      ),
    ),
  );
  return built;
}

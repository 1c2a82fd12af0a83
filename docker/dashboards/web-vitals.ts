import { dashboard, labelValues, lines, numbers, table } from './panels.ts';
import { type From, newest, points } from './queries.ts';

interface Vital {
  name: string;
  unit: string;
  about: string;
}

/** Web Vitals of a run, by page, and what became of them from run to run. */
const VITALS: readonly Vital[] = [
  { name: 'LCP', unit: 'ms', about: 'Largest Contentful Paint. Good up to 2 500 ms.' },
  { name: 'INP', unit: 'ms', about: 'Interaction to Next Paint. Good up to 200 ms.' },
  { name: 'CLS', unit: 'none', about: 'Cumulative Layout Shift. Good up to 0.1.' },
  { name: 'FCP', unit: 'ms', about: 'First Contentful Paint. Good up to 1 800 ms.' },
  {
    name: 'TTFB',
    unit: 'ms',
    about: 'Time to First Byte of first views. Good up to 800 ms.',
  },
];

const vital = ({ name }: Vital, ...where: string[]): From => ({
  measurement: 'loadtest_figure',
  where: [`"kind" = 'vital'`, `"name" = '${name}'`, `"variant" = 'cold'`, ...where],
});
const OF_RUN = '"run" =~ /^$run$/';
const OF_PROFILE = ['"profile" =~ /^$profile$/', '"environment" =~ /^$environment$/'];

export function webVitals() {
  const built = dashboard(
    'Web Vitals',
    'The 75th percentile of each Web Vital of first views, which every run has, by page and by run.',
    'now-30d',
  )
    .withVariable(labelValues('profile', 'profile', { all: true }))
    .withVariable(labelValues('environment', 'environment', { all: true }))
    .withVariable(labelValues('run', 'run'));
  for (const one of VITALS) {
    const { name, unit, about } = one;
    const words = { title: `${name} of the run`, about: `${about} p75 over all pages.`, unit, width: 4 };
    built.withPanel(numbers(words, newest('A', { [name]: 'p75' }, vital(one, `"page" = ''`, OF_RUN))));
  }
  const byPage: From = {
    measurement: 'loadtest_figure',
    where: [`"kind" = 'vital'`, `"page" != ''`, `"variant" = 'cold'`, OF_RUN],
    by: ['page', 'name'],
  };
  const matrix = { columnField: 'name', rowField: 'page', valueField: 'p75' };
  built.withPanel(
    table(
      {
        title: 'Pages of the run',
        about: 'p75 of each page; CLS has no unit, all others are ms.',
        unit: 'short',
      },
      [{ id: 'groupingToMatrix', options: matrix }],
      newest('A', { p75: 'p75' }, byPage),
    ),
  );
  for (const one of VITALS)
    built.withPanel(
      lines(
        {
          title: `${one.name} from run to run`,
          about: `${one.about} A point is the p75 of a page in a run.`,
          unit: one.unit,
        },
        points('A', 'p75', { ...vital(one, `"page" != ''`, ...OF_PROFILE), by: ['page'] }, '$tag_page'),
      ),
    );
  return built;
}

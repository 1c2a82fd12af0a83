/** Scenarios of runs that are harmed: browsers and HTTP clients side by side. */
export const RESIDENTS_IN_BROWSERS = {
  name: 'residents in the browser',
  engine: 'playwright',
  weight: 1,
  flowFunction: 'resident',
};
export const RESIDENTS_OVER_HTTP = {
  name: 'residents over HTTP',
  engine: 'api',
  weight: 4,
  flowFunction: 'resident',
};

/** 10 users in 12 s, 2 of them in browsers: the one phase of a run that is cut short. */
export const MIXED = {
  phases: [{ name: 'steady', duration: 12, arrivalCount: 10 }],
  scenarios: [RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP],
};

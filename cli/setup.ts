/**
 * `npm run setup`: makes sure that there is a browser to measure with, and says which. Quick when there is one.
 * Exits 0, or 2 with a line that says what to do.
 */
import { readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { setUpBrowser } from '../runner/set-up-browser.ts';

try {
  setUpBrowser(readEnvironment());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

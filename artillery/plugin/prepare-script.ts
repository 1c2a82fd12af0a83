import { createRequire } from 'node:module';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { browserContext } from '../../config/browser-context.ts';
import { readEnvironment } from '../../config/environment.ts';
import { partOfRun } from '../../config/part-of-run.ts';
import { type ArtilleryParts, planRun } from '../engine/arrivals.ts';
import { noteOwnBrowsers } from '../engine/browsers.ts';
import { makeBrowsersSturdy } from '../engine/sturdy-browsers.ts';
import { tellOfBrowser } from '../engine/worker-run.ts';
import { nameForPart } from '../profile/name-for-part.ts';
import type { Script } from '../profile/script.ts';

/** Sets the worker's copy of the script to what the environment asks for, before Artillery compiles it. */
export function prepareScript(script: Script): void {
  const environment = readEnvironment();
  const plan = script.config.plugins?.suite?.plan;
  if (!plan) throw new Error('the main thread has not planned the run');
  if (partOfRun()) nameForPart(script);
  script.config.phases = plan.scaled;
  script.config.variables ??= {};
  script.config.engines ??= {};
  script.config.engines.api ??= {};
  const { playwright } = script.config.engines;
  if (playwright) {
    const { path } = findBrowser(environment);
    playwright.launchOptions = {
      executablePath: path,
      headless: !environment.headed,
      ...playwright.launchOptions,
      // Ours last: of a switch given twice, the last one holds.
      args: [...(playwright.launchOptions?.args ?? []), ...launchArgs(environment)],
    };
    playwright.useSeparateBrowserPerVU = environment.browserPerUser ?? playwright.useSeparateBrowserPerVU;
    makeBrowsersSturdy(tellOfBrowser);
    if (playwright.useSeparateBrowserPerVU === true) noteOwnBrowsers();
    // The page's address is filled in when the target is open.
    playwright.contextOptions = { ...browserContext(environment), ...playwright.contextOptions };
  }
  planRun(plan, script.scenarios ?? [], partsOfArtillery());
}

/** The very copies that Artillery draws scenarios and starts users with. */
function partsOfArtillery(): ArtilleryParts {
  const require = createRequire(import.meta.url);
  const ofArtillery = createRequire(require.resolve('artillery/package.json'));
  return { lodash: ofArtillery('lodash'), arrivals: ofArtillery('arrivals') };
}

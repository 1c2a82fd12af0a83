import { plural } from '../../analysis/format.ts';
import { identityText } from '../../compare/history.ts';
import type { HistoryPlace } from '../../compare/merge-histories.ts';
import { sitePages } from '../../compare/site/site.ts';
import { siteContent } from '../../compare/site/site-runs.ts';
import { suiteCommits } from '../../compare/suite-commits.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { placeHere, type StoreOptions, storeOf, untilInterrupted } from '../history/store.ts';
import { reportsIn } from './reports.ts';
import { SiteFolder } from './site-folder.ts';

interface Values extends StoreOptions {
  out?: string;
}

/** Writes the site. Gives the exit code. */
export async function makeSite({ out, ...options }: Values): Promise<number> {
  if (!out) throw new ConfigError('--out: missing. Name a folder for the pages, e.g. site.');
  const { reportsDir } = readEnvironment();
  if (options.store === undefined && options.branch !== undefined)
    throw new ConfigError('site: --branch without --store. Name the repository too.');
  const here = placeHere(reportsDir);
  const store =
    options.store === undefined
      ? { called: here.store, read: (work: typeof write) => work(here) }
      : storeOf(options);
  const folder = new SiteFolder(out);
  const write = async (place: HistoryPlace) => {
    const reports = reportsIn(reportsDir);
    const content = siteContent(place.store, (path, run) => {
      const directory = reports.get(identityText(run));
      return directory !== undefined ? folder.copyReport(directory, path) : folder.hasReport(path);
    });
    for (const { id, reason } of content.leftOut) {
      console.error(`left out: ${id}: ${reason}`);
      folder.keep(id.replace(/^runs\/|\.json$/g, ''));
    }
    if (content.profiles.length === 0)
      throw new ConfigError(
        `${store.called}: no run${content.leftOut.length > 0 ? ' that can be read' : ''}. Add some with \`npx loadtest history add\`.`,
      );
    for (const [path, text] of sitePages(content, { commitsBetween: suiteCommits })) folder.write(path, text);
    folder.removeOthers();
    const runs = content.profiles.flatMap((profile) => profile.runs);
    const whole = runs.filter(({ hasReport }) => hasReport).length;
    console.log(`${out}/index.html: ${plural(runs.length, 'run')}, ${plural(whole, 'whole report')}`);
    return PASSED;
  };
  return await untilInterrupted('site', () => store.read(write));
}

/** `npm run pictures -- <run>`: draws the pictures of a report's views in docs/ from a run directory. */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../config/browser.ts';
import { textWithDefault } from '../config/command-line/option.ts';
import { runProgram } from '../config/command-line/run-program.ts';
import { ROOT, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { FAILED, PASSED } from '../config/exit-codes.ts';

/** View of the report → its picture, which README and docs/report.md show. */
const PICTURES = {
  overview: 'report.webp',
  load: 'report-load.webp',
  browser: 'report-browser.webp',
  figures: 'report-figures.webp',
};
const SIZE = { width: 1240, height: 1000 };
/** A clone of the project has all of them, bytes. */
const LARGEST = 150_000;

await runProgram({
  name: 'npm run pictures --',
  about: 'draw the pictures of a report in docs/ from a run directory',
  options: { out: textWithDefault('--out <folder>', 'where the pictures are written', 'docs') },
  argument: ['[run]', 'run directory with its report (default: reports/runs/latest)'],
  examples: ['npm run pictures -- reports/runs/latest'],
  exits: { passed: 'all are drawn', failed: 'a picture is too large', wrongUse: true },

  async run({ out }, [run]) {
    const environment = readEnvironment();
    const report = join(resolve(run ?? join(environment.reportsDir, 'latest')), 'index.html');
    if (!existsSync(report))
      throw new ConfigError(`${report}: no report there. Name the directory of a run that has ended.`);
    const browser = await chromium.launch({ executablePath: findBrowser(environment).path });
    try {
      const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
      const sizes = [];
      for (const [view, file] of Object.entries(PICTURES))
        sizes.push(await draw(page, `${pathToFileURL(report)}#${view}`, join(resolve(ROOT, out), file)));
      return sizes.every((bytes) => bytes <= LARGEST) ? PASSED : FAILED;
    } finally {
      await browser.close();
    }
  },
});

/** Gives the size of the picture, bytes. Chromium writes WebP by DevTools alone: a third of a PNG. */
async function draw(page: Page, url: string, file: string): Promise<number> {
  await page.goto('about:blank'); // else the next view of the same page is no new load, and keeps its scroll position
  await page.goto(url);
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await devtools.detach();
  const picture = Buffer.from(data, 'base64');
  writeFileSync(file, picture);
  const kilobytes = Math.ceil(picture.length / 1000);
  if (picture.length > LARGEST)
    console.error(`${file}: ${kilobytes} kB, more than ${LARGEST / 1000} kB. Name a shorter run.`);
  else console.log(`${file}: ${kilobytes} kB`);
  return picture.length;
}

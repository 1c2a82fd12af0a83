/** What a changelog says of a version. */
import { ConfigError } from '../config/errors.ts';

/**
 * The text below the version's heading, up to the next one.
 * @param tag `v` and the version
 * @param version that package.json has
 * @throws {ConfigError} one line: the tag is not that of the version, or the changelog has no section of it, calls it
 *   unreleased, or says nothing of it
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`)
    throw new ConfigError(
      `${tag}: package.json has version ${version}. Tag v${version}, or change the version first.`,
    );
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.split(/\s/)[0] === version);
  if (section === undefined)
    throw new ConfigError(
      `CHANGELOG.md: no heading '## ${version} (date)'. Write what is new in this version.`,
    );
  const [heading = '', ...lines] = section.split('\n');
  if (!/\(\d{4}-\d\d-\d\d\)$/.test(heading.trim()))
    throw new ConfigError(
      `CHANGELOG.md: '## ${heading.trim()}' has no date. Write '## ${version} (YYYY-MM-DD)'.`,
    );
  const text = lines.join('\n').trim();
  if (text === '')
    throw new ConfigError(`CHANGELOG.md: nothing below '## ${heading.trim()}'. Write what is new.`);
  return text;
}

import { z } from 'zod';
import type { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { loadYaml } from '../../config/yaml.ts';

const schema = z.looseObject({
  config: z
    .looseObject({ plugins: z.looseObject({ suite: z.unknown().optional() }).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

/**
 * Refuses a script that does not name the suite's plugin. Artillery starts no thread for one whose users are all concurrent, so
 * that no code of the suite would run, and nothing would be measured with exit code 0.
 * @throws {ConfigError} one line: file and line, and the name that may be meant
 */
export function checkNamesPlugin(file: string, shown = file): void {
  const { data, mistake } = loadYaml(file, schema, { shown });
  const { config } = data;
  if (config?.plugins && Object.hasOwn(config.plugins, 'suite')) return;
  throw config?.plugins ? missing(['config', 'plugins'], 'suite') : missing(['config'], 'plugins');

  function missing(path: string[], key: 'plugins' | 'suite'): ConfigError {
    const given = Object.keys((key === 'suite' ? config?.plugins : config) ?? {});
    const meant = given.find((one) => didYouMean(one, [key]) !== '');
    const near = meant === undefined ? '' : ` ('${meant}' is not it)`;
    return mistake(
      path,
      `'${key}' is missing${near}: without it nobody plans and judges the run`,
      'Write plugins: { suite: { profile: <name> } }.',
    );
  }
}

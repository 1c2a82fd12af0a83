/** Options of every command that looks at a target, and the environment that they lead to. */
import { flag, text } from '../config/command-line/option.ts';
import {
  type Environment,
  type EnvironmentSource,
  givenVariables,
  readEnvironment,
} from '../config/environment.ts';
import { guarded } from '../config/production-guard.ts';

const ENTRY = 'entry of config/environments.yml (default: as ENVIRONMENT and BASE_URL say';

/** For commands that need a deployment. */
export const environment = text('--environment <name>', `${ENTRY})`);
/** For commands that start the embedded scheduler where no deployment is named. */
export const environmentOrEmbedded = text(
  '--environment <name>',
  `${ENTRY}, else the embedded scheduler, which it starts)`,
);
export const allowProduction = flag('--allow-production', 'allow a production address; it is only read');

export interface TargetValues {
  environment?: string;
  allowProduction?: boolean;
}

/** The options as the variables that they stand for. */
function variablesOf({ environment: name, allowProduction: isAllowed }: TargetValues): EnvironmentSource {
  return { ...(name && { ENVIRONMENT: name }), ...(isAllowed && { ALLOW_PRODUCTION: 'true' }) };
}

/** The environment that the options lead to; `more` variables count as much as they do. */
export function givenEnvironment(values: TargetValues, more: EnvironmentSource = {}): Environment {
  return readEnvironment({ ...givenVariables(), ...variablesOf(values), ...more });
}

/** @throws ConfigError where the environment cannot be read, or is production and must not be looked at */
export function targetEnvironment(values: TargetValues): Promise<Environment> {
  return guarded(givenEnvironment(values));
}

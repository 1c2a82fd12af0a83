/** One profile's part of a run of several: as if it had run by itself, which is what its limits are made for. */
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';

/** What names of phases begin with in such a run. */
const prefixOf = (profile: string) => `${profile}: `;

/** The run's facts with this profile's plan alone. */
export function runOfProfile(run: RunJson, profile: string): RunJson {
  const { phases, mix, seed } = run.plan;
  const own = phases.filter((phase) => phase.profile === profile);
  return {
    ...run,
    profiles: [profile],
    plan: {
      seed,
      phases: own.map((phase): PlannedPhase => ({ ...phase, name: withoutPrefix(phase.name, profile) })),
      mix: mix.filter((scenario) => scenario.profile === profile),
    },
  };
}

/** What this profile's sessions and process have written, and what is nobody's: the target's, and the run's own. */
export async function* samplesOfProfile(
  samples: AsyncIterable<Sample>,
  { plan }: Pick<RunJson, 'plan'>,
  profile: string,
): AsyncGenerator<Sample> {
  const ofPhase = new Map(plan.phases.map((phase) => [phase.name, phase.profile]));
  const ofSession = new Map<string, string | undefined>();
  for await (const sample of samples) {
    const { session, phase } = sample;
    const told = phase === undefined ? undefined : ofPhase.get(phase);
    if (session !== undefined && told !== undefined) ofSession.set(session, told);
    const whose =
      told ??
      (session === undefined ? undefined : ofSession.get(session)) ??
      (sample.kind === 'generator' ? sample.profile : undefined);
    if (whose !== undefined && whose !== profile) continue;
    yield phase === undefined ? sample : { ...sample, phase: withoutPrefix(phase, profile) };
  }
}

function withoutPrefix(name: string, profile: string): string {
  const prefix = prefixOf(profile);
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

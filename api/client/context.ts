import type { Role } from '../../measure/run/samples.ts';

/** Who makes the requests; goes into every sample. */
export interface ClientContext {
  session: string;
  role: Role;
  journey?: string;
  phase?: string;
  warmup?: boolean;
}

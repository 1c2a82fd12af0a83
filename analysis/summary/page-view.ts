import type { VitalSample } from '../../measure/run/samples.ts';

export const UNKNOWN_PAGE = 'unknown page';

export interface View {
  session?: string;
  page: string;
  nav: 'hard' | 'soft';
  interacted: boolean;
  measurable: boolean;
  /** Why not, where it is for the browser. */
  unmeasured?: string;
}

/** A vital's latest value in its view. */
export interface LatestVital {
  sample: VitalSample;
  drained: boolean;
}

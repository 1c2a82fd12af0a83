import type { AlertRule } from '../../config/alert-rules.ts';

/** What a rule comes to. */
export interface Judgement {
  /** `unknown`: it can be neither said that it is so nor that it is not: an alert stays what it was. */
  outcome: 'firing' | 'over' | 'unknown';
  /** One sentence: what was seen, or why nothing can be said. */
  text: string;
  /** Id of the run that says so. */
  run?: string;
}

export type Judged = Judgement & { rule: AlertRule };
export type RuleOf<K extends AlertRule['kind']> = Extract<AlertRule, { kind: K }>;

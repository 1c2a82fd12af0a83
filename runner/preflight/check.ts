/** One line of the doctor's. */
export interface Check {
  what: string;
  state: 'ok' | 'warn' | 'fail';
  /** What was found. */
  seen: string;
  /** How to fix it; nothing to fix: absent. */
  mend?: string;
}

/** Share of answers that are compared with their schema, 0 to 1; `auto`: as many as there is time for. */
export type CheckRateSetting = 'auto' | number;

/** null: neither. */
export function parseCheckRate(text: string): CheckRateSetting | null {
  if (text === 'auto') return 'auto';
  return /^\d*\.?\d+$/.test(text) && Number(text) <= 1 ? Number(text) : null;
}

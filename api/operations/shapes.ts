/** Shapes that several groups of the contract share. Loose: fields that nobody here reads may come and go. */
import { z } from 'zod';

export const uuid = z.string().min(1);
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const half = z.enum(['AM', 'PM']);

/** `{items, total}`: every list of the contract except the portal's and the half-day one. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.looseObject({ items: z.array(item), total: z.number() });
}

export const message = z.looseObject({ message: z.string() });

export const violation = z.looseObject({ type: z.string(), severity: z.string(), message: z.string() });

export const validation = z.looseObject({
  valid: z.boolean(),
  total_violations: z.number(),
  violations: z.array(violation),
  coverage_rate: z.number(),
});

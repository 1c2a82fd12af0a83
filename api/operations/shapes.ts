/** Shapes that several groups of the contract share. Loose: fields that nobody here reads may come and go. */
import { z } from 'zod';

export const uuid = z.string().min(1);
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const half = z.enum(['AM', 'PM']);
/** A moment; most of the contract's have no offset. */
export const moment = z.string().min(1);
/** Text that may be null, or left out. */
export const text = z.string().nullish();
/** 0–1. */
export const share = z.number().min(0).max(1);

/** Who may call an operation (docs/contract/api.md §1.5). */
export const ADMIN = ['admin'] as const;
export const SCHEDULERS = ['admin', 'coordinator'] as const;
export const STAFF = ['admin', 'coordinator', 'faculty'] as const;
/** A user whose person is of the faculty. */
export const FACULTY = ['faculty'] as const;

/** `{items, total}`: every list of the contract except the portal's and the half-day one. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.looseObject({ items: z.array(item), total: z.number() });
}

/** One page of such a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.looseObject({ items: z.array(item), total: z.number(), page: z.number(), page_size: z.number() });
}

export const message = z.looseObject({ message: z.string() });

export const violation = z.looseObject({
  type: z.string(),
  severity: z.string(),
  message: z.string(),
  person_id: text,
  person_name: text,
  block_id: text,
});

export const validation = z.looseObject({
  valid: z.boolean(),
  total_violations: z.number(),
  violations: z.array(violation),
  coverage_rate: share,
});

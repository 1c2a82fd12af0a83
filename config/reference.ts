/** Values of config files that may be `${VARIABLE}`: what that variable holds. */
import { z } from 'zod';

const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

export const text = z
  .string({ error: 'not a text' })
  .min(1, { error: 'empty; write a value or leave the key out' });

/** A value of this kind, or a reference to a variable, whose value is checked when the environment is read. */
export const reference = (value: z.ZodType) =>
  text.superRefine((given, ctx) => {
    if (REFERENCE.test(given)) return;
    const message = given.includes('${')
      ? `a variable must be the whole value; write \${VARIABLE}`
      : value.safeParse(given).error?.issues[0]?.message;
    if (message) ctx.addIssue({ code: 'custom', message });
  });

/** Name of the variable that a text refers to (`${NAME}`); undefined when it is a value itself. */
export function referredVariable(reference: string | undefined): string | undefined {
  return REFERENCE.exec(reference ?? '')?.[1];
}

/** The value of a text of an entry: itself, or that of the variable it refers to; undefined when there is none. */
export function resolved(
  reference: string | undefined,
  source: Record<string, string | undefined>,
): string | undefined {
  const variable = referredVariable(reference);
  return (variable === undefined ? reference : source[variable]?.trim()) || undefined;
}

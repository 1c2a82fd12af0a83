import { resolve } from 'node:path';

/** The project's folder. Paths in the environment are relative to it. */
export const ROOT = resolve(import.meta.dirname, '..');

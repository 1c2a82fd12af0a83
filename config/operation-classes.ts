/** Classes of HTTP operations: they carry the thresholds. */
export const OPERATION_CLASSES = [
  'auth',
  'crud',
  'complex',
  'business',
  'write',
  'generation',
  'resilience',
] as const;
export type OperationClass = (typeof OPERATION_CLASSES)[number];

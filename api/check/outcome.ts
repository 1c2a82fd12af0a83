import type { RequestSample } from '../../measure/run/samples.ts';

/** What became of one operation when each was called once. */
export interface OperationOutcome {
  operation: string;
  result: 'fits' | 'status' | 'shape' | 'no answer' | 'not called';
  /** Why it was not called, what was answered, or which field does not fit. */
  detail?: string;
  /** Of the request, where one was sent. */
  sample?: RequestSample;
}

/** What advice is made from beside the summary's own figures: in no report. */
import type { Via } from '../../measure/run/samples.ts';

export interface LoggedCall {
  operation: string;
  method: string;
  /** ms since the epoch. */
  sent: number;
  ended: number;
  /** Its answer was as it should be. */
  served: boolean;
  status: number;
  via?: Via;
  session: string;
  /** From sending to the first byte, ms. */
  ttfb?: number;
  /** What the answer says of the server's own time, ms. */
  own?: number;
  bytes?: number;
  uncompressed?: true;
  page?: string;
  requestId?: string;
}

/** One step of one user that ended well. */
export interface LoggedPass {
  step: string;
  session: string;
  page?: string;
  /** ms since the epoch. */
  begun: number;
  ended: number;
  /** Sent in it, in order of sending. */
  calls: LoggedCall[];
  /** Loaded in it. Absent: none. */
  documents?: LoggedDocument[];
}

/** The document of a page that was loaded as a whole. */
export interface LoggedDocument {
  session: string;
  /** When the page was there, ms since the epoch. */
  loaded: number;
  /** From the begin of the navigation to the first byte, redirects and connecting included, ms. Absent: not known. */
  ttfb?: number;
}

/** Outside of warm-up and drain. */
export interface CallLog {
  /** In order of sending. */
  calls: LoggedCall[];
  /** In order of their ends; first views included, for their users waited. */
  passes: LoggedPass[];
}

export interface ShiftSources {
  page: string;
  /** Views that reported a CLS, outside of warm-up, and those whose CLS is not good. */
  views: number;
  shifted: number;
  /** The element that moved in most of these, and in how many. Absent: the browser named none. */
  element?: string;
  times: number;
}

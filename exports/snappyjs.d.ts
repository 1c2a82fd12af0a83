declare module 'snappyjs' {
  /** Block format (https://github.com/google/snappy/blob/main/format_description.txt). */
  export function compress(bytes: Uint8Array): Uint8Array;
  export function uncompress(bytes: Uint8Array): Uint8Array;
}

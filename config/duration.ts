const PATTERN = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/;

/**
 * Seconds of a duration such as `30s`, `5m`, `1h` or `1h30m`; null when `text` is none. A bare number is none: it
 * would be minutes to some readers and seconds to others. Zero is none either.
 */
export function parseDuration(text: string): number | null {
  const [, h = 0, m = 0, s = 0] = PATTERN.exec(text.trim().toLowerCase()) ?? [];
  const seconds = Number(h) * 3600 + Number(m) * 60 + Number(s);
  return seconds > 0 && Number.isFinite(seconds) ? seconds : null;
}

/** Kinds of servers that take figures, as `--to` and LIVE_TO name them. */
export const SERVER_NAMES = ['influxdb', 'prometheus', 'otlp'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

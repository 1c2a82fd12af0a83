/** The messages of https://prometheus.io/docs/specs/prw/remote_write_spec/, read by another than their writer. */
export const WRITE_REQUEST = `syntax = "proto3";
  message WriteRequest { repeated TimeSeries timeseries = 1; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; }
  message Label { string name = 1; string value = 2; }
  message Sample { double value = 1; int64 timestamp = 2; }`;

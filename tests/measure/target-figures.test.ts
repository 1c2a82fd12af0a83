/** From scrapes to figures: shares, rates over the true time, counters that begin again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTargetMetrics } from '../../config/target-metrics.ts';
import { readExposition } from '../../measure/target/metrics/exposition.ts';
import { FigureReader } from '../../measure/target/metrics/figures.ts';

const T = 1_795_420_800_000;
const MIB = 2 ** 20;

function reader(kind: string, only = {}) {
  const definitions = loadTargetMetrics().get(kind);
  assert.ok(definitions, kind);
  const figures = new FigureReader(definitions, only);
  return (seconds: number, text: string) =>
    figures.read(readExposition(`${text.trim()}\n`), T + seconds * 1000);
}

test('an application: counters become rates a second, only what is there is reported', () => {
  const read = reader('application');
  const text = (ok: number, bad: number, cpu: number) => `
http_requests_total{status="2xx"} ${ok}
http_requests_total{status="5xx"} ${bad}
http_request_duration_seconds_count{handler="/"} 7
process_cpu_seconds_total ${cpu}
process_resident_memory_bytes ${150 * MIB}`;
  const first = read(0, text(100, 2, 10));
  assert.deepEqual(first.figures, { memory: 150 });
  assert.deepEqual(first.present, ['requests', 'serverErrors', 'cpu', 'memory']);
  // 5.5 s later, not 5: a rate is over the time that it was.
  const second = read(5.5, text(210, 2, 15.5));
  assert.deepEqual(second.figures, { requests: 20, serverErrors: 0, cpu: 1, memory: 150 });
  assert.equal(second.restarted, false);
});

test('requests are also found by a histogram; an answer of a kind that had not been given before began at 0', () => {
  const read = reader('application');
  const one = (status: number, n: number) => `http_request_duration_seconds_count{status="${status}"} ${n}\n`;
  read(0, one(200, 10));
  assert.deepEqual(read(10, one(200, 30)).figures, { requests: 2, serverErrors: 0 });
  assert.deepEqual(read(20, one(200, 50) + one(500, 5)).figures, { requests: 2.5, serverErrors: 0.5 });
});

test('a restart is a gap, never a negative rate; a lower counter tells it, or another start time', () => {
  const read = reader('application');
  const text = (cpu: number, started: number) =>
    `process_cpu_seconds_total ${cpu}\nprocess_start_time_seconds ${started}\nprocess_open_fds 9`;
  read(0, text(50, 1000));
  assert.deepEqual(read(5, text(1, 1000)), {
    figures: { openFiles: 9 },
    present: ['cpu', 'openFiles'],
    restarted: true,
  });
  assert.equal(read(10, text(2, 1000)).figures.cpu, 0.2, 'and goes on after it');
  // Another of several processes answers: it has used more, and the difference is nobody's.
  assert.deepEqual(read(15, text(90, 1007)).figures, { openFiles: 9 });
  assert.equal(read(20, text(91, 1007)).figures.cpu, 0.2);
});

test('a gauge may fall', () => {
  const read = reader('redis');
  read(0, 'redis_connected_clients 12');
  assert.deepEqual(read(5, 'redis_connected_clients 3').restarted, false);
});

test('a machine: share of CPU used by all but idle and iowait', () => {
  const read = reader('node');
  const text = (user: number, idle: number) => `
node_cpu_seconds_total{cpu="0",mode="user"} ${user}
node_cpu_seconds_total{cpu="0",mode="iowait"} 1
node_cpu_seconds_total{cpu="0",mode="idle"} ${idle}
node_memory_MemAvailable_bytes ${512 * MIB}
node_load1 0.7`;
  assert.deepEqual(read(0, text(0, 0)).figures, { memoryAvailable: 512, load1: 0.7 });
  assert.equal(read(10, text(2, 8)).figures.cpu, 0.2);
  assert.equal(read(20, text(2, 8)).figures.cpu, undefined, 'nothing of nothing is no share');
});

test('containers: groups above them are left out, values with a time of their own are read by that', () => {
  const read = reader('cadvisor');
  const text = (t: number, cpu: number) => `
container_cpu_usage_seconds_total{id="/",name=""} ${cpu * 3} ${T + t * 1000}
container_cpu_usage_seconds_total{id="/docker/a",name="backend"} ${cpu} ${T + t * 1000}
container_cpu_usage_seconds_total{id="/docker/b",name="db"} ${cpu} ${T + t * 1000}
container_memory_working_set_bytes{id="/docker/a",name="backend"} ${64 * MIB}`;
  read(0, text(-1, 10));
  const same = read(5, text(-1, 10));
  assert.deepEqual(same.figures, { memory: 64 }, 'the same value once more is not a rate of 0');
  assert.equal(read(10, text(9, 15)).figures.cpu, 1, 'two of 5 s in 10 s');
  const backend = reader('cadvisor', { name: 'backend' });
  backend(0, text(0, 10));
  assert.equal(backend(10, text(10, 15)).figures.cpu, 0.5, 'only one of them');
  assert.deepEqual(reader('cadvisor', { name: 'nobody' })(0, text(0, 1)).present, []);
});

test('a database and a cache: shares of hits, connections, deadlocks between two scrapes', () => {
  const postgres = reader('postgres', { datname: 'scheduler' });
  const text = (hit: number, read: number, deadlocks: number) => `
pg_stat_database_numbackends{datname="scheduler"} 7
pg_stat_database_numbackends{datname="postgres"} 90
pg_stat_database_blks_hit{datname="scheduler"} ${hit}
pg_stat_database_blks_read{datname="scheduler"} ${read}
pg_stat_database_xact_commit{datname="scheduler"} ${hit}
pg_stat_database_deadlocks{datname="scheduler"} ${deadlocks}`;
  assert.deepEqual(postgres(0, text(1000, 1000, 3)).figures, { connections: 7 });
  assert.deepEqual(postgres(10, text(1090, 1010, 5)).figures, {
    connections: 7,
    cacheHits: 0.9,
    commits: 9,
    deadlocks: 2,
  });
  const redis = reader('redis');
  redis(0, 'redis_keyspace_hits_total 5\nredis_keyspace_misses_total 5');
  assert.deepEqual(redis(5, 'redis_keyspace_hits_total 8\nredis_keyspace_misses_total 6').figures, {
    cacheHits: 0.75,
  });
});

test('a value that is no number is none, and a series that is there twice is refused', () => {
  assert.deepEqual(reader('node')(0, 'node_load1 NaN').figures, {});
  assert.deepEqual(reader('node')(0, 'node_load1 +Inf').present, ['load1']);
  assert.throws(() => reader('node')(0, 'node_load1 1\nnode_load1 2'), /series twice: node_load1/);
});

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CPU_BENCHMARK_VERSION,
  cpuBenchmarkMs,
  cpuWork,
} from '../../measure/health/machine/cpu-benchmark.ts';
import { HostLoad } from '../../measure/health/machine/host-load.ts';
import { ProcessMemory } from '../../measure/health/machine/process-memory.ts';
import { ProcessTree } from '../../measure/health/machine/process-tree.ts';
import { emptyFolder } from './run-folder.ts';

/** A /proc of our own. */
function fakeProc(t: TestContext) {
  const proc = emptyFolder(t);
  return {
    proc,
    write(name: string, text: string): void {
      mkdirSync(dirname(join(proc, name)), { recursive: true });
      writeFileSync(join(proc, name), text);
    },
    /** A process: parent, CPU ticks in user and in kernel mode, private pages, and PSS in KiB. */
    process(pid: number, parent: number, ticks: [number, number], pages = 0, pss?: number): void {
      const zeros = (count: number) => Array(count).fill(0).join(' ');
      this.write(`${pid}/stat`, `${pid} (a) b) S ${parent} ${zeros(9)} ${ticks.join(' ')} ${zeros(13)}`);
      this.write(`${pid}/statm`, `99999 ${pages + 700} 700 1 0 9 0\n`);
      if (pss !== undefined) this.write(`${pid}/smaps_rollup`, `Rss: 99999 kB\nPss:     ${pss} kB\n`);
    },
    end(pid: number): void {
      rmSync(join(proc, String(pid)), { recursive: true });
    },
  };
}

test('the whole machine: CPU and pressure of the time between two looks, load, sockets', async (t) => {
  const { proc, write } = fakeProc(t);
  write('stat', 'cpu  100 0 50 800 50 0 0 0 70 0\ncpu0 1 1 1 1\n');
  write('pressure/cpu', 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\nfull avg10=0 total=0\n');
  write('loadavg', '2.50 3.00 4.00 7/184 16221\n');
  write(
    'net/sockstat',
    'sockets: used 333\nTCP: inuse 17 orphan 0 tw 5 alloc 17 mem 385\nUDP: inuse 9 mem 0\n',
  );
  write('net/sockstat6', 'TCP6: inuse 3\nUDP6: inuse 9\n');
  const begun = performance.now();
  const load = new HostLoad(proc);
  // 60 ticks in user mode, 10 in the kernel, 5 taken by the hypervisor; 15 idle and 10 waiting for a disk.
  write('stat', 'cpu  160 0 60 815 60 0 0 5 130 0\n');
  await wait(100);
  write('pressure/cpu', 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1020000\nfull avg10=0 total=0\n');
  const { cpuPressure = -1, ...figures } = load.take();
  const elapsed = performance.now() - begun;
  assert.deepEqual(figures, {
    hostCpu: 0.75,
    load1: 2.5,
    memoryPressure: undefined,
    ioPressure: undefined,
    sockets: 25,
  });
  assert.ok(cpuPressure >= 20 / elapsed - 0.001 && cpuPressure <= 0.21, `${cpuPressure} in ${elapsed} ms`);
});

test('a machine that tells nothing of itself has no figures, and a busy one never more than all', (t) => {
  const { proc, write } = fakeProc(t);
  const silent = new HostLoad(proc);
  assert.deepEqual(
    Object.values(silent.take()).filter((value) => value !== undefined),
    [],
  );
  write('stat', 'cpu  0 0 0 100 0 0 0 0 0 0\n');
  write('pressure/io', 'some total=0\n');
  const load = new HostLoad(proc);
  write('stat', 'cpu  100 0 0 90 0 0 0 0 0 0\n'); // idle time has been seen to go back
  write('pressure/io', 'some total=900000000\n');
  const { hostCpu, ioPressure } = load.take();
  assert.deepEqual([hostCpu, ioPressure], [1, 1]);
});

test('a tree: new processes count from their start, those of others never, an ended root is nothing', (t) => {
  const fake = fakeProc(t);
  fake.process(1, 0, [500, 500]);
  fake.process(10, 1, [100, 0]);
  fake.process(11, 10, [0, 10]);
  fake.process(20, 10, [70, 0]); // the target
  fake.process(30, 1, [1000, 0]);
  const tree = new ProcessTree(10, { without: 20, proc: fake.proc });
  fake.process(10, 1, [120, 0]);
  fake.process(20, 10, [170, 0]);
  fake.process(21, 20, [33, 0]);
  fake.process(12, 11, [4, 1]);
  fake.process(30, 1, [2000, 0]);
  assert.equal(tree.take()?.cpuSeconds, 0.25);
  assert.equal(tree.take()?.cpuSeconds, 0);
  // The number of a stranger that has ended comes again, now within the tree.
  fake.end(30);
  tree.take();
  fake.process(30, 12, [7, 0]);
  assert.equal(tree.take()?.cpuSeconds, 0.07);
  fake.end(10);
  assert.equal(tree.take(), undefined);
});

test('memory: read once, then moved by its private pages; read again after some looks', (t) => {
  const fake = fakeProc(t);
  const MIB = 1024;
  fake.process(10, 1, [0, 0], 25_600, 40 * MIB);
  const memory = new ProcessMemory(fake.proc);
  assert.equal(memory.of([10]), 40);
  fake.process(10, 1, [0, 0], 25_600 + 256, 90 * MIB); // 256 pages of 4 KiB
  assert.equal(memory.of([10]), 41);
  const later = Array.from({ length: 9 }, () => memory.of([10]));
  assert.equal(later.at(-1), 90, later.join());
  fake.process(11, 10, [0, 0], 0, 8 * MIB);
  assert.equal(memory.of([10, 11]), 98, 'a new process is read at once');
  assert.equal(memory.of([10]), 90, 'and gone with its end');
  assert.equal(new ProcessTree(10, { proc: fake.proc }).take()?.memoryMiB, 98);
});

test('the CPU benchmark does the same work everywhere: to change it is to raise its version', () => {
  assert.deepEqual([CPU_BENCHMARK_VERSION, cpuWork()], [1, 729_830_408]);
  const ms = cpuBenchmarkMs();
  assert.ok(ms > 1 && ms < 5000, `${ms} ms`);
});

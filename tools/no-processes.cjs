// Loaded before a test file by tools/run-tests.ts: a test that starts a process fails. Only tests/process/ may.
'use strict';
const child_process = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');

for (const name of ['spawn', 'fork', 'exec', 'execFile', 'spawnSync', 'execSync', 'execFileSync']) {
  child_process[name] = (program) => {
    throw new Error(
      `${name}(${JSON.stringify(program)}): this test starts a process. Move its file to tests/process/.`,
    );
  };
}
syncBuiltinESMExports();

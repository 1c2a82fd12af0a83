// Says in one line what to do when Node is too old. Written for any Node: it runs before anything newer is needed.
// `npm ci` brings a Node of its own (devDependency `node`) and npm scripts find it first, so this only speaks up
// when that package's install script was not allowed to run.
'use strict';
var NEEDED = [22, 18]; // artillery 2.0.34
var now = process.versions.node.split('.').map(Number);
if (now[0] < NEEDED[0] || (now[0] === NEEDED[0] && now[1] < NEEDED[1])) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: this project needs ' +
      NEEDED.join('.') +
      ' or newer and brings it' +
      ' itself; run `npm ci` with install scripts allowed (`npm ci --ignore-scripts=false`), or install Node 24.',
  );
  process.exit(2);
}

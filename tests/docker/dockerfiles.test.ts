import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../../config/environment.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const project = JSON.parse(read('package.json')) as {
  version: string;
  workspaces: string[];
  devDependencies: Record<string, string>;
};

for (const file of ['docker/Dockerfile', 'docker/Dockerfile.scheduler'])
  describe(file, () => {
    const text = read(file);

    it('installs by the Node that the packages bring', () => {
      assert.equal(/^ARG NODE=(.*)$/m.exec(text)?.[1], project.devDependencies.node);
    });

    it('installs from the lock file only, and says so when it is missing', () => {
      assert.match(text, /^RUN test -f package-lock\.json \|\| \{ echo 'package-lock\.json: .*exit 2; \}/m);
      assert.match(text, /npm ci /);
      assert.doesNotMatch(text, /npm (i|install)\b/);
    });

    it('has a user by number, an init, a health check, a volume and labels', () => {
      const lines = text.split('\n');
      const has = (start: string) => lines.some((line) => line.startsWith(start));
      assert.ok(has('USER 10001:10001'), 'a name would not do for another number');
      assert.ok(has('ENTRYPOINT ["/usr/bin/tini", "--"'));
      assert.ok(has('HEALTHCHECK ') && has('VOLUME /'));
      const labels = ['title', 'description', 'licenses', 'version', 'revision'];
      for (const label of labels) assert.match(text, new RegExp(`org\\.opencontainers\\.image\\.${label}=`));
      assert.match(text, new RegExp(`image\\.version="${project.version}"`));
    });

    it('names no image without a tag', () => {
      const images = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
      assert.ok(images.length > 0 && images.every((image) => /:[^/]+$/.test(image)), images.join(', '));
    });
  });

it('the image of the suite knows every workspace when it installs', () => {
  const text = read('docker/Dockerfile');
  for (const workspace of project.workspaces)
    assert.match(text, new RegExp(`^COPY ${workspace}/package\\.json `, 'm'), workspace);
});

it('what git does not know is in no image either: it may hold secrets', () => {
  const ignored = read('.dockerignore').split('\n');
  const lines = read('.gitignore').split('\n').filter(Boolean);
  assert.ok(lines.length > 5);
  // As Docker writes it: at the root unless `**/` says otherwise.
  const forms = (line: string) => [line, line.replace(/\/$/, ''), `**/${line.replace(/\/$/, '')}`];
  const isCovered = (line: string) =>
    forms(line).some((form) => ignored.includes(form)) || line.startsWith('reports/');
  assert.deepEqual(
    lines.filter((line) => !isCovered(line)),
    [],
  );
  for (const secret of ['.git', '.env', '**/.env', 'reports']) assert.ok(ignored.includes(secret), secret);
});

it('an image holds whatever it starts', () => {
  for (const path of ['fixtures/scheduler/main.ts', 'fixtures/scheduler/web/build.ts', 'cli/loadtest.cjs'])
    assert.ok(existsSync(join(ROOT, path)), path);
});

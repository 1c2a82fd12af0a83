import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../config/environment.ts';
import { DASHBOARDS, textOf } from '../../docker/dashboards/dashboards.ts';
import { INFLUXDB, PROMETHEUS } from '../../docker/dashboards/queries.ts';
import { panelQueries } from '../containers/panel-queries.ts';
import { documentedNames } from '../exports/documented-names.ts';

const FOLDER = 'docker/grafana/dashboards';
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

it('the files of the dashboards are what docker/dashboards/ makes (npm run dashboards)', () => {
  const made = DASHBOARDS.map((dashboard) => `${FOLDER}/${dashboard.uid}.json`);
  assert.deepEqual(globSync(`${FOLDER}/*.json`, { cwd: ROOT }).sort(), [...made].sort());
  for (const dashboard of DASHBOARDS)
    assert.ok(read(`${FOLDER}/${dashboard.uid}.json`) === textOf(dashboard), `${dashboard.uid} is another`);
});

it('each panel says what it shows, in which unit', () => {
  const panels = DASHBOARDS.flatMap(({ panels = [] }) => panels);
  assert.ok(panels.length > 40);
  for (const panel of panels) {
    assert.ok('targets' in panel && panel.targets?.length, panel.title ?? 'a panel without a query');
    assert.ok(panel.title && panel.description && panel.fieldConfig?.defaults?.unit, panel.title);
  }
});

it('each query asks a data source that is provisioned, for names that docs/upload.md has', () => {
  const { datasources } = parse(read('docker/grafana/provisioning/datasources/loadtest.yml')) as {
    datasources: Array<{ uid: string; type: string }>;
  };
  const provisioned = datasources.map(({ uid, type }) => ({ type, uid }));
  assert.deepEqual(provisioned, [INFLUXDB, PROMETHEUS]);
  const names = documentedNames(read('docs/upload.md'));
  for (const { where, source, text } of panelQueries()) {
    assert.ok(
      provisioned.some(({ uid }) => uid === source),
      where,
    );
    if (source === 'prometheus') {
      const metric = /^\w+/.exec(text)?.[0] ?? '';
      const isKnown = [...names].some(([of, { fields }]) =>
        [...fields].some((field) => `${of}_${field}` === metric),
      );
      assert.ok(isKnown, `${where}: ${metric}`);
      continue;
    }
    const known = names.get(/FROM "(\w+)"/.exec(text)?.[1] ?? '');
    assert.ok(known, `${where}: ${text}`);
    const fields = [...text.matchAll(/(?:SELECT |\()"(\w+)"/g)].map(([, field = '']) => field);
    for (const field of fields) assert.ok(known.fields.has(field), `${where}: field ${field}`);
    const compared = [...text.matchAll(/"(\w+)" (?:=|!=|=~) /g)].map(([, label = '']) => label);
    const grouped = text.split(' GROUP BY ')[1]?.match(/(?<=")\w+(?=")/g) ?? [];
    for (const label of [...compared, ...grouped])
      assert.ok(known.labels.has(label), `${where}: label ${label}`);
  }
});

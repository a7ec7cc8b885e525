// SPDX-License-Identifier: Apache-2.0
// An operator draws a zone: it is told of at once, stands on every page, and outlives a restart.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, waitFor } from './support/browser.mjs';
import { Station } from './support/station.mjs';

const station = new Station();
const faults = [];
let browser;
const pages = [];

// Says nothing by itself: what is told comes from what is drawn.
const rules = `
[[rule]]
name = "cables"
kind = "cable"
`;

async function open() {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${station.url}#palette=day&video=0&lat=13.62&lon=121.05&zoom=10.5`);
  await waitFor(page, 'the chart', () => window.__test?.state().ready);
  pages.push(page);
  return page;
}

before(async () => {
  await station.prepare();
  const file = join(station.folder, 'rules.toml');
  writeFileSync(file, rules);
  appendFileSync(station.config, `[rules]\nfile = "${file}"\n`);
  station.start();
  await station.answers();
  station.startSimulator();
  browser = await launch();
  await open();
  await open();
});

after(async () => {
  await browser?.close();
  await station.stop();
});

const zonesOf = (page) => page.evaluate(() => window.__test.state().zones);
// Places on the chart as shares of its width and height; the left part lies under the panel.
async function at(page, x, y) {
  const box = await page.locator('[data-test=chart]').boundingBox();
  return [box.x + box.width * x, box.y + box.height * y];
}
async function clicks(page, places) {
  let n = (await zonesOf(page)).corners;
  for (const [x, y] of places) {
    await page.mouse.click(...(await at(page, x, y)));
    await waitFor(page, 'the corner', (n) => window.__test.state().zones.corners === n, ++n);
  }
}
const finished = (page) =>
  waitFor(page, 'the outline finished', () => !window.__test.state().zones.placing, null);

test('keys step back, give up and finish; an outline that crosses itself is not saved', async () => {
  const [page] = pages;
  await page.keyboard.press('z');
  await page.locator('[data-test=draw-area]').click();
  const bow = [
    [0.65, 0.3],
    [0.9, 0.7],
    [0.9, 0.3],
    [0.65, 0.7],
  ];
  await clicks(page, bow);
  await page.keyboard.press('Backspace');
  await waitFor(page, 'the step back', () => window.__test.state().zones.corners === 3);
  await page.keyboard.press(' ');
  await waitFor(page, 'a corner at the cross', () => window.__test.state().zones.corners === 4);
  await page.keyboard.press('Backspace');
  await clicks(page, bow.slice(3));
  await page.keyboard.press('Enter');
  await finished(page);
  await page.locator('[data-test=zone-hint]', { hasText: 'crosses itself' }).waitFor();
  await page.locator('[data-test=zone-name]').fill('Bow');
  assert.ok(await page.locator('[data-test=zone-save]').isDisabled());
  await page.keyboard.press('Escape');
  await waitFor(page, 'the draft gone', () => window.__test.state().zones.corners === 0);
});

test('an area about the traffic raises an alert, and stands on the other page', async () => {
  const [page, other] = pages;
  await waitFor(page, 'vessels', () => window.__test.state().tracks.length > 5, null, 120_000);
  assert.equal((await page.evaluate(() => window.__test.state())).alerts.length, 0);
  await page.locator('[data-test=officer]').fill('Anna');
  await page.locator('[data-test=draw-area]').click();
  await clicks(page, [
    [0.62, 0.12],
    [0.97, 0.12],
    [0.97, 0.9],
    [0.62, 0.9],
  ]);
  await page.keyboard.press('Enter');
  await finished(page);
  await page.locator('[data-test=zone-watchers]', { hasText: 'no rule yet' }).waitFor();
  await page.locator('[data-test=zone-name]').fill('Exercise area');
  await page.locator('[data-test=tell-entry]').check();
  await page.locator('[data-test=zone-watchers]', { hasText: 'comes in' }).waitFor();
  await page.locator('[data-test=zone-save]').click();
  for (const each of pages)
    await waitFor(each, 'the zone', () => window.__test.state().zones.names.includes('Exercise area'));
  await waitFor(other, 'an alert of it', () =>
    window.__test.state().alerts.some((a) => a.zones.includes('Exercise area')),
  );
  await page.locator('[data-test=zone]', { hasText: 'entry (drawn)' }).waitFor();
  const file = JSON.parse(readFileSync(join(station.folder, 'data/zones.geojson'), 'utf8'));
  assert.equal(file.features[0].properties.who, 'Anna');
});

test('a cable is watched by the rule for all cables; a name that is taken is refused', async () => {
  const [page] = pages;
  await page.locator('[data-test=draw-line]').click();
  await clicks(page, [
    [0.6, 0.3],
    [0.6, 0.8],
  ]);
  await page.locator('[data-test=zone-finish]').click();
  await page.locator('[data-test=zone-kind]').selectOption('cable');
  await page.locator('[data-test=zone-watchers]', { hasText: 'cables' }).waitFor();
  await page.locator('[data-test=zone-name]').fill('Exercise area');
  await page.locator('[data-test=zone-save]').click();
  await page.locator('[data-test=zone-fault]', { hasText: 'already' }).waitFor();
  await page.locator('[data-test=zone-name]').fill('Power cable');
  await page.locator('[data-test=zone-save]').click();
  await waitFor(page, 'the cable', () => window.__test.state().zones.names.includes('Power cable'));
});

test('a corner that is dragged is another one on both pages', async () => {
  const [page, other] = pages;
  const before = await (await fetch(`${station.url}api/v1/zones`)).json();
  await page.locator('[data-test=zone]', { hasText: 'Power cable' }).locator('[data-test=zone-edit]').click();
  await waitFor(page, 'the view', () => !window.__test.moving() && window.__test.state().zones.corners === 2);
  const [lonDeg, latDeg] = before.features[1].geometry.coordinates[0];
  const from = await page.evaluate(([lon, lat]) => window.__test.pixelAt(lon, lat), [lonDeg, latDeg]);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.locator('[data-test=zone-save]').click();
  await waitFor(other, 'the third version', () => window.__test.state().zones.version === 3);
  const now = await (await fetch(`${station.url}api/v1/zones`)).json();
  assert.ok(Math.abs(now.features[1].geometry.coordinates[0][0] - lonDeg) > 1e-4);
  assert.deepEqual(now.features[1].geometry.coordinates[1], before.features[1].geometry.coordinates[1]);
});

test('deleting wants a reason; every version is kept and says who and why', async () => {
  const [page, other] = pages;
  const cable = page.locator('[data-test=zone]', { hasText: 'Power cable' });
  await cable.locator('[data-test=zone-delete]').click();
  assert.ok(await page.locator('[data-test=zone-really-delete]').isDisabled());
  await page.locator('[data-test=zone-why]').fill('laid elsewhere');
  await page.locator('[data-test=zone-really-delete]').click();
  await waitFor(other, 'it gone', () => !window.__test.state().zones.names.includes('Power cable'));
  const { versions } = await (await fetch(`${station.url}api/v1/zones/versions`)).json();
  assert.deepEqual(
    versions.map((v) => [v.version, v.what, v.name, v.who]),
    [
      [4, 'deleted', 'Power cable', 'Anna'],
      [3, 'changed', 'Power cable', 'Anna'],
      [2, 'drawn', 'Power cable', 'Anna'],
      [1, 'drawn', 'Exercise area', 'Anna'],
    ],
  );
  assert.equal(versions[0].why, 'laid elsewhere');
  const kept = await (await fetch(`${station.url}api/v1/zones/versions?version=3`)).json();
  assert.equal(kept.features.length, 2);
});

test('a power failure loses nothing that was drawn', async () => {
  await station.kill();
  station.start();
  await station.answers();
  for (const page of pages)
    await waitFor(page, 'the zone again', () => {
      const state = window.__test.state();
      return state.connection === 'alive' && state.zones.names.join() === 'Exercise area';
    });
  await waitFor(pages[0], 'its alerts', () =>
    window.__test.state().alerts.some((a) => a.zones.includes('Exercise area')),
  );
});

test('nothing failed in the pages', () =>
  assert.deepEqual(
    faults.filter((fault) => !/WebSocket|Failed to (load resource|fetch)/.test(fault)),
    [],
  ));

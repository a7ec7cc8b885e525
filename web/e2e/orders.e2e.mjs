// SPDX-License-Identifier: Apache-2.0
// What an operator does about tracks from the page: a name, a track dropped, one begun by a click; and why a track is
// there, on its card.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, waitFor } from './support/browser.mjs';
import { Station } from './support/station.mjs';

const station = new Station();
const faults = [];
let browser;
const pages = [];

before(async () => {
  await station.prepare();
  station.start();
  await station.answers();
  station.startSimulator();
  browser = await launch();
  for (let k = 0; k < 2; ++k) {
    const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${station.url}#palette=day&video=0`);
    await waitFor(page, 'the chart', () => window.__test?.state().ready);
    pages.push(page);
  }
  await pages[0].locator('[data-test=officer]').fill('Anna');
});

after(async () => {
  await browser?.close();
  await station.stop();
});

const confirmed = (page) =>
  page.evaluate(() =>
    window.__test
      .state()
      .tracks.filter((t) => t.stage === 1 && t.state & 4)
      .map((t) => t.id),
  );

const numbers = (page) => page.evaluate(() => window.__test.state().tracks.map((t) => t.id));

async function select(page, id) {
  await page.evaluate((id) => window.__test.select(id), id);
  await waitFor(page, 'the card', (id) => window.__test.state().card?.id === id, id);
}

test('the card says why the track is there', async () => {
  const [page] = pages;
  await waitFor(
    page,
    'confirmed radar tracks',
    () => window.__test.state().tracks.filter((t) => t.stage === 1 && t.state & 4).length >= 4,
    null,
    120_000,
  );
  const [id] = await confirmed(page);
  await select(page, id);
  await page.locator('[data-test=story]', { hasText: `Track ${id} was initiated at` }).waitFor();
});

test('a name given on one page stands on both, with who gave it', async () => {
  const [page, other] = pages;
  const [id] = await confirmed(page);
  await select(page, id);
  await page.locator('[data-test=rename]').click();
  await page.locator('[data-test=new-name]').fill('Old Mary');
  await page.locator('[data-test=do-rename]').click();
  for (const each of [page, other]) {
    await waitFor(
      each,
      'the name',
      (id) => window.__test.state().tracks.find((t) => t.id === id)?.name === 'Old Mary',
      id,
    );
  }
  await page.locator('[data-test=named-by]', { hasText: 'Anna' }).waitFor();
  assert.equal(await page.locator('[data-test=card-name]').innerText(), 'Old Mary');
});

// Drops a track that no AIS belongs to, as far as is known; null where its vessel's AIS came in just then, for then
// the number stays, with AIS alone.
async function dropOne(page) {
  const find = () => window.__test.state().tracks.find((t) => t.stage === 1 && t.state & 4 && !t.mmsi)?.id;
  await waitFor(page, 'a vessel without AIS', find);
  const id = await page.evaluate(find);
  await select(page, id);
  await page.locator('[data-test=drop]').click();
  assert.ok((await numbers(page)).includes(id), 'one click drops nothing');
  await page.locator('[data-test=really-drop]').click();
  const left = (id) => !window.__test.state().tracks.some((t) => t.id === id && !t.mmsi);
  await waitFor(page, 'it gone', left, id);
  return (await numbers(page)).includes(id) ? null : id;
}

test('a dropped track goes from both pages, and its card says who ended it', async () => {
  const [page, other] = pages;
  const id = (await dropOne(page)) ?? (await dropOne(page)) ?? (await dropOne(page));
  assert.notEqual(id, null, 'three had AIS after all');
  await page.locator('[data-test=story]', { hasText: 'operator' }).waitFor();
  await waitFor(other, 'it gone', (id) => !window.__test.state().tracks.some((t) => t.id === id), id);
});

test('a click begins a track there, and selects it', async () => {
  const [page] = pages;
  const box = await page.locator('[data-test=chart]').boundingBox();
  const before = await numbers(page);
  await page.keyboard.press('Escape');
  await page.locator('[data-test=begin]').click();
  await page.locator('[data-test=placing]').waitFor();
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.35);
  // Nothing is there to be seen: by the time that the page shows it the track may coast, or have ended.
  await waitFor(
    page,
    'the new track selected',
    (before) => {
      const { selected, card } = window.__test.state();
      return selected !== null && !before.includes(selected) && card?.id === selected;
    },
    before,
  );
  await page.locator('[data-test=story]', { hasText: 'by an operator' }).waitFor();
  assert.equal(await page.locator('[data-test=placing]').count(), 0, 'one click, one track');
});

test('nothing failed in the pages', () => assert.deepEqual(faults, []));

test('an order that cannot reach the station is told, not lost', async () => {
  const [page] = pages;
  const [id] = await confirmed(page);
  await select(page, id);
  await station.kill();
  await waitFor(page, 'connection lost', () => window.__test.state().connection === 'lost');
  await page.locator('[data-test=drop]').click();
  await page.locator('[data-test=really-drop]').click();
  await page.locator('[data-test=notice]', { hasText: 'not sent' }).waitFor();
});

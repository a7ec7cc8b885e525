// SPDX-License-Identifier: Apache-2.0
// `headland replay --serve` on the page: nobody may take it for live, and it can be halted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, waitFor } from './support/browser.mjs';
import { Station } from './support/station.mjs';

const station = new Station();
let browser;
let page;

before(async () => {
  await station.prepare();
  station.startReplay(600);
  await station.answers();
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 800, height: 500 } });
  await page.goto(`${station.url}#palette=dusk`);
});

after(async () => {
  await browser?.close();
  await station.stop();
});

test('a playback says so, with its rate', async () => {
  await waitFor(page, 'replay mode', () => window.__test?.state().mode === 'replay');
  assert.match(
    await page.locator('[data-test=playback]').innerText(),
    /PLAYBACK[\s\S]*recorded data[\s\S]*1×/,
  );
  assert.match(await page.locator('[data-test=mode]').innerText(), /PLAYBACK/);
});

test('nothing can be drawn on it', async () => {
  await page.keyboard.press('z');
  assert.equal(await page.locator('[data-test=zones]').count(), 0);
  assert.equal(await page.locator('[data-test=open-zones]').count(), 0);
});

test('recorded vessels show', async () => {
  await waitFor(
    page,
    'AIS vessels',
    () => window.__test.state().tracks.filter((t) => t.state & 8).length > 3,
    null,
    120_000,
  );
});

test('it halts and goes on', async () => {
  await page.keyboard.press(' ');
  await page.locator('[data-test=playback]', { hasText: 'PAUSED' }).waitFor();
  const halted = (await page.evaluate(() => window.__test.state())).dataTimeS;
  await page.keyboard.press(' ');
  await page.locator('[data-test=playback]', { hasText: 'Pause' }).waitFor();
  await waitFor(page, 'time to go on', (t) => window.__test.state().dataTimeS > t + 2, halted);
});

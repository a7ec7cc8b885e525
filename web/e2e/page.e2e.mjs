// SPDX-License-Identifier: Apache-2.0
// The page against a real station: simulator -> CAT240 and AIVDM over UDP -> headland run -> WebSocket -> Chromium.
// Waits for states, never for times; pixels only coarsely.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, waitFor } from './support/browser.mjs';
import { Station } from './support/station.mjs';

const station = new Station();
const faults = [];
let down = false;
let browser;
let page;

before(async () => {
  await station.prepare();
  station.start();
  await station.answers();
  station.startSimulator();
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 800, height: 500 } });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // While the station is down, failing connections are what the test wants.
    if (message.type() === 'error' && !down) faults.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1')
      faults.push(`outside request: ${request.url()}`);
  });
  await page.goto(`${station.url}#palette=dusk`);
});

after(async () => {
  await browser?.close();
  await station.stop();
});

const state = () => page.evaluate(() => window.__test.state());

// Share of the chart's pixels that fit, and their mean brightness.
async function pixels() {
  const png = await page.locator('[data-test=chart]').screenshot({ timeout: 60_000 });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let [echo, sum] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = data.subarray(i, i + 3);
      sum += (r + g + b) / 3;
      // The amber of the dusk palette's video.
      if (r > 90 && r > g + 15 && g > b + 40) echo += 1;
    }
    return { echo: (4 * echo) / data.length, brightness: (4 * sum) / data.length };
  }, png.toString('base64'));
}

const chartRests = () => waitFor(page, 'the chart at rest', () => !window.__test.moving());

// The chart is drawn when the browser gets to it: look again until it fits.
async function untilPixels(what, fits) {
  let seen;
  for (let i = 0; i < 30; ++i) {
    seen = await pixels();
    if (fits(seen)) return;
    await page.waitForTimeout(300);
  }
  assert.fail(`never saw ${what}: ${JSON.stringify(seen)}`);
}

test('the station says hello and the chart stands', async () => {
  await waitFor(page, 'hello', () => window.__test?.state().ready && window.__test.state().radars === 1);
  const { node, mode, connection } = await state();
  assert.equal(node, 'End to end');
  assert.equal(mode, 'live');
  assert.equal(connection, 'alive');
});

test('radar video arrives, is drawn, and its latency is known', async () => {
  await waitFor(page, 'a whole turn', () => window.__test.state().counts.spokes > 2048);
  await waitFor(page, 'latency', () => window.__test.state().latencyMs !== null);
  const { latencyMs } = await state();
  assert.ok(latencyMs > -50 && latencyMs < 60_000, `latency ${latencyMs} ms`);
  await untilPixels('echoes', ({ echo }) => echo > 0.0005);
});

test('tracks come up and move', async () => {
  await waitFor(
    page,
    'confirmed radar tracks, one of them under way',
    () => {
      const held = window.__test.state().tracks.filter((t) => t.stage === 1 && t.state & 4);
      return held.length >= 5 && held.some((t) => (t.speedMps ?? 0) > 3);
    },
    null,
    120_000,
  );
  const first = (await state()).tracks.filter((t) => (t.speedMps ?? 0) > 3);
  await waitFor(
    page,
    'a track that moved',
    (before) => {
      const now = new Map(window.__test.state().tracks.map((t) => [t.id, t]));
      return before.some((t) => now.has(t.id) && Math.abs(now.get(t.id).lonDeg - t.lonDeg) > 1e-5);
    },
    first,
  );
});

test('AIS vessels have names', async () => {
  await waitFor(
    page,
    'names',
    () => window.__test.state().tracks.filter((t) => t.state & 8 && t.name).length >= 3,
    null,
    120_000,
  );
  await waitFor(page, 'labels on the chart', () => window.__test.state().labels > 0);
});

test('a click on a track opens its card with values, ages and sources', async () => {
  // Go near an AIS vessel first, one that is far from all others: over the whole range symbols lie close together, and
  // a radar track and the AIS of its vessel lie upon each other until they are known to be one.
  const { tracks } = await state();
  const apart = (a, b) =>
    Math.hypot(a.latDeg - b.latDeg, (a.lonDeg - b.lonDeg) * Math.cos(a.latDeg * (Math.PI / 180)));
  const alone = (t) =>
    Math.min(...tracks.filter((other) => other.id !== t.id).map((other) => apart(t, other)));
  const [{ id }] = tracks.filter((t) => t.mmsi && t.kind === 0).sort((a, b) => alone(b) - alone(a));
  await page.evaluate((of) => window.__test.select(of), id);
  await page.keyboard.press('Enter');
  await chartRests();
  for (let i = 0; i < 4; ++i) {
    await page.keyboard.press('+');
    await chartRests();
  }
  await page.keyboard.press('Escape');
  await waitFor(page, 'no selection', () => window.__test.state().selected === null);
  const { x, y } = await page.evaluate((of) => window.__test.pixelOf(of), id);
  await page.mouse.click(x, y);
  await waitFor(page, 'the card', () => window.__test.state().card !== null);
  assert.equal((await state()).selected, id);
  const position = page.locator('[data-field=position]');
  assert.match(await position.innerText(), /\d+°/);
  assert.match(await page.locator('[data-test=sources]').innerText(), /AIS|radar|matoco/i);
  // What no source tells is said to be missing, not shown as a number.
  const { card } = await state();
  if (!card.draught_m) assert.match(await page.locator('[data-field=draught]').innerText(), /missing/);
  assert.match(page.url(), new RegExp(`select=${id}`));
});

test('the list holds every track, and the dark ones alone', async () => {
  assert.ok((await page.locator('[data-test=row]').count()) > 3);
  // In one step of the page: rows come and go.
  const widths = await page.evaluate(() =>
    [...document.querySelectorAll('[data-test=row] .who > b')].map((b) => b.getBoundingClientRect().width),
  );
  assert.ok(
    widths.every((width) => width >= 40),
    `names are ${widths} wide`,
  );
  // As many as the station has judged so, none for being seen by radar alone.
  for (const [filter, bits] of [
    ['dark', 4],
    ['doubted', 27],
  ]) {
    await page.locator(`[data-test=${filter}]`).click();
    await waitFor(
      page,
      `${filter} rows`,
      ([name, mask]) => {
        const judged = window.__test.state().tracks.filter((t) => (t.judged & mask) !== 0);
        const button = document.querySelector(`[data-test=${name}]`);
        return Number(button.textContent.match(/\d+/)[0]) === judged.length;
      },
      [filter, bits],
    );
  }
  await page.locator('[data-test=all]').click();
});

test('palettes change with a key, and are remembered', async () => {
  await page.keyboard.press('d');
  await waitFor(page, 'night', () => window.__test.state().palette === 'night');
  await untilPixels('a dark chart', ({ brightness }) => brightness < 40);
  await page.keyboard.press('d');
  await waitFor(page, 'day', () => window.__test.state().palette === 'day');
  await untilPixels('a light chart', ({ brightness }) => brightness > 120);
  assert.equal(await page.evaluate(() => JSON.parse(localStorage['headland.settings']).palette), 'day');
});

test('help opens with ? and closes with Escape', async () => {
  await page.keyboard.press('?');
  await page.locator('[data-test=help]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-test=help]').waitFor({ state: 'detached' });
});

test('a killed station shows as lost; restarted, the same numbers come back', async () => {
  const before = (await state()).tracks.filter((t) => t.stage === 1);
  down = true;
  await station.kill();
  await waitFor(page, 'connection lost', () => window.__test.state().connection === 'lost');
  assert.match(await page.locator('[data-test=banner]').innerText(), /CONNECTION LOST/);
  station.start();
  await station.answers();
  await waitFor(page, 'connection alive', () => window.__test.state().connection === 'alive');
  down = false;
  await page.locator('[data-test=banner]').waitFor({ state: 'detached' });
  await waitFor(
    page,
    'old numbers',
    (old) => {
      const now = new Set(window.__test.state().tracks.map((t) => t.id));
      return old.filter((id) => now.has(id)).length >= 0.8 * old.length;
    },
    before.map((t) => t.id),
  );
  const mmsi = new Map((await state()).tracks.map((t) => [t.id, t.mmsi]));
  for (const { id, mmsi: known } of before)
    if (known && mmsi.get(id)) assert.equal(mmsi.get(id), known, `track ${id} is another vessel now`);
  // Video runs again too.
  const { spokes } = (await state()).counts;
  await waitFor(page, 'video again', (n) => window.__test.state().counts.spokes > n + 500, spokes);
});

test('what the radar sees now is drawn when it is asked for, with what is said against it', async () => {
  assert.equal((await page.evaluate(() => window.__test.state())).sensitivity, 0);
  await page.keyboard.press('l');
  await page.locator('[data-test=layers] button', { hasText: 'In a turn' }).click();
  await page.keyboard.press('l');
  await waitFor(page, 'its areas', () => window.__test.state().sensitivity > 0);
  const { radars } = await (await fetch(`${station.url}api/v1/sensitivity`)).json();
  const legend = page.locator('[data-test=sensitivity]');
  assert.match(await legend.innerText(), /10 m boat/);
  if (radars[0].uncalibrated) assert.match(await legend.innerText(), /UNCALIBRATED/);
  await page.keyboard.press('l');
  await page.locator('[data-test=layers] button', { hasText: 'Off' }).last().click();
  await page.keyboard.press('l');
  await waitFor(page, 'them gone', () => window.__test.state().sensitivity === 0);
  assert.equal(await legend.count(), 0);
});

test('nothing went wrong on the way', async () => {
  assert.deepEqual(faults, []);
  assert.equal((await state()).faults, 0);
});

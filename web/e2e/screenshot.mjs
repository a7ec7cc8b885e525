// SPDX-License-Identifier: Apache-2.0
// A picture of a running page, for documents and for looking at:
//   node e2e/screenshot.mjs URL OUT.png [day|dusk|night] [select] [--size WxH] [--wait S] [--key K]… [--set key=value]…
//   [--click SELECTOR]…
// `select` picks a track: a number, `both` (the first with radar and AIS), `dark` or `ais`.
import { launch, waitFor } from './support/browser.mjs';

const words = process.argv
  .slice(2)
  .filter((word, i, all) => !word.startsWith('--') && !all[i - 1]?.startsWith('--'));
const [url, out, palette = 'dusk', select] = words;
if (!url || !out) {
  console.error('use: node e2e/screenshot.mjs URL OUT.png [day|dusk|night] [select]');
  process.exit(2);
}
const optionsOf = (name) =>
  process.argv.flatMap((word, i, all) => (all[i - 1] === `--${name}` ? [word] : []));
const [width, height] = (optionsOf('size')[0] ?? '1440x900').split('x').map(Number);
const waitS = Number(optionsOf('wait')[0] ?? 6);

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('pageerror', (error) => console.error('page error:', error.message));
  page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()));
  const set = optionsOf('set').join('&');
  await page.goto(`${url}#palette=${palette}${set ? `&${set}` : ''}`);
  await waitFor(page, 'tracks and video', () => {
    const state = window.__test?.state();
    return state?.ready && state.tracks.length > 0 && state.counts.frames > 3;
  });
  if (select) {
    const id = await page.evaluate((wish) => {
      const { tracks } = window.__test.state();
      const sources = { both: 12, dark: 4, ais: 8 }[wish];
      const found = sources
        ? tracks.find((t) => (t.state & 12) === sources && t.stage === 1 && t.kind === 0)
        : tracks.find((t) => t.id === Number(wish));
      window.__test.select(found?.id ?? null);
      return found?.id ?? null;
    }, select);
    if (id === null) console.error(`no track for '${select}'`);
  }
  await page.waitForTimeout(waitS * 1000);
  for (const key of optionsOf('key')) await page.keyboard.press(key);
  if (optionsOf('key').length > 0) await page.waitForTimeout(1500);
  for (const what of optionsOf('click')) await page.locator(what).first().click();
  if (optionsOf('click').length > 0) await page.waitForTimeout(2500);
  await page.mouse.move(width * 0.3, height * 0.4);
  await page.waitForTimeout(500);
  await page.screenshot({ path: out, timeout: 120_000 });
} finally {
  await browser.close();
}

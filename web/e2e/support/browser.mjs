// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, headless, with WebGL in software (flags measured: see web/README.md).
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const chromiumPath = () => places.find((place) => place && existsSync(place));

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
    // Chromium without --disable-gpu: with it every frame is read back over the main thread.
    ignoreDefaultArgs: ['--disable-gpu'],
  });
}

export async function waitFor(page, what, condition, argument, timeoutMs = 60_000) {
  try {
    await page.waitForFunction(condition, argument, { timeout: timeoutMs, polling: 200 });
  } catch {
    const state = await page
      .evaluate(() => ({ ...window.__test?.state(), tracks: undefined }))
      .catch(() => null);
    throw new Error(`waited in vain for: ${what}; state: ${JSON.stringify(state)}`);
  }
}

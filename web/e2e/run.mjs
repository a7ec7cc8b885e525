// SPDX-License-Identifier: Apache-2.0
// Runs the end-to-end tests, or says why not and exits with 77 (CTest shows that as skipped).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from './support/browser.mjs';
import { whyNot } from './support/station.mjs';

const reason = chromiumPath() ? whyNot() : 'no chromium';
if (reason) {
  console.log(`skipped: ${reason}`);
  process.exit(77);
}
const tests = ['page', 'playback', 'alerts', 'orders', 'zones'].map((name) =>
  fileURLToPath(new URL(`./${name}.e2e.mjs`, import.meta.url)),
);
// One after the other: two browsers with WebGL in software are too much for a small machine.
const how = ['--test', '--test-concurrency=1', '--test-reporter=spec'];
const { status } = spawnSync(process.execPath, [...how, ...tests], { stdio: 'inherit' });
process.exit(status ?? 1);

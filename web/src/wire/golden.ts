// SPDX-License-Identifier: Apache-2.0
// Reads the frames that the server's tests and ours share (test/golden/stream). For tests only.
import { readFileSync } from 'node:fs';

export function goldenFrame(name: string): Uint8Array {
  const text = readFileSync(new URL(`../../../test/golden/stream/${name}.hex`, import.meta.url), 'utf8');
  const bytes = text
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter((word) => word !== '');
  return Uint8Array.from(bytes, (word) => parseInt(word, 16));
}

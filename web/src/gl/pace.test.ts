// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Pace } from './pace';

// A clock of our own: each frame takes `frameMs`; asked for without pause over `spanMs`.
function run(frameMs: number, spanMs: number) {
  let now = 0;
  let frames = 0;
  let queue: { at: number; then: () => void }[] = [];
  const put = (then: () => void, ms: number) => queue.push({ at: now + ms, then });
  const pace = new Pace(
    () => (frames += 1),
    () => now,
    (then) => put(then, frameMs),
    put,
  );
  for (; now < spanMs; now += 1) {
    pace.request();
    const due = queue.filter((q) => q.at <= now);
    queue = queue.filter((q) => q.at > now);
    for (const q of due) q.then();
  }
  return frames;
}

test('quick frames are drawn one after the other', () => {
  expect(run(16, 1600)).toBeGreaterThan(90);
});

test('slow frames leave half of the time to the rest', () => {
  const frames = run(200, 20_000);
  expect(frames * 200).toBeLessThan(0.6 * 20_000);
  expect(frames * 200).toBeGreaterThan(0.4 * 20_000);
});

test('what was asked while a frame is drawn is drawn after it', () => {
  let frames = 0;
  const then: (() => void)[] = [];
  const pace = new Pace(
    () => (frames += 1),
    () => 0,
    (f) => then.push(f),
  );
  pace.request();
  pace.request();
  expect(frames).toBe(1);
  then.shift()?.();
  expect(frames).toBe(2);
  then.shift()?.();
  expect(frames).toBe(2);
});

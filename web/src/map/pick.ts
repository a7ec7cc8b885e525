// SPDX-License-Identifier: Apache-2.0
// Which track lies under the pointer.
import type { TrackStore } from '../store/tracks';

const reachPx = 22; // half a touch target

// x, y and the size in CSS pixels; `matrix` from local metres to clip space.
export function pick(
  store: TrackStore,
  isShown: (slot: number) => boolean,
  matrix: Float32Array,
  at: { x: number; y: number },
  size: { width: number; height: number },
): number | null {
  const { col, count } = store;
  let best: number | null = null;
  let bestPx = reachPx;
  for (let slot = 0; slot < count; ++slot) {
    if (!isShown(slot)) continue;
    const w = matrix[3] * col.x[slot] + matrix[7] * col.y[slot] + matrix[15];
    const x = ((matrix[0] * col.x[slot] + matrix[4] * col.y[slot] + matrix[12]) / w / 2 + 0.5) * size.width;
    const y = (0.5 - (matrix[1] * col.x[slot] + matrix[5] * col.y[slot] + matrix[13]) / w / 2) * size.height;
    const distancePx = Math.hypot(x - at.x, y - at.y);
    if (distancePx < bestPx) {
      bestPx = distancePx;
      best = col.id[slot];
    }
  }
  return best;
}

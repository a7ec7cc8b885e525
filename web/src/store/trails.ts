// SPDX-License-Identifier: Apache-2.0
// Past positions by equal time: one sample for each multiple of `stepS` of data time, so that the dots of all
// tracks are those of the same instants.

export const stepS = 6;
const kept = 120; // samples a track: 12 minutes

export class Trails {
  private step = new Int32Array(0); // which multiple a place holds, 0 = none
  private xy = new Float32Array(0);

  add(slot: number, timeS: number, x: number, y: number): void {
    const step = Math.floor(timeS / stepS);
    if (!(step > 0)) return;
    this.reserve(slot);
    const at = slot * kept + (step % kept);
    // The first of an interval stands; an older one never replaces a newer.
    if (this.step[at] >= step) return;
    this.step[at] = step;
    this.xy[2 * at] = x;
    this.xy[2 * at + 1] = y;
  }

  // Appends x, y and age (0 new to 1 old) of each dot of a slot; returns the new length in floats.
  collect(slot: number, nowS: number, minutes: number, out: Float32Array, length: number): number {
    if (slot * kept >= this.step.length) return length;
    const now = Math.floor(nowS / stepS);
    const reach = Math.min(kept - 1, Math.round((minutes * 60) / stepS));
    const stride = Trails.stride(minutes);
    for (let step = now - (now % stride); step >= now - reach && length + 3 <= out.length; step -= stride) {
      const at = slot * kept + (((step % kept) + kept) % kept);
      if (step <= 0 || this.step[at] !== step) continue;
      out[length++] = this.xy[2 * at];
      out[length++] = this.xy[2 * at + 1];
      out[length++] = (now - step) / reach;
    }
    return length;
  }

  // 15 dots, however long the trail is.
  static stride(minutes: number): number {
    return Math.max(1, Math.round((minutes * 60) / stepS / 15));
  }

  clearSlot(slot: number): void {
    this.step.fill(0, slot * kept, (slot + 1) * kept);
  }

  clear(): void {
    this.step.fill(0);
  }

  move(from: number, to: number): void {
    this.reserve(Math.max(from, to));
    this.step.copyWithin(to * kept, from * kept, (from + 1) * kept);
    this.xy.copyWithin(2 * to * kept, 2 * from * kept, 2 * (from + 1) * kept);
    this.clearSlot(from);
  }

  private reserve(slot: number): void {
    const needed = (slot + 1) * kept;
    if (needed <= this.step.length) return;
    const places = Math.max(needed, this.step.length * 2, 64 * kept);
    const step = new Int32Array(places);
    const xy = new Float32Array(2 * places);
    step.set(this.step);
    xy.set(this.xy);
    this.step = step;
    this.xy = xy;
  }
}

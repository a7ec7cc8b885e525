// SPDX-License-Identifier: Apache-2.0
// What the dot layers show: past positions of the tracks, and the plots of the last seconds.
import type { Anchor } from '../geo/mercator';
import type { TrackStore } from '../store/tracks';
import { symbolOf } from '../symbols/circ243';
import type { PlotBatch } from '../wire/frames';
import { dotFloats, type Dots } from './pointLayer';

const dotsATrack = 32;

// Past positions: built anew at most once a second of data time; the age is 0 (new) to 1 (end of the trail).
export class TrailDots {
  minutes = 6;
  private data = new Float32Array(0);
  private scratch = new Float32Array(3 * dotsATrack);
  private count = 0;
  private version = 0;
  private builtOf = '';

  constructor(
    private readonly store: TrackStore,
    private readonly isShown: (slot: number) => boolean,
  ) {}

  read(dataTimeS: number): Dots {
    const of = `${Math.floor(dataTimeS)},${this.minutes},${this.store.anchor.at.lonDeg},${this.store.count}`;
    if (of !== this.builtOf) {
      this.builtOf = of;
      this.build(dataTimeS);
    }
    // Dots keep some strength to the end, so that the trail's length can be seen.
    return {
      data: this.data,
      count: this.count,
      version: this.version,
      nowS: 0,
      lifeS: 1.25,
      sizePx: 3.4,
    };
  }

  private build(dataTimeS: number): void {
    this.version += 1;
    this.count = 0;
    if (this.minutes <= 0) return;
    const needed = this.store.count * dotsATrack * dotFloats;
    if (this.data.length < needed) this.data = new Float32Array(needed * 2);
    for (let slot = 0; slot < this.store.count; ++slot)
      if (this.isShown(slot)) this.buildTrack(slot, dataTimeS);
  }

  private buildTrack(slot: number, dataTimeS: number): void {
    const { col, trails } = this.store;
    const { colour } = symbolOf(col.kind[slot], col.state[slot]);
    const length = trails.collect(slot, dataTimeS, this.minutes, this.scratch, 0);
    for (let i = 0, at = this.count * dotFloats; i < length; i += 3, at += dotFloats) {
      this.data[at] = this.scratch[i];
      this.data[at + 1] = this.scratch[i + 1];
      this.data[at + 2] = this.scratch[i + 2];
      this.data[at + 3] = colour;
      this.count += 1;
    }
  }
}

const plotsKept = 16384;
const plotColour = 8; // after those of tracks
const plotLifeS = 6;

// Plots: a ring of the newest, each with the local time at which it came.
export class PlotDots {
  private data = new Float32Array(plotsKept * dotFloats);
  private next = 0;
  private count = 0;
  private version = 0;
  private epochS = 0;

  add(plots: PlotBatch, anchor: Anchor, nowS: number): void {
    if (this.epochS === 0) this.epochS = nowS;
    for (let i = 0; i < plots.lonDeg.length; ++i) {
      const at = this.next * dotFloats;
      const [x, y] = anchor.toLocal(plots.lonDeg[i], plots.latDeg[i]);
      this.data[at] = x;
      this.data[at + 1] = y;
      this.data[at + 2] = -(nowS - this.epochS); // birth, so that age = now + this
      this.data[at + 3] = plotColour;
      this.next = (this.next + 1) % plotsKept;
      this.count = Math.min(plotsKept, this.count + 1);
    }
    this.version += 1;
  }

  clear(): void {
    this.count = 0;
    this.next = 0;
  }

  read(nowS: number): Dots {
    return {
      data: this.data,
      count: this.count,
      version: this.version,
      nowS: nowS - this.epochS,
      lifeS: plotLifeS,
      sizePx: 4,
    };
  }
}

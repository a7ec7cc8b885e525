// SPDX-License-Identifier: Apache-2.0
// The polar picture of one radar in memory: two bytes a cell (echo of the newest turn, wake of the turns before), the
// instant of each row, and which rows the graphics card has not got yet. Knows no GL.
import type { Spokes } from '../wire/frames';

// The station takes off what it finds that a radar measures amiss, little by little: then the picture is shifted as it
// is. A larger step is another range.
const mostShiftCells = 4;

export class PolarVideo {
  azimuths = 0;
  cells = 0;
  firstRangeM = 0;
  cellM = 0;
  lonDeg = 0;
  latDeg = 0;
  texels = new Uint8Array(0);
  rowS = new Float64Array(0); // local time of each row, -Infinity = never
  turnS = NaN; // estimated from when rows come again
  layout = 0; // grows when size or range change: everything must be sent anew
  private dirty: [number, number][] = [];

  // Rows [first, end) that changed since the last call.
  takeDirty(): [number, number][] {
    const rows = this.dirty;
    this.dirty = [];
    return rows;
  }

  take(spokes: Spokes, nowS: number, wakeS: number): void {
    this.lonDeg = spokes.lonDeg;
    this.latDeg = spokes.latDeg;
    const shiftCells = Math.abs(spokes.firstRangeM - this.firstRangeM) / this.cellM;
    if (!this.hasGridOf(spokes) || shiftCells > mostShiftCells) {
      this.layOut(spokes);
    } else if (shiftCells > 0.5) {
      this.firstRangeM = spokes.firstRangeM;
      this.layout += 1;
    }
    for (let i = 0; i < spokes.count; ++i) {
      const row = (spokes.firstAzimuth + i) % this.azimuths;
      this.takeRow(row, spokes.amplitudes, i * this.cells, nowS, wakeS);
    }
    this.noteDirty(spokes);
  }

  private noteDirty(spokes: Spokes): void {
    // A window in the background draws nothing, so nobody takes these: then all rows are to be sent.
    if (this.dirty.length > 64) {
      this.dirty = [[0, this.azimuths]];
      return;
    }
    const end = spokes.firstAzimuth + spokes.count;
    this.dirty.push([spokes.firstAzimuth, Math.min(end, this.azimuths)]);
    if (end > this.azimuths) this.dirty.push([0, end - this.azimuths]);
  }

  private takeRow(row: number, amplitudes: Uint8Array, from: number, nowS: number, wakeS: number): void {
    const elapsedS = nowS - this.rowS[row];
    if (elapsedS > 0.2 && elapsedS < 120)
      this.turnS = Number.isNaN(this.turnS) ? elapsedS : this.turnS + 0.05 * (elapsedS - this.turnS);
    const keep = wakeS > 0 && Number.isFinite(elapsedS) ? Math.exp(-elapsedS / wakeS) : 0;
    const { texels, cells } = this;
    for (let c = 0, at = row * cells * 2; c < cells; ++c, at += 2) {
      // The wake is what was here before, fading; the echo itself joins it when the next turn comes.
      texels[at + 1] = Math.max(texels[at], texels[at + 1]) * keep;
      texels[at] = amplitudes[from + c];
    }
    this.rowS[row] = nowS;
  }

  private hasGridOf(s: Spokes): boolean {
    return (
      s.azimuths === this.azimuths &&
      s.cells === this.cells &&
      Math.abs(s.cellM - this.cellM) < 1e-3 * this.cellM
    );
  }

  private layOut(s: Spokes): void {
    this.azimuths = s.azimuths;
    this.cells = s.cells;
    this.cellM = s.cellM;
    this.firstRangeM = s.firstRangeM;
    this.texels = new Uint8Array(2 * s.azimuths * s.cells);
    this.rowS = new Float64Array(s.azimuths).fill(-Infinity);
    this.turnS = NaN;
    this.dirty = [];
    this.layout += 1;
  }

  // Two bytes a row: how much of the echo and of the wake is left at this time.
  fade(nowS: number, afterglowS: number, wakeS: number, out: Uint8Array): void {
    const turnS = Number.isNaN(this.turnS) ? 10 : this.turnS;
    for (let row = 0; row < this.azimuths; ++row) {
      const age = nowS - this.rowS[row];
      // Without afterglow the last turn stands evenly, but never longer: old video must not pass for new.
      const left = afterglowS > 0 ? Math.exp(-age / afterglowS) : age < 1.5 * turnS ? 1 : 0;
      out[2 * row] = 255 * left;
      out[2 * row + 1] = wakeS > 0 ? 255 * Math.exp(-age / wakeS) : 0;
    }
  }
}

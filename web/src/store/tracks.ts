// SPDX-License-Identifier: Apache-2.0
// The picture on the client: a struct of arrays, one slot a track, dense; what is removed is replaced by the last.
// Panels and layers read the arrays; nothing here is reactive, because 5000 tracks twice a second are not for a
// framework. `version` grows with every change.
import { Anchor } from '../geo/mercator';
import { judgedBit, type Card, type TrackBatch } from '../wire/frames';
import { Trails } from './trails';

export interface TrackName {
  label: string;
  name: string | null;
  mmsi: number | null;
}

// Frames may overtake each other by less than this.
const rewindS = 30;

const columns = (n: number) => ({
  id: new Uint32Array(n),
  lonDeg: new Float64Array(n),
  latDeg: new Float64Array(n),
  courseDeg: new Float32Array(n),
  speedMps: new Float32Array(n),
  headingDeg: new Float32Array(n),
  rateOfTurn: new Float32Array(n),
  kind: new Uint8Array(n),
  state: new Uint8Array(n),
  judged: new Uint8Array(n),
  quality: new Uint8Array(n),
  ageS: new Float32Array(n),
  attributeVersion: new Uint32Array(n),
  timeS: new Float64Array(n), // the record holds for this data time
  x: new Float32Array(n), // Mercator metres about the anchor
  y: new Float32Array(n),
});

type Columns = ReturnType<typeof columns>;
const columnNames = Object.keys(columns(0)) as (keyof Columns)[];

export class TrackStore {
  count = 0;
  version = 0;
  private newestS = -Infinity;
  col = columns(256);
  readonly trails = new Trails();
  private readonly slots = new Map<number, number>();
  private readonly names = new Map<number, TrackName>();

  constructor(public anchor = new Anchor({ lonDeg: 0, latDeg: 0 })) {}

  slotOf(id: number): number | undefined {
    return this.slots.get(id);
  }

  nameOf(id: number): TrackName {
    return this.names.get(id) ?? { label: String(id), name: null, mmsi: null };
  }

  // Age of the newest measurement at a data time.
  ageS(slot: number, dataTimeS: number): number {
    return this.col.ageS[slot] + Math.max(0, dataTimeS - this.col.timeS[slot]);
  }

  // Judged by the station, after eight intervals without AIS: what radar alone sees for less long is not dark.
  isDark(slot: number): boolean {
    return (this.col.judged[slot] & judgedBit.dark) !== 0;
  }

  // Something else speaks against what is shown.
  isDoubted(slot: number): boolean {
    return (this.col.judged[slot] & ~judgedBit.dark) !== 0;
  }

  // Moves the origin of the local metres; positions on the graphics card must be sent again.
  setAnchor(anchor: Anchor): void {
    this.anchor = anchor;
    this.trails.clear();
    for (let slot = 0; slot < this.count; ++slot) this.place(slot);
    this.version += 1;
  }

  apply(whole: boolean, timeS: number, removed: Uint32Array, changed: TrackBatch): void {
    // A replay that begins again: what is now the future is no past position.
    if (timeS < this.newestS - rewindS) this.trails.clear();
    this.newestS = timeS;
    if (whole) this.removeAllBut(changed.id);
    for (const id of removed) this.remove(id);
    for (let i = 0; i < changed.id.length; ++i) this.put(changed, i, timeS);
    this.version += 1;
  }

  applyCard(card: Card): void {
    this.names.set(card.id, {
      label: card.label ?? String(card.id),
      name: card.name?.trim() || null,
      mmsi: card.mmsi ?? null,
    });
    const slot = this.slots.get(card.id);
    if (slot !== undefined)
      for (const [lonDeg, latDeg, timeS] of card.past ?? []) this.addPast(slot, lonDeg, latDeg, timeS);
    this.version += 1;
  }

  // A position known from elsewhere (history, card) for the trail.
  addPast(slot: number, lonDeg: number, latDeg: number, timeS: number): void {
    const [x, y] = this.anchor.toLocal(lonDeg, latDeg);
    this.trails.add(slot, timeS, x, y);
  }

  clear(): void {
    this.removeAllBut(new Uint32Array(0));
    this.version += 1;
  }

  private put(batch: TrackBatch, i: number, timeS: number): void {
    let slot = this.slots.get(batch.id[i]);
    if (slot === undefined) {
      slot = this.count;
      if (slot === this.col.id.length) this.grow();
      this.slots.set(batch.id[i], slot);
      this.trails.clearSlot(slot);
      this.count += 1;
    }
    const { col } = this;
    for (const name of columnNames)
      if (name !== 'timeS' && name !== 'x' && name !== 'y') col[name][slot] = batch[name][i];
    col.timeS[slot] = timeS;
    this.place(slot);
    this.trails.add(slot, timeS, col.x[slot], col.y[slot]);
  }

  private place(slot: number): void {
    const [x, y] = this.anchor.toLocal(this.col.lonDeg[slot], this.col.latDeg[slot]);
    this.col.x[slot] = x;
    this.col.y[slot] = y;
  }

  private remove(id: number): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    const last = this.count - 1;
    if (slot !== last) {
      for (const name of columnNames) this.col[name][slot] = this.col[name][last];
      this.trails.move(last, slot);
      this.slots.set(this.col.id[slot], slot);
    }
    this.slots.delete(id);
    this.names.delete(id);
    this.count = last;
  }

  private removeAllBut(kept: Uint32Array): void {
    const keep = new Set(kept);
    for (const id of [...this.slots.keys()]) if (!keep.has(id)) this.remove(id);
  }

  private grow(): void {
    const larger = columns(this.col.id.length * 2);
    for (const name of columnNames) larger[name].set(this.col[name]);
    this.col = larger;
  }
}

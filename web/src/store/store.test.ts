// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from 'vitest';
import { Anchor } from '../geo/mercator';
import { contentOf, decodeDelta, decodeSnapshot } from '../wire/codec';
import { judgedBit, stage, stateBit, type TrackBatch } from '../wire/frames';
import { goldenFrame } from '../wire/golden';
import { defaults, readSelected, readSettings, readView, writeHash } from './settings';
import { TrackStore } from './tracks';
import { stepS, Trails } from './trails';

const none = new Uint32Array(0);

function batchOf(ids: number[], state = stage.confirmed | stateBit.radar, judged = 0): TrackBatch {
  const n = ids.length;
  const filled = (value: number) => new Float32Array(n).fill(value);
  return {
    id: Uint32Array.from(ids),
    lonDeg: Float64Array.from(ids, (id) => 10 + id / 1e4),
    latDeg: new Float64Array(n).fill(63),
    courseDeg: filled(90),
    speedMps: filled(5),
    headingDeg: filled(NaN),
    rateOfTurn: filled(NaN),
    kind: new Uint8Array(n),
    state: new Uint8Array(n).fill(state),
    judged: new Uint8Array(n).fill(judged),
    quality: new Uint8Array(n).fill(255),
    ageS: filled(1),
    attributeVersion: new Uint32Array(n),
  };
}

let store: TrackStore;
beforeEach(() => {
  store = new TrackStore(new Anchor({ lonDeg: 10, latDeg: 63 }));
});

describe('track store', () => {
  it('takes a snapshot, then a delta', () => {
    store.apply(true, 100, none, decodeSnapshot(contentOf(goldenFrame('track_snapshot'))));
    const delta = decodeDelta(contentOf(goldenFrame('track_delta')));
    store.apply(false, 101, delta.removed, delta.changed);
    expect([...store.col.id.subarray(0, store.count)].sort((a, b) => a - b)).toEqual([9, 17, 42]);
  });

  it('keeps every track in its slot through any order of removals', () => {
    store.apply(true, 100, none, batchOf(Array.from({ length: 1000 }, (_, i) => i + 1)));
    for (let id = 3; id <= 1000; id += 3) store.apply(false, 101, Uint32Array.of(id), batchOf([]));
    expect(store.count).toBe(667);
    for (let id = 1; id <= 1000; ++id) {
      const slot = store.slotOf(id);
      if (id % 3 === 0) expect(slot).toBeUndefined();
      else expect(store.col.lonDeg[slot ?? -1]).toBeCloseTo(10 + id / 1e4, 9);
    }
  });

  it('drops what a snapshot no longer holds', () => {
    store.apply(true, 100, none, batchOf([1, 2, 3]));
    store.apply(true, 130, none, batchOf([2, 4]));
    expect(store.slotOf(1)).toBeUndefined();
    expect(store.count).toBe(2);
  });

  it('lets ages grow with the data time', () => {
    store.apply(true, 100, none, batchOf([1]));
    expect(store.ageS(0, 104)).toBeCloseTo(5);
    expect(store.ageS(0, 99)).toBeCloseTo(1);
  });

  it('names tracks, and forgets the name with the track', () => {
    store.apply(true, 100, none, batchOf([7]));
    store.applyCard({ id: 7, label: '7', name: ' NORDLYS ', mmsi: 257000000 });
    expect(store.nameOf(7)).toEqual({ label: '7', name: 'NORDLYS', mmsi: 257000000 });
    store.apply(false, 101, Uint32Array.of(7), batchOf([]));
    expect(store.nameOf(7).name).toBeNull();
  });

  it('calls dark what the station has judged so, not what radar alone sees since a moment', () => {
    const radar = stage.confirmed | stateBit.radar;
    store.apply(true, 100, none, batchOf([1]));
    store.apply(false, 100, none, batchOf([2], radar, judgedBit.dark));
    store.apply(false, 100, none, batchOf([3], radar | stateBit.ais, judgedBit.silent));
    store.apply(false, 100, none, batchOf([4], radar | stateBit.ais, judgedBit.doubted | judgedBit.rivals));
    expect([0, 1, 2, 3].map((slot) => store.isDark(slot))).toEqual([false, true, false, false]);
    expect([0, 1, 2, 3].map((slot) => store.isDoubted(slot))).toEqual([false, false, true, true]);
  });

  it('places tracks anew when the anchor moves', () => {
    store.apply(true, 100, none, batchOf([1]));
    store.setAnchor(new Anchor({ lonDeg: 10.0001, latDeg: 63 }));
    expect(store.col.x[0]).toBeCloseTo(0, 3);
  });
});

describe('trails', () => {
  const out = new Float32Array(600);

  it('hold a dot for each equal step of time', () => {
    const trails = new Trails();
    for (let t = 6000; t <= 6600; t += 1) trails.add(5, t, t, -t);
    const length = trails.collect(5, 6600, 3, out, 0);
    const stride = Trails.stride(3) * stepS;
    expect(length / 3).toBe(16);
    for (let i = 3; i < length; i += 3) expect(out[i - 3] - out[i]).toBe(stride);
    expect(out[length - 1]).toBe(1);
  });

  it('leave gaps where nothing was known', () => {
    const trails = new Trails();
    trails.add(0, 6000, 1, 1);
    trails.add(0, 6120, 2, 2);
    expect(trails.collect(0, 6120, 3, out, 0) / 3).toBe(2);
  });

  it('never show what is older than they reach', () => {
    const trails = new Trails();
    trails.add(0, 6000, 1, 1);
    expect(trails.collect(0, 6000 + 720, 12, out, 0)).toBe(0);
  });

  it('move with their track', () => {
    const trails = new Trails();
    trails.add(3, 6000, 4, 5);
    trails.move(3, 0);
    expect(trails.collect(0, 6000, 3, out, 0)).toBe(3);
    expect(trails.collect(3, 6000, 3, out, 0)).toBe(0);
  });
});

describe('settings', () => {
  it('come from storage, and the address goes before it', () => {
    const read = readSettings('{"palette":"day","plots":true,"vectorMin":12}', '#palette=night&vectorMin=3');
    expect(read).toEqual({ ...defaults, palette: 'night', plots: true, vectorMin: 3 });
  });

  it('survive damage', () => {
    expect(readSettings('{"palette":', '')).toEqual(defaults);
    expect(readSettings('{"palette":"pink","brightness":"x","video":3}', '#brightness=-4')).toEqual({
      ...defaults,
      brightness: 0.1,
    });
    expect(readSettings('null', '')).toEqual(defaults);
  });

  it('and view go through the address and back', () => {
    const view = { lonDeg: 10.5, latDeg: 63.25, zoom: 11.5 };
    const hash = writeHash({ ...defaults, palette: 'day' }, view, 17);
    expect(readView(hash)).toEqual(view);
    expect(readSelected(hash)).toBe(17);
    expect(readSettings(null, hash).palette).toBe('day');
    expect(readView('#lat=99&lon=0&zoom=3')).toBeNull();
    expect(readSelected('#select=x')).toBeNull();
  });
});

// SPDX-License-Identifier: Apache-2.0
// What of the layers can be tested without a graphics card.
import { describe, expect, it } from 'vitest';
import { pointAt } from '../geo/geodesic';
import { Anchor } from '../geo/mercator';
import { TrackStore } from '../store/tracks';
import { stage, stateBit, type Spokes } from '../wire/frames';
import { PlotDots, TrailDots } from './dots';
import { declutter, type Wish } from './labels';
import { dotFloats } from './pointLayer';
import { meshRings, meshSpokes, polarMesh } from './polarMesh';
import { PolarVideo } from './video';

const radar = { lonDeg: 10.52, latDeg: 63.44 };

function spokesOf(firstAzimuth: number, rows: number[][], change: Partial<Spokes> = {}): Spokes {
  return {
    firstAzimuth,
    azimuths: 8,
    count: rows.length,
    cells: rows[0].length,
    firstRangeM: 0,
    cellM: 20,
    ...radar,
    echoTimeS: 0,
    amplitudes: Uint8Array.from(rows.flat()),
    ...change,
  };
}

describe('polar mesh', () => {
  const mesh = polarMesh(radar, 0, 22000);
  const corner = (spoke: number, ring: number) => {
    const at = 4 * (spoke * (meshRings + 1) + ring);
    return mesh.corners.subarray(at, at + 4);
  };

  it('has its corners at geodesic points', () => {
    const anchor = new Anchor(radar);
    for (const [spoke, ring] of [
      [0, 32],
      [256, 16],
      [700, 31],
    ]) {
      const at = pointAt(radar, (360 * spoke) / meshSpokes, (22000 * ring) / meshRings);
      const [x, y] = anchor.toLocal(at.lonDeg, at.latDeg);
      expect(corner(spoke, ring)[0]).toBeCloseTo(x, 1);
      expect(corner(spoke, ring)[1]).toBeCloseTo(y, 1);
    }
  });

  it('has east on the right and north above', () => {
    expect(corner(256, 32)[0]).toBeGreaterThan(40000);
    expect(corner(0, 32)[1]).toBeLessThan(-40000);
  });

  it('goes around once and names only corners it has', () => {
    expect(corner(meshSpokes, 32)[3]).toBe(1);
    expect(Math.max(...mesh.indices.subarray(-6))).toBeLessThan(mesh.corners.length / 4);
    expect(mesh.indices).toHaveLength(meshSpokes * meshRings * 6);
  });
});

describe('polar video', () => {
  it('keeps its echoes when ranges are corrected a little, and begins anew at another range', () => {
    const video = new PolarVideo();
    const take = (firstRangeM: number) => video.take(spokesOf(2, [[9, 8]], { firstRangeM }), 10, 0);
    video.take(spokesOf(5, [[7, 6]]), 9, 0);
    const layout = video.layout;
    take(-4);
    expect([video.layout - layout, video.firstRangeM]).toEqual([0, 0]);
    take(-12);
    expect([video.layout - layout, video.firstRangeM]).toEqual([1, -12]);
    expect(video.texels[2 * 2 * 5]).toBe(7);
    take(-120);
    expect(video.layout - layout).toBe(2);
    expect(video.texels[2 * 2 * 5]).toBe(0);
  });

  it('takes spokes across north and tells which rows changed', () => {
    const video = new PolarVideo();
    video.take(
      spokesOf(7, [
        [1, 2],
        [3, 4],
      ]),
      10,
      0,
    );
    expect(video.texels[2 * 2 * 7]).toBe(1);
    expect(video.texels[2]).toBe(4);
    expect(video.takeDirty()).toEqual([
      [7, 8],
      [0, 1],
    ]);
    expect(video.takeDirty()).toEqual([]);
  });

  it('begins anew when the range scale changes, so that no echo lies at a wrong range', () => {
    const video = new PolarVideo();
    video.take(spokesOf(0, [[9, 9]]), 10, 0);
    const { layout } = video;
    video.take(spokesOf(1, [[5, 5]], { cellM: 40 }), 11, 0);
    expect(video.layout).toBe(layout + 1);
    expect(video.texels[0]).toBe(0);
  });

  it('keeps what was there as a wake that fades', () => {
    const video = new PolarVideo();
    video.take(spokesOf(0, [[200, 0]]), 10, 30);
    video.take(spokesOf(0, [[0, 100]]), 12.5, 30);
    expect(video.texels[0]).toBe(0);
    expect(video.texels[1]).toBe(Math.floor(200 * Math.exp(-2.5 / 30)));
    video.take(spokesOf(0, [[0, 0]]), 15, 0);
    expect(video.texels[1]).toBe(0);
  });

  it('fades each row by its own age', () => {
    const video = new PolarVideo();
    video.take(spokesOf(0, [[1, 1]]), 10, 0);
    video.take(spokesOf(1, [[1, 1]]), 12, 0);
    const left = new Uint8Array(16);
    video.fade(12, 2, 0, left);
    expect([left[0], left[2], left[4]]).toEqual([Math.floor(255 / Math.E), 255, 0]);
  });

  it('without afterglow shows the last turn, and nothing once the radar is silent', () => {
    const video = new PolarVideo();
    video.take(spokesOf(0, [[1, 1]]), 10, 0);
    video.take(spokesOf(0, [[1, 1]]), 12.5, 0);
    const left = new Uint8Array(16);
    video.fade(14.5, 0, 0, left);
    expect(left[0]).toBe(255);
    video.fade(17, 0, 0, left);
    expect(left[0]).toBe(0);
  });

  it('does not pile up work while nobody draws', () => {
    const video = new PolarVideo();
    for (let i = 0; i < 1000; ++i) video.take(spokesOf(i % 8, [[1, 1]]), i, 0);
    const dirty = video.takeDirty();
    expect(dirty.length).toBeLessThan(70);
    expect(dirty).toContainEqual([0, 8]);
  });
});

describe('labels', () => {
  const wish = (id: number, x: number, y: number, importance = 1): Wish => ({
    id,
    x,
    y,
    width: 60,
    height: 16,
    importance,
  });
  const box = (w: Wish, p: { dx: number; dy: number }) => [
    w.x + p.dx,
    w.y + p.dy,
    w.x + p.dx + 60,
    w.y + p.dy + 16,
  ];

  it('never overlap each other or a symbol', () => {
    const wishes = Array.from({ length: 300 }, (_, i) => wish(i, (i * 37) % 800, (i * 91) % 500));
    const placed = declutter(wishes, new Map(), 300);
    const boxes = placed.map((p) => box(wishes[p.id], p));
    const overlap = (a: number[], b: number[]) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    for (let i = 0; i < boxes.length; ++i) {
      for (let j = 0; j < i; ++j) expect(overlap(boxes[i], boxes[j])).toBe(false);
      for (const w of wishes)
        if (w.id !== placed[i].id)
          expect(overlap(boxes[i], [w.x - 8, w.y - 8, w.x + 8, w.y + 8])).toBe(false);
    }
    expect(placed.length).toBeGreaterThan(30);
  });

  it('go to the important first', () => {
    const placed = declutter([wish(1, 100, 100), wish(2, 104, 100, 9)], new Map(), 1);
    expect(placed.map((p) => p.id)).toEqual([2]);
  });

  it('stay where they were, if they can', () => {
    const before = new Map([[1, { id: 1, dx: -73, dy: -8 }]]);
    expect(declutter([wish(1, 100, 100)], before, 10)[0].dx).toBe(-73);
  });
});

describe('dots', () => {
  const store = new TrackStore(new Anchor(radar));
  const one = (lonDeg: number) => ({
    id: Uint32Array.of(1),
    lonDeg: Float64Array.of(lonDeg),
    latDeg: Float64Array.of(63.44),
    courseDeg: Float32Array.of(90),
    speedMps: Float32Array.of(5),
    headingDeg: Float32Array.of(NaN),
    rateOfTurn: Float32Array.of(NaN),
    kind: Uint8Array.of(0),
    state: Uint8Array.of(stage.confirmed | stateBit.radar),
    judged: Uint8Array.of(0),
    quality: Uint8Array.of(255),
    ageS: Float32Array.of(0),
    attributeVersion: Uint32Array.of(1),
  });

  it('of a track lie where it was', () => {
    for (let t = 0; t <= 120; t += 1) store.apply(false, 6000 + t, new Uint32Array(0), one(10.52 + t / 1e4));
    const trail = new TrailDots(store, () => true);
    trail.minutes = 3;
    const dots = trail.read(6120);
    expect(dots.count).toBe(11);
    const [x] = store.anchor.toLocal(10.52 + 108 / 1e4, 63.44);
    expect(dots.data[dotFloats]).toBeCloseTo(x, 0);
  });

  it('are gone with the setting off', () => {
    const trail = new TrailDots(store, () => true);
    trail.minutes = 0;
    expect(trail.read(6120).count).toBe(0);
  });

  it('of plots age from when they came', () => {
    const plots = new PlotDots();
    const batch = {
      lonDeg: Float64Array.of(10.6),
      latDeg: Float64Array.of(63.5),
      strengthDb: Float32Array.of(20),
      cells: Uint16Array.of(4),
      doppler: Uint8Array.of(0),
    };
    plots.add(batch, store.anchor, 1000);
    plots.add(batch, store.anchor, 1004);
    const dots = plots.read(1005);
    const age = (i: number) => dots.nowS + dots.data[i * dotFloats + 2];
    expect([age(0), age(1)]).toEqual([5, 1]);
  });
});

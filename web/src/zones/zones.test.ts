// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { pointAt, rangeBearing, type LonLat } from '../geo/geodesic';
import {
  add,
  begin,
  crosses,
  finish,
  insert,
  isComplete,
  meaningOf,
  middlesOf,
  move,
  remove,
  shapes,
  takeUp,
  toDraw,
  toFeature,
  undo,
  type Draft,
  type DrawnZone,
  type Shape,
} from './draft';
import { arrowsOf, corridorOf, crossingOf, outlineOf } from './shape';

const at = (lonDeg: number, latDeg: number): LonLat => ({ lonDeg, latDeg });
const lonLat = ([lonDeg, latDeg]: number[]) => at(lonDeg, latDeg);
const drawn = (shape: Shape, ...corners: LonLat[]): Draft => finish(corners.reduce(add, begin(shape)));

describe('edges', () => {
  it('are great circles, as the station evaluates them', () => {
    const line = outlineOf([at(0, 60), at(10, 60)], false);
    const middle = line[Math.floor(line.length / 2)];
    // Of the sphere of normals: tan(lat) = tan(60) / cos(5) in the middle.
    const expected = (Math.atan(Math.tan(Math.PI / 3) / Math.cos(Math.PI / 36)) * 180) / Math.PI;
    expect(line.length % 2).toBe(1);
    expect(middle[0]).toBeCloseTo(5, 6);
    expect(middle[1]).toBeCloseTo(expected, 6);
  });

  it('stay whole over the date line', () => {
    const ring = outlineOf([at(179.9, 10), at(-179.9, 10), at(-179.9, 10.1)], true);
    for (let i = 1; i < ring.length; ++i) expect(Math.abs(ring[i][0] - ring[i - 1][0])).toBeLessThan(0.3);
    expect(ring.at(-1)?.[1]).toBeCloseTo(10, 9);
  });

  it('of a corridor are half its width off, also at its ends', () => {
    const line = [at(10, 60), at(10.2, 60), at(10.3, 60.1)];
    const edge = corridorOf(line, 800).map(lonLat);
    const along = outlineOf(line, false).map(lonLat);
    const fine = along.flatMap((p, i) => {
      const next = along[i + 1];
      if (!next) return [p];
      const { rangeM, bearingDeg } = rangeBearing(p, next);
      return Array.from({ length: 200 }, (_, k) => pointAt(p, bearingDeg, (rangeM * k) / 200));
    });
    for (const p of edge) {
      const off = Math.min(...fine.map((q) => rangeBearing(p, q).rangeM));
      expect(off).toBeGreaterThan(380);
      expect(off).toBeLessThan(405);
    }
  });

  it('of a lane have barbs that point along it', () => {
    const [barb] = arrowsOf([at(10, 60), at(10, 60.2)], 600);
    expect(barb[1][1]).toBeGreaterThan(barb[0][1]);
    expect(barb[0][0]).not.toBeCloseTo(barb[2][0], 4);
  });

  it('that cross are found, by their first corners', () => {
    expect(crossingOf([at(0, 0), at(1, 1), at(1, 0), at(0, 1)])).toEqual([0, 2]);
    expect(crossingOf([at(0, 0), at(1, 0), at(1, 1), at(0, 1)])).toBeNull();
    expect(crossingOf([at(179.5, 0), at(-179.5, 1), at(-179.5, 0), at(179.5, 1)])).toEqual([0, 2]);
    expect(crossingOf([at(0, 0), at(1, 1), at(1, 0)])).toBeNull();
  });
});

describe('a draft', () => {
  const square = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];

  it('is finished when it has enough corners, not before', () => {
    expect(finish(add(begin('area'), square[0])).placing).toBe(true);
    expect(drawn('area', ...square).placing).toBe(false);
    expect(add(begin('point'), square[0]).placing).toBe(false);
    for (const shape of shapes) expect(isComplete(begin(shape))).toBe(false);
  });

  it('takes back step by step', () => {
    let draft = drawn('area', ...square);
    draft = move(draft, 1, at(1.5, 0));
    draft = insert(draft, 0, at(0.5, -0.2));
    expect(draft.corners[1]).toEqual(at(0.5, -0.2));
    draft = remove(draft, 4);
    expect(draft.corners).toHaveLength(4);
    draft = undo(undo(undo(draft)));
    expect(draft.corners).toEqual(square);
    for (let i = 0; i < 9; ++i) draft = undo(draft);
    expect(draft.corners).toEqual([]);
  });

  it('keeps the corners that its shape needs', () => {
    const line = drawn('line', square[0], square[1]);
    expect(remove(line, 0)).toBe(line);
  });

  it('says where its outline crosses itself; a line may', () => {
    const bow = [square[0], square[2], square[1], square[3]];
    expect(crosses(drawn('area', ...bow))).toEqual([0, 2]);
    expect(crosses(drawn('line', ...bow))).toBeNull();
  });

  it('offers the middles of its edges, the last one of an area too', () => {
    expect(middlesOf(drawn('area', ...square))).toHaveLength(4);
    expect(middlesOf(drawn('line', ...square))).toHaveLength(3);
    expect(middlesOf(add(begin('area'), square[0]))).toHaveLength(0);
    const [{ at: middle }] = middlesOf(drawn('line', at(179.9, 0), at(-179.9, 0)));
    expect(Math.abs(middle.lonDeg)).toBeCloseTo(180, 6);
  });

  it('draws the way to the pointer while corners are placed', () => {
    const lines = (draft: Draft, pointer: LonLat | null) =>
      toDraw(draft, meaningOf(draft.shape), pointer).features.filter((f) => f.geometry.type === 'LineString');
    const one = add(begin('line'), square[0]);
    expect(lines(one, null)).toHaveLength(0);
    expect(lines(one, square[1])).toHaveLength(1);
  });
});

describe('what goes to the station', () => {
  const meaning = { ...meaningOf('area'), name: ' Reef ', only: ['tanker'], months: [3, 1] };

  it('is a Feature with the meaning, closed and in the right geometry', () => {
    const area = toFeature(drawn('area', at(0, 0), at(1, 0), at(181, 1)), meaning);
    expect(area.geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [-179, 1],
          [0, 0],
        ],
      ],
    });
    expect(area.properties).toMatchObject({ name: 'Reef', kind: 'area', only: ['tanker'], months: [1, 3] });
    expect(area.properties).not.toHaveProperty('width_m');
    expect(area).not.toHaveProperty('id');
    const lane = toFeature(drawn('lane', at(0, 0), at(1, 0)), meaningOf('lane'));
    expect(lane.geometry.type).toBe('LineString');
    expect(lane.properties).toMatchObject({ kind: 'lane', width_m: 1000 });
    expect(toFeature(drawn('point', at(0, 0)), meaningOf('point')).properties).toMatchObject({
      radius_m: 1000,
    });
  });

  it('comes back as the same draft', () => {
    for (const shape of shapes) {
      const corners = [at(0, 0), at(1, 0), at(1, 1)].slice(0, shape === 'point' ? 1 : 3);
      const m = {
        ...meaningOf(shape),
        name: 'A',
        tell: [{ what: 'entry' }],
        fromS: 1e9,
        hoursUtc: [22, 4] as [number, number],
      };
      const sent = toFeature(drawn(shape, ...corners), m);
      const zone = { ...sent, id: 7, properties: { ...sent.properties, version: 3 } } as DrawnZone;
      const { draft, meaning: back } = takeUp(zone);
      expect(back).toEqual(m);
      expect(draft).toMatchObject({ shape, id: 7, version: 3, corners, placing: false });
      expect(toFeature(draft, back)).toMatchObject({ id: 7, geometry: sent.geometry });
    }
  });
});

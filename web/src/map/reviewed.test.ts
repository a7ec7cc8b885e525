// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { placeAt, reviewedAt, type Recorded } from './reviewed';

const track = (points: [number, number, number][]): Recorded => ({
  id: 7,
  points: points.map(([t, lon, lat]) => [t, lon, lat, null, null]),
});

test('between two points a vessel is between their places', () => {
  const t = track([
    [100, 1, 50],
    [110, 2, 51],
  ]);
  expect(placeAt(t, 105)).toEqual([1.5, 50.5]);
  expect(placeAt(t, 100)).toEqual([1, 50]);
  expect(placeAt(t, 99)).toBeNull();
  expect(placeAt(t, 111)).toBeNull();
});

test('over 180 degrees it takes the short way', () => {
  const t = track([
    [0, 179.9, 0],
    [10, -179.9, 0],
  ]);
  expect(placeAt(t, 5)?.[0]).toBeCloseTo(180, 6);
});

test('where nothing was recorded for long, nobody is drawn', () => {
  const t = track([
    [0, 0, 0],
    [500, 1, 0],
  ]);
  expect(placeAt(t, 250)).toBeNull();
  expect(reviewedAt([t], () => true, 250).features).toEqual([]);
});

test('the trail ends where the vessel is and is no longer than six minutes', () => {
  const t = track(Array.from({ length: 100 }, (_, k) => [k * 10, k / 1000, 50]));
  const [point, line] = reviewedAt([t], (x) => x.id === 7, 905).features;
  expect(point.properties).toEqual({ subject: true, name: '#7' });
  if (line.geometry.type !== 'LineString') throw new Error('no line');
  expect(line.geometry.coordinates).toHaveLength(37);
  expect(line.geometry.coordinates.at(-1)?.[0]).toBeCloseTo(0.0905, 9);
});

// SPDX-License-Identifier: Apache-2.0
import type { FeatureCollection } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../wire/frames';
import { contentOf, decodeJson } from '../wire/codec';
import { goldenFrame } from '../wire/golden';
import { evidenceOf, extentOf, zonesToDraw } from './evidence';

const [pair, jump] = decodeJson<{ alerts: Alert[] }>(contentOf(goldenFrame('alerts'))).alerts;
const zones: FeatureCollection = {
  type: 'FeatureCollection',
  features: ['Fairway', 'Harbour'].map((name) => ({
    type: 'Feature',
    properties: { name },
    geometry: { type: 'MultiLineString', coordinates: [] },
  })),
};
const placeOf = (track: number) => ({ lonDeg: track, latDeg: 60 });
const types = (chosen: number | null, alerts = [pair, jump]) =>
  evidenceOf(alerts, chosen, zones, placeOf).features.map((f) => f.geometry.type);

describe('evidence on the chart', () => {
  it('rings the vessels of every active alert', () => {
    expect(types(null)).toEqual(['Point', 'Point']); // the other is shelved
  });

  it('joins the pair of the chosen one and shows its zone alone', () => {
    expect(types(pair.id)).toEqual(['Point', 'Point', 'LineString', 'MultiLineString']);
  });

  it('shows the way of a jump, and the place where its vessel has gone', () => {
    expect(types(jump.id, [jump])).toEqual(['Point', 'LineString']);
    expect(extentOf(jump, () => null)).toHaveLength(3);
  });

  it('rings a call for help, which has no track, where it was heard', () => {
    const call = { ...pair, subjects: [{ track: 0, name: 'SART' }] } as Alert;
    const nowhere = evidenceOf([call], null, zones, () => null).features;
    expect(nowhere.map((f) => f.geometry)).toEqual([
      { type: 'Point', coordinates: [pair.lon_deg, pair.lat_deg] },
    ]);
    const gone = { ...pair, subjects: [{ track: 9 }] } as Alert;
    expect(evidenceOf([gone], null, zones, () => null).features).toEqual([]);
  });

  it('looks for vessels where they are now', () => {
    expect(extentOf(pair, placeOf)).toEqual([placeOf(17), placeOf(21)]);
  });

  it('draws a point with a radius as a circle', () => {
    const point = { type: 'Point' as const, coordinates: [10, 60] };
    const drawn = zonesToDraw({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { name: 'Buoy', radius_m: 500 }, geometry: point }],
    });
    expect(drawn.features[0].geometry).toMatchObject({ type: 'LineString' });
  });
});

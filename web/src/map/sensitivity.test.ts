// SPDX-License-Identifier: Apache-2.0
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { rangeBearing } from '../geo/geodesic';
import {
  hasFigures,
  runsOf,
  sensitivityToDraw,
  shownBy,
  stepOf,
  stepsDb,
  stepsM2,
  unknownStep,
  type Sensitivity,
} from './sensitivity';

const site = { lonDeg: 121, latDeg: 13.6 };
const sample = (scan: (number | null)[], uncalibrated = ''): Sensitivity => ({
  radar: 'one',
  uncalibrated,
  sectors: 4,
  bands: 5,
  range_start_m: 100,
  band_m: 200,
  scan_m2: Array.from({ length: 4 }, () => scan).flat(),
  minute_m2: Array.from({ length: 4 }, () => scan.map((m2) => (m2 === null ? null : m2 / 10))).flat(),
  clutter_uncalibrated: '',
  clutter_db: Array.from({ length: 4 }, () => [35, 12, 12, 12, null]).flat(),
  clutter_shape: Array.from({ length: 4 }, () => [1, 0.5, 0.5, 0.5, null]).flat(),
});

describe('steps of sensitivity', () => {
  it('include their upper ends; unknown is not beyond all', () => {
    expect([0, 1, 1.01, 2.5, 7.5, 100, 101].map((m2) => stepOf(m2))).toEqual([0, 0, 1, 1, 2, 3, 4]);
    for (const m2 of [null, undefined, NaN, Infinity]) expect(stepOf(m2)).toBe(unknownStep);
    expect(unknownStep).toBe(stepsM2.length + 1);
  });

  it('join along a bearing, and a gap is a run of its own', () => {
    expect(runsOf([0.5, 0.9, null, 3, 3])).toEqual([
      { step: 0, from: 0, to: 2 },
      { step: unknownStep, from: 2, to: 3 },
      { step: 2, from: 3, to: 5 },
    ]);
    expect(runsOf([])).toEqual([]);
  });
});

describe('areas of sensitivity', () => {
  it('lie where their region is, from north clockwise', () => {
    const { features } = sensitivityToDraw(sample([0.5, 0.5, 3, 3, 3]), site, 'scan');
    const [inner, outer] = features.filter((f) => f.geometry.type === 'Polygon');
    const ring = (inner.geometry as Polygon).coordinates[0];
    const polar = ring.map(([lonDeg, latDeg]) => rangeBearing(site, { lonDeg, latDeg }));
    expect(Math.min(...polar.map((p) => p.rangeM))).toBeCloseTo(100, 3);
    expect(Math.max(...polar.map((p) => p.rangeM))).toBeCloseTo(500, 3);
    expect(new Set(polar.map((p) => Math.round(p.bearingDeg) % 360))).toEqual(new Set([0, 90]));
    expect([inner.properties?.step, outer.properties?.step]).toEqual([0, 2]);
    expect(ring[0]).toEqual(ring.at(-1));
  });

  it('say their figures, but none where nothing is known', () => {
    const labels = (s: Sensitivity) =>
      sensitivityToDraw(s, site, 'scan').features.flatMap((f) => (f.properties?.label as string) ?? []);
    expect(labels(sample([2, 2, 2, 500, 500]))).toEqual(Array(4).fill('2.5 m²'));
    expect(labels(sample([500, 500, 500, 500, 500]))).toEqual(Array(4).fill('> 100 m²'));
    expect(labels(sample([null, null, null, null, null]))).toEqual([]);
  });

  it('are those of a minute where asked for, and say when they do not hold', () => {
    const { features } = sensitivityToDraw(sample([20, 20, 20, 20, 20], 'new gain'), site, 'minute');
    expect(features[0].properties).toMatchObject({ step: 1, uncalibrated: true });
  });

  it('are the clutter where asked for, with its shape; no power of the radar is needed for that', () => {
    const s = sample([null, null, null, null, null], 'peak_power_w is not configured');
    const { features } = sensitivityToDraw(s, site, 'clutter');
    const areas = features.filter((f) => f.geometry.type === 'Polygon');
    expect(areas.slice(0, 3).map((f) => f.properties?.step as number)).toEqual([
      stepsDb.length,
      2,
      unknownStep,
    ]);
    expect(areas.every((f) => f.properties?.uncalibrated === false)).toBe(true);
    const labels = features.flatMap((f) => (f.properties?.label as string) ?? []);
    expect(labels).toEqual(Array(4).fill('20 dB, ν 0.5'));
    const unsettled = sensitivityToDraw({ ...s, clutter_uncalibrated: 'new gain' }, site, 'clutter');
    expect(unsettled.features[0].properties?.uncalibrated).toBe(true);
    expect([hasFigures(s), hasFigures(s, 'clutter')]).toEqual([false, true]);
    expect([1, 2, 3].map(shownBy)).toEqual(['scan', 'minute', 'clutter']);
  });

  it('have figures or not', () => {
    expect(hasFigures(sample([null, null, null, null, null]))).toBe(false);
    expect(hasFigures(sample([null, 4, null, null, null]))).toBe(true);
  });
});

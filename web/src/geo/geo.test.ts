// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as format from './format';
import { pointAt, pointsAlong, rangeBearing, ring, roughRangeBearing } from './geodesic';
import { Anchor, mercatorScale, scaleDenominator, unitMercator, worldM } from './mercator';

const trondheim = { lonDeg: 10.4, latDeg: 63.45 };

describe('geodesic', () => {
  it('agrees with the line of Geoscience Australia from Flinders Peak to Buninyong (GRS 80)', () => {
    const flinders = { latDeg: -(37 + 57 / 60 + 3.7203 / 3600), lonDeg: 144 + 25 / 60 + 29.5244 / 3600 };
    const buninyong = { latDeg: -(37 + 39 / 60 + 10.1561 / 3600), lonDeg: 143 + 55 / 60 + 35.3839 / 3600 };
    const { rangeM, bearingDeg } = rangeBearing(flinders, buninyong);
    expect(rangeM).toBeCloseTo(54972.271, 2);
    expect(bearingDeg).toBeCloseTo(306 + 52 / 60 + 5.37 / 3600, 5);
  });

  it('comes back from where it went', () => {
    for (const bearingDeg of [0, 33, 90, 180, 271]) {
      const there = pointAt(trondheim, bearingDeg, 40000);
      const back = rangeBearing(trondheim, there);
      expect(back.rangeM).toBeCloseTo(40000, 6);
      expect(back.bearingDeg).toBeCloseTo(bearingDeg, 8);
    }
  });

  it('answers across the world, where simpler formulas do not converge', () => {
    const { rangeM } = rangeBearing({ lonDeg: 0, latDeg: 0 }, { lonDeg: 179.7, latDeg: 0.5 });
    expect(rangeM).toBeCloseTo(19944127.421, 2);
  });

  it('gives the same points along a line as one by one', () => {
    const [a, b] = pointsAlong(trondheim, 77, [0, 22000]);
    expect(a.lonDeg).toBeCloseTo(trondheim.lonDeg, 12);
    expect(b.latDeg).toBeCloseTo(pointAt(trondheim, 77, 22000).latDeg, 12);
  });

  it('has a quick form that is good enough to sort by', () => {
    for (const latDeg of [0, 35, 65])
      for (const bearingDeg of [10, 100, 200, 290]) {
        const from = { lonDeg: 179.9, latDeg };
        const to = pointAt(from, bearingDeg, 60 * 1852);
        const rough = roughRangeBearing(from)(to);
        expect(Math.abs(rough.rangeM / (60 * 1852) - 1)).toBeLessThan(0.002);
        const exact = rangeBearing(from, to).bearingDeg;
        expect(Math.abs(rough.bearingDeg - exact)).toBeLessThan(2);
      }
  });

  it('closes a ring', () => {
    const points = ring(trondheim, 1852, 16);
    expect(points).toHaveLength(17);
    expect(points[16].latDeg).toBeCloseTo(points[0].latDeg, 12);
  });
});

describe('Mercator metres about an anchor', () => {
  const anchor = new Anchor(trondheim);

  it('keep a centimetre at 60 NM in single precision', () => {
    const far = pointAt(trondheim, 45, 111120);
    const [x, y] = anchor.toLocal(far.lonDeg, far.latDeg);
    expect(Math.abs(Math.fround(x) - x)).toBeLessThan(0.01);
    expect(Math.abs(Math.fround(y) - y)).toBeLessThan(0.01);
  });

  it('are as long as on the ground times the scale of the latitude', () => {
    const east = pointAt(trondheim, 90, 100);
    const [x] = anchor.toLocal(east.lonDeg, east.latDeg);
    // The ellipsoid's own radius there is 0.3 % larger than that of the sphere of EPSG 3857.
    expect(x / mercatorScale(trondheim.latDeg)).toBeCloseTo(100 * (6378137 / 6395250), 1);
  });

  it('take the short way over the date line', () => {
    const [x] = new Anchor({ lonDeg: 179.9, latDeg: 0 }).toLocal(-179.9, 0);
    expect(x).toBeCloseTo((0.2 / 360) * worldM, 3);
  });

  it('go through the matrix to where the engine puts them', () => {
    const engine = [2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 1, 0, -1.05, 0.6, 0, 1];
    const at = pointAt(trondheim, 200, 5000);
    const [x, y] = anchor.toLocal(at.lonDeg, at.latDeg);
    const m = anchor.matrix(engine);
    const [ux, uy] = unitMercator(at);
    expect(m[0] * x + m[4] * y + m[12]).toBeCloseTo(2 * ux - 1.05, 6);
    expect(m[1] * x + m[5] * y + m[13]).toBeCloseTo(-2 * uy + 0.6, 6);
  });

  it('know the scale of the chart', () => {
    expect(scaleDenominator(0, 10)).toBeCloseTo(288895.85, 1);
    expect(scaleDenominator(60, 10)).toBeCloseTo(144447.93, 1);
  });
});

describe('formats', () => {
  it('write positions in degrees and decimal minutes', () => {
    expect(format.latitude(63.4412345)).toBe('63°26.474′N');
    expect(format.longitude(-5.5)).toBe('005°30.000′W');
    expect(format.latitude(-0.99999999)).toBe('01°00.000′S');
    expect(format.longitude(190)).toBe('170°00.000′W');
  });

  it('write bearings with three figures and never 360', () => {
    expect(format.bearing(5.04)).toBe('005.0°');
    expect(format.bearing(359.96)).toBe('000.0°');
  });

  it('write ranges, speeds and spans', () => {
    expect(format.range(120)).toBe('120 m');
    expect(format.range(1852 * 3.456)).toBe('3.46 NM');
    expect(format.speed(10)).toBe('19.4 kn');
    expect(format.span(3.21)).toBe('3.2 s');
    expect(format.span(100)).toBe('100 s');
    expect(format.span(360)).toBe('6 min');
    expect(format.span(Infinity)).toBe('> 1 h');
  });

  it('write times in UTC', () => {
    expect(format.utcClock(1767225600.9)).toBe('00:00:00');
    expect(format.utcDate(1767225600)).toBe('2026-01-01');
    expect(format.bytes(123456789)).toBe('123 MB');
  });
});

// SPDX-License-Identifier: Apache-2.0
// Geodesics on WGS 84 (Karney 2013, by geographiclib-geodesic). Degrees clockwise from true north, metres.
// Ranges and bearings come from here, never from screen pixels.
import geodesic from 'geographiclib-geodesic';

const wgs84 = geodesic.Geodesic.WGS84;

export interface LonLat {
  lonDeg: number;
  latDeg: number;
}

export interface RangeBearing {
  rangeM: number;
  bearingDeg: number; // 0 <= bearing < 360
}

export function rangeBearing(from: LonLat, to: LonLat): RangeBearing {
  const r = wgs84.Inverse(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  return { rangeM: r.s12 ?? NaN, bearingDeg: (((r.azi1 ?? NaN) % 360) + 360) % 360 };
}

export function pointAt(from: LonLat, bearingDeg: number, rangeM: number): LonLat {
  const r = wgs84.Direct(from.latDeg, from.lonDeg, bearingDeg, rangeM);
  return { lonDeg: r.lon2 ?? NaN, latDeg: r.lat2 ?? NaN };
}

// Points at several ranges along one bearing: the geodesic is set up once.
export function pointsAlong(from: LonLat, bearingDeg: number, rangesM: ArrayLike<number>): LonLat[] {
  const line = wgs84.DirectLine(from.latDeg, from.lonDeg, bearingDeg, 0);
  return Array.from(rangesM, (rangeM) => {
    const r = line.Position(rangeM);
    return { lonDeg: r.lon2 ?? NaN, latDeg: r.lat2 ?? NaN };
  });
}

export function ring(centre: LonLat, rangeM: number, corners: number): LonLat[] {
  return Array.from({ length: corners + 1 }, (_, i) => pointAt(centre, (360 * i) / corners, rangeM));
}

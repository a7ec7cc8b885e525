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

// Range and bearing by the radii of curvature at `from`: for sorting thousands, not for showing. Within 0.2 % and
// 2 degrees at 60 NM, up to 65 degrees of latitude.
export function roughRangeBearing(from: LonLat): (to: LonLat) => RangeBearing {
  const lat = (from.latDeg * Math.PI) / 180;
  const w = 1 - wgs84.f * (2 - wgs84.f) * Math.sin(lat) ** 2;
  const north = (wgs84.a * (1 - wgs84.f * (2 - wgs84.f))) / w ** 1.5;
  const east = wgs84.a / Math.sqrt(w);
  const radians = Math.PI / 180;
  return (to) => {
    const dLat = (to.latDeg - from.latDeg) * radians;
    let dLon = (to.lonDeg - from.lonDeg) * radians;
    dLon -= 2 * Math.PI * Math.round(dLon / (2 * Math.PI));
    const e = dLon * east * Math.cos(lat + dLat / 2);
    const n = dLat * north;
    return { rangeM: Math.hypot(e, n), bearingDeg: (Math.atan2(e, n) / radians + 360) % 360 };
  };
}

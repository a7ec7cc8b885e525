// SPDX-License-Identifier: Apache-2.0
// Zones as lines on the chart. Edges are what the station evaluates: great circles of the ellipsoid's normals, which a
// straight line of the Mercator chart is not. Pure.
import type { Position } from 'geojson';
import { pointAt, rangeBearing, type LonLat } from '../geo/geodesic';

const radians = Math.PI / 180;
const stepRad = 10_000 / 6_371_000; // between drawn points of an edge: less than a metre off at 60 degrees
const mostSteps = 256;

type Vector = [number, number, number];

const normalOf = ({ lonDeg, latDeg }: LonLat): Vector => [
  Math.cos(latDeg * radians) * Math.cos(lonDeg * radians),
  Math.cos(latDeg * radians) * Math.sin(lonDeg * radians),
  Math.sin(latDeg * radians),
];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

// Longitudes less than half a turn from the one before, so that a line over 180 degrees stays whole.
const near = (lonDeg: number, lastDeg: number) => lonDeg + 360 * Math.round((lastDeg - lonDeg) / 360);

// From a, exclusive, to b, inclusive.
function edge(a: LonLat, b: LonLat): LonLat[] {
  const [p, q] = [normalOf(a), normalOf(b)];
  const angle = Math.acos(Math.min(1, Math.max(-1, dot(p, q))));
  const steps = Math.min(mostSteps, Math.max(1, Math.ceil(angle / stepRad)));
  const out: LonLat[] = [];
  for (let i = 1; i < steps; ++i) {
    const [u, v] = [Math.sin(angle * (1 - i / steps)), Math.sin((angle * i) / steps)];
    const [x, y, z] = [0, 1, 2].map((k) => u * p[k] + v * q[k]);
    out.push({ lonDeg: Math.atan2(y, x) / radians, latDeg: Math.atan2(z, Math.hypot(x, y)) / radians });
  }
  out.push(b);
  return out;
}

export function outlineOf(corners: LonLat[], closed: boolean): Position[] {
  if (corners.length === 0) return [];
  const all = [corners[0]];
  for (let i = 1; i < corners.length + (closed && corners.length > 1 ? 1 : 0); ++i)
    all.push(...edge(corners[i - 1], corners[i % corners.length]));
  let lastDeg = all[0].lonDeg;
  return all.map(({ lonDeg, latDeg }) => [(lastDeg = near(lonDeg, lastDeg)), latDeg]);
}

// All that lies within half the width of a line: round at its ends and outer bends, as the station evaluates it.
export function corridorOf(line: LonLat[], widthM: number): Position[] {
  const half = widthM / 2;
  if (line.length < 2 || !(half > 0)) return [];
  const legs = line.slice(1).map((to, i) => rangeBearing(line[i], to).bearingDeg);
  const side = (turnDeg: number): LonLat[] =>
    line.flatMap((at, i) => {
      const into = i === 0 ? null : legs[i - 1];
      const out = i === line.length - 1 ? null : legs[i];
      const before = (into ?? out ?? 0) + turnDeg;
      const after = (out ?? into ?? 0) + turnDeg;
      const bend = ((after - before + 540) % 360) - 180;
      if (Math.abs(bend) < 1) return [pointAt(at, before, half)];
      // Inside a bend the two edges meet; outside it goes round.
      const isInner = Math.sign(bend) === Math.sign(turnDeg);
      const reach = half / Math.cos((Math.min(Math.abs(bend), 120) / 2) * radians);
      if (isInner) return [pointAt(at, before + bend / 2, reach)];
      return arc(at, before, bend, half);
    });
  const right = side(90);
  const left = side(-90).reverse();
  const last = line.length - 1;
  const round = [
    ...right,
    ...arc(line[last], legs[last - 1] + 90, -180, half),
    ...left,
    ...arc(line[0], legs[0] - 90, -180, half),
  ];
  return outlineOf(round, true);
}

const arc = (at: LonLat, fromDeg: number, byDeg: number, rangeM: number): LonLat[] => {
  const steps = Math.max(1, Math.ceil(Math.abs(byDeg) / 15));
  return Array.from({ length: steps + 1 }, (_, i) => pointAt(at, fromDeg + (byDeg * i) / steps, rangeM));
};

// Which way a lane goes: a barb in the middle of each leg.
export function arrowsOf(line: LonLat[], widthM: number): Position[][] {
  return line.slice(1).map((to, i) => {
    const { rangeM, bearingDeg } = rangeBearing(line[i], to);
    const size = Math.min(widthM, 0.3 * rangeM);
    const tip = pointAt(line[i], bearingDeg, rangeM / 2 + size / 2);
    return [-150, 0, 150].map((turn) => {
      const p = turn === 0 ? tip : pointAt(tip, bearingDeg + turn, size);
      return [near(p.lonDeg, tip.lonDeg), p.latDeg];
    });
  });
}

// Edges, by their first corners, that cross: what the station would refuse. Null: none.
export function crossingOf(corners: LonLat[]): [number, number] | null {
  if (corners.length < 4) return null;
  const sum = corners.map(normalOf).reduce((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
  const size = Math.hypot(...sum);
  const up: Vector = [sum[0] / size, sum[1] / size, sum[2] / size];
  const across = Math.hypot(up[0], up[1]) || 1;
  const east: Vector = [-up[1] / across, up[0] / across, 0];
  const north: Vector = [
    up[1] * east[2] - up[2] * east[1],
    up[2] * east[0] - up[0] * east[2],
    up[0] * east[1] - up[1] * east[0],
  ];
  // Gnomonic: great circles are straight.
  const flat = corners.map(normalOf).map((n) => [dot(east, n) / dot(up, n), dot(north, n) / dot(up, n)]);
  const turn = (a: number[], b: number[], c: number[]) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const n = flat.length;
  for (let i = 0; i < n; ++i)
    for (let k = i + 2; k < n; ++k) {
      if (i === 0 && k === n - 1) continue;
      const [a, b, c, d] = [flat[i], flat[(i + 1) % n], flat[k], flat[(k + 1) % n]];
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return [i, k];
    }
  return null;
}

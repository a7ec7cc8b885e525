// SPDX-License-Identifier: Apache-2.0
// The sea surface about a radar as a polar mesh: each corner is a geodesic point, computed in double precision, so the
// picture is exact where a flat circle would be 78 m off at 22 km and 491 m at 55 km (63 N). Between corners the
// texture is stretched evenly, which is off by (2 pi / spokes)(range / rings) / 4: 1 m at 22 km for 1024 x 32.
import { pointsAlong, type LonLat } from '../geo/geodesic';
import { Anchor } from '../geo/mercator';

export const meshSpokes = 1024;
export const meshRings = 32;

export interface PolarMesh {
  // x, y (Mercator metres about the radar), u (range 0 to 1), v (azimuth 0 to 1): four floats a corner.
  corners: Float32Array;
  indices: Uint32Array;
}

export function polarMesh(radar: LonLat, nearM: number, farM: number): PolarMesh {
  const anchor = new Anchor(radar);
  const columns = meshRings + 1;
  const corners = new Float32Array((meshSpokes + 1) * columns * 4);
  const u = Float64Array.from({ length: columns }, (_, i) => i / meshRings);
  const rangesM = u.map((f) => Math.max(0, nearM + f * (farM - nearM)));
  for (let spoke = 0, at = 0; spoke <= meshSpokes; ++spoke) {
    const v = spoke / meshSpokes;
    const points = pointsAlong(radar, 360 * v, rangesM);
    for (let i = 0; i < columns; ++i) {
      const [x, y] = anchor.toLocal(points[i].lonDeg, points[i].latDeg);
      corners.set([x, y, u[i], v], at);
      at += 4;
    }
  }
  return { corners, indices: meshIndices() };
}

function meshIndices(): Uint32Array {
  const columns = meshRings + 1;
  const indices = new Uint32Array(meshSpokes * meshRings * 6);
  for (let spoke = 0, at = 0; spoke < meshSpokes; ++spoke)
    for (let i = 0; i < meshRings; ++i) {
      const a = spoke * columns + i;
      const b = a + columns;
      indices.set([a, b, a + 1, a + 1, b, b + 1], at);
      at += 6;
    }
  return indices;
}

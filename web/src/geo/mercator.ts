// SPDX-License-Identifier: Apache-2.0
// Web Mercator (EPSG 3857) in metres about an anchor. Mercator 0..1 in float32 would jump by metres on screen; metres
// about an anchor nearby do not, so everything that goes to the graphics card is in these, and the anchor goes into
// the matrix in double precision.
import type { LonLat } from './geodesic';

export const earthRadiusM = 6378137; // of EPSG 3857
export const worldM = 2 * Math.PI * earthRadiusM;
const radians = Math.PI / 180;
const latitudeMaxDeg = 85.051129;

// Mercator 0..1, y southward, as the map engine counts.
export function unitMercator(at: LonLat): [number, number] {
  const lat = Math.max(-latitudeMaxDeg, Math.min(latitudeMaxDeg, at.latDeg)) * radians;
  return [at.lonDeg / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + lat / 2)) / (2 * Math.PI)];
}

export class Anchor {
  readonly unit: [number, number];

  constructor(readonly at: LonLat) {
    this.unit = unitMercator(at);
  }

  // Mercator metres east and south of the anchor; the shorter way around the world.
  toLocal(lonDeg: number, latDeg: number): [number, number] {
    const [x, y] = unitMercator({ lonDeg, latDeg });
    let dx = x - this.unit[0];
    if (dx > 0.5) dx -= 1;
    else if (dx < -0.5) dx += 1;
    return [dx * worldM, (y - this.unit[1]) * worldM];
  }

  // The engine's matrix (Mercator 0..1 to clip space, double precision) for local metres, as float32.
  matrix(engine: ArrayLike<number>): Float32Array {
    const s = 1 / worldM;
    const [x, y] = this.unit;
    const out = new Float32Array(16);
    for (let row = 0; row < 4; ++row) {
      out[row] = engine[row] * s;
      out[4 + row] = engine[4 + row] * s;
      out[8 + row] = engine[8 + row] * s;
      out[12 + row] = engine[row] * x + engine[4 + row] * y + engine[12 + row];
    }
    return out;
  }
}

// Mercator metres for a metre on the ground.
export const mercatorScale = (latDeg: number) => 1 / Math.cos(latDeg * radians);

// The 1:n of a map at a zoom of 512-pixel tiles, on a screen of 96 dots an inch.
export function scaleDenominator(latDeg: number, zoom: number): number {
  const metresAPixel = worldM / (512 * 2 ** zoom) / mercatorScale(latDeg);
  return metresAPixel / (0.0254 / 96);
}

export const metresAPixel = (latDeg: number, zoom: number) =>
  worldM / (512 * 2 ** zoom) / mercatorScale(latDeg);

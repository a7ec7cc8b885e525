// SPDX-License-Identifier: Apache-2.0
// Graticule and range rings as GeoJSON: few lines, so the map engine may draw them.
import type { Feature, FeatureCollection } from 'geojson';
import { metresPerNm } from '../geo/format';
import { pointAt, ring, type LonLat } from '../geo/geodesic';

// Steps in minutes of arc, so that lines fall on numbers people say.
const stepsMin = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200];

export function gridStepMin(spanDeg: number, lines: number): number {
  const wish = (spanDeg * 60) / lines;
  return stepsMin.find((step) => step >= wish) ?? stepsMin[stepsMin.length - 1];
}

function label(deg: number, stepMin: number, letters: string): string {
  const minutes = Math.round(Math.abs(deg) * 600) / 10;
  const whole = Math.floor(minutes / 60);
  const rest = minutes - 60 * whole;
  const digits = stepMin < 1 ? 1 : 0;
  const letter = deg < 0 ? letters[1] : letters[0];
  return rest === 0 && stepMin >= 60 ? `${whole}°${letter}` : `${whole}°${rest.toFixed(digits)}′${letter}`;
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const line = (coordinates: [number, number][], text: string): Feature => ({
  type: 'Feature',
  properties: { label: text },
  geometry: { type: 'LineString', coordinates },
});

// Lines over the view and as much again around it, so that a drag does not run out of them.
export function graticule(view: Bounds): FeatureCollection {
  const width = view.east - view.west;
  const height = view.north - view.south;
  const east = { from: view.west - width, to: view.east + width, step: gridStepMin(width, 6) };
  const north = {
    from: Math.max(-85, view.south - height),
    to: Math.min(85, view.north + height),
    step: gridStepMin(height, 5),
  };
  const features: Feature[] = [];
  const marks = (axis: typeof east) => {
    const first = Math.ceil((axis.from * 60) / axis.step);
    const last = Math.floor((axis.to * 60) / axis.step);
    return Array.from(
      { length: Math.max(0, Math.min(200, last - first + 1)) },
      (_, i) => ((first + i) * axis.step) / 60,
    );
  };
  for (const lon of marks(east))
    features.push(
      line(
        [
          [lon, north.from],
          [lon, north.to],
        ],
        label(lon, east.step, 'EW'),
      ),
    );
  for (const lat of marks(north))
    features.push(
      line(
        [
          [east.from, lat],
          [east.to, lat],
        ],
        label(lat, north.step, 'NS'),
      ),
    );
  return { type: 'FeatureCollection', features };
}

const ringStepsNm = [0.125, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24];

// About six rings within the radar's range.
export function ringStepNm(rangeM: number): number {
  const wish = rangeM / metresPerNm / 6.5;
  return ringStepsNm.find((step) => step >= wish) ?? ringStepsNm[ringStepsNm.length - 1];
}

export function rangeRings(radar: LonLat, rangeM: number): FeatureCollection {
  const stepNm = ringStepNm(rangeM);
  const features: Feature[] = [];
  for (let n = 1; n * stepNm * metresPerNm <= rangeM * 1.01 && n <= 12; ++n) {
    const rangeHere = n * stepNm * metresPerNm;
    features.push(
      line(
        ring(radar, rangeHere, 128).map((p) => [p.lonDeg, p.latDeg]),
        '',
      ),
    );
    const top = pointAt(radar, 0, rangeHere);
    features.push({
      type: 'Feature',
      properties: { label: `${n * stepNm} NM` },
      geometry: { type: 'Point', coordinates: [top.lonDeg, top.latDeg] },
    });
  }
  return { type: 'FeatureCollection', features };
}

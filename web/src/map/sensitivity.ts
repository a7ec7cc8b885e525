// SPDX-License-Identifier: Apache-2.0
// What the radar can see now (/api/v1/sensitivity) as areas: the smallest radar cross-section that it sees, in steps
// that mean a vessel. Pure.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { pointsAlong, type LonLat } from '../geo/geodesic';

// Upper ends, m2 in X band: a skiff; a wooden fishing boat, and the 10 m boat of IMO MSC.192; a boat with the radar
// reflector that the IMO asks for; a small ship. Beyond: only larger ones.
export const stepsM2 = [1, 2.5, 7.5, 100] as const;
export const unknownStep = stepsM2.length + 1;

// One radar of the answer; lists from north clockwise, outwards; null where nothing is known.
export interface Sensitivity {
  radar: string;
  uncalibrated: string; // why the figures do not hold; empty: they do
  sectors: number;
  bands: number;
  range_start_m: number;
  band_m: number;
  scan_m2: (number | null)[];
  minute_m2: (number | null)[];
}

export type Within = 'scan' | 'minute';

// 0 to 3: within that step; 4: beyond them all; 5: nothing is known.
export function stepOf(m2: number | null | undefined): number {
  if (m2 === null || m2 === undefined || !Number.isFinite(m2)) return unknownStep;
  const step = stepsM2.findIndex((most) => m2 <= most);
  return step < 0 ? stepsM2.length : step;
}

export interface Run {
  step: number;
  from: number; // band
  to: number; // behind the last
}

// Neighbours of one step become one.
export function runsOf(values: (number | null)[]): Run[] {
  const runs: Run[] = [];
  values.forEach((m2, band) => {
    const step = stepOf(m2);
    const last = runs.at(-1);
    if (last?.step === step) last.to = band + 1;
    else runs.push({ step, from: band, to: band + 1 });
  });
  return runs;
}

export const hasFigures = (s: Sensitivity) => s.scan_m2.some((m2) => m2 !== null);

export function sensitivityToDraw(s: Sensitivity, site: LonLat, within: Within): FeatureCollection {
  const features: Feature[] = [];
  const values = within === 'scan' ? s.scan_m2 : s.minute_m2;
  const edgesM = Array.from({ length: s.bands + 1 }, (_, band) => s.range_start_m + band * s.band_m);
  const sideOf = (sector: number) =>
    pointsAlong(site, (360 * (sector % s.sectors)) / s.sectors, edgesM).map(unwrapped(site));
  const sides = Array.from({ length: s.sectors }, (_, sector) => sideOf(sector));
  const labelEvery = Math.max(1, Math.round(s.sectors / 8));
  for (let sector = 0; sector < s.sectors; ++sector) {
    const [left, right] = [sides[sector], sides[(sector + 1) % s.sectors]];
    for (const { step, from, to } of runsOf(values.slice(sector * s.bands, (sector + 1) * s.bands))) {
      const outline = [...left.slice(from, to + 1), ...right.slice(from, to + 1).reverse()];
      const properties = { step, uncalibrated: s.uncalibrated !== '' };
      features.push({
        type: 'Feature',
        properties,
        geometry: { type: 'Polygon', coordinates: [[...outline, outline[0]]] },
      });
      // Said in figures, too: a hue alone is none.
      if (sector % labelEvery !== 0 || to - from < 3 || step === unknownStep) continue;
      const label = step < stepsM2.length ? `${stepsM2[step]} m²` : `> ${stepsM2[stepsM2.length - 1]} m²`;
      features.push({
        type: 'Feature',
        properties: { ...properties, label },
        geometry: { type: 'Point', coordinates: left[Math.round((from + to) / 2)] },
      });
    }
  }
  return { type: 'FeatureCollection', features };
}

const unwrapped =
  (site: LonLat) =>
  ({ lonDeg, latDeg }: LonLat): Position => [lonDeg + 360 * Math.round((site.lonDeg - lonDeg) / 360), latDeg];

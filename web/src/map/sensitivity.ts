// SPDX-License-Identifier: Apache-2.0
// What the radar can see now (/api/v1/sensitivity) as areas: the smallest radar cross-section that it sees, in steps
// that mean a vessel; or what was learned of the clutter, which is why. Pure.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { pointsAlong, type LonLat } from '../geo/geodesic';

// Upper ends, m2 in X band: a skiff; a wooden fishing boat, and the 10 m boat of IMO MSC.192; a boat with the radar
// reflector that the IMO asks for; a small ship. Beyond: only larger ones.
export const stepsM2 = [1, 2.5, 7.5, 100] as const;
export const unknownStep = stepsM2.length + 1;

// Upper ends, dB over the receiver's noise: hardly more than noise; where a wooden boat a mile off drowns is beyond 20.
export const stepsDb = [3, 10, 20, 30] as const;

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
  clutter_uncalibrated: string; // why what was learned of the clutter does not hold; empty: it does
  clutter_db: (number | null)[]; // mean power over the receiver's noise
  clutter_shape: (number | null)[]; // of the K distribution, small = spiky; 0 = as noise
}

// What is drawn: the smallest vessel in a turn or within a minute, or the clutter.
export type Shown = 'scan' | 'minute' | 'clutter';
export const shownBy = (setting: number): Shown =>
  (['scan', 'minute', 'clutter'] as const)[setting - 1] ?? 'scan';

const stepsOf = (shown: Shown): readonly number[] => (shown === 'clutter' ? stepsDb : stepsM2);
const valuesOf = (s: Sensitivity, shown: Shown) =>
  ({ scan: s.scan_m2, minute: s.minute_m2, clutter: s.clutter_db })[shown];
export const doubtOf = (s: Sensitivity, shown: Shown) =>
  shown === 'clutter' ? s.clutter_uncalibrated : s.uncalibrated;

// 0 to 3: within that step; 4: beyond them all; 5: nothing is known.
export function stepOf(value: number | null | undefined, steps: readonly number[] = stepsM2): number {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknownStep;
  const step = steps.findIndex((most) => value <= most);
  return step < 0 ? steps.length : step;
}

export interface Run {
  step: number;
  from: number; // band
  to: number; // behind the last
}

// Neighbours of one step become one.
export function runsOf(values: (number | null)[], steps: readonly number[] = stepsM2): Run[] {
  const runs: Run[] = [];
  values.forEach((value, band) => {
    const step = stepOf(value, steps);
    const last = runs.at(-1);
    if (last?.step === step) last.to = band + 1;
    else runs.push({ step, from: band, to: band + 1 });
  });
  return runs;
}

export const hasFigures = (s: Sensitivity, shown: Shown = 'scan') =>
  valuesOf(s, shown).some((v) => v !== null);

// The figures of a run, from the middle of it.
function labelOf(s: Sensitivity, shown: Shown, step: number, at: number): string {
  const steps = stepsOf(shown);
  const [sign, end] = step < steps.length ? ['', steps[step]] : ['> ', steps[steps.length - 1]];
  if (shown !== 'clutter') return `${sign}${end} m²`;
  const shape = s.clutter_shape[at] ?? 0;
  return `${sign}${end} dB${shape > 0 ? `, ν ${shape}` : ''}`;
}

export function sensitivityToDraw(s: Sensitivity, site: LonLat, shown: Shown): FeatureCollection {
  const features: Feature[] = [];
  const values = valuesOf(s, shown);
  const edgesM = Array.from({ length: s.bands + 1 }, (_, band) => s.range_start_m + band * s.band_m);
  const sideOf = (sector: number) =>
    pointsAlong(site, (360 * (sector % s.sectors)) / s.sectors, edgesM).map(unwrapped(site));
  const sides = Array.from({ length: s.sectors }, (_, sector) => sideOf(sector));
  const labelEvery = Math.max(1, Math.round(s.sectors / 8));
  for (let sector = 0; sector < s.sectors; ++sector) {
    const [left, right] = [sides[sector], sides[(sector + 1) % s.sectors]];
    for (const { step, from, to } of runsOf(
      values.slice(sector * s.bands, (sector + 1) * s.bands),
      stepsOf(shown),
    )) {
      const outline = [...left.slice(from, to + 1), ...right.slice(from, to + 1).reverse()];
      const properties = { step, uncalibrated: doubtOf(s, shown) !== '' };
      features.push({
        type: 'Feature',
        properties,
        geometry: { type: 'Polygon', coordinates: [[...outline, outline[0]]] },
      });
      // Said in figures, too: a hue alone is none.
      if (sector % labelEvery !== 0 || to - from < 3 || step === unknownStep) continue;
      const label = labelOf(s, shown, step, sector * s.bands + Math.floor((from + to) / 2));
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

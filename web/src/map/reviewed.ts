// SPDX-License-Identifier: Apache-2.0
// Recorded tracks at an instant, as GeoJSON: where each vessel was, and the way it had come. Pure.
import type { Feature, FeatureCollection, Position } from 'geojson';

// As /api/v1/history/tracks tells it; points are [time, longitude, latitude, speed, course].
export interface Recorded {
  id: number;
  name?: string;
  mmsi?: number;
  points: [number, number, number, number | null, number | null][];
}

const longestGapS = 200; // between two points: a vessel at anchor reports every three minutes
const trailS = 360;

// The shorter way round, so that a step over 180 degrees is one step.
function between(a: Position, b: Position, share: number): Position {
  let east = b[0] - a[0];
  if (east > 180) east -= 360;
  if (east < -180) east += 360;
  return [a[0] + east * share, a[1] + (b[1] - a[1]) * share];
}

// Where it was; null: nobody knows.
export function placeAt(track: Recorded, timeS: number): Position | null {
  const next = track.points.findIndex(([at]) => at >= timeS);
  if (next === -1) return null;
  const [toS, lon, lat] = track.points[next];
  if (toS === timeS) return [lon, lat];
  if (next === 0) return null;
  const [fromS, lonBefore, latBefore] = track.points[next - 1];
  if (toS - fromS > longestGapS) return null;
  return between([lonBefore, latBefore], [lon, lat], (timeS - fromS) / (toS - fromS));
}

export function reviewedAt(
  tracks: Recorded[],
  isSubject: (track: Recorded) => boolean,
  timeS: number,
): FeatureCollection {
  const features: Feature[] = [];
  for (const track of tracks) {
    const place = placeAt(track, timeS);
    if (!place) continue;
    const properties = {
      subject: isSubject(track),
      name: track.name ?? (track.mmsi ? String(track.mmsi) : `#${track.id}`),
    };
    const trail = track.points
      .filter(([at]) => at > timeS - trailS && at < timeS)
      .map(([, lon, lat]): Position => between(place, [lon, lat], 1));
    trail.push(place);
    features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: place } });
    if (trail.length > 1)
      features.push({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: trail } });
  }
  return { type: 'FeatureCollection', features };
}

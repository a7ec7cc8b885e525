// SPDX-License-Identifier: Apache-2.0
// What alerts rest on, as GeoJSON: their vessels ringed, lines between them, the zone they speak of. And the zones.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { ring, type LonLat } from '../geo/geodesic';
import { arrowsOf, corridorOf, outlineOf } from '../zones/shape';
import { isActive } from '../store/alerts';
import type { Alert } from '../wire/frames';

export type PlaceOf = (track: number) => LonLat | null;

const position = (at: LonLat): Position => [at.lonDeg, at.latDeg];
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

// Where the vessels of an alert are now; of those that have left the picture nothing.
function placesOf(alert: Alert, placeOf: PlaceOf): LonLat[] {
  return alert.subjects.flatMap((subject) => placeOf(subject.track) ?? []);
}

// All that belongs to an alert, for the view.
export function extentOf(alert: Alert, placeOf: PlaceOf): LonLat[] {
  const places = placesOf(alert, placeOf);
  if (places.length < alert.subjects.length || places.length === 0)
    places.push({ lonDeg: alert.lon_deg, latDeg: alert.lat_deg });
  return [...places, ...alert.way.map(([lonDeg, latDeg]) => ({ lonDeg, latDeg }))];
}

// Rings for every alert that is active; the chosen one with its lines and its zone.
export function evidenceOf(
  alerts: Alert[],
  chosen: number | null,
  zones: FeatureCollection,
  placeOf: PlaceOf,
): FeatureCollection {
  const features: Feature[] = [];
  for (const alert of alerts) {
    const isChosen = alert.id === chosen;
    if (!isChosen && !isActive(alert)) continue;
    const properties = { priority: alert.priority, chosen: isChosen };
    const places = placesOf(alert, placeOf);
    // A call for help has no track, and is marked all the same.
    const isOfPlace = alert.subjects.some((subject) => subject.track === 0);
    if ((isChosen || isOfPlace) && places.length === 0)
      places.push({ lonDeg: alert.lon_deg, latDeg: alert.lat_deg });
    for (const at of places)
      features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: position(at) } });
    if (!isChosen) continue;
    const lines = [alert.way, places.length > 1 ? places.map(position) : []];
    for (const coordinates of lines)
      if (coordinates.length > 1)
        features.push({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } });
    for (const zone of zones.features)
      if (alert.zones.includes(zone.properties?.name as string) && zone.geometry.type !== 'Point')
        features.push({ ...zone, properties });
  }
  return { ...empty, features };
}

// Points with a radius become the circles that they mean, lines with a width their edges; edges are great circles.
export function zonesToDraw(zones: FeatureCollection): FeatureCollection {
  return { ...zones, features: zones.features.map(zoneToDraw) };
}

function zoneToDraw(zone: Feature): Feature {
  const radiusM = zone.properties?.radius_m as number | undefined;
  const widthM = zone.properties?.width_m as number | undefined;
  const { geometry } = zone;
  if (geometry.type === 'Point' && radiusM) {
    const [lonDeg, latDeg] = geometry.coordinates;
    const coordinates = outlineOf(ring({ lonDeg, latDeg }, radiusM, 72), false);
    return { ...zone, geometry: { type: 'LineString', coordinates } };
  }
  if (geometry.type !== 'MultiLineString') return zone;
  const parts = geometry.coordinates.map((part) => part.map(([lonDeg, latDeg]) => ({ lonDeg, latDeg })));
  const coordinates = widthM
    ? parts.flatMap((part) => [
        corridorOf(part, widthM),
        ...(zone.properties?.kind === 'lane' ? arrowsOf(part, widthM) : []),
      ])
    : parts.map((part) => outlineOf(part, false));
  return { ...zone, geometry: { type: 'MultiLineString', coordinates } };
}

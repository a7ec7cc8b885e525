// SPDX-License-Identifier: Apache-2.0
// A zone that is being drawn or changed: its corners, what it means, and the steps to take back. Pure.
import type { Feature, FeatureCollection, Position } from 'geojson';
import { ring, type LonLat } from '../geo/geodesic';
import { arrowsOf, corridorOf, crossingOf, outlineOf } from './shape';

export const shapes = ['area', 'line', 'corridor', 'lane', 'point'] as const;
export type Shape = (typeof shapes)[number];

// What each shape can mean to rules; the first is what it means where nothing else is said.
export const kindsOf: Record<Shape, string[]> = {
  area: ['area', 'anchorage', 'port', 'fishing_ground', 'depth', 'lane'],
  line: ['line', 'cable'],
  corridor: ['area'],
  lane: ['lane'],
  point: ['point'],
};
export const leastCorners: Record<Shape, number> = { area: 3, line: 2, corridor: 2, lane: 2, point: 1 };

export interface Tell {
  what: string;
  limit?: number;
}

// What the dialog holds. Measures in metres, times in seconds since 1970 UTC, degrees true.
export interface Meaning {
  name: string;
  kind: string;
  widthM: number;
  radiusM: number;
  directionDeg: number;
  depthM: number;
  tell: Tell[];
  priority: string;
  fromS: number | null;
  untilS: number | null;
  months: number[]; // empty: all
  hoursUtc: [number, number];
  only: string[]; // empty: all classes
}

export interface Draft {
  shape: Shape;
  id: number; // 0: a new one
  version: number;
  corners: LonLat[];
  placing: boolean; // clicks add corners
  before: LonLat[][]; // for steps back
  picked: number | null; // a corner
}

export interface DrawnZone extends Feature {
  id: number;
  properties: {
    name: string;
    kind: string;
    width_m?: number;
    radius_m?: number;
    direction_deg?: number;
    depth_m?: number;
    tell: Tell[];
    priority: string;
    from_s?: number;
    until_s?: number;
    months?: number[];
    hours_utc?: [number, number];
    only?: string[];
    version: number;
    who: string;
    time_s: number;
    watched_by?: string[];
  };
}

// /api/v1/zones
export interface DrawnFile extends FeatureCollection {
  version: number;
  features: DrawnZone[];
  rules_of_kind: Record<string, string[]>;
  can_tell: Record<string, string[]>;
  classes: string[];
}

export const begin = (shape: Shape): Draft => ({
  shape,
  id: 0,
  version: 0,
  corners: [],
  placing: true,
  before: [],
  picked: null,
});

export const meaningOf = (shape: Shape): Meaning => ({
  name: '',
  kind: kindsOf[shape][0],
  widthM: shape === 'lane' ? 1000 : 500,
  radiusM: 1000,
  directionDeg: 0,
  depthM: 5,
  tell: [],
  priority: 'warning',
  fromS: null,
  untilS: null,
  months: [],
  hoursUtc: [0, 24],
  only: [],
});

const changed = (draft: Draft, corners: LonLat[], picked: number | null): Draft => ({
  ...draft,
  corners,
  picked,
  before: [...draft.before, draft.corners].slice(-100),
});

export function add(draft: Draft, at: LonLat): Draft {
  const next = changed(draft, [...draft.corners, at], null);
  return draft.shape === 'point' ? { ...next, corners: [at], placing: false } : next;
}

export const move = (draft: Draft, index: number, at: LonLat): Draft =>
  changed(
    draft,
    draft.corners.map((p, i) => (i === index ? at : p)),
    index,
  );

// A new corner on the edge behind this one.
export const insert = (draft: Draft, index: number, at: LonLat): Draft =>
  changed(draft, [...draft.corners.slice(0, index + 1), at, ...draft.corners.slice(index + 1)], index + 1);

// A shape keeps the corners that it needs.
export function remove(draft: Draft, index: number): Draft {
  if (draft.corners.length <= leastCorners[draft.shape]) return draft;
  return changed(
    draft,
    draft.corners.filter((_, i) => i !== index),
    null,
  );
}

export function undo(draft: Draft): Draft {
  const last = draft.before.at(-1);
  if (!last) return draft;
  return { ...draft, corners: last, before: draft.before.slice(0, -1), picked: null };
}

export const isComplete = (draft: Draft) => draft.corners.length >= leastCorners[draft.shape];

export const finish = (draft: Draft): Draft => (isComplete(draft) ? { ...draft, placing: false } : draft);

export const crosses = (draft: Draft) => (draft.shape === 'area' ? crossingOf(draft.corners) : null);

// Seven decimals are a centimetre.
const position = ({ lonDeg, latDeg }: LonLat): Position => [
  Number((((((lonDeg + 180) % 360) + 360) % 360) - 180).toFixed(7)),
  Number(latDeg.toFixed(7)),
];

export function toFeature(draft: Draft, m: Meaning): Feature {
  const corners = draft.corners.map(position);
  const isWide = draft.shape === 'lane' || draft.shape === 'corridor';
  const properties: Record<string, unknown> = { name: m.name.trim(), kind: m.kind, version: draft.version };
  if (isWide) properties.width_m = m.widthM;
  if (draft.shape === 'point') properties.radius_m = m.radiusM;
  if (draft.shape === 'area' && m.kind === 'lane') properties.direction_deg = m.directionDeg;
  if (m.kind === 'depth') properties.depth_m = m.depthM;
  properties.tell = m.tell;
  properties.priority = m.priority;
  if (m.fromS !== null) properties.from_s = m.fromS;
  if (m.untilS !== null) properties.until_s = m.untilS;
  if (m.months.length > 0 && m.months.length < 12) properties.months = [...m.months].sort((a, b) => a - b);
  if (m.hoursUtc[0] !== 0 || m.hoursUtc[1] !== 24) properties.hours_utc = m.hoursUtc;
  if (m.only.length > 0) properties.only = m.only;
  const geometry: Feature['geometry'] =
    draft.shape === 'point'
      ? { type: 'Point', coordinates: corners[0] }
      : draft.shape === 'area'
        ? { type: 'Polygon', coordinates: [[...corners, corners[0]]] }
        : { type: 'LineString', coordinates: corners };
  return { type: 'Feature', ...(draft.id > 0 ? { id: draft.id } : {}), geometry, properties };
}

const cornersOf = (zone: DrawnZone): LonLat[] => {
  const { geometry } = zone;
  const list =
    geometry.type === 'Point'
      ? [geometry.coordinates]
      : geometry.type === 'Polygon'
        ? geometry.coordinates[0].slice(0, -1)
        : geometry.type === 'LineString'
          ? geometry.coordinates
          : [];
  return list.map(([lonDeg, latDeg]) => ({ lonDeg, latDeg }));
};

export function shapeOf(zone: DrawnZone): Shape {
  if (zone.geometry.type === 'Point') return 'point';
  if (zone.geometry.type === 'Polygon') return 'area';
  if (zone.properties.kind === 'lane') return 'lane';
  return zone.properties.width_m ? 'corridor' : 'line';
}

// A zone of the station taken up to be changed.
export function takeUp(zone: DrawnZone): { draft: Draft; meaning: Meaning } {
  const p = zone.properties;
  const shape = shapeOf(zone);
  const otherwise = meaningOf(shape);
  return {
    draft: {
      ...begin(shape),
      id: zone.id,
      version: p.version,
      corners: cornersOf(zone),
      placing: false,
    },
    meaning: {
      name: p.name,
      kind: p.kind,
      widthM: p.width_m ?? otherwise.widthM,
      radiusM: p.radius_m ?? otherwise.radiusM,
      directionDeg: p.direction_deg ?? 0,
      depthM: p.depth_m ?? otherwise.depthM,
      tell: p.tell.map((t) => ({ ...t })),
      priority: p.priority,
      fromS: p.from_s ?? null,
      untilS: p.until_s ?? null,
      months: p.months ?? [],
      hoursUtc: p.hours_utc ?? [0, 24],
      only: p.only ?? [],
    },
  };
}

export const placesOf = cornersOf;

// What the chart shows of a draft: its outline, the way to the pointer, its corners, and handles in the middle of edges.
export function toDraw(draft: Draft, m: Meaning, pointer: LonLat | null): FeatureCollection {
  const features: Feature[] = [];
  const line = (role: string, coordinates: Position[]) => {
    if (coordinates.length > 1)
      features.push({
        type: 'Feature',
        properties: { role },
        geometry: { type: 'LineString', coordinates },
      });
  };
  const { corners, shape } = draft;
  const reach = draft.placing && pointer ? [...corners, pointer] : corners;
  if (shape === 'point') {
    if (reach.length > 0) line('edge', outlineOf(ring(reach[0], m.radiusM, 72), false));
  } else line('edge', outlineOf(reach, shape === 'area' && reach.length > 2));
  if (shape === 'corridor' || shape === 'lane') line('side', corridorOf(reach, m.widthM));
  if (shape === 'lane') for (const barb of arrowsOf(reach, m.widthM)) line('edge', barb);
  corners.forEach((at, index) =>
    features.push({
      type: 'Feature',
      properties: { role: 'corner', index, picked: index === draft.picked },
      geometry: { type: 'Point', coordinates: position(at) },
    }),
  );
  for (const { at, index } of middlesOf(draft))
    features.push({
      type: 'Feature',
      properties: { role: 'middle', index, picked: false },
      geometry: { type: 'Point', coordinates: position(at) },
    });
  return { type: 'FeatureCollection', features };
}

// Where an edge can be taken to make a corner of it; while corners are being placed nowhere.
export function middlesOf(draft: Draft): { at: LonLat; index: number }[] {
  const { corners } = draft;
  if (draft.placing || draft.shape === 'point' || corners.length < 2) return [];
  const edges = draft.shape === 'area' ? corners.length : corners.length - 1;
  return Array.from({ length: edges }, (_, index) => {
    const a = corners[index];
    const b = corners[(index + 1) % corners.length];
    const lonDeg = b.lonDeg + 360 * Math.round((a.lonDeg - b.lonDeg) / 360);
    return { at: { lonDeg: (a.lonDeg + lonDeg) / 2, latDeg: (a.latDeg + b.latDeg) / 2 }, index };
  });
}

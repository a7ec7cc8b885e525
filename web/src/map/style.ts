// SPDX-License-Identifier: Apache-2.0
// The chart's layers. The style names no `glyphs`: letters come from the page's own font, nothing from elsewhere.
import type {
  ExpressionSpecification,
  LayerSpecification,
  Map as Chart,
  StyleSpecification,
} from 'maplibre-gl';
import type { ChartColours } from './palette';

const empty = { type: 'FeatureCollection' as const, features: [] };
const font = ['B612'];

// Our own layers go in between: video between land and coast, so that the coastline stays visible over the echoes.
export const videoGoesBelow = 'coast';

function layers(c: ChartColours): LayerSpecification[] {
  const text = { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.5 };
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': c.sea } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': c.land, 'fill-antialias': false } },
    ...sensitivityLayers(c),
    { id: 'coast', type: 'line', source: 'coast', paint: { 'line-color': c.coast, 'line-width': 1.2 } },
    { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': c.grid, 'line-width': 1 } },
    {
      id: 'grid-labels',
      type: 'symbol',
      source: 'grid',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'label'],
        'text-font': font,
        'text-size': 10.5,
        'text-rotation-alignment': 'viewport',
        'text-padding': 12,
      },
      paint: { ...text, 'text-opacity': 0.8 },
    },
    {
      id: 'rings',
      type: 'line',
      source: 'rings',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': c.ring, 'line-width': 1, 'line-opacity': 0.9 },
    },
    {
      id: 'ring-labels',
      type: 'symbol',
      source: 'rings',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'label'], 'text-font': font, 'text-size': 11 },
      paint: text,
    },
    ...alertLayers(c),
    ...draftLayers(c),
    ...reviewLayers(c),
  ];
}

// What the radar sees now: shades by step, hatched where nothing is known or where the figures do not hold.
function sensitivityLayers(c: ChartColours): LayerSpecification[] {
  const isKnown: ExpressionSpecification = ['<', ['get', 'step'], c.sensitivity.length];
  return [
    {
      id: 'sensitivity',
      type: 'fill',
      source: 'sensitivity',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], isKnown],
      paint: {
        'fill-color': [
          'match',
          ['get', 'step'],
          ...c.sensitivity.slice(0, -1).flatMap((shade, step) => [step, shade]),
          c.sensitivity[c.sensitivity.length - 1],
        ] as unknown as ExpressionSpecification,
        'fill-opacity': 0.42,
        'fill-antialias': false,
      },
    },
    {
      id: 'sensitivity-unknown',
      type: 'fill',
      source: 'sensitivity',
      filter: [
        'all',
        ['==', ['geometry-type'], 'Polygon'],
        ['any', ['!', isKnown], ['get', 'uncalibrated']] as ExpressionSpecification,
      ],
      paint: { 'fill-pattern': 'hatching', 'fill-opacity': 0.5 },
    },
    {
      id: 'sensitivity-labels',
      type: 'symbol',
      source: 'sensitivity',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'label'], 'text-font': font, 'text-size': 11 },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
    },
  ];
}

// Strokes that can be seen in every palette.
export function addHatching(map: Chart): void {
  const size = 12;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < size; ++x)
      if ((x + y) % size < 1.5) data.set([110, 125, 132, 255], 4 * (y * size + x));
  map.addImage('hatching', { width: size, height: size, data });
}

const byPriority = (c: ChartColours): ExpressionSpecification => [
  'match',
  ['get', 'priority'],
  'emergency',
  c.emergency,
  'alarm',
  c.alarm,
  'warning',
  c.warning,
  c.caution,
];

// Zones of the rules, and what alerts rest on.
function alertLayers(c: ChartColours): LayerSpecification[] {
  const text = { 'text-color': c.zone, 'text-halo-color': c.halo, 'text-halo-width': 1.5 };
  return [
    {
      id: 'routes',
      type: 'line',
      source: 'routes',
      layout: { visibility: 'none' },
      paint: {
        'line-color': c.ring,
        'line-width': ['interpolate', ['linear'], ['ln', ['max', 1, ['get', 'visits']]], 1.5, 0.8, 8, 4],
      },
    },
    {
      id: 'zones',
      type: 'line',
      source: 'zones',
      paint: { 'line-color': c.zone, 'line-width': 1.5, 'line-dasharray': [6, 2] },
    },
    {
      id: 'zone-labels',
      type: 'symbol',
      source: 'zones',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 300,
        'text-field': ['get', 'name'],
        'text-font': font,
        'text-size': 11,
        'text-offset': [0, 0.8],
      },
      paint: text,
    },
    {
      id: 'evidence-lines',
      type: 'line',
      source: 'evidence',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': byPriority(c), 'line-width': 3 },
    },
    {
      id: 'evidence-rings',
      type: 'circle',
      source: 'evidence',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['case', ['get', 'chosen'], 20, 16],
        'circle-opacity': 0,
        'circle-stroke-color': byPriority(c),
        'circle-stroke-width': ['case', ['get', 'chosen'], 4, 2],
      },
    },
  ];
}

// A zone that is being drawn.
function draftLayers(c: ChartColours): LayerSpecification[] {
  return [
    {
      id: 'draft-lines',
      type: 'line',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': c.zone, 'line-width': ['match', ['get', 'role'], 'side', 1.2, 2.5] },
    },
    {
      id: 'draft-corners',
      type: 'circle',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['match', ['get', 'role'], 'middle', 4, 6.5],
        'circle-color': ['case', ['get', 'picked'], c.zone, c.halo],
        'circle-stroke-color': c.zone,
        'circle-stroke-width': ['match', ['get', 'role'], 'middle', 1, 2.5],
      },
    },
  ];
}

// Recorded tracks, in place of the live ones.
function reviewLayers(c: ChartColours): LayerSpecification[] {
  const text = { 'text-color': c.zone, 'text-halo-color': c.halo, 'text-halo-width': 1.5 };
  return [
    {
      id: 'review-trails',
      type: 'line',
      source: 'review',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': ['case', ['get', 'subject'], c.warning, c.text], 'line-width': 1.5 },
    },
    {
      id: 'review-vessels',
      type: 'circle',
      source: 'review',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['case', ['get', 'subject'], 7, 4],
        'circle-color': ['case', ['get', 'subject'], c.warning, c.text],
      },
    },
    {
      id: 'review-names',
      type: 'symbol',
      source: 'review',
      filter: ['all', ['==', ['geometry-type'], 'Point'], ['get', 'subject']],
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 12, 'text-offset': [0, 1.2] },
      paint: text,
    },
  ];
}

export function chartStyle(c: ChartColours): StyleSpecification {
  const source = () => ({ type: 'geojson' as const, data: empty });
  return {
    version: 8,
    sources: {
      land: { ...source(), tolerance: 0.2, maxzoom: 16 },
      coast: { ...source(), tolerance: 0.2, maxzoom: 16 },
      grid: source(),
      rings: source(),
      routes: source(),
      zones: source(),
      sensitivity: source(),
      evidence: source(),
      draft: source(),
      review: source(),
    },
    layers: layers(c),
  };
}

export function recolour(map: Chart, c: ChartColours): void {
  for (const layer of layers(c))
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as 'line-color', value as string);
}

// SPDX-License-Identifier: Apache-2.0
// The coastline out of the land polygons. GSHHG is stored by squares of one degree, and rings are cut at their edges:
// a stretch along a whole degree is a cut, not a coast, and must not be drawn as one.
import type { Feature, FeatureCollection, MultiLineString, Position } from 'geojson';

// Six decimals are written; two ends on the same whole degree to that are on a cut.
const near = 1e-6;
const wholeDegree = (a: number, b: number) => Math.abs(a - b) < near && Math.abs(a - Math.round(a)) < near;
const isCut = (a: Position, b: Position) => wholeDegree(a[0], b[0]) || wholeDegree(a[1], b[1]);

function linesOfRing(ring: Position[], lines: Position[][]): void {
  let line: Position[] = [];
  for (let i = 0; i < ring.length; ++i) {
    if (line.length > 0 && isCut(ring[i - 1], ring[i])) {
      if (line.length > 1) lines.push(line);
      line = [];
    }
    line.push(ring[i]);
  }
  if (line.length > 1) lines.push(line);
}

export function coastLines(land: FeatureCollection): Feature<MultiLineString> {
  const coordinates: Position[][] = [];
  for (const { geometry } of land.features) {
    if (geometry.type === 'Polygon') for (const ring of geometry.coordinates) linesOfRing(ring, coordinates);
    if (geometry.type === 'MultiPolygon')
      for (const polygon of geometry.coordinates) for (const ring of polygon) linesOfRing(ring, coordinates);
  }
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}

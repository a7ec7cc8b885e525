// SPDX-License-Identifier: Apache-2.0
// The list of tracks: one row each, sortable, with filters for dark and for doubted ones. Pure.
import { roughRangeBearing, type LonLat } from '../geo/geodesic';
import { stage, stateBit } from '../wire/frames';
import type { TrackStore } from './tracks';

export interface Row {
  id: number;
  label: string;
  name: string | null;
  kind: number;
  state: number;
  speedMps: number; // NaN unknown
  courseDeg: number;
  at: LonLat;
  rangeM: number; // from the first radar, roughly: to sort by; NaN where there is none
  bearingDeg: number;
  ageS: number;
  judged: number; // judgedBit
  dark: boolean;
  doubted: boolean;
}

export type Filter = 'all' | 'dark' | 'doubted';
export const passes = (row: Row, filter: Filter) => filter === 'all' || row[filter];

export const sortKeys = ['name', 'kind', 'speed', 'range', 'sources', 'age'] as const;
export type SortKey = (typeof sortKeys)[number];

export function rowsOf(
  store: TrackStore,
  radar: LonLat | null,
  dataTimeS: number,
  options: { tentative: boolean },
): Row[] {
  const { col, count } = store;
  const rows: Row[] = [];
  const rough = radar ? roughRangeBearing(radar) : null;
  const unknown = { rangeM: NaN, bearingDeg: NaN };
  for (let slot = 0; slot < count; ++slot) {
    if (!options.tentative && (col.state[slot] & stateBit.stageMask) === stage.tentative) continue;
    const { label, name } = store.nameOf(col.id[slot]);
    const to = { lonDeg: col.lonDeg[slot], latDeg: col.latDeg[slot] };
    const { rangeM, bearingDeg } = rough ? rough(to) : unknown;
    rows.push({
      id: col.id[slot],
      label,
      name,
      kind: col.kind[slot],
      state: col.state[slot],
      speedMps: col.speedMps[slot],
      courseDeg: col.courseDeg[slot],
      at: to,
      rangeM,
      bearingDeg,
      ageS: store.ageS(slot, dataTimeS),
      judged: col.judged[slot],
      dark: store.isDark(slot),
      doubted: store.isDoubted(slot),
    });
  }
  return rows;
}

const sourceOrder = (state: number) => state & (stateBit.radar | stateBit.ais);

// What is unknown goes last, whichever way the rest is sorted.
function compareNumbers(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
}

const isTentative = (row: Row) => (row.state & stateBit.stageMask) === stage.tentative;

// Most of what is not confirmed is clutter: it never pushes vessels off the top of the list.
const tentativeLast = (a: Row, b: Row) => Number(isTentative(a)) - Number(isTentative(b));

const collator = new Intl.Collator('en', { numeric: true });

function compareNames(a: Row, b: Row, sign: number): number {
  if ((a.name === null) !== (b.name === null)) return a.name === null ? 1 : -1;
  return sign * collator.compare(a.name ?? a.label, b.name ?? b.label);
}

export function sortRows(rows: Row[], key: SortKey, descending: boolean): Row[] {
  const sign = descending ? -1 : 1;
  const compare: Record<SortKey, (a: Row, b: Row) => number> = {
    name: (a, b) => compareNames(a, b, sign),
    kind: (a, b) => sign * (a.kind - b.kind),
    speed: (a, b) => compareNumbers(a.speedMps, b.speedMps, sign),
    range: (a, b) => compareNumbers(a.rangeM, b.rangeM, sign),
    sources: (a, b) => sign * (sourceOrder(a.state) - sourceOrder(b.state)),
    age: (a, b) => compareNumbers(a.ageS, b.ageS, sign),
  };
  return [...rows].sort((a, b) => tentativeLast(a, b) || compare[key](a, b) || a.id - b.id);
}

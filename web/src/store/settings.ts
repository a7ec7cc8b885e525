// SPDX-License-Identifier: Apache-2.0
// What the operator has set: kept in the browser, and overridden by the address of the window, so that several
// windows can be saved as several bookmarks. Pure; who stores it is settings.svelte.ts.

export const palettes = ['day', 'dusk', 'night'] as const;
export type Palette = (typeof palettes)[number];

export interface Settings {
  palette: Palette;
  brightness: number; // 0.1 to 1
  video: boolean;
  afterglowS: number; // 0: the last turn, evenly
  wakeS: number; // echo trails behind moving echoes, 0 = off
  videoLevel: number; // amplitudes below (0 to 1) are not shown
  plots: boolean;
  tracks: boolean;
  tentative: boolean;
  vectorMin: number; // 0 = off
  trailMin: number; // 0 = off
  names: boolean;
  grid: boolean;
  rings: boolean;
  zones: boolean;
  routes: boolean;
  sensitivity: number; // what the radar sees now: 0 = off, 1 = in a turn, 2 = within a minute, 3 = the clutter
  panel: boolean;
}

export const defaults: Settings = {
  palette: 'dusk',
  brightness: 1,
  video: true,
  afterglowS: 5,
  wakeS: 0,
  videoLevel: 0.1,
  plots: false,
  tracks: true,
  tentative: true,
  vectorMin: 6,
  trailMin: 6,
  names: true,
  grid: true,
  rings: true,
  zones: true,
  routes: false,
  sensitivity: 0,
  panel: true,
};

export const choices = {
  afterglowS: [0, 2, 5, 15, 30],
  wakeS: [0, 30, 60, 180],
  vectorMin: [0, 1, 3, 6, 12, 30],
  trailMin: [0, 3, 6, 12],
  sensitivity: [0, 1, 2, 3],
} as const;

const ranges: Partial<Record<keyof Settings, [number, number]>> = {
  brightness: [0.1, 1],
  videoLevel: [0, 0.9],
  afterglowS: [0, 120],
  wakeS: [0, 600],
  vectorMin: [0, 60],
  trailMin: [0, 12],
  sensitivity: [0, 3],
};

// A value from outside (old storage, a hand-written address) as a setting, or undefined where it is none.
function accept<K extends keyof Settings>(key: K, value: unknown): Settings[K] | undefined {
  const model = defaults[key];
  if (key === 'palette') return palettes.includes(value as Palette) ? (value as Settings[K]) : undefined;
  if (typeof model === 'boolean') {
    if (value === true || value === '1' || value === 'true') return true as Settings[K];
    if (value === false || value === '0' || value === 'false') return false as Settings[K];
    return undefined;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  const [low, high] = ranges[key] ?? [-Infinity, Infinity];
  return Math.min(high, Math.max(low, number)) as Settings[K];
}

function merge(base: Settings, values: Record<string, unknown>): Settings {
  const out: Settings = { ...base };
  const set = <K extends keyof Settings>(key: K) => {
    const value = key in values ? accept(key, values[key]) : undefined;
    if (value !== undefined) out[key] = value;
  };
  (Object.keys(defaults) as (keyof Settings)[]).forEach(set);
  return out;
}

export function readSettings(stored: string | null, hash: string): Settings {
  let values: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) values = parsed as Record<string, unknown>;
  } catch {
    // Damaged storage: the defaults serve.
  }
  const address = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
  return merge(merge(defaults, values), address);
}

export interface View {
  lonDeg: number;
  latDeg: number;
  zoom: number;
}

export function readView(hash: string): View | null {
  const p = new URLSearchParams(hash.replace(/^#/, ''));
  if (!p.has('lat') || !p.has('lon') || !p.has('zoom')) return null;
  const view = { lonDeg: Number(p.get('lon')), latDeg: Number(p.get('lat')), zoom: Number(p.get('zoom')) };
  const good =
    Math.abs(view.lonDeg) <= 180 && Math.abs(view.latDeg) <= 85 && view.zoom >= 0 && view.zoom <= 24;
  return good ? view : null;
}

export function readSelected(hash: string): number | null {
  const id = Number(new URLSearchParams(hash.replace(/^#/, '')).get('select'));
  return Number.isInteger(id) && id > 0 ? id : null;
}

export function writeHash(settings: Settings, view: View | null, selected: number | null): string {
  const p = new URLSearchParams();
  p.set('palette', settings.palette);
  if (view) {
    p.set('lat', view.latDeg.toFixed(5));
    p.set('lon', view.lonDeg.toFixed(5));
    p.set('zoom', view.zoom.toFixed(2));
  }
  if (selected !== null) p.set('select', String(selected));
  return `#${p.toString()}`;
}

// SPDX-License-Identifier: Apache-2.0
// What the end-to-end tests read: the state behind the pixels.
import type { App } from './app';
import { connection, mode, session } from './store/session.svelte';
import type { Alert } from './wire/frames';
import { zones } from './zones/zones.svelte';
import { settings } from './store/settings.svelte';

export interface TestTrack {
  id: number;
  name: string | null;
  mmsi: number | null;
  lonDeg: number;
  latDeg: number;
  speedMps: number | null;
  stage: number;
  state: number;
  judged: number;
  kind: number;
}

export interface TestState {
  ready: boolean;
  connection: string;
  mode: string;
  node: string | null;
  radars: number;
  land: boolean;
  latencyMs: number | null;
  selected: number | null;
  card: unknown;
  story: string | null;
  alerts: Alert[];
  alert: number | null;
  notice: string | null;
  evidence: string[]; // the shapes drawn for alerts
  sensitivity: number;
  zones: { names: string[]; version: number; corners: number; placing: boolean; fault: string | null };
  review: { timeS: number; vessels: number } | null;
  palette: string;
  dataTimeS: number;
  faults: number;
  labels: number;
  counts: App['counts'];
  tracks: TestTrack[];
}

function tracksOf(app: App): TestTrack[] {
  const { col, count } = app.store;
  return Array.from({ length: count }, (_, slot) => {
    const { name, mmsi } = app.store.nameOf(col.id[slot]);
    const speed = col.speedMps[slot];
    return {
      id: col.id[slot],
      name,
      mmsi,
      lonDeg: col.lonDeg[slot],
      latDeg: col.latDeg[slot],
      speedMps: Number.isNaN(speed) ? null : speed,
      stage: col.state[slot] & 3,
      state: col.state[slot],
      judged: col.judged[slot],
      kind: col.kind[slot],
    };
  });
}

function pixelAt(app: App, lonDeg: number, latDeg: number): { x: number; y: number } | null {
  if (!app.chart) return null;
  const at = app.chart.map.project([lonDeg, latDeg]);
  const box = app.chart.map.getCanvas().getBoundingClientRect();
  return { x: box.left + at.x, y: box.top + at.y };
}

declare global {
  interface Window {
    __test: {
      state(): TestState;
      select(id: number | null): void;
      moving(): boolean;
      video(on: boolean): void;
      pixelOf(id: number): { x: number; y: number } | null;
      pixelAt(lonDeg: number, latDeg: number): { x: number; y: number } | null;
    };
  }
}

export function exposeForTests(app: App): void {
  window.__test = {
    state: () => ({
      ready: session.ready,
      connection: connection(),
      mode: mode(),
      node: session.hello?.node ?? null,
      radars: session.hello?.radars.length ?? 0,
      land: session.land,
      latencyMs: session.latencyMs,
      selected: session.selected,
      card: session.card,
      story: session.story?.text ?? null,
      alerts: session.alerts,
      alert: session.alert,
      notice: session.notice,
      evidence: app.alerts.drawn,
      sensitivity: app.sensitivity.drawn,
      zones: {
        names: zones.drawn?.features.map((zone) => zone.properties.name) ?? [],
        version: zones.drawn?.version ?? 0,
        corners: zones.draft?.corners.length ?? 0,
        placing: zones.draft?.placing ?? false,
        fault: zones.fault,
      },
      review: session.review && { timeS: session.review.timeS, vessels: app.review.drawn },
      palette: settings.palette,
      dataTimeS: session.dataTimeS,
      faults: session.faults,
      labels: app.labels.shown.size,
      counts: { ...app.counts },
      tracks: tracksOf(app),
    }),
    select: (id) => app.select(id),
    video: (on) => (settings.video = on),
    moving: () => app.chart?.map.isMoving() ?? true,
    // Where on the page a track is drawn.
    pixelOf: (id) => {
      const slot = app.store.slotOf(id);
      const { col } = app.store;
      return slot === undefined ? null : pixelAt(app, col.lonDeg[slot], col.latDeg[slot]);
    },
    pixelAt: (lonDeg, latDeg) => pixelAt(app, lonDeg, latDeg),
  };
}

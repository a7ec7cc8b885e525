// SPDX-License-Identifier: Apache-2.0
// What the end-to-end tests read: the state behind the pixels.
import type { App } from './app';
import { connection, mode, session } from './store/session.svelte';
import type { Alert } from './wire/frames';
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
  evidence: number;
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
      kind: col.kind[slot],
    };
  });
}

declare global {
  interface Window {
    __test: {
      state(): TestState;
      select(id: number | null): void;
      moving(): boolean;
      video(on: boolean): void;
      pixelOf(id: number): { x: number; y: number } | null;
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
      if (slot === undefined || !app.chart) return null;
      const { col } = app.store;
      const at = app.chart.map.project([col.lonDeg[slot], col.latDeg[slot]]);
      const box = app.chart.map.getCanvas().getBoundingClientRect();
      return { x: box.left + at.x, y: box.top + at.y };
    },
  };
}

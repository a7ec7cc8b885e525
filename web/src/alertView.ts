// SPDX-License-Identifier: Apache-2.0
// Alerts of this window: taken from the stream, drawn on the chart, and what the operator orders about them.
import type { FeatureCollection } from 'geojson';
import type { App } from './app';
import type { LonLat } from './geo/geodesic';
import { evidenceOf, extentOf, zonesToDraw } from './map/evidence';
import { applyAlerts } from './store/alerts';
import { session } from './store/session.svelte';
import { officer } from './store/settings.svelte';
import type { Alert } from './wire/frames';
import type { AlertOrder, Request } from './wire/messages';

const routesEveryS = 60;

export class AlertView {
  drawn: string[] = []; // the shapes on the chart
  private routesAskedS = 0;
  private zones: FeatureCollection = { type: 'FeatureCollection', features: [] };

  constructor(
    private readonly app: App,
    private readonly send: (request: Request) => void,
  ) {}

  take(whole: boolean, alerts: Alert[]): void {
    session.alerts = applyAlerts(session.alerts, whole, alerts);
    if (!session.alerts.some((alert) => alert.id === session.alert)) session.alert = null;
    this.draw();
  }

  // Asked at every hello: one comes also when the rules are new.
  async loadZones(): Promise<void> {
    try {
      const answer = await fetch('api/v1/rules/zones.geojson');
      if (answer.status !== 200) return;
      this.zones = zonesToDraw((await answer.json()) as FeatureCollection);
      this.app.chart?.setZones(this.zones);
      this.draw();
    } catch {
      // As the chart: an extra.
    }
  }

  // Learned by the station as it goes: asked when it is to be seen.
  async loadRoutes(): Promise<void> {
    const nowS = Date.now() / 1000;
    if (nowS - this.routesAskedS < routesEveryS) return;
    this.routesAskedS = nowS;
    try {
      const answer = await fetch('api/v1/rules/routes.geojson');
      if (answer.status === 200) this.app.chart?.setRoutes((await answer.json()) as FeatureCollection);
    } catch {
      // An extra.
    }
  }

  draw(): void {
    const { chart } = this.app;
    if (!chart?.ready || (session.alerts.length === 0 && this.drawn.length === 0)) return;
    const evidence = evidenceOf(session.alerts, session.alert, this.zones, this.placeOf);
    this.drawn = evidence.features.map((feature) => feature.geometry.type);
    chart.setEvidence(evidence);
  }

  // The chart goes to the vessels of an alert; null lets go of it.
  show(id: number | null): void {
    const alert = session.alerts.find((a) => a.id === id);
    session.alert = alert ? alert.id : null;
    this.draw();
    if (!alert) return;
    this.app.takeView();
    this.app.chart?.show(extentOf(alert, this.placeOf));
  }

  order(order: Omit<AlertOrder, 'who'>): void {
    session.notice = null;
    this.send({ alert: { ...order, who: officer.name } });
  }

  reloadRules(): void {
    session.notice = null;
    this.send({ rules: { do: 'reload', who: officer.name } });
  }

  private readonly placeOf = (track: number): LonLat | null => {
    if (session.review) return null; // of now: it is not shown
    const { store } = this.app;
    const slot = store.slotOf(track);
    return slot === undefined ? null : { lonDeg: store.col.lonDeg[slot], latDeg: store.col.latDeg[slot] };
  };
}

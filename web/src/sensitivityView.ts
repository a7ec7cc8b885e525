// SPDX-License-Identifier: Apache-2.0
// What the radars can see now: asked while it is to be seen, drawn under the video. And what else is loaded once.
import type { App } from './app';
import type { LonLat } from './geo/geodesic';
import { doubtOf, hasFigures, sensitivityToDraw, shownBy, type Sensitivity } from './map/sensitivity';
import { session } from './store/session.svelte';
import { settings } from './store/settings.svelte';
import type { RadarInfo } from './wire/frames';

const everyS = 15; // the station renews it every eight turns

export class SensitivityView {
  drawn = 0; // areas
  private askedS = -Infinity;
  private radars: Sensitivity[] = [];
  private of = '';

  constructor(
    private readonly app: App,
    private readonly positionOf: (radar: RadarInfo) => LonLat | null,
  ) {}

  // Every second or so.
  tick(nowS: number): void {
    const isWanted = settings.sensitivity > 0 && !session.reviewing;
    if (!isWanted && this.drawn > 0) this.draw();
    if (!isWanted) return;
    if (nowS - this.askedS >= everyS) {
      this.askedS = nowS;
      void this.load();
    } else this.draw();
  }

  private async load(): Promise<void> {
    try {
      const answer = await fetch('api/v1/sensitivity');
      this.radars = answer.ok ? ((await answer.json()) as { radars: Sensitivity[] }).radars : [];
    } catch {
      this.radars = []; // old figures must not look like those of now
    }
    this.of = '';
    this.draw();
  }

  // The first radar that is turned to north; what is said of the others stands in the legend.
  private draw(): void {
    const { chart } = this.app;
    if (!chart?.ready) return;
    const what = shownBy(settings.sensitivity);
    const isOn = settings.sensitivity > 0 && !session.reviewing;
    const shown = isOn ? this.radars.map((s) => ({ s, ...this.siteOf(s) })) : [];
    session.sensitivity = shown.map(({ s, site }) => ({
      radar: s.radar,
      uncalibrated: doubtOf(s, what),
      hasFigures: hasFigures(s, what),
      isPlaced: site !== null,
    }));
    const first = shown.find(({ s, site }) => site !== null && hasFigures(s, what));
    const of = first ? `${what} ${JSON.stringify(first.site)}` : 'none';
    if (of === this.of) return;
    this.of = of;
    const areas =
      first?.site != null
        ? sensitivityToDraw(first.s, first.site, what)
        : { type: 'FeatureCollection' as const, features: [] };
    this.drawn = areas.features.length;
    chart.setSensitivity(areas);
  }

  private siteOf(s: Sensitivity): { site: LonLat | null } {
    const radar = session.hello?.radars.find((r) => r.name === s.radar);
    return { site: radar?.reference === 'true' ? this.positionOf(radar) : null };
  }
}

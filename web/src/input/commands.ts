// SPDX-License-Identifier: Apache-2.0
// What each command does. Keys and buttons both come here.
import type { App } from '../app';
import { session } from '../store/session.svelte';
import { zones } from '../zones/zones.svelte';
import { nextPalette, settings } from '../store/settings.svelte';
import { choices } from '../store/settings';
import type { CommandName } from './keymap';

function following(values: readonly number[], current: number): number {
  return values[(values.indexOf(current) + 1) % values.length];
}

function step(app: App, by: number): void {
  const ids = session.order;
  if (ids.length === 0) return;
  const at = session.selected === null ? -1 : ids.indexOf(session.selected);
  const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
  app.select(ids[next]);
}

function close(app: App): void {
  if (session.help) session.help = false;
  else if (session.layers) session.layers = false;
  else if (zones.open) app.zones.toggle();
  else if (session.placing) app.orders.place();
  else app.select(null);
}

const panPx = 120;

export function commandsOf(app: App): Record<CommandName, () => void> {
  // To move the map by key is to take it over, as by hand.
  const map = () => {
    app.takeView();
    return app.chart?.map;
  };
  return {
    help: () => (session.help = !session.help),
    palette: nextPalette,
    layers: () => {
      session.layers = !session.layers;
      if (session.layers && zones.open) app.zones.toggle();
    },
    panel: () => (settings.panel = !settings.panel),
    video: () => (settings.video = !settings.video),
    plots: () => (settings.plots = !settings.plots),
    names: () => (settings.names = !settings.names),
    trails: () => (settings.trailMin = following(choices.trailMin, settings.trailMin)),
    vectors: () => (settings.vectorMin = following(choices.vectorMin, settings.vectorMin)),
    rings: () => (settings.rings = !settings.rings),
    fit: () => app.fit(),
    centre: () => app.centre(),
    begin: () => app.orders.place(),
    zones: () => app.zones.toggle(),
    next: () => step(app, 1),
    previous: () => step(app, -1),
    close: () => close(app),
    pause: () => app.togglePause(),
    zoomIn: () => void map()?.zoomIn({ duration: 150 }),
    zoomOut: () => void map()?.zoomOut({ duration: 150 }),
    west: () => void map()?.panBy([-panPx, 0], { duration: 120 }),
    east: () => void map()?.panBy([panPx, 0], { duration: 120 }),
    north: () => void map()?.panBy([0, -panPx], { duration: 120 }),
    south: () => void map()?.panBy([0, panPx], { duration: 120 }),
  };
}

// SPDX-License-Identifier: Apache-2.0
// What the operator of this window orders about tracks.
import type { App } from './app';
import { rangeBearing } from './geo/geodesic';
import { session } from './store/session.svelte';
import { officer } from './store/settings.svelte';
import type { Request, TrackOrder } from './wire/messages';

// How well somebody points at an echo, pixels of the screen.
const pointingPx = 8;
const leastDeviationM = 20;
const mostDeviationM = 1000;

export class TrackOrders {
  constructor(
    private readonly app: App,
    private readonly send: (request: Request) => void,
  ) {}

  drop(id: number): void {
    this.order({ do: 'drop', id });
  }

  // An empty name takes off the given one.
  rename(id: number, name: string): void {
    this.order({ do: 'rename', id, name });
  }

  // The next click on the chart begins a track, or none does after all.
  place(): void {
    session.placing = !session.placing;
    const canvas = this.app.chart?.map.getCanvas();
    if (canvas) canvas.style.cursor = session.placing ? 'crosshair' : '';
  }

  begin(at: { lng: number; lat: number }, point: { x: number; y: number }): void {
    this.place();
    const near = this.app.chart?.map.unproject([point.x + pointingPx, point.y]);
    const here = { lonDeg: at.lng, latDeg: at.lat };
    const offM = near ? rangeBearing(here, { lonDeg: near.lng, latDeg: near.lat }).rangeM : leastDeviationM;
    this.order({
      do: 'initiate',
      lat_deg: at.lat,
      lon_deg: at.lng,
      deviation_m: Math.min(Math.max(offM, leastDeviationM), mostDeviationM),
    });
  }

  // What was begun is what the operator wants to see.
  done(order: TrackOrder['do'], id: number): void {
    if (order === 'initiate') this.app.select(id);
  }

  private order(
    order: TrackOrder extends infer Order ? (Order extends unknown ? Omit<Order, 'who'> : never) : never,
  ): void {
    session.notice = null;
    this.send({ track: { ...order, who: officer.name } as TrackOrder });
  }
}

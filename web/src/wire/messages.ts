// SPDX-License-Identifier: Apache-2.0
// What passes between the page and its socket worker.
import type { Feature } from 'geojson';
import type { Alert, Card, Health, Hello, PlotBatch, Playback, Spokes, TrackBatch } from './frames';
import type { Loss } from './orders';

export type FromWorker =
  | { what: 'link'; open: boolean; attempt: number; retryInS: number | null }
  | { what: 'clock'; offsetS: number; roundTripS: number }
  | { what: 'beat'; atS: number } // something came in at this local time; at most four a second
  | { what: 'hello'; hello: Hello }
  | { what: 'tracks'; whole: boolean; timeS: number; removed: Uint32Array; changed: TrackBatch }
  | { what: 'cards'; timeS: number; cards: Card[] }
  | { what: 'spokes'; radar: number; timeS: number; spokes: Spokes }
  | { what: 'plots'; radar: number; timeS: number; plots: PlotBatch }
  | { what: 'alerts'; whole: boolean; alerts: Alert[] }
  | { what: 'refused'; reason: string } // what the station says to a request
  | { what: 'lost'; how: Loss } // an order of the operator
  | { what: 'done'; order: TrackOrder['do']; id: number } // about a track
  | { what: 'zoneDone' } // what was drawn is in force
  | { what: 'health'; health: Health }
  | { what: 'playback'; playback: Playback }
  | { what: 'fault'; reason: string };

// The requests of docs/formats/stream.md, as they are sent.
export type Request =
  | { want: 'snapshot' }
  | { select: number | null }
  | { radar: boolean }
  | { plots: boolean }
  | { playback: { paused: boolean } }
  | { alert: AlertOrder }
  | { rules: { do: 'reload'; who: string } }
  | { track: TrackOrder }
  | { zone: ZoneOrder };

export interface AlertOrder {
  id: number;
  do: 'acknowledge' | 'shelve' | 'unshelve' | 'transfer' | 'take_back';
  who: string;
  why?: string;
  to?: string;
  minutes?: number;
}

export type TrackOrder = { who: string } & (
  | { do: 'drop'; id: number }
  | { do: 'rename'; id: number; name: string }
  | { do: 'initiate'; lat_deg: number; lon_deg: number; deviation_m: number; name?: string }
);

export type ZoneOrder = { who: string; why: string } & (
  { do: 'save'; feature: Feature } | { do: 'delete'; id: number; version: number }
);

export type ToWorker = { what: 'open'; url: string } | { what: 'send'; request: Request };

// Requests that state a wish that outlives a connection: the worker repeats the newest of each after a reconnect.
export const isStanding = (request: Request) =>
  'select' in request || 'radar' in request || 'plots' in request;

// The buffers to hand over instead of copying.
export function transferables(message: FromWorker): Transferable[] {
  const buffersOf = (values: object) =>
    Object.values(values)
      .filter((value): value is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(value))
      .map((value) => value.buffer);
  switch (message.what) {
    case 'tracks':
      return [message.removed.buffer as ArrayBuffer, ...buffersOf(message.changed)];
    case 'spokes':
      return buffersOf(message.spokes);
    case 'plots':
      return buffersOf(message.plots);
    default:
      return [];
  }
}

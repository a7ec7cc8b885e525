// SPDX-License-Identifier: Apache-2.0
// What the panels show, at four changes a second. Moving things do not pass through here.
import type { Camera } from '../map/chart';
import type { Card, Health, Hello, Mode, Playback } from '../wire/frames';
import type { Row } from './rows';

// No frame for this long: the picture is stale, and says so.
export const staleAfterS = 3;

export interface Cursor {
  lonDeg: number;
  latDeg: number;
  rangeM: number | null; // from the first radar
  bearingDeg: number | null;
}

interface Session {
  nowS: number; // local
  dataTimeS: number;
  open: boolean;
  attempt: number;
  retryAtS: number | null; // local
  lastBeatS: number; // local; 0 = nothing yet
  clockOffsetS: number | null; // server ahead of us
  roundTripS: number | null;
  latencyMs: number | null;
  hello: Hello | null;
  health: Health | null;
  playback: Playback | null;
  faults: number;
  ready: boolean; // chart and layers stand
  land: boolean;
  camera: Camera | null;
  cursor: Cursor | null;
  selected: number | null;
  selectedGone: boolean;
  card: Card | null;
  cardAtS: number; // data time of the card
  rows: Row[];
  help: boolean;
  layers: boolean;
}

export const session: Session = $state({
  nowS: 0,
  dataTimeS: NaN,
  open: false,
  attempt: 0,
  retryAtS: null,
  lastBeatS: 0,
  clockOffsetS: null,
  roundTripS: null,
  latencyMs: null,
  hello: null,
  health: null,
  playback: null,
  faults: 0,
  ready: false,
  land: false,
  camera: null,
  cursor: null,
  selected: null,
  selectedGone: false,
  card: null,
  cardAtS: NaN,
  rows: [],
  help: false,
  layers: false,
});

export type Connection = 'connecting' | 'alive' | 'silent' | 'lost';

export function connection(): Connection {
  if (session.lastBeatS === 0) return session.attempt > 1 ? 'lost' : 'connecting';
  if (!session.open) return 'lost';
  return session.nowS - session.lastBeatS > staleAfterS ? 'silent' : 'alive';
}

export const mode = (): Mode => session.playback?.mode ?? session.hello?.mode ?? 'live';

export const silenceS = () => (session.lastBeatS === 0 ? 0 : Math.max(0, session.nowS - session.lastBeatS));

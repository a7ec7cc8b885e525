// SPDX-License-Identifier: Apache-2.0
// What the panels show, at four changes a second. Moving things do not pass through here.
import type { Camera } from '../map/chart';
import type { Alert, Card, Health, Hello, Mode, Playback } from '../wire/frames';
import type { ReviewState } from '../review';
import type { Row } from './rows';

// No frame for this long: the picture is stale, and says so.
export const staleAfterS = 3;

export interface Cursor {
  lonDeg: number;
  latDeg: number;
  rangeM: number | null; // from the first radar
  bearingDeg: number | null;
}

// What comes whole from the station or is rebuilt whole is raw: no proxies around thousands of rows.
class Session {
  nowS = $state(0); // local
  dataTimeS = $state(NaN);
  open = $state(false);
  attempt = $state(0);
  lastBeatS = $state(0); // local; 0 = nothing yet
  clockOffsetS: number | null = $state(null); // server ahead of us
  latencyMs: number | null = $state(null);
  hello: Hello | null = $state.raw(null);
  health: Health | null = $state.raw(null);
  playback: Playback | null = $state.raw(null);
  faults = $state(0);
  ready = $state(false); // chart and layers stand
  land = $state(false);
  camera: Camera | null = $state.raw(null);
  cursor: Cursor | null = $state.raw(null);
  selected: number | null = $state(null);
  selectedGone = $state(false);
  card: Card | null = $state.raw(null);
  cardAtS = $state(NaN); // data time of the card
  story: { id: number; text: string } | null = $state.raw(null); // of the selected track, also when it is gone
  placing = $state(false); // the next click on the chart begins a track there
  rows: Row[] = $state.raw([]);
  order: number[] = []; // ids as the list shows them
  alerts: Alert[] = $state.raw([]);
  alert: number | null = $state(null); // the one whose evidence is drawn
  review: ReviewState | null = $state.raw(null); // recorded tracks in place of the live ones
  reviewing = $state(false); // that there is one: changes less often
  notice: string | null = $state(null); // what the station refused, and why
  sensitivity: { radar: string; uncalibrated: string; hasFigures: boolean; isPlaced: boolean }[] = $state.raw(
    [],
  );
  help = $state(false);
  layers = $state(false);
}

export const session = new Session();

export type Connection = 'connecting' | 'alive' | 'silent' | 'lost';

export function connection(): Connection {
  if (session.lastBeatS === 0) return session.attempt > 1 ? 'lost' : 'connecting';
  if (!session.open) return 'lost';
  return session.nowS - session.lastBeatS > staleAfterS ? 'silent' : 'alive';
}

export const mode = (): Mode => session.playback?.mode ?? session.hello?.mode ?? 'live';

export const silenceS = () => (session.lastBeatS === 0 ? 0 : Math.max(0, session.nowS - session.lastBeatS));

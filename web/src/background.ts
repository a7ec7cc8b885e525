// SPDX-License-Identifier: Apache-2.0
// The chart of the station and past positions: loaded once a connection.
import type { App } from './app';
import { session } from './store/session.svelte';
import { localTimeS } from './wire/clock';

const historyS = 12 * 60;

export async function loadBackground(app: App): Promise<void> {
  try {
    if (!session.land) await app.chart?.loadLand('api/v1/chart');
    session.land = app.chart?.hasLand ?? false;
    const nowS = app.clock.now(localTimeS());
    if (Number.isFinite(nowS)) await loadHistory(app, nowS);
  } catch {
    // Chart and history are extras: the live picture does not wait for them.
  }
}

// Past positions from before this window was opened, or from while the line was down.
async function loadHistory({ store }: App, toS: number): Promise<void> {
  const answer = await fetch(`api/v1/history/tracks?from=${Math.floor(toS - historyS)}&to=${Math.ceil(toS)}`);
  if (!answer.ok) return;
  const { tracks } = (await answer.json()) as { tracks?: { id: number; points: number[][] }[] };
  for (const track of tracks ?? []) {
    const slot = store.slotOf(track.id);
    if (slot === undefined) continue;
    for (const [timeS, lonDeg, latDeg] of track.points) store.addPast(slot, lonDeg, latDeg, timeS);
  }
}

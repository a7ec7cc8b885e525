// SPDX-License-Identifier: Apache-2.0
// Owns the WebSocket, off the main thread: timers here are not slowed down when the window is in the background.
import { ClockOffset, backoffS, localTimeS } from './clock';
import {
  isStanding,
  transferables,
  type FromWorker,
  type Request,
  type ToWorker,
  type TrackOrder,
} from './messages';
import { Orders, type Loss } from './orders';
import { Receiver } from './receiver';

const pingEveryMs = 2000;
const beatEveryS = 0.25;
// The server sends health once a second; a socket that is open and silent for longer than this is dead.
const silenceMaxS = 6;

let url = '';
let socket: WebSocket | null = null;
let attempt = 0;
let lastFrameS = 0;
let lastBeatS = 0;
const standing = new Map<string, Request>();
const clock = new ClockOffset();
const orders = new Orders();

const emit = (message: FromWorker) => self.postMessage(message, { transfer: transferables(message) });
const send = (text: object) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(text));
};
const tell = (how: Loss | null) => {
  if (how) emit({ what: 'lost', how });
};
const receiver = new Receiver(emit, () => send({ want: 'snapshot' } satisfies Request));

function beat(): void {
  lastFrameS = localTimeS();
  if (lastFrameS - lastBeatS < beatEveryS) return;
  lastBeatS = lastFrameS;
  emit({ what: 'beat', atS: lastFrameS });
}

function takeText(text: string): void {
  const now = localTimeS();
  let message: {
    pong?: number;
    server_time_s?: number;
    error?: string;
    done?: { do: TrackOrder['do']; id: number };
    zone_done?: object;
  };
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    return emit({ what: 'fault', reason: 'text is not JSON' });
  }
  if (message.done || message.zone_done || message.error) orders.answered();
  if (typeof message.pong === 'number' && typeof message.server_time_s === 'number') {
    clock.add(message.pong, now, message.server_time_s);
    if (clock.best) emit({ what: 'clock', ...clock.best });
  } else if (message.done) emit({ what: 'done', order: message.done.do, id: message.done.id });
  else if (message.zone_done) emit({ what: 'zoneDone' });
  else if (message.error) emit({ what: 'refused', reason: message.error });
}

function open(): void {
  attempt += 1;
  const mine = new WebSocket(url);
  socket = mine;
  mine.binaryType = 'arraybuffer';
  mine.onopen = () => {
    attempt = 0;
    lastFrameS = localTimeS();
    receiver.restart();
    clock.forget();
    emit({ what: 'link', open: true, attempt: 0, retryInS: null });
    ping();
    for (const request of standing.values()) send(request);
  };
  mine.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
    if (mine !== socket) return;
    if (typeof event.data === 'string') return takeText(event.data);
    beat();
    void receiver.push(new Uint8Array(event.data));
  };
  // An error is always followed by close.
  mine.onclose = () => {
    if (mine === socket) retry();
  };
}

function retry(): void {
  socket = null;
  tell(orders.closed());
  const waitS = backoffS(attempt, Math.random());
  emit({ what: 'link', open: false, attempt, retryInS: waitS });
  setTimeout(open, waitS * 1000);
}

const ping = () => send({ ping: localTimeS() });

setInterval(() => {
  ping();
  if (socket?.readyState === WebSocket.OPEN && localTimeS() - lastFrameS > silenceMaxS) {
    // close() may wait long for an answer that never comes: let go first.
    const dead = socket;
    retry();
    dead.close();
  }
}, pingEveryMs);

self.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.what === 'open') {
    url = message.url;
    open();
    return;
  }
  const { request } = message;
  if (isStanding(request)) {
    const key = Object.keys(request)[0];
    if (JSON.stringify(standing.get(key)) === JSON.stringify(request)) return;
    standing.set(key, request);
  }
  tell(orders.given(request, socket?.readyState === WebSocket.OPEN));
  send(request);
};

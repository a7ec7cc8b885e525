// SPDX-License-Identifier: Apache-2.0
// Serves the built page and a made-up scene over a real WebSocket: to work on the page without a station.
//   node e2e/support/scene-server.mjs [port] [--replay] [--head-up] [--vessels N] [--no-chart]
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { FrameWriter, delta, plots, snapshot, spokes } from './frames.mjs';
import * as scene from './scene.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// As the station's own server sends it.
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; child-src 'self' blob:; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const turnS = 2.5;
const batchMs = 100;

const option = (name) => process.argv.includes(name);
const valueOf = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const replay = option('--replay');
const epochS = replay ? 1_700_000_000 - Date.now() / 1000 : 0;
const wallS = () => Date.now() / 1000;
const dataS = () => wallS() + epochS;
const startS = wallS();
const vessels = scene.makeVessels(valueOf('--vessels', 28));
const tracksNow = () => scene.tracksAt(vessels, wallS() - startS);

function serve(request, response) {
  response.setHeader('Content-Security-Policy', policy);
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const chart = { '/api/v1/chart/land.geojson': scene.land, '/api/v1/chart/coast.geojson': scene.coast }[
    path
  ];
  if (chart) {
    if (option('--no-chart')) return response.writeHead(204).end();
    response.setHeader('Content-Type', 'application/geo+json');
    return response.end(JSON.stringify(chart()));
  }
  if (path === '/api/v1/history/tracks') return response.end('{"tracks":[]}');
  const file = join(dist, normalize(path === '/' ? '/index.html' : path));
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
}

const hello = () => ({
  version: '0.1.0',
  protocol: 1,
  mode: replay ? 'replay' : 'live',
  node: 'Skagvik strait',
  origin: { lat_deg: scene.station.lat, lon_deg: scene.station.lon },
  radars: [
    {
      id: 1,
      name: 'Headland radar',
      lat_deg: scene.station.lat,
      lon_deg: scene.station.lon,
      range_m: scene.cells * scene.cellM,
      reference: option('--head-up') ? 'head-up' : 'true',
    },
  ],
  server_time_s: dataS(),
});

const health = (tracks) => ({
  clock_s: wallS(),
  data_time_s: dataS(),
  lanes: [{ name: 'radar 1', depth: 0, high_water: 4, dropped: 0 }],
  radars: [
    {
      id: 1,
      name: 'Headland radar',
      state: 'ok',
      spokes_per_s: scene.azimuths / turnS,
      turn_s: turnS,
      plots_per_turn: 41,
      age_s: 0.02,
      gaps: 0,
      latency_ms: 31,
      video: { noise_level: 21, saturated_share: 0.004, thresholded: false, unsettled: '' },
    },
  ],
  ais: { messages_per_s: 4.2, vessels: tracks.filter((t) => t.mmsi).length, age_s: 0.3 },
  tracks: { confirmed: tracks.filter((t) => (t.state & 3) === 1).length, tentative: 5 },
  journal: { bytes: 48_000_000 + Math.round((wallS() - startS) * 2e5), ok: true },
  clients: 1,
});

function card(track) {
  const ais = track.mmsi !== undefined;
  const from = ais ? `AIS ${track.mmsi}` : 'radar 1';
  const fields = [
    {
      name: 'position',
      value: `${track.lat.toFixed(5)}° ${track.lon.toFixed(5)}°`,
      source: 'radar 1',
      age_s: 0.4,
    },
    { name: 'speed', value: `${(track.speed * 1.944).toFixed(1)} kn`, source: from, age_s: 3.2 },
  ];
  if (track.course !== undefined)
    fields.push({ name: 'course', value: `${track.course.toFixed(1)}°`, source: from, age_s: 3.2 });
  if (track.heading !== undefined)
    fields.push({ name: 'heading', value: `${track.heading.toFixed(0)}°`, source: from, age_s: 3.2 });
  const sources = [];
  if (track.state & 4) sources.push({ source: 'radar 1', age_s: 0.4 });
  if (ais) sources.push({ source: from, age_s: 3.2 });
  const extra = ais
    ? {
        mmsi: track.mmsi,
        name: track.name,
        callsign: 'LAHD',
        ship_type: 70,
        ship_type_text: 'cargo',
        status_text: 'under way using engine',
        destination: 'TRONDHEIM',
        length_m: 119,
        beam_m: 18,
        identity: { probability: 0.97 },
      }
    : {};
  return {
    id: track.id,
    label: String(track.id),
    ...extra,
    stage: 'confirmed',
    existence: 0.99,
    began_s: dataS() - 754,
    fields,
    sources,
  };
}

const shortCard = ({ id, name, mmsi }) => ({ id, label: String(id), ...(name ? { name, mmsi } : {}) });

function batch(state) {
  const due = Math.floor(((wallS() - startS) / turnS) * scene.azimuths);
  const count = Math.min(scene.azimuths, due - state.sent);
  if (count <= 0) return null;
  const first = state.sent % scene.azimuths;
  state.sent = due;
  const tracks = tracksNow();
  const rows = Array.from({ length: count }, (_, i) =>
    scene.spoke((first + i) % scene.azimuths, tracks, state.draw),
  );
  const { lon, lat } = scene.station;
  return spokes({
    first,
    azimuths: scene.azimuths,
    count,
    cells: scene.cells,
    near: 0,
    cell: scene.cellM,
    lon,
    lat,
    wall: wallS(),
    amplitudes: Buffer.concat(rows),
  });
}

function connect(socket) {
  const out = new FrameWriter();
  const state = { sent: Math.floor(((wallS() - startS) / turnS) * scene.azimuths), draw: scene.random(3) };
  const wishes = { selected: null, radar: true, plots: false, paused: false };
  const send = (frame) => socket.bufferedAmount < 4e6 && socket.send(frame);
  const sendAll = () => send(out.frame(2, 0, dataS(), snapshot(tracksNow()), true));
  send(out.json(1, dataS(), hello()));
  sendAll();
  send(out.json(4, dataS(), { tracks: vessels.map(shortCard) }));
  const playback = () => ({ mode: 'replay', rate: 1, data_time_s: dataS(), paused: wishes.paused });
  if (replay) send(out.json(8, dataS(), playback()));
  const timers = [
    setInterval(() => {
      const content = wishes.radar ? batch(state) : null;
      if (content) send(out.frame(5, 1, dataS(), content, true));
    }, batchMs),
    setInterval(() => {
      if (wishes.paused) return;
      const tracks = tracksNow();
      send(out.frame(3, 0, dataS(), delta([], tracks), true));
      if (wishes.plots)
        send(
          out.frame(
            9,
            1,
            dataS(),
            plots(tracks.filter((t) => t.state & 4).map((t) => ({ ...t, strength: 20, cells: 9 }))),
          ),
        );
    }, 500),
    setInterval(() => {
      send(out.json(7, dataS(), health(tracksNow())));
      const track = tracksNow().find((t) => t.id === wishes.selected);
      if (track) send(out.json(4, dataS(), { tracks: [card(track)] }));
    }, 1000),
  ];
  socket.on('close', () => timers.forEach(clearInterval));
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString());
    if ('ping' in message) socket.send(JSON.stringify({ pong: message.ping, server_time_s: wallS() }));
    if (message.want === 'snapshot') sendAll();
    if ('select' in message) wishes.selected = message.select;
    if ('radar' in message) wishes.radar = message.radar;
    if ('plots' in message) wishes.plots = message.plots;
    if (message.playback) {
      wishes.paused = message.playback.paused;
      send(out.json(8, dataS(), playback()));
    }
  });
}

const port = Number(process.argv[2]) || 8090;
const server = createServer(serve);
new WebSocketServer({ server, path: '/ws/v1' }).on('connection', connect);
server.listen(port, '127.0.0.1', () => console.log(`scene on http://127.0.0.1:${server.address().port}/`));

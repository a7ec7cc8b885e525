// SPDX-License-Identifier: Apache-2.0
// A real station for the tests: `headland run` fed over loopback UDP by `headland simulate`.
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const scene = join(root, 'data/scenes/strait.toml');
// The radar of the scene.
const radar = { latitude: 13.638, longitude: 121.0395 };

export const binary =
  process.env.HEADLAND_BIN ?? process.env.HEADLAND ?? join(root, 'build/release/src/app/headland');

// Why the tests cannot run here, or null.
export function whyNot() {
  if (!existsSync(binary)) return `no headland at ${binary} (HEADLAND_BIN names it)`;
  if (!existsSync(join(root, 'web/dist/index.html'))) return 'page not built (npm run build)';
  const help = spawnSync(binary, ['--help'], { encoding: 'utf8' }).stdout ?? '';
  for (const verb of ['run', 'simulate', 'replay'])
    if (!new RegExp(`^\\s+${verb}\\s`, 'm').test(help)) return `this headland has no '${verb}'`;
  return null;
}

function freeTcpPort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function freeUdpPort() {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.on('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

export class Station {
  output = '';

  async prepare() {
    this.folder = mkdtempSync(join(tmpdir(), 'headland-e2e-'));
    [this.video, this.ais, this.port] = [await freeUdpPort(), await freeUdpPort(), await freeTcpPort()];
    this.config = join(this.folder, 'station.toml');
    writeFileSync(
      this.config,
      `[station]
name = "End to end"
data_directory = "${join(this.folder, 'data')}"
[[radar]]
name = "matoco"
listen = "udp://127.0.0.1:${this.video}"
latitude_deg = ${radar.latitude}
longitude_deg = ${radar.longitude}
peak_power_w = 12000
pulse_ns = 300
[[nmea]]
listen = "udp://127.0.0.1:${this.ais}"
[web]
port = ${this.port}
page_directory = "${join(root, 'web/dist')}"
`,
    );
    this.url = `http://127.0.0.1:${this.port}/`;
  }

  start() {
    this.run = this.spawn(['run', this.config]);
  }

  // AIS of the scene as a recording, then played back at its own pace.
  startReplay(seconds) {
    const recording = join(this.folder, 'ais.nmea');
    const made = spawnSync(binary, ['simulate', scene, '--nmea', recording, '--duration', String(seconds)]);
    if (made.status !== 0) throw new Error(`no recording: ${made.stderr}`);
    this.run = this.spawn(['replay', '--config', this.config, '--serve', recording]);
  }

  startSimulator() {
    const to = ['--video-to', `127.0.0.1:${this.video}`, '--ais-to', `127.0.0.1:${this.ais}`];
    this.simulator = this.spawn(['simulate', scene, '--udp', ...to]);
  }

  spawn(args) {
    const child = spawn(binary, args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (data) => (this.output = (this.output + data).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    return child;
  }

  // As a power failure does it.
  kill() {
    return Station.end(this.run, 'SIGKILL');
  }

  async stop() {
    await Promise.all([Station.end(this.simulator, 'SIGKILL'), Station.end(this.run, 'SIGTERM')]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  static end(child, signal) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill(signal);
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    });
  }

  async answers(timeoutMs = 30_000) {
    const end = Date.now() + timeoutMs;
    while (Date.now() < end) {
      const answer = await fetch(`${this.url}healthz`).catch(() => null);
      if (answer) return;
      if (this.run.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`headland does not answer; it said:\n${this.output}`);
  }
}

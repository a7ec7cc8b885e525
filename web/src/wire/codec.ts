// SPDX-License-Identifier: Apache-2.0
// Bytes of the stream to values. Pure; every length is checked before it is believed, and a frame that does not
// fit its own counts gives a FrameFault, never a half-filled value.
import {
  headerBytes,
  plotRecordBytes,
  spokesPreambleBytes,
  trackRecordBytes,
  type FrameHeader,
  type PlotBatch,
  type Spokes,
  type TrackBatch,
  type TrackDelta,
} from './frames';

export class FrameFault extends Error {}

function check(good: boolean, what: string): asserts good {
  if (!good) throw new FrameFault(what);
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function decodeHeader(frame: Uint8Array): FrameHeader {
  check(frame.byteLength >= headerBytes, 'frame shorter than its header');
  const v = view(frame);
  return {
    type: v.getUint8(0),
    deflated: (v.getUint8(1) & 1) !== 0,
    source: v.getUint16(2, true),
    sequence: v.getUint32(4, true),
    timeS: v.getFloat64(8, true),
  };
}

export const contentOf = (frame: Uint8Array) => frame.subarray(headerBytes);

export function decodeJson<T>(content: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder().decode(content)) as T;
  } catch {
    throw new FrameFault('content is not JSON');
  }
}

const courseUnknown = 36000;
const speedUnknown = 65535;
const rateOfTurnUnknown = -128;
const ageOlder = 65535;

const centidegrees = (raw: number) => (raw >= courseUnknown ? NaN : raw / 100);

function emptyBatch(n: number): TrackBatch {
  return {
    id: new Uint32Array(n),
    lonDeg: new Float64Array(n),
    latDeg: new Float64Array(n),
    courseDeg: new Float32Array(n),
    speedMps: new Float32Array(n),
    headingDeg: new Float32Array(n),
    rateOfTurn: new Float32Array(n),
    kind: new Uint8Array(n),
    state: new Uint8Array(n),
    judged: new Uint8Array(n),
    quality: new Uint8Array(n),
    ageS: new Float32Array(n),
    attributeVersion: new Uint32Array(n),
  };
}

function decodeRecords(v: DataView, at: number): TrackBatch {
  check(v.byteLength >= at + 4, 'no count of tracks');
  const n = v.getUint32(at, true);
  check(v.byteLength === at + 4 + n * trackRecordBytes, 'length does not fit the count of tracks');
  const batch = emptyBatch(n);
  for (let i = 0, p = at + 4; i < n; ++i, p += trackRecordBytes) {
    const speed = v.getUint16(p + 14, true);
    const rot = v.getInt8(p + 18);
    const age = v.getUint16(p + 22, true);
    batch.id[i] = v.getUint32(p, true);
    batch.lonDeg[i] = v.getInt32(p + 4, true) / 1e7;
    batch.latDeg[i] = v.getInt32(p + 8, true) / 1e7;
    batch.courseDeg[i] = centidegrees(v.getUint16(p + 12, true));
    batch.speedMps[i] = speed === speedUnknown ? NaN : speed / 100;
    batch.headingDeg[i] = centidegrees(v.getUint16(p + 16, true));
    batch.rateOfTurn[i] = rot === rateOfTurnUnknown ? NaN : rot;
    batch.kind[i] = v.getUint8(p + 19);
    batch.state[i] = v.getUint8(p + 20);
    batch.quality[i] = v.getUint8(p + 21);
    batch.ageS[i] = age === ageOlder ? Infinity : age / 10;
    batch.judged[i] = v.getUint32(p + 24, true) & 0xff;
    batch.attributeVersion[i] = v.getUint32(p + 28, true);
  }
  return batch;
}

export const decodeSnapshot = (content: Uint8Array): TrackBatch => decodeRecords(view(content), 0);

export function decodeDelta(content: Uint8Array): TrackDelta {
  const v = view(content);
  check(v.byteLength >= 4, 'no count of removed tracks');
  const n = v.getUint32(0, true);
  check(n <= (v.byteLength - 4) / 4, 'length does not fit the count of removed tracks');
  const removed = new Uint32Array(n);
  for (let i = 0; i < n; ++i) removed[i] = v.getUint32(4 + 4 * i, true);
  return { removed, changed: decodeRecords(v, 4 + 4 * n) };
}

// The largest grid the format allows; anything larger is a fault, not a reason to allocate.
const azimuthsMax = 2048;
const cellsMax = 1024;

export function decodeSpokes(content: Uint8Array): Spokes {
  check(content.byteLength >= spokesPreambleBytes, 'spokes shorter than their preamble');
  const v = view(content);
  const spokes: Spokes = {
    firstAzimuth: v.getUint16(0, true),
    azimuths: v.getUint16(2, true),
    count: v.getUint16(4, true),
    cells: v.getUint16(6, true),
    firstRangeM: v.getFloat32(8, true),
    cellM: v.getFloat32(12, true),
    lonDeg: v.getInt32(16, true) / 1e7,
    latDeg: v.getInt32(20, true) / 1e7,
    echoTimeS: v.getFloat64(24, true),
    amplitudes: content.slice(spokesPreambleBytes),
  };
  check(spokes.azimuths >= 1 && spokes.azimuths <= azimuthsMax, 'azimuths a turn out of range');
  check(spokes.cells >= 1 && spokes.cells <= cellsMax, 'cells a spoke out of range');
  check(spokes.firstAzimuth < spokes.azimuths && spokes.count <= spokes.azimuths, 'azimuth out of range');
  check(spokes.cellM > 0 && Number.isFinite(spokes.firstRangeM), 'range of the cells out of range');
  check(spokes.amplitudes.length === spokes.count * spokes.cells, 'length does not fit the spokes');
  return spokes;
}

export function decodePlots(content: Uint8Array): PlotBatch {
  const v = view(content);
  check(v.byteLength >= 4, 'no count of plots');
  const n = v.getUint32(0, true);
  check(v.byteLength === 4 + n * plotRecordBytes, 'length does not fit the count of plots');
  const plots: PlotBatch = {
    lonDeg: new Float64Array(n),
    latDeg: new Float64Array(n),
    strengthDb: new Float32Array(n),
    cells: new Uint16Array(n),
    doppler: new Uint8Array(n),
  };
  for (let i = 0, p = 4; i < n; ++i, p += plotRecordBytes) {
    plots.lonDeg[i] = v.getInt32(p, true) / 1e7;
    plots.latDeg[i] = v.getInt32(p + 4, true) / 1e7;
    plots.strengthDb[i] = v.getUint16(p + 8, true) / 100;
    const last = v.getUint16(p + 10, true);
    plots.cells[i] = last & 0x3fff;
    plots.doppler[i] = last >> 14;
  }
  return plots;
}

export async function inflate(content: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([content as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new FrameFault('content does not inflate');
  }
}

// SPDX-License-Identifier: Apache-2.0
// Writes frames of docs/formats/stream.md, for the scene server. Not shared with the page on purpose: a fault in the
// page's codec must not hide behind the same fault here.
import { deflateRawSync } from 'node:zlib';

export class FrameWriter {
  sequences = new Map();

  frame(type, source, timeS, content, deflate = false) {
    const header = Buffer.alloc(16);
    const sequence = this.sequences.get(type) ?? 0;
    this.sequences.set(type, (sequence + 1) >>> 0);
    header.writeUInt8(type, 0);
    header.writeUInt8(deflate ? 1 : 0, 1);
    header.writeUInt16LE(source, 2);
    header.writeUInt32LE(sequence, 4);
    header.writeDoubleLE(timeS, 8);
    return Buffer.concat([header, deflate ? deflateRawSync(content, { level: 1 }) : content]);
  }

  json(type, timeS, value) {
    return this.frame(type, 0, timeS, Buffer.from(JSON.stringify(value)));
  }
}

const hundredths = (value, unknown) => (value === undefined ? unknown : Math.round(value * 100));

function record(track) {
  const b = Buffer.alloc(32);
  b.writeUInt32LE(track.id, 0);
  b.writeInt32LE(Math.round(track.lon * 1e7), 4);
  b.writeInt32LE(Math.round(track.lat * 1e7), 8);
  b.writeUInt16LE(hundredths(track.course, 36000), 12);
  b.writeUInt16LE(hundredths(track.speed, 65535), 14);
  b.writeUInt16LE(hundredths(track.heading, 36000), 16);
  b.writeInt8(track.rot ?? -128, 18);
  b.writeUInt8(track.kind ?? 0, 19);
  b.writeUInt8(track.state, 20);
  b.writeUInt8(Math.round((track.quality ?? 1) * 255), 21);
  b.writeUInt16LE(Math.min(65535, Math.round((track.age ?? 0) * 10)), 22);
  b.writeUInt32LE(1, 28);
  return b;
}

function counted(items) {
  const n = Buffer.alloc(4);
  n.writeUInt32LE(items.length, 0);
  return Buffer.concat([n, ...items]);
}

export const snapshot = (tracks) => counted(tracks.map(record));

export function delta(removed, tracks) {
  const ids = removed.map((id) => {
    const b = Buffer.alloc(4);
    b.writeUInt32LE(id, 0);
    return b;
  });
  return Buffer.concat([counted(ids), snapshot(tracks)]);
}

export function spokes({ first, azimuths, count, cells, near, cell, lon, lat, wall, amplitudes }) {
  const b = Buffer.alloc(32);
  b.writeUInt16LE(first, 0);
  b.writeUInt16LE(azimuths, 2);
  b.writeUInt16LE(count, 4);
  b.writeUInt16LE(cells, 6);
  b.writeFloatLE(near, 8);
  b.writeFloatLE(cell, 12);
  b.writeInt32LE(Math.round(lon * 1e7), 16);
  b.writeInt32LE(Math.round(lat * 1e7), 20);
  b.writeDoubleLE(wall, 24);
  return Buffer.concat([b, amplitudes]);
}

export function plots(list) {
  return counted(
    list.map((plot) => {
      const b = Buffer.alloc(12);
      b.writeInt32LE(Math.round(plot.lon * 1e7), 0);
      b.writeInt32LE(Math.round(plot.lat * 1e7), 4);
      b.writeUInt16LE(Math.round(plot.strength * 100), 8);
      b.writeUInt16LE(plot.cells, 10);
      return b;
    }),
  );
}

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  FrameFault,
  contentOf,
  decodeDelta,
  decodeHeader,
  decodeJson,
  decodePlots,
  decodeSnapshot,
  decodeSpokes,
  inflate,
} from './codec';
import { judgedBit, type Card, type Health, type Hello, type Playback } from './frames';
import { goldenFrame } from './golden';

const timeS = 1767225600.25;

describe('header', () => {
  it('is read field by field', () => {
    expect(decodeHeader(goldenFrame('spokes'))).toEqual({
      type: 5,
      deflated: false,
      source: 1,
      sequence: 99,
      timeS,
    });
    expect(decodeHeader(goldenFrame('track_snapshot_deflate')).deflated).toBe(true);
  });

  it('of a frame cut short is a fault', () => {
    expect(() => decodeHeader(new Uint8Array(15))).toThrow(FrameFault);
  });
});

describe('track snapshot', () => {
  const batch = decodeSnapshot(contentOf(goldenFrame('track_snapshot')));

  it('gives known values', () => {
    expect(batch.id[0]).toBe(17);
    expect(batch.lonDeg[0]).toBeCloseTo(10.5312345, 9);
    expect(batch.latDeg[0]).toBeCloseTo(63.4412345, 9);
    expect(batch.courseDeg[0]).toBeCloseTo(45.5, 4);
    expect(batch.speedMps[0]).toBeCloseTo(6.17, 4);
    expect(batch.headingDeg[0]).toBeCloseTo(44, 4);
    expect(batch.rateOfTurn[0]).toBe(-3);
    expect(batch.state[0]).toBe(0b1101);
    expect([...batch.judged]).toEqual([judgedBit.doubted | judgedBit.rivals, 0, 0]);
    expect(batch.ageS[0]).toBeCloseTo(0.4, 5);
    expect(batch.attributeVersion[0]).toBe(3);
  });

  it('gives what is unknown as NaN, never as a number', () => {
    expect(batch.id[1]).toBe(4000000001);
    expect(batch.latDeg[1]).toBeCloseTo(-34.5678901, 9);
    for (const values of [batch.courseDeg, batch.speedMps, batch.headingDeg, batch.rateOfTurn])
      expect(values[1]).toBeNaN();
  });

  it('gives the largest values', () => {
    expect(batch.lonDeg[2]).toBeCloseTo(179.9999999, 9);
    expect(batch.speedMps[2]).toBeCloseTo(655.34, 2);
    expect(batch.headingDeg[2]).toBe(0);
    expect(batch.ageS[2]).toBe(Infinity);
    expect(batch.attributeVersion[2]).toBe(4294967295);
  });

  it('of an empty picture is empty', () => {
    expect(decodeSnapshot(contentOf(goldenFrame('track_snapshot_empty'))).id).toHaveLength(0);
  });

  it('compressed is the same', async () => {
    const content = await inflate(contentOf(goldenFrame('track_snapshot_deflate')));
    expect(content).toEqual(contentOf(goldenFrame('track_snapshot')));
  });

  it('that does not inflate is a fault', async () => {
    await expect(inflate(new Uint8Array([0xff, 0xff, 0xff]))).rejects.toThrow(FrameFault);
  });
});

describe('track delta', () => {
  it('tells removed and changed tracks apart', () => {
    const delta = decodeDelta(contentOf(goldenFrame('track_delta')));
    expect([...delta.removed]).toEqual([5, 4000000001]);
    expect([...delta.changed.id]).toEqual([17, 9]);
    expect(delta.changed.kind[1]).toBe(3);
    expect(delta.changed.speedMps[1]).toBe(0);
    expect(delta.changed.ageS[1]).toBeCloseTo(180.5, 4);
  });
});

describe('spokes', () => {
  const content = contentOf(goldenFrame('spokes'));

  it('come with their geometry', () => {
    const spokes = decodeSpokes(content);
    expect(spokes).toMatchObject({ firstAzimuth: 2046, azimuths: 2048, count: 3, cells: 4 });
    expect(spokes).toMatchObject({ firstRangeM: 37.5, cellM: 21.75, lonDeg: 10.52, latDeg: 63.44 });
    expect(spokes.echoTimeS).toBe(timeS + 0.125);
    expect([...spokes.amplitudes]).toEqual([0, 1, 127, 255, 16, 32, 48, 64, 255, 0, 0, 200]);
  });

  it('with a grid beyond the format are a fault', () => {
    const lying = content.slice();
    new DataView(lying.buffer).setUint16(6, 60000, true);
    expect(() => decodeSpokes(lying)).toThrow(FrameFault);
  });
});

describe('plots', () => {
  it('are read', () => {
    const plots = decodePlots(contentOf(goldenFrame('plots')));
    expect(plots.lonDeg[1]).toBeCloseTo(-58.1234567, 9);
    expect(plots.strengthDb[0]).toBeCloseTo(23.5, 4);
    expect([...plots.cells]).toEqual([17, 16383]);
    expect([...plots.doppler]).toEqual([1, 0]);
  });
});

describe('JSON frames', () => {
  const read = <T>(name: string) => decodeJson<T>(contentOf(goldenFrame(name)));

  it('are read', () => {
    expect(read<Hello>('hello').radars[1]).toMatchObject({ id: 2, reference: 'head-up' });
    expect(read<{ tracks: Card[] }>('attributes').tracks[0].name).toBe('NORDLYS Ø');
    expect(read<Health>('health').radars?.[1].turn_s).toBeNull();
    expect(read<Playback>('playback')).toEqual({
      mode: 'replay',
      rate: 1,
      data_time_s: timeS,
      paused: false,
    });
  });

  it('that are no JSON are a fault', () => {
    expect(() => decodeJson(new Uint8Array([123]))).toThrow(FrameFault);
  });
});

describe('every prefix of every binary frame', () => {
  const decoders = [
    ['track_snapshot', decodeSnapshot],
    ['track_delta', decodeDelta],
    ['spokes', decodeSpokes],
    ['plots', decodePlots],
  ] as const;
  it.each(decoders)('%s is a fault, not a value', (name, decode) => {
    const content = contentOf(goldenFrame(name));
    for (let n = 0; n < content.length; ++n) expect(() => decode(content.subarray(0, n))).toThrow(FrameFault);
  });
});

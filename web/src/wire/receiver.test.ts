// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from 'vitest';
import { backoffS, ClockOffset } from './clock';
import { goldenFrame } from './golden';
import { streamUrl } from './link';
import { transferables, type FromWorker } from './messages';
import { Receiver } from './receiver';

let messages: FromWorker[];
let snapshotsAsked: number;
let receiver: Receiver;

beforeEach(() => {
  messages = [];
  snapshotsAsked = 0;
  receiver = new Receiver(
    (message) => messages.push(message),
    () => (snapshotsAsked += 1),
  );
});

function delta(sequence: number): Uint8Array {
  const frame = goldenFrame('track_delta');
  new DataView(frame.buffer).setUint32(4, sequence, true);
  return frame;
}

describe('receiver', () => {
  it('keeps the order of frames although inflating takes its time', async () => {
    void receiver.push(goldenFrame('hello'));
    void receiver.push(goldenFrame('track_snapshot_deflate'));
    void receiver.push(goldenFrame('track_delta'));
    await receiver.push(goldenFrame('spokes'));
    expect(messages.map((m) => m.what)).toEqual(['hello', 'tracks', 'tracks', 'spokes']);
    expect(messages[1]).toMatchObject({ whole: true });
    expect(messages[2]).toMatchObject({ whole: false });
  });

  it('hands on every kind of frame', async () => {
    for (const name of ['attributes', 'alerts', 'health', 'playback', 'plots'])
      await receiver.push(goldenFrame(name));
    expect(messages.map((m) => m.what)).toEqual(['cards', 'alerts', 'health', 'playback', 'plots']);
    expect(messages[1]).toMatchObject({ whole: true, alerts: [{ id: 7 }, { id: 8 }] });
    expect(messages[4]).toMatchObject({ radar: 1 });
  });

  it('asks for a snapshot after a gap, once', async () => {
    for (const sequence of [7, 8, 10, 11]) await receiver.push(delta(sequence));
    expect(snapshotsAsked).toBe(1);
  });

  it('takes the sequence over its end as no gap', async () => {
    for (const sequence of [0xffffffff, 0]) await receiver.push(delta(sequence));
    expect(snapshotsAsked).toBe(0);
  });

  it('begins to count anew after a reconnect', async () => {
    await receiver.push(delta(7));
    receiver.restart();
    await receiver.push(delta(1));
    expect(snapshotsAsked).toBe(0);
  });

  it('reports a broken frame and goes on', async () => {
    await receiver.push(goldenFrame('spokes').subarray(0, 59));
    await receiver.push(goldenFrame('hello'));
    expect(messages.map((m) => m.what)).toEqual(['fault', 'hello']);
  });

  it('reports a type of a later protocol and goes on', async () => {
    const frame = goldenFrame('hello');
    frame[0] = 200;
    await receiver.push(frame);
    expect(messages).toEqual([{ what: 'fault', reason: 'unknown frame type 200' }]);
  });
});

it('hands buffers over instead of copying them', async () => {
  await receiver.push(goldenFrame('track_snapshot'));
  const buffers = transferables(messages[0]);
  expect(buffers).toHaveLength(14);
  expect(new Set(buffers).size).toBe(14);
});

describe('clock offset', () => {
  it('is that of the shortest round trip', () => {
    const clock = new ClockOffset();
    clock.add(100, 100.4, 150.3);
    clock.add(102, 102.02, 152.11);
    clock.add(104, 104.3, 154);
    expect(clock.best?.offsetS).toBeCloseTo(50.1, 6);
    expect(clock.best?.roundTripS).toBeCloseTo(0.02, 6);
  });

  it('forgets old samples, so that a slow drift is followed', () => {
    const clock = new ClockOffset();
    clock.add(0, 0.001, 5);
    for (let i = 1; i <= 8; ++i) clock.add(i, i + 0.1, i + 7.05);
    expect(clock.best?.offsetS).toBeCloseTo(7, 6);
  });

  it('ignores replies from the future', () => {
    const clock = new ClockOffset();
    clock.add(10, 9, 10);
    expect(clock.best).toBeNull();
  });
});

describe('reconnect', () => {
  it('waits longer after each failure, up to a bound', () => {
    expect(backoffS(1, 0.5)).toBeCloseTo(0.5);
    expect(backoffS(2, 0.5)).toBeCloseTo(1);
    expect(backoffS(50, 1)).toBeLessThanOrEqual(9);
  });

  it('goes to the stream beside the page', () => {
    expect(streamUrl('http://host:8080/?palette=night#x')).toBe('ws://host:8080/ws/v1');
    expect(streamUrl('https://host/site/index.html')).toBe('wss://host/site/ws/v1');
  });
});

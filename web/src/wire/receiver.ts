// SPDX-License-Identifier: Apache-2.0
// Frames in, messages for the page out, in the order of the frames. Knows no socket and no clock.
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
import {
  frameType,
  type Alert,
  type Card,
  type FrameHeader,
  type Health,
  type Hello,
  type Playback,
} from './frames';
import type { FromWorker } from './messages';

export class Receiver {
  private queue: Promise<void> = Promise.resolve();
  private deltaSequence: number | null = null;

  constructor(
    private readonly emit: (message: FromWorker) => void,
    private readonly askSnapshot: () => void,
  ) {}

  // A new connection counts from anew.
  restart(): void {
    this.deltaSequence = null;
  }

  // Inflating is asynchronous; the queue keeps frames in order all the same.
  push(frame: Uint8Array): Promise<void> {
    this.queue = this.queue.then(async () => {
      try {
        const header = decodeHeader(frame);
        const content = contentOf(frame);
        this.take(header, header.deflated ? await inflate(content) : content);
      } catch (fault) {
        // The queue must live on, whatever happened.
        this.emit({ what: 'fault', reason: fault instanceof FrameFault ? fault.message : String(fault) });
      }
    });
    return this.queue;
  }

  private take(header: FrameHeader, content: Uint8Array): void {
    const { timeS, source: radar } = header;
    switch (header.type) {
      case frameType.hello:
        return this.emit({ what: 'hello', hello: decodeJson<Hello>(content) });
      case frameType.trackSnapshot:
        return this.emit({
          what: 'tracks',
          whole: true,
          timeS,
          removed: new Uint32Array(0),
          changed: decodeSnapshot(content),
        });
      case frameType.trackDelta:
        return this.takeDelta(header, content);
      case frameType.attributes:
        return this.emit({
          what: 'cards',
          timeS,
          cards: decodeJson<{ tracks?: Card[] }>(content).tracks ?? [],
        });
      case frameType.spokes:
        return this.emit({ what: 'spokes', radar, timeS, spokes: decodeSpokes(content) });
      case frameType.alerts:
        return this.emit({ what: 'alerts', ...decodeJson<{ whole: boolean; alerts: Alert[] }>(content) });
      case frameType.health:
        return this.emit({ what: 'health', health: decodeJson<Health>(content) });
      case frameType.playback:
        return this.emit({ what: 'playback', playback: decodeJson<Playback>(content) });
      case frameType.plots:
        return this.emit({ what: 'plots', radar, timeS, plots: decodePlots(content) });
      default:
        // A newer server may send what this page does not know yet.
        return this.emit({ what: 'fault', reason: `unknown frame type ${header.type}` });
    }
  }

  private takeDelta(header: FrameHeader, content: Uint8Array): void {
    const expected = this.deltaSequence === null ? header.sequence : (this.deltaSequence + 1) >>> 0;
    if (header.sequence !== expected) this.askSnapshot();
    this.deltaSequence = header.sequence;
    this.emit({ what: 'tracks', whole: false, timeS: header.timeS, ...decodeDelta(content) });
  }
}

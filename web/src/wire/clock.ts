// SPDX-License-Identifier: Apache-2.0
// How far the server's clock is ahead of ours, by ping and pong.

// Local wall-clock time in seconds UTC: monotonic within a page, and the same scale in the page and its workers.
export const localTimeS = () => (performance.timeOrigin + performance.now()) / 1000;

const samplesKept = 8;

// The reply with the shortest round trip bounds the offset best (Cristian 1989): half of it is the largest error.
export class ClockOffset {
  private samples: { offsetS: number; roundTripS: number }[] = [];

  add(sentS: number, receivedS: number, serverS: number): void {
    const roundTripS = receivedS - sentS;
    if (!(roundTripS >= 0) || !Number.isFinite(serverS)) return;
    this.samples.push({ offsetS: serverS - (sentS + receivedS) / 2, roundTripS });
    if (this.samples.length > samplesKept) this.samples.shift();
  }

  get best(): { offsetS: number; roundTripS: number } | null {
    if (this.samples.length === 0) return null;
    return this.samples.reduce((a, b) => (b.roundTripS < a.roundTripS ? b : a));
  }

  forget(): void {
    this.samples = [];
  }
}

// Seconds to wait before attempt n (first = 1): doubling from 0.5 s to 8 s, with a quarter of jitter so that many
// pages do not come back at the same instant.
export function backoffS(attempt: number, random: number): number {
  const plain = Math.min(8, 0.5 * 2 ** Math.max(0, attempt - 1));
  return plain * (0.875 + 0.25 * random);
}

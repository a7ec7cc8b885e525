// SPDX-License-Identifier: Apache-2.0
// The time of the data now: live it is near the server's clock, in a replay it is that of the recording. Frames tell it
// now and then; in between it runs on, so that ages count up even when nothing more comes in.

const jumpS = 1.5; // more than this is a jump of the data, not jitter of the network

export class DataClock {
  private baseDataS = NaN;
  private baseLocalS = 0;
  private rate = 1;

  now(localS: number): number {
    return this.baseDataS + this.rate * (localS - this.baseLocalS);
  }

  note(dataS: number, localS: number): void {
    const expected = this.now(localS);
    const off = dataS - expected;
    const jump = !(Math.abs(off) <= jumpS * Math.max(1, this.rate));
    this.baseDataS = jump ? dataS : expected + 0.2 * off;
    this.baseLocalS = localS;
  }

  setRate(rate: number, localS: number): void {
    if (rate === this.rate) return;
    this.baseDataS = this.now(localS);
    this.baseLocalS = localS;
    this.rate = rate;
  }
}

// The middle of the newest values: one late frame does not make the figure jump.
export class RunningMedian {
  private readonly values: number[] = [];

  constructor(private readonly kept: number) {}

  add(value: number): number {
    this.values.push(value);
    if (this.values.length > this.kept) this.values.shift();
    const sorted = [...this.values].sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }

  clear(): void {
    this.values.length = 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// How often the chart is drawn. Where drawing is slow (no graphics card: video drawn by software takes a large part of a
// second) frames asked for one after the other would take the whole thread, and what an operator does would wait
// behind them: so half of the time is left to the rest.

const slowMs = 40; // a frame that takes longer is slow

export class Pace {
  private pending = false;
  private asked = false; // again, while one is pending
  private costMs = 0;

  constructor(
    private readonly repaint: () => void,
    private readonly nowMs: () => number = () => performance.now(),
    private readonly afterFrame: (then: () => void) => void = (then) =>
      requestAnimationFrame(() => requestAnimationFrame(then)),
    private readonly later: (then: () => void, ms: number) => void = (then, ms) => setTimeout(then, ms),
  ) {}

  request(): void {
    if (this.pending) {
      this.asked = true;
      return;
    }
    this.pending = true;
    const beganMs = this.nowMs();
    this.repaint();
    // The first callback comes before this frame is drawn, the second when the next may be.
    this.afterFrame(() => {
      const tookMs = this.nowMs() - beganMs;
      this.costMs += (tookMs - this.costMs) * 0.3;
      const restMs = this.costMs > slowMs ? this.costMs : 0;
      if (restMs > 0) this.later(() => this.free(), restMs);
      else this.free();
    });
  }

  private free(): void {
    this.pending = false;
    if (!this.asked) return;
    this.asked = false;
    this.request();
  }
}

// SPDX-License-Identifier: Apache-2.0
// What was recorded about an alert, from ten minutes before it on, at speed: over the chart, in place of the live picture.
import type { App } from './app';
import { reviewedAt, type Recorded } from './map/reviewed';
import { session } from './store/session.svelte';
import type { Alert } from './wire/frames';

const beforeS = 600;
const afterS = 120;
const rate = 20; // times real time
const stepMs = 100;

export interface ReviewState {
  alert: number;
  fromS: number;
  toS: number;
  timeS: number;
  paused: boolean;
  rate: number;
}

export class Review {
  drawn = 0; // vessels
  private tracks: Recorded[] = [];
  private timer: ReturnType<typeof setInterval> | null = null;
  private isSubject: (track: Recorded) => boolean = () => false;

  constructor(private readonly app: App) {}

  async start(alert: Alert): Promise<void> {
    const fromS = alert.raised_s - beforeS;
    const toS = Math.min(alert.raised_s + afterS, session.dataTimeS);
    try {
      const answer = await fetch(`api/v1/history/tracks?from=${Math.floor(fromS)}&to=${Math.ceil(toS)}`);
      if (!answer.ok) throw new Error(await answer.text());
      this.tracks = ((await answer.json()) as { tracks: Recorded[] }).tracks;
    } catch (fault) {
      session.notice = String(fault);
      return;
    }
    const numbers = new Set(alert.subjects.map((s) => s.track));
    const mmsis = new Set(alert.subjects.flatMap((s) => (s.mmsi ? [s.mmsi] : [])));
    this.isSubject = (t) => numbers.has(t.id) || (t.mmsi !== undefined && mmsis.has(t.mmsi));
    session.review = { alert: alert.id, fromS, toS, timeS: fromS, paused: false, rate };
    session.reviewing = true; // the page then hides what is of now
    this.draw();
    this.timer ??= setInterval(() => this.step(), stepMs);
  }

  seek(timeS: number): void {
    if (session.review) session.review = { ...session.review, timeS, paused: true };
    this.draw();
  }

  togglePause(): void {
    const r = session.review;
    if (r) session.review = { ...r, paused: !r.paused, timeS: r.timeS >= r.toS ? r.fromS : r.timeS };
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    session.review = null;
    session.reviewing = false;
    this.tracks = [];
    this.app.chart?.setReview(reviewedAt([], () => false, 0));
  }

  private step(): void {
    const r = session.review;
    if (!r || r.paused) return;
    const timeS = Math.min(r.toS, r.timeS + (rate * stepMs) / 1000);
    session.review = { ...r, timeS, paused: timeS >= r.toS };
    this.draw();
  }

  private draw(): void {
    if (session.review) {
      const reviewed = reviewedAt(this.tracks, this.isSubject, session.review.timeS);
      this.drawn = reviewed.features.filter((f) => f.geometry.type === 'Point').length;
      this.app.chart?.setReview(reviewed);
    }
    this.app.alerts.draw();
  }
}

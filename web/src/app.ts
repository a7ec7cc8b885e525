// SPDX-License-Identifier: Apache-2.0
// Wires the parts: stream to stores, stores to layers, settings to both. One object a window.
import { AlertView } from './alertView';
import { loadBackground } from './background';
import { TrackOrders } from './trackOrders';
import { rangeBearing, type LonLat } from './geo/geodesic';
import { Anchor } from './geo/mercator';
import { PlotDots, TrailDots } from './gl/dots';
import { LabelLayer } from './gl/labelLayer';
import { Pace } from './gl/pace';
import type { Frame } from './gl/pictureLayer';
import { PointLayer } from './gl/pointLayer';
import { RadarLayer } from './gl/radarLayer';
import { TrackLayer } from './gl/trackLayer';
import { PolarVideo } from './gl/video';
import { ChartView } from './map/chart';
import { rangeRings } from './map/grid';
import { pick } from './map/pick';
import { Review } from './review';
import { SensitivityView } from './sensitivityView';
import { DataClock, RunningMedian } from './store/dataClock';
import { rowsOf } from './store/rows';
import { session } from './store/session.svelte';
import { saveSettings, settings } from './store/settings.svelte';
import { readSelected, readView, writeHash } from './store/settings';
import { TrackStore } from './store/tracks';
import { localTimeS } from './wire/clock';
import type { Card, Hello, RadarInfo } from './wire/frames';
import { t } from './i18n';
import { Link, streamUrl } from './wire/link';
import type { FromWorker } from './wire/messages';
import { zones } from './zones/zones.svelte';
import { ZoneTool } from './zones/zoneTool';

const drawing = () => zones.draft !== null;
const latencyKept = 15;

export class App {
  readonly store = new TrackStore();
  readonly clock = new DataClock();
  readonly counts = { spokes: 0, batches: 0, snapshots: 0, deltas: 0, plots: 0, frames: 0 };
  chart: ChartView | null = null;
  readonly tracks = new TrackLayer(this.store);
  readonly radar = new RadarLayer();
  private readonly isShown = (slot: number) => this.tracks.isShown(slot);
  readonly labels = new LabelLayer(this.store, this.isShown);
  private readonly trailDots = new TrailDots(this.store, this.isShown);
  private readonly plotDots = new PlotDots();
  private readonly anchor = () => this.store.anchor;
  private readonly trails = new PointLayer('trails', this.anchor, () =>
    this.trailDots.read(this.clock.now(localTimeS())),
  );
  private readonly plots = new PointLayer('plots', this.anchor, (frame) => this.plotDots.read(frame.nowS));
  private readonly link = new Link((message) => this.take(message));
  readonly alerts = new AlertView(this, (request) => this.link.send(request));
  readonly orders = new TrackOrders(this, (request) => this.link.send(request));
  readonly zones = new ZoneTool(this, (request) => this.link.send(request));
  readonly review = new Review(this);
  readonly sensitivity = new SensitivityView(this, (radar) => this.positionOf(radar));
  private readonly pace = new Pace(() => this.chart?.map.triggerRepaint());
  private readonly latency = new RunningMedian(latencyKept);
  private echoTimeS: number | null = null; // of the newest video not drawn yet
  private engineMatrix: ArrayLike<number> | null = null;
  private ringsOf = '';
  private fresh = false; // a connection that has not said hello yet
  private fitted: { at: LonLat; rangeM: number } | null = null;
  private placed = readView(location.hash) !== null;

  start(container: HTMLElement): void {
    session.selected = readSelected(location.hash);
    this.chart = new ChartView(
      container,
      readView(location.hash),
      settings.palette,
      { video: this.radar, above: [this.trails, this.plots, this.tracks, this.labels] },
      () => this.begin(),
    );
    this.labels.onFrame = (frame) => this.afterFrame(frame);
    const { map } = this.chart;
    map.on('movestart', (event) => {
      // The operator's own hand: from here on the view stays where it is put.
      if (event.originalEvent) this.takeView();
    });
    map.on('move', () => this.noteCamera());
    map.on('moveend', () => this.saveAddress());
    map.on('mousemove', (event) => this.pointAt(event.lngLat, event.point));
    map.on('mouseout', () => (session.cursor = null));
    map.on('click', (event) => {
      if (this.zones.takesClick(event)) return;
      if (session.placing) this.orders.begin(event.lngLat, event.point);
      else this.select(this.trackAt(event.point));
    });
    this.zones.start(map);
    setInterval(() => this.tick(), 250);
  }

  // The chart stands: only now is there something to draw on.
  private begin(): void {
    session.ready = true;
    this.noteCamera();
    this.applySettings();
    this.link.open(streamUrl(document.baseURI));
    if (session.selected !== null) this.link.send({ select: session.selected });
  }

  private take(message: FromWorker): void {
    const nowS = localTimeS();
    switch (message.what) {
      case 'link':
        session.open = message.open;
        session.attempt = message.attempt;
        if (!message.open) this.latency.clear();
        this.fresh = message.open;
        return;
      case 'beat':
        session.lastBeatS = message.atS;
        return;
      case 'clock':
        session.clockOffsetS = message.offsetS;
        return;
      case 'hello':
        return this.takeHello(message.hello);
      case 'tracks':
        this.clock.note(message.timeS, nowS);
        this.store.apply(message.whole, message.timeS, message.removed, message.changed);
        this.counts[message.whole ? 'snapshots' : 'deltas'] += 1;
        break;
      case 'cards':
        for (const card of message.cards) this.takeCard(card, message.timeS);
        break;
      case 'spokes':
        this.videoOf(message.radar).take(message.spokes, nowS, settings.wakeS);
        this.echoTimeS = message.spokes.echoTimeS;
        this.counts.batches += 1;
        this.counts.spokes += message.spokes.count;
        break;
      case 'plots':
        this.plotDots.add(message.plots, this.store.anchor, nowS);
        this.counts.plots += message.plots.lonDeg.length;
        break;
      case 'alerts':
        this.alerts.take(message.whole, message.alerts);
        break;
      case 'refused':
        return this.refused(message.reason);
      case 'lost':
        return this.refused(t.lostOrder[message.how]);
      case 'zoneDone':
        return this.zones.done();
      case 'done':
        return this.orders.done(message.order, message.id);
      case 'health':
        session.health = message.health;
        return;
      case 'playback':
        session.playback = message.playback;
        this.clock.setRate(message.playback.paused ? 0 : message.playback.rate, nowS);
        return;
      case 'fault':
        session.faults += 1;
        return;
    }
    this.pace.request();
  }

  // An order of the operator, by the station or by the way to it.
  private refused(reason: string): void {
    if (!this.zones.refused(reason)) session.notice = reason;
  }

  private takeHello(hello: Hello): void {
    const first = session.hello === null;
    session.hello = hello;
    this.radar.keepOnly(new Set(hello.radars.map((radar) => radar.id)));
    const at = this.station();
    if (at && (first || rangeBearing(this.store.anchor.at, at).rangeM > 200_000)) {
      this.store.setAnchor(new Anchor(at));
      this.plotDots.clear();
    }
    if (!this.placed) this.fit(false);
    this.drawRings();
    // A hello comes also when a radar moves; the background is loaded once a connection.
    if (this.fresh) void loadBackground(this);
    this.fresh = false;
    void this.alerts.loadZones();
    void this.zones.load();
  }

  private takeCard(card: Card, timeS: number): void {
    this.store.applyCard(card);
    if (card.id !== session.selected) return;
    if (card.story) session.story = { id: card.id, text: card.story };
    if (!card.fields) return;
    session.card = card;
    session.cardAtS = timeS;
  }

  private videoOf(radar: number): PolarVideo {
    let video = this.radar.videos.get(radar);
    if (!video) this.radar.videos.set(radar, (video = new PolarVideo()));
    return video;
  }

  // Where ranges and bearings are told from: the first radar, where it is now.
  station(): LonLat | null {
    const radar = session.hello?.radars[0];
    const at = radar ? this.positionOf(radar) : null;
    if (at) return at;
    const origin = session.hello?.origin;
    return origin ? { lonDeg: origin.lon_deg, latDeg: origin.lat_deg } : null;
  }

  private positionOf(radar: RadarInfo): LonLat | null {
    const video = this.radar.videos.get(radar.id);
    if (video && video.azimuths > 0) return { lonDeg: video.lonDeg, latDeg: video.latDeg };
    if (typeof radar.lon_deg !== 'number' || typeof radar.lat_deg !== 'number') return null;
    return { lonDeg: radar.lon_deg, latDeg: radar.lat_deg };
  }

  private rangeOf(radar: RadarInfo): number {
    const video = this.radar.videos.get(radar.id);
    if (video && video.azimuths > 0) return video.firstRangeM + video.cells * video.cellM;
    return radar.range_m;
  }

  private drawRings(): void {
    const radar = session.hello?.radars[0];
    if (!radar || !this.chart?.ready) return;
    const at = this.positionOf(radar);
    const rangeM = this.rangeOf(radar);
    if (!at || !(rangeM > 0)) return;
    const of = `${at.lonDeg.toFixed(5)},${at.latDeg.toFixed(5)},${rangeM.toFixed(0)}`;
    if (of === this.ringsOf) return;
    this.ringsOf = of;
    this.chart.setRings(rangeRings(at, rangeM));
    this.follow(at, rangeM);
  }

  takeView(): void {
    this.fitted = null;
  }

  // A view that nobody has moved follows the radar when it changes its range or has gone some way.
  private follow(at: LonLat, rangeM: number): void {
    if (!this.fitted) return;
    const gone = rangeBearing(this.fitted.at, at).rangeM;
    if (gone > 0.1 * rangeM || Math.abs(this.fitted.rangeM / rangeM - 1) > 0.05) this.fit();
  }

  fit(animate = true): void {
    const radar = session.hello?.radars[0];
    const rangeM = radar ? this.rangeOf(radar) : 0;
    const at = this.station();
    if (!at) return;
    const reachM = rangeM > 0 ? rangeM : 20_000;
    this.chart?.fit(at, reachM, animate);
    this.fitted = { at, rangeM: reachM };
    this.placed = true;
  }

  private afterFrame(frame: Frame): void {
    this.engineMatrix = frame.engineMatrix;
    this.counts.frames += 1;
    if (this.echoTimeS === null || session.clockOffsetS === null) return;
    const latencyS = frame.nowS + session.clockOffsetS - this.echoTimeS;
    this.echoTimeS = null;
    this.lastLatencyMs = this.latency.add(latencyS * 1000);
  }

  private lastLatencyMs: number | null = null;
  private ticks = 0;

  private tick(): void {
    const nowS = localTimeS();
    session.nowS = nowS;
    session.dataTimeS = this.clock.now(nowS);
    session.latencyMs = session.open ? this.lastLatencyMs : null;
    session.selectedGone = session.selected !== null && this.store.slotOf(session.selected) === undefined;
    this.ticks += 1;
    if (this.ticks % 4 === 0) this.drawRings();
    if (this.ticks % 4 === 2) this.sensitivity.tick(nowS);
    if (this.ticks % 2 === 0) this.alerts.draw();
    if (settings.panel && this.ticks % 4 === 1)
      session.rows = rowsOf(this.store, this.station(), session.dataTimeS, {
        tentative: settings.tentative,
      });
    // Afterglow and plots fade also when nothing comes in: a dead radar goes dark instead of standing still.
    if (settings.video || settings.plots) this.pace.request();
  }

  applySettings(): void {
    const { radar, tracks, labels, trails, plots, trailDots } = this;
    const isLive = !session.reviewing; // nothing of now beside what was recorded
    radar.visible = settings.video && isLive;
    radar.afterglowS = settings.afterglowS;
    radar.wakeS = settings.wakeS;
    radar.level = settings.videoLevel;
    plots.visible = settings.plots && isLive;
    tracks.visible = settings.tracks && isLive;
    tracks.tentative = settings.tentative;
    tracks.vectorMin = settings.vectorMin;
    trails.visible = tracks.visible && settings.trailMin > 0;
    trailDots.minutes = settings.trailMin;
    labels.visible = tracks.visible && settings.names;
    tracks.selected = session.selected;
    labels.selected = session.selected;
    saveSettings();
    if (!this.chart?.ready) return;
    this.chart.setPalette(settings.palette);
    this.chart.setVisible('grid', settings.grid);
    this.chart.setVisible('rings', settings.rings);
    this.chart.setVisible('zones', settings.zones);
    this.chart.setVisible('routes', settings.routes);
    if (settings.routes) void this.alerts.loadRoutes();
    this.link.send({ radar: settings.video });
    this.link.send({ plots: settings.plots });
    this.saveAddress();
    this.chart.map.triggerRepaint();
  }

  select(id: number | null): void {
    if (id === session.selected) return;
    session.selected = id;
    session.card = null;
    session.story = null;
    session.selectedGone = false;
    if (id !== null) settings.panel = true;
    this.tracks.selected = id;
    this.labels.selected = id;
    this.link.send({ select: id });
    this.saveAddress();
    this.chart?.map.triggerRepaint();
  }

  centre(): void {
    const slot = session.selected === null ? undefined : this.store.slotOf(session.selected);
    if (slot === undefined) return;
    this.takeView();
    this.chart?.goTo({ lonDeg: this.store.col.lonDeg[slot], latDeg: this.store.col.latDeg[slot] });
  }

  togglePause(): void {
    if (session.playback) this.link.send({ playback: { paused: !session.playback.paused } });
  }

  private trackAt(point: { x: number; y: number }): number | null {
    const canvas = this.chart?.map.getCanvas();
    if (!canvas || !this.engineMatrix || !settings.tracks) return null;
    const matrix = this.store.anchor.matrix(this.engineMatrix);
    return pick(this.store, this.isShown, matrix, point, {
      width: canvas.clientWidth,
      height: canvas.clientHeight,
    });
  }

  private pointAt(at: { lng: number; lat: number }, point: { x: number; y: number }): void {
    const cursor = { lonDeg: at.lng, latDeg: at.lat };
    const station = this.station();
    const from = station ? rangeBearing(station, cursor) : null;
    session.cursor = { ...cursor, rangeM: from?.rangeM ?? null, bearingDeg: from?.bearingDeg ?? null };
    const hovered = this.trackAt(point);
    if (hovered === this.tracks.hovered || !this.chart) return;
    this.tracks.hovered = hovered;
    this.labels.hovered = hovered;
    if (!session.placing && !drawing())
      this.chart.map.getCanvas().style.cursor = hovered === null ? '' : 'pointer';
    this.chart.map.triggerRepaint();
  }

  private noteCamera(): void {
    if (this.chart) session.camera = this.chart.camera;
  }

  private saveAddress(): void {
    if (!session.camera) return;
    history.replaceState(
      null,
      '',
      writeHash(settings, this.placed && !this.fitted ? session.camera : null, session.selected),
    );
  }
}

// SPDX-License-Identifier: Apache-2.0
// Drawing on the chart: clicks place corners, dragging moves them, keys finish, step back and give up. What is drawn
// goes to the station, which judges, keeps and shows it to everybody.
import type { Map as Chart, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { App } from '../app';
import type { LonLat } from '../geo/geodesic';
import { mode, session } from '../store/session.svelte';
import { officer, settings } from '../store/settings.svelte';
import type { Request } from '../wire/messages';
import {
  add,
  begin,
  finish,
  insert,
  isComplete,
  meaningOf,
  middlesOf,
  move,
  placesOf,
  remove,
  takeUp,
  toDraw,
  toFeature,
  undo,
  type DrawnFile,
  type DrawnZone,
  type Shape,
} from './draft';
import { zones } from './zones.svelte';

const reachPx = 12; // how near a pointer must be to a corner
const touchPx = 24;
const panelPx = 410; // of the chart under the panel

type At = MapMouseEvent | MapTouchEvent;

export class ZoneTool {
  private dragged: number | null = null;
  private pointer: LonLat | null = null;

  constructor(
    private readonly app: App,
    private readonly send: (request: Request) => void,
  ) {}

  start(map: Chart): void {
    map.on('mousemove', (event) => this.point(event));
    map.on('mouseout', () => this.leave());
    map.on('mousedown', (event) => this.take(event, reachPx));
    map.on('touchstart', (event) => event.points.length === 1 && this.take(event, touchPx));
    map.on('touchmove', (event) => this.dragged !== null && this.point(event));
    map.on('mouseup', () => (this.dragged = null));
    map.on('touchend', () => (this.dragged = null));
    map.on('dblclick', (event) => {
      if (!zones.draft) return;
      event.preventDefault();
      if (zones.draft.placing) this.finish();
    });
  }

  // Asked at every hello, as the zones of the rules: one comes also when somebody has drawn.
  async load(): Promise<void> {
    try {
      const answer = await fetch('api/v1/zones');
      zones.drawn = answer.status === 200 ? ((await answer.json()) as DrawnFile) : null;
    } catch {
      // The next hello asks again.
    }
  }

  toggle(): void {
    if (mode() !== 'live') return; // nothing is drawn on a recording
    zones.open = !zones.open;
    if (zones.open) {
      session.layers = false;
      settings.zones = true;
    } else this.cancel();
  }

  begin(shape: Shape): void {
    zones.meaning = meaningOf(shape);
    zones.draft = begin(shape);
    this.begun();
  }

  edit(zone: DrawnZone): void {
    const { draft, meaning } = takeUp(zone);
    zones.meaning = meaning;
    zones.draft = draft;
    this.show(zone);
    this.begun();
  }

  show(zone: DrawnZone): void {
    this.app.takeView();
    this.app.chart?.show(placesOf(zone), panelPx);
  }

  // Keys that are the draft's while one is there. True: taken.
  takesKey(event: KeyboardEvent): boolean {
    const { draft } = zones;
    if (!draft) return false;
    const isUndo = event.key === 'Backspace' || (event.key.toLowerCase() === 'z' && event.ctrlKey);
    if (event.key === 'Escape') this.cancel();
    else if (isUndo) this.undo();
    else if (event.ctrlKey || event.altKey || event.metaKey) return false;
    else if (event.key === 'Enter') this.finish();
    else if (event.key === 'Delete' && draft.picked !== null) this.set(remove(draft, draft.picked));
    else if (event.key === ' ' && draft.placing) this.addCentre();
    else return false;
    return true;
  }

  // A click on the chart. True: it was the draft's.
  takesClick(event: MapMouseEvent): boolean {
    const { draft } = zones;
    if (!draft) return false;
    const at = { lonDeg: event.lngLat.lng, latDeg: event.lngLat.lat };
    if (draft.placing && !this.isTwice(event)) this.set(add(draft, at));
    return true;
  }

  undo(): void {
    if (!zones.draft) return;
    const before = undo(zones.draft);
    // Without enough corners it is placed again.
    this.set(isComplete(before) ? before : { ...before, placing: true });
  }

  finish(): void {
    if (zones.draft) this.set(finish(zones.draft));
  }

  cancel(): void {
    zones.draft = null;
    zones.meaning = null;
    zones.fault = null;
    zones.waiting = false;
    this.dragged = null;
    this.draw();
  }

  save(why: string): void {
    const { draft, meaning } = zones;
    if (!draft || !meaning || !isComplete(draft)) return;
    this.order({ do: 'save', feature: toFeature(draft, plain(meaning)), why, who: officer.name });
  }

  remove(zone: DrawnZone, why: string): void {
    this.order({ do: 'delete', id: zone.id, version: zone.properties.version, why, who: officer.name });
  }

  done(): void {
    zones.waiting = false;
    this.cancel();
  }

  // True: it answers what was drawn.
  refused(reason: string): boolean {
    if (!zones.waiting) return false;
    zones.waiting = false;
    zones.fault = reason;
    return true;
  }

  // Again, also when a measure of the dialog has changed.
  draw(): void {
    const { draft, meaning } = zones;
    const { chart } = this.app;
    if (!chart?.ready) return;
    chart.setDraft(
      draft && meaning ? toDraw(draft, meaning, this.pointer) : { type: 'FeatureCollection', features: [] },
    );
    chart.map.getCanvas().style.cursor = draft?.placing ? 'crosshair' : '';
    if (draft?.placing) chart.map.doubleClickZoom.disable();
    else chart.map.doubleClickZoom.enable();
  }

  private begun(): void {
    zones.open = true;
    zones.fault = null;
    session.placing = false;
    this.app.select(null);
    (document.activeElement as HTMLElement | null)?.blur();
    this.draw();
  }

  private set(draft: typeof zones.draft): void {
    zones.draft = draft;
    zones.fault = null;
    this.draw();
  }

  private order(zone: Extract<Request, { zone: unknown }>['zone']): void {
    zones.fault = null;
    zones.waiting = true;
    this.send({ zone });
  }

  private addCentre(): void {
    const at = this.app.chart?.map.getCenter();
    if (at && zones.draft) this.set(add(zones.draft, { lonDeg: at.lng, latDeg: at.lat }));
  }

  private point(event: At): void {
    if (!zones.draft) return;
    this.pointer = { lonDeg: event.lngLat.lng, latDeg: event.lngLat.lat };
    if (this.dragged !== null) {
      // One drag is one step back.
      const moved = move(zones.draft, this.dragged, this.pointer);
      zones.draft = { ...moved, before: zones.draft.before };
    }
    this.draw();
  }

  private leave(): void {
    this.pointer = null;
    if (zones.draft) this.draw();
  }

  private take(event: At, withinPx: number): void {
    const { draft } = zones;
    if (!draft) return;
    const near = (at: LonLat) => {
      const p = this.app.chart?.map.project([at.lonDeg, at.latDeg]);
      return p ? Math.hypot(p.x - event.point.x, p.y - event.point.y) < withinPx : false;
    };
    const corner = draft.corners.findIndex(near);
    const middle = corner < 0 ? middlesOf(draft).find(({ at }) => near(at)) : undefined;
    if (draft.placing || (corner < 0 && !middle)) return;
    event.preventDefault(); // the chart stays where it is
    if (middle) {
      this.set(insert(draft, middle.index, middle.at));
      this.dragged = middle.index + 1;
    } else {
      this.set({ ...move(draft, corner, draft.corners[corner]), picked: corner });
      this.dragged = corner;
    }
  }

  // The second click of a double one.
  private isTwice = (event: MapMouseEvent) => event.originalEvent.detail > 1;
}

// Plain values: what goes to a worker must not be a proxy.
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

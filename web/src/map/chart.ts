// SPDX-License-Identifier: Apache-2.0
// The map: chart below, our layers between, and what of the camera the page needs to know.
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Map as Chart, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import type { FeatureCollection, GeoJSON } from 'geojson';
import type { LonLat } from '../geo/geodesic';
import { scaleDenominator } from '../geo/mercator';
import type { PictureLayer } from '../gl/pictureLayer';
import type { Palette, View } from '../store/settings';
import { graticule } from './grid';
import { colours } from './palette';
import { addHatching, chartStyle, recolour, videoGoesBelow } from './style';

setWorkerUrl(workerUrl);

// GSHHG is good to some hundred metres: no chart to navigate by, and drawn larger than this it looks like one.
export const overscaleDenominator = 150_000;

export interface Camera extends View {
  denominator: number;
}

export class ChartView {
  readonly map: Chart;
  ready = false;
  hasLand = false;
  private palette: Palette;

  constructor(
    container: HTMLElement,
    view: View | null,
    palette: Palette,
    private readonly pictureLayers: { video: PictureLayer; above: PictureLayer[] },
    onReady: () => void,
  ) {
    this.palette = palette;
    this.map = new Chart({
      container,
      style: chartStyle(colours[palette].chart),
      center: view ? [view.lonDeg, view.latDeg] : [0, 30],
      zoom: view?.zoom ?? 2,
      maxZoom: 18,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      attributionControl: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      // Keys are the page's own table (input/keymap).
      keyboard: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.on('load', () => {
      this.map.addLayer(pictureLayers.video, videoGoesBelow);
      for (const layer of pictureLayers.above) this.map.addLayer(layer);
      addHatching(this.map);
      this.setPalette(this.palette);
      this.drawGrid();
      this.ready = true;
      onReady();
    });
    this.map.on('moveend', () => this.drawGrid());
    // The graphics card may be taken away (sleep, driver update); the address holds the view, so begin again.
    this.map.on('webglcontextrestored', () => location.reload());
  }

  get camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    return { lonDeg: lng, latDeg: lat, zoom, denominator: scaleDenominator(lat, zoom) };
  }

  setPalette(palette: Palette): void {
    this.palette = palette;
    const { video, above } = this.pictureLayers;
    for (const layer of [video, ...above]) layer.colours = colours[palette].picture;
    if (this.map.isStyleLoaded() || this.ready) recolour(this.map, colours[palette].chart);
  }

  setVisible(layer: 'grid' | 'rings' | 'zones' | 'routes', visible: boolean): void {
    const ids = {
      grid: ['grid', 'grid-labels'],
      rings: ['rings', 'ring-labels'],
      zones: ['zones', 'zone-labels'],
      routes: ['routes'],
    };
    for (const id of ids[layer]) this.map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
  }

  setZones(zones: FeatureCollection): void {
    this.source('zones').setData(zones);
  }

  setRoutes(routes: FeatureCollection): void {
    this.source('routes').setData(routes);
  }

  setSensitivity(areas: FeatureCollection): void {
    this.source('sensitivity').setData(areas);
  }

  setDraft(draft: FeatureCollection): void {
    this.source('draft').setData(draft);
  }

  setReview(review: FeatureCollection): void {
    this.source('review').setData(review);
  }

  setEvidence(evidence: FeatureCollection): void {
    this.source('evidence').setData(evidence);
  }

  // All of these places in view, and no nearer than is of use; `leftPx` of the chart lie under a panel.
  show(places: LonLat[], leftPx = 0): void {
    const lon = places.map((p) => p.lonDeg);
    const lat = places.map((p) => p.latDeg);
    const bounds: [number, number, number, number] = [
      Math.min(...lon),
      Math.min(...lat),
      Math.max(...lon),
      Math.max(...lat),
    ];
    const padding = {
      left: leftPx + (leftPx > 0 ? 60 : 120),
      right: leftPx > 0 ? 60 : 120,
      top: 120,
      bottom: 120,
    };
    this.map.fitBounds(bounds, { padding, maxZoom: 13, duration: 300 });
  }

  setRings(rings: FeatureCollection): void {
    this.source('rings').setData(rings);
  }

  // The chart of the station; a station without one (204) shows the grid on plain sea. Land for filling is cut at whole
  // degrees, so the coast comes as lines of its own.
  async loadLand(base: string): Promise<void> {
    for (const id of ['land', 'coast']) {
      const answer = await fetch(`${base}/${id}.geojson`);
      if (answer.status !== 200) continue;
      this.source(id).setData((await answer.json()) as GeoJSON);
      this.hasLand = true;
    }
  }

  goTo(at: LonLat, zoom?: number): void {
    this.map.easeTo({
      center: [at.lonDeg, at.latDeg],
      duration: 300,
      ...(zoom === undefined ? {} : { zoom }),
    });
  }

  // The whole range of a radar in view.
  fit(at: LonLat, rangeM: number, animate: boolean): void {
    const latDeg = rangeM / 111_120;
    const lonDeg = latDeg / Math.max(0.05, Math.cos((at.latDeg * Math.PI) / 180));
    const bounds: [number, number, number, number] = [
      at.lonDeg - lonDeg,
      at.latDeg - latDeg,
      at.lonDeg + lonDeg,
      at.latDeg + latDeg,
    ];
    this.map.fitBounds(bounds, { padding: 24, duration: animate ? 300 : 0 });
  }

  private source(id: string): GeoJSONSource {
    return this.map.getSource(id) as GeoJSONSource;
  }

  private drawGrid(): void {
    const source = this.map.getSource('grid') as GeoJSONSource | undefined;
    if (!source) return;
    const b = this.map.getBounds();
    source.setData(
      graticule({ west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() }),
    );
  }
}

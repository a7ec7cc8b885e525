// SPDX-License-Identifier: Apache-2.0
// A made-up strait: two coasts, vessels on straight courses, what a radar would see of them. Plain trigonometry on a
// sphere: this is for looking at the page, not for measuring it.

export const station = { lat: 63.44, lon: 10.52 };
export const azimuths = 2048;
export const cells = 1024;
export const cellM = 21.7;
const degree = Math.PI / 180;
const metresADegree = 111_320;

// A small generator of our own, so that every run shows the same scene.
export function random(seed) {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

const toLonLat = (east, north) => ({
  lat: station.lat + north / metresADegree,
  lon: station.lon + east / (metresADegree * Math.cos(station.lat * degree)),
});

const names = ['NORDLYS', 'MUNKHOLMEN II', 'ATLANTIC TRADER', 'SULA', 'POLAR STAR', 'VIKA', 'FOSEN', 'GRIP'];
const coastSouth = (east) => -2600 + 900 * Math.sin(east / 3100) + 500 * Math.sin(east / 870 + 1);
const coastNorth = (east) => 9500 + 1600 * Math.sin(east / 5200 + 2) + 500 * Math.sin(east / 1300);

export function land() {
  const line = (f) => Array.from({ length: 241 }, (_, i) => [i * 250 - 30000, f(i * 250 - 30000)]);
  const polygon = (points, far) => {
    const all = [...points, [30000, far], [-30000, far], points[0]];
    return {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          all.map(([e, n]) => {
            const p = toLonLat(e, n);
            return [p.lon, p.lat];
          }),
        ],
      },
    };
  };
  return {
    type: 'FeatureCollection',
    features: [polygon(line(coastSouth), -30000), polygon(line(coastNorth), 40000)],
  };
}

// The shores alone: without the sides that close the polygons.
export const coast = () => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'MultiLineString',
    coordinates: land().features.map((f) => f.geometry.coordinates[0].slice(0, -3)),
  },
});

function vessel(i, draw) {
  const ais = i % 4 !== 3;
  const radar = i % 5 !== 4;
  return {
    id: 100 + i,
    east: (draw() - 0.5) * 34000,
    north: -1200 + draw() * 9000,
    course: draw() < 0.5 ? 60 + draw() * 40 : 240 + draw() * 40,
    speed: 1 + draw() * 10,
    name: ais ? (names[i] ?? `VESSEL ${i}`) : undefined,
    mmsi: ais ? 257000100 + i : undefined,
    state: (i % 11 === 10 ? 2 : 1) | (radar || !ais ? 4 : 0) | (ais ? 8 : 0) | (i === 9 ? 16 : 0),
    kind: 0,
    heading: ais && i % 3 !== 0,
  };
}

export function makeVessels(count) {
  const draw = random(7);
  const list = Array.from({ length: count }, (_, i) => vessel(i, draw));
  const fixed = (id, east, north, kind, name) => ({
    id,
    east,
    north,
    speed: 0,
    kind,
    name,
    mmsi: id,
    state: 9,
  });
  list.push(fixed(992570001, 2500, 1500, 3, 'SKATVAL LT'), fixed(2570002, -900, -2600, 2, 'BASE HEADLAND'));
  for (let i = 0; i < count / 5; ++i)
    list.push({
      id: 900 + i,
      east: (draw() - 0.5) * 20000,
      north: draw() * 8000,
      speed: 2,
      course: 90,
      state: 4,
      kind: 0,
    });
  return list;
}

// Where each is after so many seconds.
export function tracksAt(vessels, seconds) {
  return vessels.map((v) => {
    const east = v.east + (v.course === undefined ? 0 : v.speed * seconds * Math.sin(v.course * degree));
    const north = v.north + (v.course === undefined ? 0 : v.speed * seconds * Math.cos(v.course * degree));
    return {
      ...v,
      ...toLonLat(east, north),
      east_now: east,
      north_now: north,
      angle: Math.atan2(east, north),
      heading: v.heading ? v.course : undefined,
      course: v.speed > 0 ? v.course : undefined,
      age: v.state & 16 ? 400 : 0.4,
    };
  });
}

// One spoke: noise, clutter near the radar, coasts, and an echo where a vessel is.
export function spoke(azimuth, tracks, draw) {
  const out = Buffer.alloc(cells);
  const angle = ((azimuth + 0.5) / azimuths) * 2 * Math.PI;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  for (let c = 0; c < cells; ++c) {
    const range = (c + 0.5) * cellM;
    const [east, north] = [range * sin, range * cos];
    let level = draw() < 0.02 ? 30 * draw() : 0;
    if (draw() < 0.5 * Math.exp(-range / 1500)) level += 110 * draw();
    const inland = Math.max(coastSouth(east) - north, north - coastNorth(east));
    if (inland > 0 && draw() < Math.exp(-inland / 1800)) level += 70 + 150 * draw();
    out[c] = Math.min(255, level);
  }
  for (const t of tracks) {
    if (!(t.state & 4)) continue;
    let off = angle - t.angle;
    off -= 2 * Math.PI * Math.round(off / (2 * Math.PI));
    if (Math.abs(off) > 0.04) continue;
    const range = Math.hypot(t.east_now, t.north_now);
    const beam = Math.exp(-((off / (0.6 * degree)) ** 2));
    const centre = Math.round(range / cellM - 0.5);
    if (beam > 0.15)
      for (let c = Math.max(0, centre - 2); c <= Math.min(cells - 1, centre + 2); ++c)
        out[c] = Math.max(out[c], Math.round(245 * beam));
  }
  return out;
}

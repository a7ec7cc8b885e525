// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { t } from '../i18n';
import { bindings, commandOf, controlKeeps } from '../input/keymap';
import { graticule, gridStepMin, rangeRings, ringStepNm } from '../map/grid';
import { colours } from '../map/palette';
import { DataClock, RunningMedian } from '../store/dataClock';
import { passes, sortRows, type Row } from '../store/rows';
import { palettes } from '../store/settings';
import { judgedBit, stage, stateBit, type Card } from '../wire/frames';
import { cardRows, fieldName, judgedText, kindText, remarks, shortSource, turnText } from './cardFields';

describe('card of a track', () => {
  const card: Card = {
    id: 7,
    mmsi: 257000000,
    name: 'NORDLYS',
    imo: 0,
    length_m: 120,
    fields: [
      { name: 'speed', value: '12.0 kn', source: 'radar 1', age_s: 0.4 },
      { name: 'new thing', value: '5', source: 'AIS 257000000', age_s: 3 },
    ],
    sources: [{ source: 'AIS 257000000', age_s: 3 }],
  };
  const row = (name: string) => cardRows(card, null, null).find((r) => r.name === name);

  it('tells value, source and age of each field', () => {
    expect(row('speed')).toEqual({ name: 'speed', value: '12.0 kn', source: 'radar 1', ageS: 0.4 });
  });

  it('says what is missing instead of a zero', () => {
    for (const name of ['position', 'heading', 'imo', 'draught', 'callsign'])
      expect(row(name)?.value).toBeNull();
    expect(row('dimensions')?.value).toBe('120 m × missing');
  });

  it('tells how old particulars are', () => {
    const told = { ...card, callsign: 'LGIN', particulars_age_s: 250 };
    const age = (name: string) => cardRows(told, null, null).find((r) => r.name === name)?.ageS;
    expect(age('callsign')).toBe(250);
    expect(age('dimensions')).toBe(250);
    expect(age('draught')).toBeNull();
    expect(age('mmsi')).toBeNull();
  });

  it('shows fields that it does not know yet', () => {
    expect(row('new thing')?.value).toBe('5');
    expect(fieldName('some_new_field')).toBe('some new field');
  });

  it('does not ask a radar track for what only AIS can tell', () => {
    const names = cardRows({ id: 3, fields: [], sources: [{ source: 'radar 1' }] }, null, null).map(
      (r) => r.name,
    );
    expect(names).toEqual(['position', 'speed', 'course', 'heading']);
  });

  it('adds range and bearing from the radar', () => {
    const at = { lonDeg: 10.1, latDeg: 63 };
    const rows = cardRows(card, at, { lonDeg: 10, latDeg: 63 });
    expect(rows.find((r) => r.name === 'range_bearing')?.value).toBe('090.0° · 2.74 NM');
  });

  it('puts what weighs most against the station first, then what speaks for it, then what is missing', () => {
    const said = remarks({
      id: 1,
      trust: {
        score: 0.3,
        reasons: [
          { kind: 'radar_confirms', text: 'seen', weight: 0 },
          { kind: 'heading_against_course', text: 'heading', weight: 0.1 },
          { kind: 'circles', text: 'circles', weight: 0.6 },
        ],
      },
      silence: { hearing: 'silent', text: 'silent for 3 min' },
      missing_echo: { judged: true, text: 'not seen' },
    });
    expect(said.map((r) => r.kind)).toEqual([
      'circles',
      'heading_against_course',
      'radar_confirms',
      'silent',
    ]);
    expect(said.map((r) => r.tone)).toEqual(['bad', 'bad', 'good', 'bad']);
    expect(remarks({ id: 2, silence: { hearing: 'none_heard', text: 'no AIS heard' } })).toEqual([
      { kind: 'none_heard', text: 'no AIS heard', tone: 'soft' },
    ]);
  });

  it('shortens the source by the number that is on the card', () => {
    expect(shortSource('matoco + AIS 257000000', card)).toBe('matoco + AIS');
    expect(shortSource(null, card)).toBe('');
  });

  it('says of radars alone whether their last turn had the vessel', () => {
    expect(turnText(true)).toBe('seen last turn');
    expect(turnText(false)).toBe('not seen last turn');
    expect(turnText()).toBe('');
  });
});

describe('list of tracks', () => {
  const row = (id: number, change: Partial<Row>): Row => ({
    id,
    label: String(id),
    name: null,
    kind: 0,
    state: 5,
    speedMps: 5,
    courseDeg: 0,
    at: { lonDeg: 0, latDeg: 0 },
    rangeM: 1000,
    bearingDeg: 0,
    ageS: 1,
    judged: 0,
    dark: false,
    doubted: false,
    ...change,
  });
  const rows = [row(10, { speedMps: NaN }), row(9, { name: 'ALFA', speedMps: 2 }), row(2, { speedMps: 8 })];
  const ids = (list: Row[]) => list.map((r) => r.id);

  it('puts unknown values last, whichever way it is sorted', () => {
    expect(ids(sortRows(rows, 'speed', false))).toEqual([9, 2, 10]);
    expect(ids(sortRows(rows, 'speed', true))).toEqual([2, 9, 10]);
  });

  it('keeps what is not confirmed below the vessels, whichever way they are sorted', () => {
    const all = [row(1, { state: stage.tentative, speedMps: 5 }), ...rows];
    for (const descending of [false, true]) expect(ids(sortRows(all, 'speed', descending)).at(-1)).toBe(1);
  });

  it('filters by what the station judged', () => {
    const all = [row(1, { dark: true }), row(2, { doubted: true }), row(3, {})];
    const pass = (filter: 'all' | 'dark' | 'doubted') => ids(all.filter((r) => passes(r, filter)));
    expect([pass('all'), pass('dark'), pass('doubted')]).toEqual([[1, 2, 3], [1], [2]]);
  });

  it('calls a vessel dark only when it is judged so, and says what is doubted', () => {
    const radar = stage.confirmed | stateBit.radar;
    expect(kindText(0, radar)).toBe(t.noAisHeard);
    expect(kindText(0, radar, judgedBit.dark)).toBe(t.darkVessel);
    expect(kindText(0, stage.tentative | stateBit.radar)).toBe(t.radarOnly);
    expect(kindText(0, radar | stateBit.remote)).toBe(t.radarOnly);
    expect(judgedText(judgedBit.dark)).toBe('');
    expect(judgedText(judgedBit.doubted | judgedBit.silent)).toBe(`${t.doubted}, ${t.aisSilent}`);
  });

  it('sorts numbers as numbers and names before them', () => {
    expect(ids(sortRows(rows, 'name', false))).toEqual([9, 2, 10]);
  });
});

describe('data clock', () => {
  it('runs on between frames and follows them smoothly', () => {
    const clock = new DataClock();
    clock.note(1000, 50);
    expect(clock.now(52)).toBe(1002);
    clock.note(1002.5, 52);
    expect(clock.now(52)).toBeCloseTo(1002.1);
  });

  it('jumps with the data, stands when paused', () => {
    const clock = new DataClock();
    clock.note(1000, 50);
    clock.note(5000, 51);
    expect(clock.now(51)).toBe(5000);
    clock.setRate(0, 52);
    expect(clock.now(60)).toBe(5001);
  });

  it('shows a median that one late frame does not move', () => {
    const median = new RunningMedian(5);
    for (const ms of [50, 52, 51, 900]) median.add(ms);
    expect(median.add(50)).toBe(51);
  });
});

describe('keys', () => {
  const press = (key: string, ctrlKey = false) => commandOf({ key, ctrlKey, altKey: false, metaKey: false });

  it('name each command once, and each has its words', () => {
    const keys = bindings.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(bindings.map((b) => b.command).sort()).toEqual(Object.keys(t.commands).sort());
  });

  it('work with and without shift, not with control', () => {
    expect(press('D')).toBe('palette');
    expect(press('?')).toBe('help');
    expect(press('f', true)).toBeNull();
    expect(press('x')).toBeNull();
  });

  it('are left to the control that has the focus', () => {
    expect(controlKeeps('INPUT', 'range', 'ArrowLeft')).toBe(true);
    expect(controlKeeps('BUTTON', '', ' ')).toBe(true);
    expect(controlKeeps('BUTTON', '', 'd')).toBe(false);
    expect(controlKeeps('INPUT', 'checkbox', 'd')).toBe(false);
  });
});

describe('grid and rings', () => {
  it('have steps that people say', () => {
    expect(gridStepMin(1, 6)).toBe(10);
    expect(gridStepMin(0.02, 6)).toBe(0.2);
    expect(ringStepNm(24 * 1852)).toBe(4);
    expect(ringStepNm(3 * 1852)).toBe(0.5);
  });

  it('label the lines', () => {
    const lines = graticule({ west: 10.4, south: 63.3, east: 10.8, north: 63.5 });
    const labels = lines.features.map((f) => f.properties?.label as string);
    expect(labels).toContain('10°30′E');
    expect(labels).toContain('63°25′N');
  });

  it('draw rings out to the range of the radar', () => {
    const rings = rangeRings({ lonDeg: 10.5, latDeg: 63.4 }, 22224);
    expect(rings.features.filter((f) => f.geometry.type === 'LineString')).toHaveLength(6);
    expect(rings.features.at(-1)?.properties?.label).toBe('12 NM');
  });
});

// Contrast as WCAG 2.1 has it: relative luminance of sRGB.
function luminance(hex: string): number {
  const n = parseInt(hex.slice(1), 16);
  const part = (shift: number) => {
    const c = ((n >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe('palettes', () => {
  it.each(palettes)('%s lets every track stand out on sea', (name) => {
    const { chart, picture } = colours[name];
    const least = name === 'night' ? 2.5 : 4;
    for (const track of picture.tracks) expect(contrast(track, chart.sea)).toBeGreaterThan(least);
  });

  it('grow darker from day to night', () => {
    const [day, dusk, night] = palettes.map((name) => luminance(colours[name].chart.sea));
    expect(day).toBeGreaterThan(0.5);
    expect(dusk).toBeLessThan(0.02);
    expect(night).toBeLessThan(dusk);
  });
});

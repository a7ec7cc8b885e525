// SPDX-License-Identifier: Apache-2.0
// The rows of the card of a track: what the station tells with value, source and age; what it does not tell is shown as
// missing, never as a zero. Pure.
import * as format from '../geo/format';
import { rangeBearing, type LonLat } from '../geo/geodesic';
import { t } from '../i18n';
import { judgedBit, kind as trackKind, stage, stateBit, type Card, type CardField } from '../wire/frames';

export interface CardRow {
  name: string;
  value: string | null; // null = missing
  source: string | null;
  ageS: number | null; // at the time of the card; the panel counts on from there
}

// Always shown, so that what is missing is seen to be missing.
const kinematic = ['position', 'speed', 'course', 'heading'];
// Shown only where the station tells them, here in the order.
const more = ['AIS speed', 'AIS course', 'turn rate', 'echo size', 'hull by radar', 'class by radar'];
const ofAis = ['mmsi', 'callsign', 'imo', 'ship_type', 'status', 'destination', 'dimensions', 'draught'];

// Told seldom, and apart from positions.
const aged = ['callsign', 'imo', 'ship_type', 'destination', 'dimensions', 'draught'];

const say = (value: string | number | undefined, unit = '') =>
  value === undefined || value === '' ? null : `${value}${unit}`;

function dimensions(card: Card): string | null {
  if (!card.length_m && !card.beam_m) return null;
  const text = (metres?: number) => (metres ? `${metres} m` : t.missing);
  return `${text(card.length_m)} × ${text(card.beam_m)}`;
}

function particulars(card: Card): Record<string, string | null> {
  return {
    mmsi: say(card.mmsi),
    callsign: say(card.callsign),
    imo: say(card.imo || undefined),
    ship_type: say(card.ship_type_text) ?? say(card.ship_type),
    status: say(card.status_text),
    destination: say(card.destination),
    dimensions: dimensions(card),
    draught: card.draught_m ? `${card.draught_m} m` : null,
  };
}

const aisSource = (card: Card) => card.sources?.find((s) => s.source.startsWith('AIS'))?.source ?? null;

const rowOf = (field: CardField): CardRow => ({
  name: field.name,
  value: field.value === '' ? null : field.value,
  source: field.source || null,
  ageS: field.age_s ?? null,
});

export function cardRows(card: Card, at: LonLat | null, station: LonLat | null): CardRow[] {
  const told = new Map((card.fields ?? []).map((field) => [field.name, rowOf(field)]));
  const rows: CardRow[] = [];
  const missing = (name: string): CardRow => ({ name, value: null, source: null, ageS: null });
  for (const name of kinematic) {
    rows.push(told.get(name) ?? missing(name));
    told.delete(name);
    if (name === 'position' && at && station) {
      const { rangeM, bearingDeg } = rangeBearing(station, at);
      const value = `${format.bearing(bearingDeg)} · ${format.range(rangeM)}`;
      rows.push({ name: 'range_bearing', value, source: t.derived, ageS: null });
    }
  }
  for (const name of more) {
    const row = told.get(name);
    if (row) rows.push(row);
    told.delete(name);
  }
  const known = particulars(card);
  const hasAis = card.mmsi !== undefined || aisSource(card) !== null;
  for (const name of ofAis) {
    const row = told.get(name);
    told.delete(name);
    if (row) rows.push(row);
    else if (known[name] !== null || hasAis)
      rows.push({
        name,
        value: known[name],
        source: known[name] === null ? null : aisSource(card),
        ageS: known[name] === null || !aged.includes(name) ? null : (card.particulars_age_s ?? null),
      });
  }
  // Whatever else the station knows, a later version too.
  for (const row of told.values()) if (row.name !== 'name') rows.push(row);
  return rows;
}

// What speaks against the AIS identity, the weightiest first, and what for it; then what is missing of a sensor.
export interface Remark {
  text: string;
  kind: string;
  tone: 'good' | 'bad' | 'soft';
}

export function remarks(card: Card): Remark[] {
  const reasons = [...(card.trust?.reasons ?? [])].sort((a, b) => b.weight - a.weight);
  const all: Remark[] = reasons.map((r) => ({
    text: r.text,
    kind: r.kind,
    tone: r.weight > 0 ? 'bad' : 'good',
  }));
  if (card.silence?.text) {
    const judged = card.silence.hearing === 'dark' || card.silence.hearing === 'silent';
    all.push({ text: card.silence.text, kind: card.silence.hearing, tone: judged ? 'bad' : 'soft' });
  }
  // Once judged it is among the reasons.
  if (card.missing_echo?.text && !card.missing_echo.judged)
    all.push({ text: card.missing_echo.text, kind: 'missing_echo', tone: 'soft' });
  return all;
}

// What radar alone sees may be anything: only AIS says that it is a vessel. Other systems say what is an aircraft.
export function kindText(kind: number, state: number, judged = 0): string {
  if (state & stateBit.ownShip) return t.ownShip;
  if (kind >= trackKind.aircraft) return t.kinds[kind];
  if (!(state & (stateBit.ais | stateBit.radar)) && state & stateBit.remote) return t.remoteOnly;
  if (state & stateBit.ais) return t.kinds[kind];
  if (judged & judgedBit.dark) return t.darkVessel;
  const settled = (state & stateBit.stageMask) !== stage.tentative;
  return settled && !(state & stateBit.remote) ? t.noAisHeard : t.radarOnly;
}

// What speaks against the track as it is shown, in few words; the card says more.
export function judgedText(judged: number): string {
  const words: string[] = [];
  if (judged & judgedBit.doubted) words.push(t.doubted);
  if (judged & judgedBit.rivals) words.push(t.rivals);
  if (judged & judgedBit.silent) words.push(t.aisSilent);
  if (judged & judgedBit.missingEcho) words.push(t.noEcho);
  return words.join(', ');
}

// The number is on the card already; in the column of sources it would only break the line.
export const shortSource = (source: string | null, card: Card) =>
  (source ?? '').replace(`AIS ${card.mmsi}`, 'AIS');

// Of a radar: whether its last turn had the vessel.
export const turnText = (inLastTurn?: boolean) =>
  inLastTurn === undefined ? '' : inLastTurn ? t.inLastTurn : t.notInLastTurn;

export const fieldName = (name: string) => t.fields[name] ?? name.replaceAll('_', ' ');

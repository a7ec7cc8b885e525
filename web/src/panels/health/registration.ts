// SPDX-License-Identifier: Apache-2.0
// What a radar was found to measure amiss, in words. Pure.
import * as format from '../../geo/format';
import { t } from '../../i18n';
import type { RadarHealth } from '../../wire/frames';

type Registration = NonNullable<RadarHealth['registration']>;

const jumpShownS = 3600;

const signed = (value: number, digits: number) => {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? '−' : '+'}${text}`;
};

export function registrationText(r: Registration): string {
  if (r.vessels === 0) return t.registrationUnknown;
  const bearing = `${signed(r.bearing_deg, 2)}° ± ${r.bearing_sigma_deg.toFixed(2)}`;
  return `${bearing} · ${signed(r.range_m, 0)} m ± ${r.range_sigma_m.toFixed(0)} · ${r.vessels} ${t.vessels}`;
}

export function registrationHint(r: Registration): string {
  if (r.vessels === 0) return t.registrationUnknownHint;
  const time = `${signed(r.time_s, 2)} s ± ${r.time_sigma_s.toFixed(2)}`;
  return `${t.registrationHint}\n${t.registrationTime} ${time}`;
}

export const hasJumped = (r: Registration, dataTimeS: number) =>
  r.jump !== undefined && dataTimeS - r.jump.time_s < jumpShownS;

export function jumpText(r: Registration, dataTimeS: number): string {
  if (!r.jump) return '';
  const ago = format.span(Math.max(0, dataTimeS - r.jump.time_s));
  return t.jumped(signed(r.jump.bearing_deg, 1), ago);
}

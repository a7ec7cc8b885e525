// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { t } from '../../i18n';
import { hasJumped, jumpText, registrationHint, registrationText } from './registration';

describe('registration of a radar', () => {
  const found = {
    bearing_deg: -0.604,
    bearing_sigma_deg: 0.021,
    range_m: 34.6,
    range_sigma_m: 2.2,
    time_s: 0.31,
    time_sigma_s: 0.05,
    vessels: 12,
  };

  it('says what is amiss, how surely, and by how many vessels', () => {
    expect(registrationText(found)).toBe('−0.60° ± 0.02 · +35 m ± 2 · 12 vessels');
    expect(registrationHint(found)).toContain('+0.31 s ± 0.05');
    expect(registrationText({ ...found, vessels: 0 })).toBe(t.registrationUnknown);
  });

  it('tells for an hour that it jumped', () => {
    const jumped = { ...found, jump: { bearing_deg: 5, time_s: 1000 } };
    expect(hasJumped(found, 1100)).toBe(false);
    expect(hasJumped(jumped, 1100)).toBe(true);
    expect(hasJumped(jumped, 5000)).toBe(false);
    expect(jumpText(jumped, 1120)).toContain('+5.0°');
  });
});

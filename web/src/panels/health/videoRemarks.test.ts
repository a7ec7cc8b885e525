// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { contentOf, decodeJson } from '../../wire/codec';
import type { Health } from '../../wire/frames';
import { goldenFrame } from '../../wire/golden';
import { videoRemarks } from './videoRemarks';

const good = { noise_level: 21, saturated_share: 0.0021, thresholded: false, unsettled: '' };
const kinds = (video: Parameters<typeof videoRemarks>[0]) => videoRemarks(video).map((r) => r.kind);

describe('the video of a radar', () => {
  it('is told by its noise and what is at the end of the scale', () => {
    const remarks = videoRemarks(good);
    expect(remarks.map((r) => r.text)).toEqual(['21 noise', '0.2 % saturated']);
    expect(remarks.some((r) => r.warn)).toBe(false);
  });

  it('is silent where nothing was measured', () => {
    expect(videoRemarks(null)).toEqual([]);
    expect(videoRemarks(undefined)).toEqual([]);
  });

  it('warns of saturation, of no noise at all, of a radar that cuts it off', () => {
    expect(videoRemarks({ ...good, saturated_share: 0.12 })[1]).toMatchObject({
      text: '12 % saturated',
      warn: true,
    });
    expect(videoRemarks({ ...good, noise_level: 0 })[0].warn).toBe(true);
    expect(kinds({ ...good, thresholded: true, noise_level: 0 })).toEqual(['thresholded', 'saturated']);
  });

  it('says that what was learned does not hold, and why', () => {
    const remark = videoRemarks({ ...good, unsettled: 'settings changed: gain percent 60 to 45' })[2];
    expect(remark.kind).toBe('uncalibrated');
    expect(remark.hint).toContain('gain percent 60 to 45');
  });

  it('reads what the server sends', () => {
    const health = decodeJson<Health>(contentOf(goldenFrame('health')));
    expect(kinds(health.radars?.[0].video)).toEqual(['noise', 'saturated', 'uncalibrated']);
    expect(kinds(health.radars?.[1].video)).toEqual([]);
  });
});

// SPDX-License-Identifier: Apache-2.0
// What the video of a radar is like, for the health strip: its noise, how much of it is at the end of the scale, whether
// the radar cuts off its noise, and whether what is known of noise and clutter still holds.
import { t } from '../../i18n';
import type { VideoHealth } from '../../wire/frames';

export interface VideoRemark {
  kind: 'noise' | 'saturated' | 'thresholded' | 'uncalibrated';
  text: string;
  hint: string;
  warn: boolean;
}

// Away from land hardly a cell is at the end of the scale; land alone may fill some hundredths.
export const muchSaturated = 0.05;

const percent = (share: number) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;

export function videoRemarks(video: VideoHealth | null | undefined): VideoRemark[] {
  if (!video) return [];
  const v = t.video;
  const remarks: VideoRemark[] = [];
  if (video.thresholded)
    remarks.push({ kind: 'thresholded', text: v.thresholded, hint: v.thresholdedHint, warn: true });
  else
    remarks.push({
      kind: 'noise',
      text: `${video.noise_level} ${v.noise}`,
      hint: v.noiseHint,
      warn: video.noise_level === 0,
    });
  remarks.push({
    kind: 'saturated',
    text: `${percent(video.saturated_share)} ${v.saturated}`,
    hint: v.saturatedHint,
    warn: video.saturated_share >= muchSaturated,
  });
  if (video.unsettled !== '')
    remarks.push({
      kind: 'uncalibrated',
      text: v.uncalibrated,
      hint: v.uncalibratedHint(video.unsettled),
      warn: true,
    });
  return remarks;
}

// SPDX-License-Identifier: Apache-2.0
// The three palettes. Hues after Okabe and Ito (2008), so that they can be told apart with any colour vision; shape
// and line say the same things again. Brightness falls from day to night, the meaning of a hue never changes:
// green = radar alone, blue = AIS alone, white or black = both, vermilion = lost, purple = fixed aids, yellow = doubted.
import type { Palette } from '../store/settings';

export interface ChartColours {
  sea: string;
  land: string;
  coast: string;
  grid: string;
  ring: string;
  text: string;
  halo: string;
  zone: string;
  sensitivity: [string, string, string, string, string]; // in the steps of map/sensitivity
  emergency: string;
  alarm: string;
  warning: string;
  caution: string;
}

export interface PictureColours {
  echoLow: string;
  echoHigh: string;
  wake: string;
  plot: string;
  select: string;
  halo: string;
  // In the order of symbols/circ243 `colour`.
  tracks: [string, string, string, string, string, string, string, string];
}

export interface Colours {
  chart: ChartColours;
  picture: PictureColours;
}

export const colours: Record<Palette, Colours> = {
  day: {
    chart: {
      sea: '#d3e6ee',
      land: '#e3d6ac',
      coast: '#6e6344',
      grid: '#9db8c4',
      ring: '#5f8296',
      text: '#33505f',
      halo: '#e8f2f6',
      zone: '#8a3d8f',
      sensitivity: ['#1a7f4b', '#7fb23a', '#f0c52e', '#e5832a', '#b3412f'],
      emergency: '#c4002b',
      alarm: '#c4002b',
      warning: '#c25400',
      caution: '#8a6d00',
    },
    picture: {
      echoLow: '#d98a1f',
      echoHigh: '#7d2f00',
      wake: '#8a9a3a',
      plot: '#a1007a',
      select: '#1a1a1a',
      halo: '#f4fafc',
      tracks: ['#00684a', '#00579e', '#14181b', '#4d6570', '#b83f00', '#9a1f6d', '#14181b', '#7d5f00'],
    },
  },
  dusk: {
    chart: {
      sea: '#0a1a25',
      land: '#2f2d22',
      coast: '#8d8564',
      grid: '#1d3542',
      ring: '#34586b',
      text: '#7fa3b5',
      halo: '#0a1a25',
      zone: '#b07ac0',
      sensitivity: ['#2fae74', '#8fbf4a', '#e3c24a', '#d98240', '#b4503f'],
      emergency: '#ff4a5a',
      alarm: '#ff4a5a',
      warning: '#ff9d2e',
      caution: '#f2e24a',
    },
    picture: {
      echoLow: '#8a5f00',
      echoHigh: '#ffd34d',
      wake: '#6d7f2a',
      plot: '#e58bc8',
      select: '#ffffff',
      halo: '#06121a',
      tracks: ['#3fe0a5', '#62c0ff', '#f4f7f8', '#8fa6b0', '#ff8a4a', '#e58bc8', '#f4f7f8', '#f2e24a'],
    },
  },
  night: {
    chart: {
      sea: '#020609',
      land: '#100f0b',
      coast: '#46422f',
      grid: '#0b171d',
      ring: '#152a34',
      text: '#3f5763',
      halo: '#020609',
      zone: '#523a5c',
      sensitivity: ['#1d6b48', '#56742e', '#8a762c', '#834f27', '#6d3126'],
      emergency: '#b03540',
      alarm: '#b03540',
      warning: '#a3641f',
      caution: '#8c8430',
    },
    picture: {
      echoLow: '#3a2800',
      echoHigh: '#a8791c',
      wake: '#363d16',
      plot: '#7d4a6c',
      select: '#a3adb2',
      halo: '#010304',
      tracks: ['#22876a', '#35749f', '#98a3a8', '#4f5e65', '#a9572c', '#84507a', '#98a3a8', '#8c8430'],
    },
  },
};

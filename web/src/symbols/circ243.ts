// SPDX-License-Identifier: Apache-2.0
// Which symbol a track gets, after IMO SN.1/Circ.243/Rev.2 (presentation of navigation-related symbols) as a model:
// this is a shore display. Shapes and states are data here; gl/trackLayer draws them.
import { judgedBit, kind, stage, stateBit } from '../wire/frames';

export const shape = {
  dot: 0, // tentative: not confirmed yet
  circle: 1, // tracked by radar
  triangle: 2, // AIS, pointing along heading, else course
  both: 3, // triangle within circle: one vessel with two sources
  diamond: 4, // aid to navigation
  square: 5, // base station
  aircraft: 6,
  ownShip: 7, // two circles
} as const;

export const colour = {
  radar: 0,
  ais: 1,
  both: 2,
  tentative: 3,
  lost: 4,
  fixed: 5,
  ownShip: 6,
  doubt: 7,
} as const;

// `doubt`: a dotted ring about the symbol; `dark`: a filled disc in it. Both in the colour `doubt`.
export const mark = {
  cross: 1,
  dashed: 2,
  selected: 4,
  hovered: 8,
  noDirection: 16,
  doubt: 32,
  dark: 64,
} as const;

export interface Symbol {
  shape: number;
  colour: number;
  marks: number;
}

function shapeOf(trackKind: number, state: number): number {
  if (state & stateBit.ownShip) return shape.ownShip;
  if (trackKind === kind.aidToNavigation) return shape.diamond;
  if (trackKind === kind.baseStation) return shape.square;
  if (trackKind === kind.sarAircraft || trackKind === kind.aircraft) return shape.aircraft;
  const radar = (state & stateBit.radar) !== 0;
  const ais = (state & stateBit.ais) !== 0;
  if (ais) return radar ? shape.both : shape.triangle;
  return (state & stateBit.stageMask) === stage.tentative ? shape.dot : shape.circle;
}

const colourOfShape = [
  colour.tentative,
  colour.radar,
  colour.ais,
  colour.both,
  colour.fixed,
  colour.fixed,
  colour.ais,
  colour.ownShip,
];

export function symbolOf(trackKind: number, state: number, judged = 0): Symbol {
  const trackStage = state & stateBit.stageMask;
  const form = shapeOf(trackKind, state);
  const lost = trackStage === stage.ended || (state & stateBit.aisLost) !== 0;
  const coasting = trackStage === stage.coasting;
  return {
    shape: form,
    colour: lost ? colour.lost : colourOfShape[form],
    marks:
      (lost ? mark.cross : 0) |
      (coasting ? mark.dashed : 0) |
      (judged & ~judgedBit.dark ? mark.doubt : 0) |
      (judged & (judgedBit.dark | judgedBit.silent) ? mark.dark : 0),
  };
}

// Radians clockwise from north for the symbol: heading, else course, else up (and no pretence of a direction).
export function directionOf(headingDeg: number, courseDeg: number): number {
  if (!Number.isNaN(headingDeg)) return (headingDeg * Math.PI) / 180;
  if (!Number.isNaN(courseDeg)) return (courseDeg * Math.PI) / 180;
  return NaN;
}

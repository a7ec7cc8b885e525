// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { judgedBit, kind, stage, stateBit } from '../wire/frames';
import { colour, directionOf, mark, shape, symbolOf } from './circ243';

const { radar, ais, aisLost, ownShip } = stateBit;

describe('symbol', () => {
  it('tells the source: circle, triangle, both', () => {
    expect(symbolOf(kind.vessel, stage.confirmed | radar).shape).toBe(shape.circle);
    expect(symbolOf(kind.vessel, stage.confirmed | ais).shape).toBe(shape.triangle);
    expect(symbolOf(kind.vessel, stage.confirmed | radar | ais).shape).toBe(shape.both);
  });

  it('of a radar track not yet confirmed is a dot', () => {
    expect(symbolOf(kind.vessel, stage.tentative | radar).shape).toBe(shape.dot);
  });

  it('is dashed while coasting and crossed when lost, not only coloured', () => {
    expect(symbolOf(kind.vessel, stage.coasting | radar).marks).toBe(mark.dashed);
    expect(symbolOf(kind.vessel, stage.ended | radar)).toMatchObject({
      marks: mark.cross,
      colour: colour.lost,
    });
    expect(symbolOf(kind.vessel, stage.confirmed | ais | aisLost).marks).toBe(mark.cross);
  });

  it('shows what is judged by form: a ring for doubt, a disc for what has no AIS', () => {
    const marks = (state: number, judged: number) =>
      symbolOf(kind.vessel, stage.confirmed | state, judged).marks;
    expect(marks(radar, 0)).toBe(0);
    expect(marks(radar, judgedBit.dark)).toBe(mark.dark);
    expect(marks(radar | ais, judgedBit.silent)).toBe(mark.dark | mark.doubt);
    for (const bit of [judgedBit.doubted, judgedBit.rivals, judgedBit.missingEcho])
      expect(marks(ais, bit)).toBe(mark.doubt);
  });

  it('of what is no vessel has its own form', () => {
    expect(symbolOf(kind.aidToNavigation, stage.confirmed | ais).shape).toBe(shape.diamond);
    expect(symbolOf(kind.baseStation, stage.confirmed | ais).shape).toBe(shape.square);
    expect(symbolOf(kind.sarAircraft, stage.confirmed | ais).shape).toBe(shape.aircraft);
    expect(symbolOf(kind.vessel, stage.confirmed | ais | ownShip).shape).toBe(shape.ownShip);
  });

  it('points along the heading, else the course, else nowhere', () => {
    expect(directionOf(90, 10)).toBeCloseTo(Math.PI / 2);
    expect(directionOf(NaN, 180)).toBeCloseTo(Math.PI);
    expect(directionOf(NaN, NaN)).toBeNaN();
  });
});

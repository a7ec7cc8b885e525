// SPDX-License-Identifier: Apache-2.0
// Which labels are shown, and where: greedy, most important first, no two overlapping, and none over another's symbol.
// Pure; sizes in CSS pixels.

export interface Wish {
  id: number;
  x: number; // of the symbol
  y: number;
  width: number;
  height: number;
  importance: number;
}

export interface Placed {
  id: number;
  dx: number; // left edge from the symbol's centre
  dy: number; // top edge
}

const gap = 13; // from the centre of a symbol to its label
const cell = 64;

// Boxes by grid cells, so that a thousand labels do not compare with each other.
class Occupied {
  private readonly cells = new Map<number, number[]>(); // x0, y0, x1, y1, owner

  private *keys(x0: number, y0: number, x1: number, y1: number): Generator<number> {
    for (let i = Math.floor(x0 / cell); i <= Math.floor(x1 / cell); ++i)
      for (let j = Math.floor(y0 / cell); j <= Math.floor(y1 / cell); ++j) yield i * 65536 + j;
  }

  add(x0: number, y0: number, x1: number, y1: number, owner: number): void {
    for (const key of this.keys(x0, y0, x1, y1)) {
      const boxes = this.cells.get(key) ?? [];
      boxes.push(x0, y0, x1, y1, owner);
      this.cells.set(key, boxes);
    }
  }

  isFree(x0: number, y0: number, x1: number, y1: number, owner: number): boolean {
    for (const key of this.keys(x0, y0, x1, y1)) {
      const boxes = this.cells.get(key) ?? [];
      for (let i = 0; i < boxes.length; i += 5)
        if (
          boxes[i + 4] !== owner &&
          x0 < boxes[i + 2] &&
          x1 > boxes[i] &&
          y0 < boxes[i + 3] &&
          y1 > boxes[i + 1]
        )
          return false;
    }
    return true;
  }
}

// Right, left, below, above; a label stays where it was if it can, so that labels do not hop.
const places = (w: Wish): [number, number][] => [
  [gap, -w.height / 2],
  [-gap - w.width, -w.height / 2],
  [-w.width / 2, gap],
  [-w.width / 2, -gap - w.height],
];

export function declutter(wishes: Wish[], before: Map<number, Placed>, most: number): Placed[] {
  const occupied = new Occupied();
  for (const w of wishes) occupied.add(w.x - 8, w.y - 8, w.x + 8, w.y + 8, w.id);
  // What was shown before goes first among equals.
  const order = [...wishes].sort(
    (a, b) =>
      b.importance - a.importance || Number(before.has(b.id)) - Number(before.has(a.id)) || a.id - b.id,
  );
  const placed: Placed[] = [];
  for (const w of order) {
    if (placed.length >= most) break;
    const last = before.get(w.id);
    const candidates = places(w);
    if (last) candidates.sort((a, b) => Math.abs(a[0] - last.dx) - Math.abs(b[0] - last.dx));
    for (const [dx, dy] of candidates) {
      const [x, y] = [w.x + dx, w.y + dy];
      if (!occupied.isFree(x, y, x + w.width, y + w.height, w.id)) continue;
      occupied.add(x, y, x + w.width, y + w.height, -1);
      placed.push({ id: w.id, dx, dy });
      break;
    }
  }
  return placed;
}

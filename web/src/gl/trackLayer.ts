// SPDX-License-Identifier: Apache-2.0
// All tracks as instances of one quad: vectors, heading lines, symbols, three draw calls whatever their number.
import { mercatorScale } from '../geo/mercator';
import type { TrackStore } from '../store/tracks';
import { directionOf, mark, shape, symbolOf } from '../symbols/circ243';
import { stage, stateBit } from '../wire/frames';
import { PictureLayer, type Frame } from './pictureLayer';
import { Program, rgb } from './program';
import { attributes, lineFragment, lineVertex, symbolFragment, symbolVertex } from './trackShaders';

const strideBytes = 24; // 5 floats, 4 bytes

export class TrackLayer extends PictureLayer {
  visible = true;
  tentative = true;
  vectorMin = 6;
  selected: number | null = null;
  hovered: number | null = null;
  private symbols: Program | null = null;
  private lines: Program | null = null;
  private array: WebGLVertexArrayObject | null = null;
  private buffer: WebGLBuffer | null = null;
  private bytes = new ArrayBuffer(0);
  private drawn = 0;
  private builtOf = '';

  constructor(private readonly store: TrackStore) {
    super('tracks');
  }

  protected override start(gl: WebGL2RenderingContext): void {
    this.symbols = new Program(gl, symbolVertex, symbolFragment, attributes);
    this.lines = new Program(gl, lineVertex, lineFragment, attributes);
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.builtOf = '';
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    const floats: [number, number, number][] = [
      [0, 2, 0],
      [1, 2, 8],
      [2, 1, 16],
    ];
    for (const [at, size, offset] of floats) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, strideBytes, offset);
      gl.vertexAttribDivisor(at, 1);
    }
    gl.enableVertexAttribArray(3);
    gl.vertexAttribIPointer(3, 4, gl.UNSIGNED_BYTE, strideBytes, 20);
    gl.vertexAttribDivisor(3, 1);
    gl.bindVertexArray(null);
  }

  protected override stop(gl: WebGL2RenderingContext): void {
    this.symbols?.delete();
    this.lines?.delete();
    gl.deleteVertexArray(this.array);
    gl.deleteBuffer(this.buffer);
  }

  protected override draw(gl: WebGL2RenderingContext, frame: Frame): void {
    if (!this.visible || !this.symbols || !this.lines) return;
    this.upload(gl);
    if (this.drawn === 0) return;
    gl.bindVertexArray(this.array);
    this.lines.use();
    this.setCommon(gl, this.lines, frame);
    if (this.vectorMin > 0) this.drawLines(gl, this.lines, this.vectorMin * 60, 5, 1.4);
    this.drawLines(gl, this.lines, 0, 0, 1.2);
    this.symbols.use();
    this.setCommon(gl, this.symbols, frame);
    gl.uniform3fv(this.symbols.at('u_halo'), rgb(frame.colours.halo));
    gl.uniform3fv(this.symbols.at('u_select'), rgb(frame.colours.select));
    gl.uniform1f(this.symbols.at('u_bold'), 1.6);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.drawn);
    gl.bindVertexArray(null);
  }

  private drawLines(
    gl: WebGL2RenderingContext,
    program: Program,
    seconds: number,
    dash: number,
    width: number,
  ) {
    gl.uniform1f(program.at('u_seconds'), seconds);
    gl.uniform1f(program.at('u_dash'), dash);
    gl.uniform1f(program.at('u_width'), width);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.drawn);
  }

  private setCommon(gl: WebGL2RenderingContext, program: Program, frame: Frame): void {
    gl.uniformMatrix4fv(program.at('u_matrix'), false, this.store.anchor.matrix(frame.engineMatrix));
    gl.uniform2f(program.at('u_screen'), frame.widthPx / frame.ratio, frame.heightPx / frame.ratio);
    gl.uniform3fv(program.at('u_colours'), frame.colours.tracks.flatMap(rgb));
  }

  // Sends the instances, but only when something in them changed.
  private upload(gl: WebGL2RenderingContext): void {
    const of = [this.store.version, this.selected, this.hovered, this.tentative].join();
    if (of === this.builtOf) return;
    this.builtOf = of;
    if (this.bytes.byteLength < this.store.count * strideBytes)
      this.bytes = new ArrayBuffer(this.store.count * strideBytes * 2);
    this.drawn = this.build();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Uint8Array(this.bytes, 0, this.drawn * strideBytes), gl.DYNAMIC_DRAW);
  }

  isShown(slot: number): boolean {
    const { state, id } = this.store.col;
    if (id[slot] === this.selected) return true;
    return this.tentative || (state[slot] & stateBit.stageMask) !== stage.tentative;
  }

  private build(): number {
    const floats = new Float32Array(this.bytes);
    const bytes = new Uint8Array(this.bytes);
    let n = 0;
    for (let slot = 0; slot < this.store.count; ++slot)
      if (this.isShown(slot)) this.put(slot, n++, floats, bytes);
    return n;
  }

  private put(slot: number, n: number, floats: Float32Array, bytes: Uint8Array): void {
    const { col } = this.store;
    const at = n * (strideBytes / 4);
    const symbol = symbolOf(col.kind[slot], col.state[slot], col.judged[slot]);
    const heading = directionOf(col.headingDeg[slot], col.courseDeg[slot]);
    const course = (col.courseDeg[slot] * Math.PI) / 180;
    const lost = (symbol.marks & mark.cross) !== 0;
    const known = !lost && symbol.shape !== shape.dot && !Number.isNaN(course);
    const speed = known && col.speedMps[slot] > 0 ? col.speedMps[slot] * mercatorScale(col.latDeg[slot]) : 0;
    floats[at] = col.x[slot];
    floats[at + 1] = col.y[slot];
    floats[at + 2] = speed > 0 ? speed * Math.sin(course) : 0;
    floats[at + 3] = speed > 0 ? -speed * Math.cos(course) : 0;
    floats[at + 4] = Number.isNaN(heading) ? 0 : heading;
    const id = col.id[slot];
    // A heading line is for what sends a heading; a course is told by the vector.
    const directed = !lost && !Number.isNaN(col.headingDeg[slot]);
    const byte = n * strideBytes + 20;
    bytes[byte] = symbol.shape;
    bytes[byte + 1] = symbol.colour;
    bytes[byte + 2] =
      symbol.marks |
      (id === this.selected ? mark.selected : 0) |
      (id === this.hovered ? mark.hovered : 0) |
      (directed ? 0 : mark.noDirection);
    bytes[byte + 3] = col.quality[slot];
  }
}

// SPDX-License-Identifier: Apache-2.0
// Names and numbers beside the tracks. Positions follow the tracks in every frame; which labels are shown is decided
// four times a second.
import type { TrackStore } from '../store/tracks';
import { shape, symbolOf } from '../symbols/circ243';
import { LabelAtlas } from './labelAtlas';
import { declutter, type Placed, type Wish } from './labels';
import { PictureLayer, type Frame } from './pictureLayer';
import { Program, rgb } from './program';

const vertex = `
uniform mat4 u_matrix;
uniform vec2 u_screen;
uniform float u_ratio;
uniform vec3 u_colours[8];
in vec2 a_place;
in vec4 a_box; // left, top, width, height about the place, CSS pixels
in vec4 a_word; // in the atlas
in float a_colour;
out vec2 v_at;
flat out vec3 v_colour;
void main() {
  const vec2 corners[4] = vec2[4](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(1, 1));
  vec2 corner = corners[gl_VertexID];
  vec4 clip = u_matrix * vec4(a_place, 0.0, 1.0);
  vec2 pixels = (clip.xy / clip.w * vec2(0.5, -0.5) + 0.5) * u_screen + a_box.xy;
  pixels = floor(pixels * u_ratio + 0.5) / u_ratio + corner * a_box.zw;
  v_at = mix(a_word.xy, a_word.zw, corner);
  v_colour = u_colours[int(a_colour)];
  gl_Position = vec4((pixels / u_screen - 0.5) * vec2(2.0, -2.0), 0.0, 1.0);
}`;

const fragment = `
uniform sampler2D u_atlas;
uniform vec3 u_halo;
in vec2 v_at;
flat in vec3 v_colour;
out vec4 colour;
void main() {
  vec2 word = texture(u_atlas, v_at).rg;
  colour = vec4(v_colour, 1.0) * word.g + vec4(u_halo, 1.0) * word.r * 0.75 * (1.0 - word.g);
}`;

const floatsEach = 11;
const decideEveryS = 0.25;
const wishesMost = 800;
const labelsMost = 300;

export class LabelLayer extends PictureLayer {
  visible = true;
  selected: number | null = null;
  hovered: number | null = null;
  shown = new Map<number, Placed>();
  private readonly atlas = new LabelAtlas();
  private program: Program | null = null;
  private array: WebGLVertexArrayObject | null = null;
  private buffer: WebGLBuffer | null = null;
  private readonly data = new Float32Array(labelsMost * floatsEach);
  private decidedS = 0;
  private decidedScale = 0;

  constructor(
    private readonly store: TrackStore,
    private readonly isShown: (slot: number) => boolean,
  ) {
    super('labels');
  }

  protected override start(gl: WebGL2RenderingContext): void {
    this.program = new Program(gl, vertex, fragment, ['a_place', 'a_box', 'a_word', 'a_colour']);
    this.atlas.start(gl);
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const [at, size, offset] of [
      [0, 2, 0],
      [1, 4, 8],
      [2, 4, 24],
      [3, 1, 40],
    ]) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, 4 * floatsEach, offset);
      gl.vertexAttribDivisor(at, 1);
    }
    gl.bindVertexArray(null);
  }

  protected override stop(gl: WebGL2RenderingContext): void {
    this.program?.delete();
    this.atlas.stop(gl);
    gl.deleteVertexArray(this.array);
    gl.deleteBuffer(this.buffer);
  }

  protected override draw(gl: WebGL2RenderingContext, frame: Frame): void {
    if (!this.visible || !this.program) {
      this.shown.clear();
      return;
    }
    gl.activeTexture(gl.TEXTURE0);
    this.atlas.setRatio(Math.min(2, frame.ratio));
    const matrix = this.store.anchor.matrix(frame.engineMatrix);
    const zoomed = Math.abs(matrix[0] / this.decidedScale - 1) > 0.02;
    if (zoomed || frame.nowS - this.decidedS > decideEveryS) {
      this.decide(gl, frame, matrix);
      this.decidedS = frame.nowS;
      this.decidedScale = matrix[0];
    }
    const count = this.build(gl);
    if (count === 0) return;
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.data.subarray(0, count * floatsEach), gl.DYNAMIC_DRAW);
    this.program.use();
    gl.bindTexture(gl.TEXTURE_2D, this.atlas.texture);
    gl.uniform1i(this.program.at('u_atlas'), 0);
    gl.uniformMatrix4fv(this.program.at('u_matrix'), false, matrix);
    gl.uniform2f(this.program.at('u_screen'), frame.widthPx / frame.ratio, frame.heightPx / frame.ratio);
    gl.uniform1f(this.program.at('u_ratio'), frame.ratio);
    gl.uniform3fv(this.program.at('u_colours'), frame.colours.tracks.flatMap(rgb));
    gl.uniform3fv(this.program.at('u_halo'), rgb(frame.colours.halo));
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.bindVertexArray(null);
  }

  private textOf(slot: number): string {
    const { name, label } = this.store.nameOf(this.store.col.id[slot]);
    return name ?? label;
  }

  private importance(slot: number, form: number): number {
    const id = this.store.col.id[slot];
    if (id === this.selected) return 9;
    if (id === this.hovered) return 8;
    if (form === shape.both) return 3;
    if (form === shape.circle || form === shape.ownShip) return 2;
    return form === shape.triangle || form === shape.aircraft ? 2 : 1;
  }

  private decide(gl: WebGL2RenderingContext, frame: Frame, m: Float32Array): void {
    const [width, height] = [frame.widthPx / frame.ratio, frame.heightPx / frame.ratio];
    const wishes: Wish[] = [];
    const { col, count } = this.store;
    for (let slot = 0; slot < count; ++slot) {
      if (!this.isShown(slot)) continue;
      const form = symbolOf(col.kind[slot], col.state[slot]).shape;
      const id = col.id[slot];
      if (form === shape.dot && id !== this.selected && id !== this.hovered) continue;
      const w = m[3] * col.x[slot] + m[7] * col.y[slot] + m[15];
      const x = ((m[0] * col.x[slot] + m[4] * col.y[slot] + m[12]) / w / 2 + 0.5) * width;
      const y = (0.5 - (m[1] * col.x[slot] + m[5] * col.y[slot] + m[13]) / w / 2) * height;
      if (!(x > -50 && x < width + 50 && y > -20 && y < height + 20)) continue;
      wishes.push({ id, x, y, width: 0, height: 0, importance: this.importance(slot, form) });
    }
    if (wishes.length > wishesMost) {
      wishes.sort((a, b) => b.importance - a.importance);
      wishes.length = wishesMost;
    }
    for (const wish of wishes) {
      const word = this.atlas.word(gl, this.textOf(this.store.slotOf(wish.id) as number));
      wish.width = word.width;
      wish.height = word.height;
    }
    this.shown = new Map(declutter(wishes, this.shown, labelsMost).map((placed) => [placed.id, placed]));
  }

  private build(gl: WebGL2RenderingContext): number {
    const { col } = this.store;
    let n = 0;
    for (const placed of this.shown.values()) {
      const slot = this.store.slotOf(placed.id);
      if (slot === undefined) continue;
      const word = this.atlas.word(gl, this.textOf(slot));
      const { colour } = symbolOf(col.kind[slot], col.state[slot]);
      this.data.set(
        [
          col.x[slot],
          col.y[slot],
          placed.dx,
          placed.dy,
          word.width,
          word.height,
          word.u0,
          word.v0,
          word.u1,
          word.v1,
          colour,
        ],
        n * floatsEach,
      );
      n += 1;
    }
    return n;
  }
}

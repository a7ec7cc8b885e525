// SPDX-License-Identifier: Apache-2.0
// Round dots that fade: past positions and plots. A dot is x, y (Mercator metres about the anchor), age, colour.
import type { Anchor } from '../geo/mercator';
import { PictureLayer, type Frame } from './pictureLayer';
import { Program, rgb } from './program';

const vertex = `
uniform mat4 u_matrix;
uniform float u_size; // device pixels
uniform float u_now, u_life;
uniform vec3 u_colours[9];
in vec2 a_place;
in float a_age;
in float a_colour;
out vec4 v_colour;
void main() {
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_PointSize = u_size;
  float left = clamp(1.0 - (u_now + a_age) / u_life, 0.0, 1.0);
  v_colour = vec4(u_colours[int(a_colour)], 1.0) * left;
  if (left <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

const fragment = `
uniform float u_size;
in vec4 v_colour;
out vec4 colour;
void main() {
  float d = length(gl_PointCoord - 0.5) * u_size;
  colour = v_colour * clamp(u_size * 0.5 - d, 0.0, 1.0);
}`;

export const dotFloats = 4;

export interface Dots {
  data: Float32Array;
  count: number;
  version: number; // changes with the data
  nowS: number; // added to each age
  lifeS: number; // age at which a dot is gone
  sizePx: number;
}

export class PointLayer extends PictureLayer {
  visible = true;
  private program: Program | null = null;
  private array: WebGLVertexArrayObject | null = null;
  private buffer: WebGLBuffer | null = null;
  private sent = -1;

  constructor(
    id: string,
    private readonly anchor: () => Anchor,
    private readonly dots: (frame: Frame) => Dots,
  ) {
    super(id);
  }

  protected override start(gl: WebGL2RenderingContext): void {
    this.program = new Program(gl, vertex, fragment, ['a_place', 'a_age', 'a_colour']);
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.sent = -1;
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const [at, size, offset] of [
      [0, 2, 0],
      [1, 1, 8],
      [2, 1, 12],
    ]) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, 4 * dotFloats, offset);
    }
    gl.bindVertexArray(null);
  }

  protected override stop(gl: WebGL2RenderingContext): void {
    this.program?.delete();
    gl.deleteVertexArray(this.array);
    gl.deleteBuffer(this.buffer);
  }

  protected override draw(gl: WebGL2RenderingContext, frame: Frame): void {
    if (!this.visible || !this.program) return;
    const dots = this.dots(frame);
    if (dots.count === 0) return;
    gl.bindVertexArray(this.array);
    if (dots.version !== this.sent) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
      gl.bufferData(gl.ARRAY_BUFFER, dots.data.subarray(0, dots.count * dotFloats), gl.DYNAMIC_DRAW);
      this.sent = dots.version;
    }
    this.program.use();
    gl.uniformMatrix4fv(this.program.at('u_matrix'), false, this.anchor().matrix(frame.engineMatrix));
    gl.uniform1f(this.program.at('u_size'), dots.sizePx * frame.ratio);
    gl.uniform1f(this.program.at('u_now'), dots.nowS);
    gl.uniform1f(this.program.at('u_life'), dots.lifeS);
    gl.uniform3fv(this.program.at('u_colours'), [...frame.colours.tracks, frame.colours.plot].flatMap(rgb));
    gl.drawArrays(gl.POINTS, 0, dots.count);
    gl.bindVertexArray(null);
  }
}

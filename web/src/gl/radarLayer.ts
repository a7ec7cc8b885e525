// SPDX-License-Identifier: Apache-2.0
// Radar video: polar texture on a geodesic polar mesh; a second, one-row-a-spoke texture holds the afterglow.
import { Anchor, mercatorScale } from '../geo/mercator';
import { PictureLayer, type Frame } from './pictureLayer';
import { polarMesh } from './polarMesh';
import { Program, prepareUpload, rgb } from './program';
import type { PolarVideo } from './video';

const vertex = `
uniform mat4 u_matrix;
uniform float u_scale;
in vec4 a_corner;
out vec2 v_polar;
void main() {
  v_polar = a_corner.zw;
  gl_Position = u_matrix * vec4(a_corner.xy * u_scale, 0.0, 1.0);
}`;

const fragment = `
uniform sampler2D u_video;
uniform sampler2D u_fade;
uniform vec3 u_low, u_high, u_wake;
uniform float u_level;
in vec2 v_polar;
out vec4 colour;
// The largest amplitude under this pixel: zoomed out, a cell is smaller than a pixel, and a small boat must not fall
// between the samples.
vec2 largest() {
  vec2 size = vec2(textureSize(u_video, 0));
  vec2 reach = vec2(length(vec2(dFdx(v_polar.x), dFdy(v_polar.x))), length(vec2(dFdx(v_polar.y), dFdy(v_polar.y))));
  ivec2 taps = ivec2(clamp(ceil(reach * size - 0.2), vec2(1.0), vec2(4.0, 2.0)));
  vec2 most = vec2(0.0);
  for (int j = 0; j < taps.y; ++j)
    for (int i = 0; i < taps.x; ++i) {
      vec2 off = (vec2(i, j) + 0.5) / vec2(taps) - 0.5;
      most = max(most, textureLod(u_video, v_polar + off * reach, 0.0).rg);
    }
  return most;
}
void main() {
  vec2 amplitude = largest();
  vec2 left = texture(u_fade, vec2(0.5, v_polar.y)).rg;
  vec2 seen = clamp((amplitude - u_level) / max(0.02, 1.0 - u_level), 0.0, 1.0);
  float echo = pow(seen.r, 0.7) * left.r;
  float wake = pow(seen.g, 0.7) * left.g * 0.7;
  vec4 top = vec4(mix(u_low, u_high, seen.r), 1.0) * min(1.0, echo * 1.15);
  vec4 below = vec4(u_wake, 1.0) * wake;
  colour = top + below * (1.0 - top.a);
}`;

// Between rebuilds the mesh is only scaled to the new latitude; by then that is good to a metre.
const meshReachDeg = 0.02;

interface OnCard {
  layout: number;
  latDeg: number;
  video: WebGLTexture;
  fade: WebGLTexture;
  fadeBytes: Uint8Array;
  array: WebGLVertexArrayObject;
  corners: WebGLBuffer;
  indices: WebGLBuffer;
  count: number;
}

export class RadarLayer extends PictureLayer {
  readonly videos = new Map<number, PolarVideo>();
  afterglowS = 5;
  wakeS = 0;
  level = 0.1;
  visible = true;
  private program: Program | null = null;
  private readonly onCard = new Map<number, OnCard>();

  constructor() {
    super('radar-video');
  }

  protected override start(gl: WebGL2RenderingContext): void {
    this.program = new Program(gl, vertex, fragment, ['a_corner']);
  }

  protected override stop(gl: WebGL2RenderingContext): void {
    this.program?.delete();
    for (const card of this.onCard.values()) this.release(gl, card);
    this.onCard.clear();
  }

  // Takes a radar off the picture, as when the server no longer names it.
  keepOnly(ids: Set<number>): void {
    for (const id of [...this.videos.keys()]) if (!ids.has(id)) this.videos.delete(id);
  }

  protected override draw(gl: WebGL2RenderingContext, frame: Frame): void {
    for (const [id, card] of this.onCard)
      if (!this.videos.has(id)) {
        this.release(gl, card);
        this.onCard.delete(id);
      }
    if (!this.visible || !this.program) return;
    this.program.use();
    gl.uniform3fv(this.program.at('u_low'), rgb(frame.colours.echoLow));
    gl.uniform3fv(this.program.at('u_high'), rgb(frame.colours.echoHigh));
    gl.uniform3fv(this.program.at('u_wake'), rgb(frame.colours.wake));
    gl.uniform1f(this.program.at('u_level'), this.level);
    gl.uniform1i(this.program.at('u_video'), 0);
    gl.uniform1i(this.program.at('u_fade'), 1);
    for (const [id, video] of this.videos) if (video.azimuths > 0) this.drawOne(gl, frame, id, video);
    gl.bindVertexArray(null);
    gl.activeTexture(gl.TEXTURE0);
  }

  private drawOne(gl: WebGL2RenderingContext, frame: Frame, id: number, video: PolarVideo): void {
    const card = this.upload(gl, id, video);
    video.fade(frame.nowS, this.afterglowS, this.wakeS, card.fadeBytes);
    prepareUpload(gl);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, card.fade);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 1, video.azimuths, gl.RG, gl.UNSIGNED_BYTE, card.fadeBytes);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, card.video);
    const program = this.program as Program;
    const anchor = new Anchor({ lonDeg: video.lonDeg, latDeg: video.latDeg });
    gl.uniformMatrix4fv(program.at('u_matrix'), false, anchor.matrix(frame.engineMatrix));
    gl.uniform1f(program.at('u_scale'), mercatorScale(video.latDeg) / mercatorScale(card.latDeg));
    gl.bindVertexArray(card.array);
    gl.drawElements(gl.TRIANGLES, card.count, gl.UNSIGNED_INT, 0);
  }

  private upload(gl: WebGL2RenderingContext, id: number, video: PolarVideo): OnCard {
    let card = this.onCard.get(id);
    const moved = card && Math.abs(card.latDeg - video.latDeg) > meshReachDeg;
    if (!card || card.layout !== video.layout || moved) {
      if (card) this.release(gl, card);
      video.takeDirty();
      card = this.create(gl, video);
      this.onCard.set(id, card);
      return card;
    }
    prepareUpload(gl);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, card.video);
    for (const [first, end] of video.takeDirty()) {
      const bytes = video.texels.subarray(2 * first * video.cells, 2 * end * video.cells);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, first, video.cells, end - first, gl.RG, gl.UNSIGNED_BYTE, bytes);
    }
    return card;
  }

  private create(gl: WebGL2RenderingContext, video: PolarVideo): OnCard {
    const far = video.firstRangeM + video.cells * video.cellM;
    const mesh = polarMesh(video, video.firstRangeM, far);
    const array = gl.createVertexArray();
    const corners = gl.createBuffer();
    const indices = gl.createBuffer();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, corners);
    gl.bufferData(gl.ARRAY_BUFFER, mesh.corners, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 16, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.indices, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
    const fadeBytes = new Uint8Array(2 * video.azimuths);
    return {
      layout: video.layout,
      latDeg: video.latDeg,
      video: this.texture(gl, video.cells, video.azimuths, video.texels, gl.LINEAR),
      fade: this.texture(gl, 1, video.azimuths, fadeBytes, gl.NEAREST),
      fadeBytes,
      array,
      corners,
      indices,
      count: mesh.indices.length,
    };
  }

  private texture(
    gl: WebGL2RenderingContext,
    width: number,
    height: number,
    texels: Uint8Array,
    filter: number,
  ): WebGLTexture {
    const texture = gl.createTexture();
    prepareUpload(gl);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG8, width, height, 0, gl.RG, gl.UNSIGNED_BYTE, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.REPEAT); // azimuth goes around
    return texture;
  }

  private release(gl: WebGL2RenderingContext, card: OnCard): void {
    gl.deleteTexture(card.video);
    gl.deleteTexture(card.fade);
    gl.deleteBuffer(card.corners);
    gl.deleteBuffer(card.indices);
    gl.deleteVertexArray(card.array);
  }
}

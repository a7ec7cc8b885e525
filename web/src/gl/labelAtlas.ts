// SPDX-License-Identifier: Apache-2.0
// Words as pictures: one texture with every label in use; red is the halo, green the letters, so that a change of
// palette costs nothing. When it is full it begins anew with what is on screen.
import { prepareUpload } from './program';

export interface Word {
  width: number; // CSS pixels
  height: number;
  u0: number;
  v0: number;
  u1: number;
  v1: number;
}

const side = 2048; // device pixels; the least that WebGL2 promises
const fontPx = 12;
const heightPx = 17;
const padPx = 3;

export class LabelAtlas {
  texture: WebGLTexture | null = null;
  private readonly words = new Map<string, Word>();
  private readonly canvas = document.createElement('canvas');
  private ratio = 0;
  private x = 0;
  private y = 0;

  start(gl: WebGL2RenderingContext): void {
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, side, side);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
    this.clear();
  }

  stop(gl: WebGL2RenderingContext): void {
    gl.deleteTexture(this.texture);
  }

  clear(): void {
    this.words.clear();
    this.x = 0;
    this.y = 0;
  }

  setRatio(ratio: number): void {
    if (ratio === this.ratio) return;
    this.ratio = ratio;
    this.clear();
  }

  word(gl: WebGL2RenderingContext, text: string): Word {
    const known = this.words.get(text);
    if (known) return known;
    const context = this.canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    const font = `${fontPx * this.ratio}px B612, "DejaVu Sans", sans-serif`;
    context.font = font;
    const pad = padPx * this.ratio;
    const width = Math.min(side, Math.ceil(context.measureText(text).width + 2 * pad));
    const height = Math.ceil(heightPx * this.ratio);
    if (this.x + width > side) {
      this.x = 0;
      this.y += height;
    }
    if (this.y + height > side) this.clear();
    this.paint(context, text, font, width, height, pad);
    prepareUpload(gl);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, this.x, this.y, gl.RGBA, gl.UNSIGNED_BYTE, this.canvas);
    const word: Word = {
      width: width / this.ratio,
      height: height / this.ratio,
      u0: this.x / side,
      v0: this.y / side,
      u1: (this.x + width) / side,
      v1: (this.y + height) / side,
    };
    this.x += width;
    this.words.set(text, word);
    return word;
  }

  private paint(
    context: CanvasRenderingContext2D,
    text: string,
    font: string,
    width: number,
    height: number,
    pad: number,
  ): void {
    this.canvas.width = width;
    this.canvas.height = height;
    context.font = font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    context.strokeStyle = '#f00';
    context.lineWidth = 3 * this.ratio;
    context.strokeText(text, pad, height / 2);
    context.globalCompositeOperation = 'lighter';
    context.fillStyle = '#0f0';
    context.fillText(text, pad, height / 2);
    context.globalCompositeOperation = 'source-over';
  }
}

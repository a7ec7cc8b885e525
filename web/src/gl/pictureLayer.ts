// SPDX-License-Identifier: Apache-2.0
// What our layers share: they live in the map engine's WebGL2 context and draw in its pass, but know of the engine only
// its matrix (Mercator 0..1 to clip space, double precision) and the size of the canvas.
import type { CustomLayerInterface, CustomRenderMethodInput, Map } from 'maplibre-gl';
import type { PictureColours } from '../map/palette';
import { localTimeS } from '../wire/clock';
import { prepareState } from './program';

export interface Frame {
  engineMatrix: ArrayLike<number>;
  widthPx: number; // device pixels
  heightPx: number;
  ratio: number; // device pixels a CSS pixel
  nowS: number; // local time
  colours: PictureColours;
}

export abstract class PictureLayer implements CustomLayerInterface {
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  colours: PictureColours | null = null;
  // For those who need the engine's matrix outside a frame (picking).
  onFrame: ((frame: Frame) => void) | null = null;

  constructor(readonly id: string) {}

  onAdd(_map: Map, gl: WebGL2RenderingContext): void {
    this.start(gl);
  }

  onRemove(_map: Map, gl: WebGL2RenderingContext): void {
    this.stop(gl);
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (!this.colours) return;
    prepareState(gl);
    const frame: Frame = {
      engineMatrix: input.defaultProjectionData.mainMatrix,
      widthPx: gl.drawingBufferWidth,
      heightPx: gl.drawingBufferHeight,
      ratio: gl.drawingBufferWidth / Math.max(1, (gl.canvas as HTMLCanvasElement).clientWidth),
      nowS: localTimeS(),
      colours: this.colours,
    };
    this.draw(gl, frame);
    this.onFrame?.(frame);
  }

  protected abstract start(gl: WebGL2RenderingContext): void;
  protected abstract stop(gl: WebGL2RenderingContext): void;
  protected abstract draw(gl: WebGL2RenderingContext, frame: Frame): void;
}

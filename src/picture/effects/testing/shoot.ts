import { readFileSync } from 'node:fs';
import { compiledPath } from '../../../compiled.ts';
import type { FrameView } from '../../render/layout.ts';
import { convertToYuv, type YuvPlanes } from '../../render/planes.ts';
import type { Size } from '../../render/size.ts';
import { createEffectPainter } from '../painter.ts';
import type { Place } from '../place.ts';

const module = new WebAssembly.Module(readFileSync(compiledPath('../kernel/effects.wasm', import.meta.url)));

/** Empty planes of a size, whose rows follow each other. */
function emptyFrame({ width, height }: Size): FrameView {
  const plane = (count: number) => new Uint8Array(count);
  const quarter = (width * height) / 4;
  return {
    width,
    height,
    stride: width,
    luma: plane(4 * quarter),
    blueChroma: plane(quarter),
    redChroma: plane(quarter),
  };
}

/** Interleaved RGB as planes. */
export function toPlanes(rgb: Uint8Array, size: Size): YuvPlanes {
  const planes = emptyFrame(size);
  convertToYuv(rgb, planes);
  return planes;
}

/** What is filmed. */
export interface Take {
  code: string;
  picture: YuvPlanes;
  place: Place;
  seed?: number;
  strength?: number;
  /** Length of the clip. Default 5. */
  seconds?: number;
}

/** Draws the frames of an effect at these times, as large as the picture. */
export function shoot({ code, picture, place, seed = 1, strength = 1, seconds = 5 }: Take, times: number[]) {
  const timing = { frameCount: 24 * seconds, framesPerSecond: 24 };
  const film = { code, place, seed, strength };
  const paint = createEffectPainter(module, picture, picture, film, timing);
  return times.map((time) => {
    const frame = emptyFrame(picture);
    paint(Math.round(24 * time), frame);
    return frame;
  });
}

import { scaleRgb } from '../../media/decode-picture.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import { fromInterleaved, type RgbImage } from '../../picture/image.ts';
import { type CameraPath, cameraPath } from '../../picture/render/camera.ts';
import { type Fit, fitPath } from '../../picture/render/fit.ts';
import { cutOut, type NearLayer } from '../../picture/render/near-layer.ts';
import { limitSlope, type Relief, softenSteps } from '../../picture/render/relief.ts';
import type { Size } from '../../picture/render/size.ts';
import { readScene, type Scene } from '../../picture/scene.ts';

/** Long side of the picture that depth and regions are found on, in pixels; the cues' radii are tuned to it. */
const ANALYSIS_SIDE = 384;
/** Long side of the relief and the regions that the renderer reads: finer than the mesh needs. */
const RELIEF_SIDE = 640;
/** Long side of the picture that a near layer's border is drawn on. */
const MATTE_SIDE = 1280;

const scaledTo = (size: Size, longSide: number): Size => {
  const scale = Math.min(1, longSide / Math.max(size.width, size.height));
  return {
    width: Math.max(2, Math.round(size.width * scale)),
    height: Math.max(2, Math.round(size.height * scale)),
  };
};

async function shrink(rgb: Uint8Array, size: Size, longSide: number): Promise<RgbImage> {
  const small = scaledTo(size, longSide);
  return fromInterleaved(await scaleRgb(rgb, size, small), small.width, small.height);
}

/** Reads a decoded picture: how deep it is and what is in it. `rgb` is interleaved 8-bit sRGB of the given size. */
export async function readPicture(rgb: Uint8Array, size: Size): Promise<Scene> {
  return readScene(await shrink(rgb, size, ANALYSIS_SIDE), await shrink(rgb, size, RELIEF_SIDE));
}

/** How the camera's way fits into a picture. */
export interface FilmPlan {
  relief: Relief;
  near: NearLayer | null;
  fit: Fit;
}

/** How far near things move against far ones in the whole path, as a fraction of the width. */
function largestShift(path: CameraPath): number {
  let shift = 0;
  for (let index = 0; index <= 16; index++) {
    const pose = path(index / 16);
    shift = Math.max(shift, Math.hypot(pose.truckX, pose.truckY) + 0.5 * Math.abs(pose.dolly));
  }
  return shift;
}

/** Parts near from far where that can be done cleanly, and fits the shot into the picture. */
export async function planFilm(rgb: Uint8Array, size: Size, scene: Scene, shot: Shot): Promise<FilmPlan> {
  const path = cameraPath(shot);
  const shift = largestShift(path);
  const near =
    shift > 0 && scene.depth.subject ? cutOut(scene, await shrink(rgb, size, MATTE_SIDE), shift) : null;
  const isTorn = scene.depth.subject !== null && near === null;
  const whole = isTorn
    ? limitSlope(softenSteps(scene.disparity), 2 * shift)
    : limitSlope(scene.disparity, shift);
  return {
    relief: near?.behind ?? whole,
    near,
    fit: fitPath(path, whole, size.width / size.height),
  };
}

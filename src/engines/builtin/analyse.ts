import { scaleRgb } from '../../media/decode-picture.ts';
import { estimateDepth } from '../../picture/depth/estimate.ts';
import { upsampleDepth } from '../../picture/depth/upsample.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import { fromInterleaved } from '../../picture/image.ts';
import { type CameraPath, cameraPath } from '../../picture/render/camera.ts';
import { type Fit, fitPath } from '../../picture/render/fit.ts';
import { limitSlope, type Relief } from '../../picture/render/relief.ts';
import type { Size } from '../../picture/render/size.ts';

/** Long side of the picture that depth is estimated on, in pixels; the cues' radii are tuned to it. */
const ANALYSIS_SIDE = 384;
/** Long side of the relief that the renderer reads: finer than the mesh needs. */
const RELIEF_SIDE = 640;

const scaledTo = (size: Size, longSide: number): Size => {
  const scale = Math.min(1, longSide / Math.max(size.width, size.height));
  return {
    width: Math.max(2, Math.round(size.width * scale)),
    height: Math.max(2, Math.round(size.height * scale)),
  };
};

/** Everything the warp needs to know about a picture and a shot. */
export interface FilmPlan {
  relief: Relief;
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

/**
 * Reads a decoded picture: how deep it is, and how the camera's way fits into it.
 *
 * @param rgb interleaved 8-bit sRGB of the given size
 */
export async function analysePicture(rgb: Uint8Array, size: Size, shot: Shot): Promise<FilmPlan> {
  const small = scaledTo(size, ANALYSIS_SIDE);
  const large = scaledTo(size, RELIEF_SIDE);
  const smallImage = fromInterleaved(await scaleRgb(rgb, size, small), small.width, small.height);
  const largeImage = fromInterleaved(await scaleRgb(rgb, size, large), large.width, large.height);
  const depth = estimateDepth(smallImage);
  const disparity = upsampleDepth(smallImage, depth, largeImage);
  // Depth that may be wrong shows most when things move against each other: the less it is trusted, the flatter.
  const trust = 0.6 + 0.4 * depth.confidence;
  for (let index = 0; index < disparity.length; index++) disparity[index] = disparity[index]! * trust;
  const path = cameraPath(shot);
  const relief = limitSlope({ ...large, disparity }, largestShift(path));
  return { relief, fit: fitPath(path, relief, size.width / size.height) };
}

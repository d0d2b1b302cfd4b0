import type { DepthMap } from './depth/depth-map.ts';
import { estimateDepth } from './depth/estimate.ts';
import { createView, type View } from './depth/view.ts';
import type { RgbImage } from './image.ts';
import { applyGuided, createGuide, type Guide, guidedCoefficients } from './pixels/guided.ts';
import type { Plane } from './pixels/plane.ts';
import { clamp01 } from './pixels/smoothstep.ts';

/** A picture and what is known of it. */
export interface Scene {
  /** The picture at 384 pixels, with what the cues of depth and the search for regions share. */
  view: View;
  depth: DepthMap;
  /** The picture at 640 pixels. */
  image: RgbImage;
  /** Nearness at that size, 0–1; flatter the less it is trusted. */
  disparity: Plane;
  /** Brings a mask of the size of {@link view} (0–1) to that of {@link image}, its border drawn to the contours. */
  refine(mask: Float32Array): Plane;
}

/**
 * Reads a picture.
 *
 * @param small about 384 pixels on the long side; the cues' radii are tuned to it
 * @param image the same picture at about 640 pixels
 */
export function readScene(small: RgbImage, image: RgbImage): Scene {
  const depth = estimateDepth(small);
  const guide = createGuide(small, 3, 3e-4);
  const disparity = refineTo(guide, depth.disparity, image);
  // Depth that may be wrong shows most when things move against each other: the less it is trusted, the flatter.
  const trust = 0.6 + 0.4 * depth.confidence;
  for (let pixel = 0; pixel < disparity.values.length; pixel++) disparity.values[pixel]! *= trust;
  return {
    view: createView(small),
    depth,
    image,
    disparity,
    refine: (mask) => refineTo(guide, mask, image),
  };
}

/** A plane of the guide's size at the size of a larger version of its picture, edges on edges, held in 0–1. */
export function refineTo(guide: Guide, plane: Float32Array, image: RgbImage): Plane {
  const values = applyGuided(guidedCoefficients(guide, plane), image);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = clamp01(values[pixel]!);
  return { width: image.width, height: image.height, values };
}

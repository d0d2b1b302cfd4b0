import type { DepthMap } from './depth/depth-map.ts';
import { estimateDepth } from './depth/estimate.ts';
import { createView, type View } from './depth/view.ts';
import type { RgbImage } from './image.ts';
import { findComponents } from './pixels/components.ts';
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
  /** Where the sun or the brightest lamp stands, in fractions of width and height; null when nothing glares. */
  sun: { x: number; y: number } | null;
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
    sun: findGlare(image),
    refine: (mask) => refineTo(guide, mask, image),
  };
}

/** A plane of the guide's size at the size of a larger version of its picture, edges on edges, held in 0–1. */
export function refineTo(guide: Guide, plane: Float32Array, image: RgbImage): Plane {
  const values = applyGuided(guidedCoefficients(guide, plane), image);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = clamp01(values[pixel]!);
  return { width: image.width, height: image.height, values };
}

/** The middle of the largest spot that is burnt out; null when there is none, or so much that it is no lamp. */
function findGlare({ width, height, red, green }: RgbImage): Scene['sun'] {
  const burnt = red.map((value, pixel) => (Math.min(value, green[pixel]!) > 0.985 ? 1 : 0));
  const { labels, parts } = findComponents(burnt, width, height);
  const largest = parts.reduce(
    (best, { area }, index) => (area > (parts[best]?.area ?? 0) ? index : best),
    0,
  );
  const area = parts[largest]?.area ?? 0;
  if (area < 0.0004 * width * height || area > 0.05 * width * height) return null;
  let x = 0;
  let y = 0;
  labels.forEach((label, pixel) => {
    if (label !== largest + 1) return;
    x += (pixel % width) / width / area;
    y += Math.floor(pixel / width) / height / area;
  });
  return { x, y };
}

import type { DepthMap } from './depth/depth-map.ts';
import { estimateDepth } from './depth/estimate.ts';
import { createView, type View } from './depth/view.ts';
import { isGraphic } from './graphic.ts';
import type { RgbImage } from './image.ts';
import { findComponents } from './pixels/components.ts';
import {
  applyGuided,
  createGuide,
  type Guide,
  type GuidedCoefficients,
  guidedCoefficients,
} from './pixels/guided.ts';
import type { Plane } from './pixels/plane.ts';
import { clamp01 } from './pixels/smoothstep.ts';

/** What a painted picture knows about itself. */
export type KnownRegion = 'water' | 'fire' | 'light';

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
  /** Where things are for certain, at the size of {@link view}: in a picture that was painted here. */
  known: Partial<Record<KnownRegion, Float32Array>>;
  /**
   * Brings a mask of the size of {@link view} (0–1) to that of {@link image}, or of a finer copy of it, its border drawn to
   * the contours. The same mask gives the same plane: it must not be written to.
   */
  refine(mask: Float32Array, finer?: RgbImage): Plane;
}

/** How near a picture without depth hangs before the camera, all of it. */
const SHEET = 0.4;

/**
 * Reads a picture.
 *
 * @param small about 384 pixels on the long side; the cues' radii are tuned to it
 * @param image the same picture at about 640 pixels
 */
export function readScene(small: RgbImage, image: RgbImage): Scene {
  const view = createView(small);
  const depth = estimateDepth(view);
  const guide = createGuide(small, 3, 3e-4);
  const disparity = refineTo(guide, depth.disparity, image);
  // Depth that may be wrong shows most when things move against each other: the less it is trusted, the flatter.
  const trust = 0.6 + 0.4 * depth.confidence;
  for (let pixel = 0; pixel < disparity.values.length; pixel++) disparity.values[pixel]! *= trust;
  if (isGraphic(image)) disparity.values.fill(SHEET);
  return {
    view,
    depth,
    image,
    disparity,
    sun: findGlare(image),
    known: {},
    refine: createRefine(guide, image, new Map()),
  };
}

/** What is known of a picture for certain, at two sizes. */
export interface Knowledge {
  depth: DepthMap;
  /** Of the size of the larger picture. */
  disparity: Plane;
  /** Regions and the sky at the size of the smaller picture, each with itself at the larger one's. */
  masks: Partial<Record<KnownRegion | 'sky', { small: Float32Array; large: Plane }>>;
}

/** A picture of which everything is known, as {@link readScene} would give it. */
export function knownScene(small: RgbImage, image: RgbImage, knowledge: Knowledge): Scene {
  const { depth, disparity, masks } = knowledge;
  const guide = createGuide(small, 3, 3e-4);
  const exact = new Map(Object.values(masks).map(({ small, large }) => [small, large]));
  const { water, fire, light } = masks;
  return {
    view: createView(small),
    depth,
    image,
    disparity,
    sun: findGlare(image),
    known: {
      ...(water && { water: water.small }),
      ...(fire && { fire: fire.small }),
      ...(light && { light: light.small }),
    },
    refine: createRefine(guide, image, exact),
  };
}

/** Refines each mask once, and fits it to the guide once. `known` are masks whose planes are at hand. */
function createRefine(guide: Guide, image: RgbImage, known: Map<Float32Array, Plane>): Scene['refine'] {
  const fits = new Map<Float32Array, GuidedCoefficients>();
  const grow = (mask: Float32Array, target: RgbImage): Plane => {
    const fit = fits.get(mask) ?? guidedCoefficients(guide, mask);
    fits.set(mask, fit);
    return readPlane(fit, target);
  };
  return (mask, finer) => {
    if (finer) return grow(mask, finer);
    const plane = known.get(mask) ?? grow(mask, image);
    known.set(mask, plane);
    return plane;
  };
}

/** A plane of the guide's size at the size of a larger version of its picture, edges on edges, held in 0–1. */
export function refineTo(guide: Guide, plane: Float32Array, image: RgbImage): Plane {
  return readPlane(guidedCoefficients(guide, plane), image);
}

function readPlane(fit: GuidedCoefficients, image: RgbImage): Plane {
  const values = applyGuided(fit, image);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = clamp01(values[pixel]!);
  return { width: image.width, height: image.height, values };
}

/** The middle of the largest spot that is burnt out; null when there is none, or so much that it is no lamp. */
function findGlare({ width, height, red, green }: RgbImage): Scene['sun'] {
  const burnt = new Float32Array(red.length);
  for (let pixel = 0; pixel < burnt.length; pixel++) {
    burnt[pixel] = red[pixel]! > 0.985 && green[pixel]! > 0.985 ? 1 : 0;
  }
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

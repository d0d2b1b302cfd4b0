import type { RgbImage } from '../image.ts';
import { boxMean } from './box.ts';
import { blendRows, resizeAxis } from './resize.ts';

/** A picture's colours within windows around each pixel: what every plane filtered by the picture has in common. */
export interface Guide {
  image: RgbImage;
  /** Half the window, in pixels. */
  radius: number;
  /** Mean red, green and blue of each window. */
  means: [red: Float32Array, green: Float32Array, blue: Float32Array];
  /** The inverse of the colours' covariance in each window, symmetric: rr, rg, rb, gg, gb, bb. */
  inverse: [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
}

/** A plane as a local linear function of a picture's colours: value = red·R + green·G + blue·B + offset. */
export interface GuidedCoefficients {
  width: number;
  height: number;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  offset: Float32Array;
}

/**
 * Measures a picture's colours within windows of 2 × radius + 1 pixels. `epsilon` (a variance of colours in [0, 1])
 * says how weak an edge may be and still be kept: 1e-3 keeps contours, 1e-2 only strong ones.
 */
export function createGuide(image: RgbImage, radius: number, epsilon: number): Guide {
  const { red, green, blue } = image;
  const meanRed = boxMean(red, image.width, image.height, radius);
  const meanGreen = boxMean(green, image.width, image.height, radius);
  const meanBlue = boxMean(blue, image.width, image.height, radius);
  const redRed = meanProduct(image, red, red, radius);
  const redGreen = meanProduct(image, red, green, radius);
  const redBlue = meanProduct(image, red, blue, radius);
  const greenGreen = meanProduct(image, green, green, radius);
  const greenBlue = meanProduct(image, green, blue, radius);
  const blueBlue = meanProduct(image, blue, blue, radius);
  for (let pixel = 0; pixel < red.length; pixel++) {
    const r = meanRed[pixel]!;
    const g = meanGreen[pixel]!;
    const b = meanBlue[pixel]!;
    const rr = redRed[pixel]! - r * r + epsilon;
    const rg = redGreen[pixel]! - r * g;
    const rb = redBlue[pixel]! - r * b;
    const gg = greenGreen[pixel]! - g * g + epsilon;
    const gb = greenBlue[pixel]! - g * b;
    const bb = blueBlue[pixel]! - b * b + epsilon;
    // The inverse by cofactors.
    const irr = gg * bb - gb * gb;
    const irg = gb * rb - rg * bb;
    const irb = rg * gb - gg * rb;
    const scale = 1 / (rr * irr + rg * irg + rb * irb);
    redRed[pixel] = irr * scale;
    redGreen[pixel] = irg * scale;
    redBlue[pixel] = irb * scale;
    greenGreen[pixel] = (rr * bb - rb * rb) * scale;
    greenBlue[pixel] = (rb * rg - rr * gb) * scale;
    blueBlue[pixel] = (rr * gg - rg * rg) * scale;
  }
  return {
    image,
    radius,
    means: [meanRed, meanGreen, meanBlue],
    inverse: [redRed, redGreen, redBlue, greenGreen, greenBlue, blueBlue],
  };
}

/**
 * Fits a plane of the picture's size to its colours.
 * He, Sun and Tang, "Guided image filtering", 2010 (the colour form, equations 19–21).
 */
export function guidedCoefficients(guide: Guide, plane: Float32Array): GuidedCoefficients {
  const { image, radius } = guide;
  const { width, height } = image;
  const [meanRed, meanGreen, meanBlue] = guide.means;
  const [irr, irg, irb, igg, igb, ibb] = guide.inverse;
  const red = meanProduct(image, image.red, plane, radius);
  const green = meanProduct(image, image.green, plane, radius);
  const blue = meanProduct(image, image.blue, plane, radius);
  const offset = boxMean(plane, width, height, radius);
  for (let pixel = 0; pixel < offset.length; pixel++) {
    const mean = offset[pixel]!;
    const r = meanRed[pixel]!;
    const g = meanGreen[pixel]!;
    const b = meanBlue[pixel]!;
    const withRed = red[pixel]! - r * mean;
    const withGreen = green[pixel]! - g * mean;
    const withBlue = blue[pixel]! - b * mean;
    const ofRed = irr[pixel]! * withRed + irg[pixel]! * withGreen + irb[pixel]! * withBlue;
    const ofGreen = irg[pixel]! * withRed + igg[pixel]! * withGreen + igb[pixel]! * withBlue;
    const ofBlue = irb[pixel]! * withRed + igb[pixel]! * withGreen + ibb[pixel]! * withBlue;
    red[pixel] = ofRed;
    green[pixel] = ofGreen;
    blue[pixel] = ofBlue;
    offset[pixel] = mean - ofRed * r - ofGreen * g - ofBlue * b;
  }
  for (const values of [red, green, blue, offset]) boxMean(values, width, height, radius, values);
  return { width, height, red, green, blue, offset };
}

/** Smooths a plane so that its edges lie where the picture's edges lie. */
export function guidedFilter(guide: Guide, plane: Float32Array): Float32Array {
  const { image } = guide;
  const { red, green, blue, offset } = guidedCoefficients(guide, plane);
  for (let pixel = 0; pixel < offset.length; pixel++) {
    offset[pixel]! +=
      red[pixel]! * image.red[pixel]! +
      green[pixel]! * image.green[pixel]! +
      blue[pixel]! * image.blue[pixel]!;
  }
  return offset;
}

/**
 * Reads coefficients with a picture of any size: the result has that size and edges where the picture has them,
 * although the coefficients are coarse. He and Sun, "Fast guided filter", 2015.
 * Results may leave the range of the filtered plane a little.
 */
export function applyGuided(coefficients: GuidedCoefficients, image: RgbImage): Float32Array {
  const { width, height } = coefficients;
  const out = new Float32Array(image.width * image.height);
  const across = resizeAxis(width, image.width);
  const down = resizeAxis(height, image.height);
  const red = new Float32Array(width);
  const green = new Float32Array(width);
  const blue = new Float32Array(width);
  const offset = new Float32Array(width);
  for (let y = 0, pixel = 0; y < image.height; y++) {
    blendRows(coefficients.red, width, down, y, red);
    blendRows(coefficients.green, width, down, y, green);
    blendRows(coefficients.blue, width, down, y, blue);
    blendRows(coefficients.offset, width, down, y, offset);
    for (let x = 0; x < image.width; x++, pixel++) {
      const first = across.first[x]!;
      const second = across.second[x]!;
      const later = across.fraction[x]!;
      const earlier = 1 - later;
      out[pixel] =
        (red[first]! * earlier + red[second]! * later) * image.red[pixel]! +
        (green[first]! * earlier + green[second]! * later) * image.green[pixel]! +
        (blue[first]! * earlier + blue[second]! * later) * image.blue[pixel]! +
        (offset[first]! * earlier + offset[second]! * later);
    }
  }
  return out;
}

function meanProduct(
  { width, height }: RgbImage,
  one: Float32Array,
  other: Float32Array,
  radius: number,
): Float32Array {
  const product = new Float32Array(one.length);
  for (let pixel = 0; pixel < product.length; pixel++) product[pixel] = one[pixel]! * other[pixel]!;
  return boxMean(product, width, height, radius, product);
}

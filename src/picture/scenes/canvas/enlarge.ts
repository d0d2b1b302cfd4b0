import { resizeBilinear } from '../../pixels/resize.ts';
import { type Canvas, createCanvas, type View } from './canvas.ts';

/**
 * The same painting on a larger canvas. Colours and masks are interpolated; distances are not, as there is nothing
 * between a tree and the sky behind it.
 */
export function enlarge(canvas: Canvas, width: number, height: number, view: View): Canvas {
  if (width === canvas.width && height === canvas.height) return canvas;
  const large = createCanvas(width, height, view);
  const grow = (plane: Float32Array) => resizeBilinear(plane, canvas.width, canvas.height, width, height);
  for (let row = 0, pixel = 0; row < height; row++) {
    const from = Math.floor(((row + 0.5) * canvas.height) / height) * canvas.width;
    for (let column = 0; column < width; column++, pixel++) {
      large.distance[pixel] = canvas.distance[from + Math.floor(((column + 0.5) * canvas.width) / width)]!;
    }
  }
  large.red = grow(canvas.red);
  large.green = grow(canvas.green);
  large.blue = grow(canvas.blue);
  large.regions = canvas.regions.map((plane) =>
    plane.some((value) => value > 0) ? grow(plane) : new Float32Array(width * height),
  );
  for (const [name, plane] of canvas.veils) large.veils.set(name, grow(plane));
  return large;
}

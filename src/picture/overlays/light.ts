import type { Yuv } from './draw-sprite.ts';
import type { Moment } from './overlay.ts';

/**
 * Adds a soft light to a frame: `brightnessAt` says how bright it is (0–1) at each point, given in heights of the frame
 * from its upper left corner. Interpolated between the nodes of the mesh, so it has to be smooth.
 */
export function shine(
  { kernel, place, frame }: Moment,
  colour: Yuv,
  brightnessAt: (x: number, y: number) => number,
): void {
  const { block, columns, rows } = kernel.mesh;
  const steps = [colour[0] - 16, colour[1] - 128, colour[2] - 128].map((value) => 256 * value);
  for (let row = 0, node = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, node++) {
      const brightness = brightnessAt((column * block) / frame.height, (row * block) / frame.height);
      for (let plane = 0; plane < 3; plane++) kernel.light[plane]![node] = brightness * steps[plane]!;
    }
  }
  kernel.drawLight(place);
}

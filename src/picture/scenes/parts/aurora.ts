import { blur } from '../../pixels/box.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { regionPlane, veil } from '../canvas/canvas.ts';
import { colour, mixColours } from '../canvas/colour.ts';
import { fractal, noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/**
 * Paints curtains of northern lights: folded paths seen from below, every point of which throws a vertical ray. Folds
 * that face the painter pile up and become bright by themselves. Painted at half the width of the canvas, then
 * spread in two radii.
 */
export function paintAurora({ canvas, plan, seconds }: Easel, seed: number): void {
  // Curtains fold slowly; the rays in them run along much faster.
  const folding = seconds * 0.035;
  const running = seconds * 0.5;
  const { height, horizon } = canvas;
  const width = Math.ceil(canvas.width / 2);
  const rows = Math.min(height, Math.ceil(horizon));
  const count = width * rows;
  const planes = [new Float32Array(count), new Float32Array(count), new Float32Array(count)] as const;
  const tint = plan.palette.find(({ region }) => region === 'sky');
  const low = tint ? colour(tint.hex) : colour(0x35ffa0);
  const middle = tint ? mixColours(colour(tint.hex), colour(0x2fd9c0), 0.4) : colour(0x2fd9c0);
  const high = colour(0x9a55ff);
  for (let band = 0; band < 3; band++) {
    const strength = [1, 0.6, 0.45][band]! * 0.2;
    const steps = width * 10;
    let lastX = 0;
    for (let step = 0; step < steps; step++) {
      const along = (step / steps) * 2 - 0.5;
      const x =
        (along +
          fractal(along * 5 + folding, band * 7 + folding, seed + band, 3) * 0.1 +
          fractal(along * 15 - 2 * folding, band * 7 + 3 + 2 * folding, seed + band + 9, 2) * 0.022) *
        width;
      const column = Math.round(x);
      const stretch = Math.abs(x - lastX) / ((width * 2) / steps);
      lastX = x;
      if (column < 0 || column >= width || step === 0) continue;
      const foot =
        horizon -
        height *
          (0.16 +
            0.12 * band +
            0.3 * fractal(along * 1.9 + 0.5 * folding, band * 3.1 + folding, seed + 20 + band, 3) +
            (band === 0 ? 0.12 * (along - 0.2) : -0.15 * (along - 0.6)));
      const fold =
        Math.min(1.6, stretch * 1.3) *
        (0.72 +
          0.5 * fractal(along * 26 + 0.6 * running, band + 0.4 * running, seed + 40, 3) +
          0.25 * noise(along * 90 + running, band + running, seed + 44)) **
          2 *
        smoothstep(-0.75, 0.3, fractal(along * 3 + 4, band * 5 + 0.25 * running, seed + 60, 2));
      const long =
        height *
        (0.18 +
          0.22 *
            Math.max(
              0,
              Math.min(1, 0.5 + fractal(along * 7 + 2 * folding, band + 2 + 4 * folding, seed + 50, 2)),
            ));
      const first = Math.max(0, Math.floor(foot - long * 1.6));
      const last = Math.min(rows, foot + height * 0.02);
      for (let row = first; row < last; row++) {
        const rise = (foot - row) / long;
        const fading =
          rise < 0 ? Math.exp(-rise * rise * 600) : Math.exp(-rise * 2.6) * (1 - smoothstep(1, 1.6, rise));
        const light = fading * fold * strength;
        if (light < 1e-4) continue;
        const teal = smoothstep(0.05, 0.35, rise);
        const violet = smoothstep(0.3, 0.95, rise);
        const at = row * width + column;
        for (let channel = 0; channel < 3; channel++) {
          const green = low[channel]! + (middle[channel]! - low[channel]!) * teal;
          planes[channel]![at]! += light * (green + (high[channel]! - green) * violet);
        }
      }
    }
  }
  addLight(canvas, planes, width, rows);
}

function addLight(
  canvas: Easel['canvas'],
  planes: readonly [Float32Array, Float32Array, Float32Array],
  width: number,
  rows: number,
): void {
  const near = Math.max(1, Math.round(canvas.unit * 0.7));
  const wide = Math.max(2, Math.round(canvas.unit * 18));
  const lights = veil(canvas, 'cloud');
  const sky = regionPlane(canvas, 'sky');
  const targets = [canvas.red, canvas.green, canvas.blue] as const;
  planes.forEach((plane, channel) => {
    const sharp = blur(plane, width, rows, near);
    const soft = blur(plane, width, rows, wide);
    const target = targets[channel]!;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < canvas.width; column++) {
        const position = Math.max(0, column / 2 - 0.25);
        const left = Math.min(width - 2, position | 0);
        const share = Math.min(1, position - left);
        const at = row * width + left;
        const light =
          0.8 * (sharp[at]! + (sharp[at + 1]! - sharp[at]!) * share) +
          0.6 * (soft[at]! + (soft[at + 1]! - soft[at]!) * share);
        const pixel = row * canvas.width + column;
        const seen = light * sky[pixel]!;
        target[pixel]! += seen;
        if (channel === 1) lights[pixel] = Math.max(lights[pixel]!, Math.min(1, seen * 2));
      }
    }
  });
}

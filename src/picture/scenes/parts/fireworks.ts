import { between, createRandom } from '../../../random.ts';
import { veil } from '../canvas/canvas.ts';
import { colour } from '../canvas/colour.ts';
import type { Easel } from '../scene.ts';

const sparks = [0xffd27a, 0xff5a4a, 0x6ad0ff, 0xb07aff, 0x7affa0, 0xff9ad0].map(colour);

/** Paints bursts of fireworks in the upper part of the sky: trails that fall as they fade. */
export function paintFireworks({ canvas }: Easel, seed: number): void {
  const random = createRandom(seed);
  const { width, height, horizon, unit } = canvas;
  const shine = veil(canvas, 'light');
  for (let burst = 0; burst < 6; burst++) {
    const x = width * (0.12 + (0.76 * (burst + random())) / 6);
    const y = horizon * between(random, 0.16, 0.62);
    const reach = height * between(random, 0.07, 0.19);
    const paint = sparks[Math.floor(random() * sparks.length)]!;
    const tip = sparks[Math.floor(random() * sparks.length)]!;
    const rays = 70;
    for (let ray = 0; ray < rays; ray++) {
      const angle = random() * 2 * Math.PI;
      // Seen from the side, a ball of sparks is dense at its rim.
      const long = reach * Math.sqrt(1 - (random() * 0.9) ** 2) * between(random, 0.85, 1.05);
      const steps = Math.ceil(long * 1.6);
      for (let step = Math.floor(steps * 0.12); step < steps; step++) {
        const share = step / steps;
        const atX = x + Math.cos(angle) * long * share;
        const atY = y + Math.sin(angle) * long * share + reach * 0.16 * share * share;
        const column = Math.floor(atX);
        const row = Math.floor(atY);
        if (column < 0 || row < 0 || column >= width || row >= horizon) continue;
        const strength = (0.12 + 0.9 * share ** 3) / unit ** 0.2;
        const pixel = row * width + column;
        canvas.red[pixel]! += strength * (paint[0] + (tip[0] - paint[0]) * share);
        canvas.green[pixel]! += strength * (paint[1] + (tip[1] - paint[1]) * share);
        canvas.blue[pixel]! += strength * (paint[2] + (tip[2] - paint[2]) * share);
        shine[pixel] = Math.min(1, shine[pixel]! + strength);
      }
    }
  }
}

import { between, createRandom, deriveSeed } from '../../../random.ts';
import { veil } from '../canvas/canvas.ts';
import { luminance } from '../canvas/colour.ts';
import type { Easel } from '../scene.ts';

/** Paints falling flakes: many small and far, a few large and soft. `amount` 1 is a quiet snowfall. */
export function paintSnowfall({ canvas, light, seed, isFilmed }: Easel, amount: number): void {
  if (isFilmed) return;
  const { width, height, unit } = canvas;
  const random = createRandom(deriveSeed(seed, 'snowfall'));
  const mask = veil(canvas, 'mist');
  const brightness = Math.min(1.1, 0.25 + 1.1 * luminance(light.ambient));
  const count = Math.round(1500 * amount);
  for (let flake = 0; flake < count; flake++) {
    const x = random() * width;
    const y = random() * height;
    const nearness = random() ** 5;
    const radius = (0.7 + 4.5 * nearness) * unit * between(random, 0.8, 1.2);
    const alpha = 0.85 - 0.55 * nearness;
    for (let row = Math.max(0, Math.floor(y - radius)); row <= y + radius && row < height; row++) {
      for (
        let column = Math.max(0, Math.floor(x - radius));
        column <= x + radius && column < width;
        column++
      ) {
        const away = ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2) / (radius * radius);
        if (away >= 1) continue;
        const share = alpha * Math.min(1, (1 - away) * 1.4);
        const pixel = row * width + column;
        canvas.red[pixel]! += (brightness * 0.96 - canvas.red[pixel]!) * share;
        canvas.green[pixel]! += (brightness - canvas.green[pixel]!) * share;
        canvas.blue[pixel]! += (brightness * 1.05 - canvas.blue[pixel]!) * share;
        mask[pixel] = Math.max(mask[pixel]!, share);
      }
    }
  }
}

import { createRandom, deriveSeed } from '../../../random.ts';
import { boxMean } from '../../pixels/box.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import type { Easel } from '../scene.ts';

/** Paints streaks of rain: they show where there is light behind them. `amount` 1 is steady rain. */
export function paintRainfall({ canvas, seed, wind, isFilmed }: Easel, amount: number): void {
  if (isFilmed) return;
  const { width, height, unit, red, green, blue } = canvas;
  const random = createRandom(deriveSeed(seed, 'rainfall'));
  const small = Math.ceil(width / 8);
  const low = Math.ceil(height / 8);
  const behind = new Float32Array(small * low);
  for (let row = 0; row < low; row++) {
    for (let column = 0; column < small; column++) {
      const pixel = Math.min(height - 1, row * 8 + 4) * width + Math.min(width - 1, column * 8 + 4);
      behind[row * small + column] = Math.min(
        1.4,
        0.3 * red[pixel]! + 0.6 * green[pixel]! + 0.1 * blue[pixel]!,
      );
    }
  }
  boxMean(behind, small, low, 3, behind);
  const slant = 0.1 + 0.1 * wind;
  const count = Math.round(1600 * amount);
  for (let streak = 0; streak < count; streak++) {
    const nearness = random() ** 2;
    const x0 = random() * width * 1.2;
    const y0 = (random() * 1.2 - 0.2) * height;
    const long = height * (0.03 + 0.13 * nearness);
    const half = (0.35 + 0.6 * nearness) * unit;
    for (let step = 0; step < long; step++) {
      const row = Math.floor(y0 + step);
      if (row < 0 || row >= height) continue;
      const x = x0 - step * slant;
      const strength = Math.sin((step / long) * Math.PI) * 0.5 * (0.35 + 0.65 * nearness);
      for (let column = Math.max(0, Math.floor(x - half)); column <= x + half && column < width; column++) {
        const share = strength * smoothstep(half + 0.7, half - 0.5, Math.abs(column + 0.5 - x));
        const light = behind[(row >> 3) * small + (column >> 3)]! * 0.8 + 0.03;
        const pixel = row * width + column;
        red[pixel]! += light * share * 0.85;
        green[pixel]! += light * share * 0.95;
        blue[pixel]! += light * share * 1.1;
      }
    }
  }
}

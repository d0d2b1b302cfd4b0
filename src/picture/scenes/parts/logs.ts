import { between, createRandom } from '../../../random.ts';
import { clamp01 } from '../../pixels/smoothstep.ts';
import { type Canvas, cover } from '../canvas/canvas.ts';
import { fractal } from '../canvas/noise.ts';

/** Paints a pile of burning logs: round, charred, glowing where they crack. Positions and sizes in pixels. */
export function paintLogs(
  canvas: Canvas,
  { x, y, width, metres, seed }: { x: number; y: number; width: number; metres: number; seed: number },
): void {
  const random = createRandom(seed);
  const logs = [
    [-0.12, 0.0, 0.1],
    [0.16, 0.0, -0.12],
    [0.0, -0.13, 0.24],
    [0.05, -0.2, -0.3],
  ] as const;
  for (const [dx, dy, tilt] of logs) {
    const angle = tilt + between(random, -0.08, 0.08);
    const half = width * between(random, 0.34, 0.42);
    const radius = width * between(random, 0.055, 0.075);
    const centreX = x + dx * width;
    const centreY = y + dy * width;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    const salt = Math.floor(random() * 1e6);
    const reach = half + radius;
    for (
      let row = Math.max(0, Math.floor(centreY - reach));
      row < Math.min(canvas.height, centreY + reach);
      row++
    ) {
      for (
        let column = Math.max(0, Math.floor(centreX - reach));
        column < Math.min(canvas.width, centreX + reach);
        column++
      ) {
        const along = (column + 0.5 - centreX) * cosine + (row + 0.5 - centreY) * sine;
        const across = (row + 0.5 - centreY) * cosine - (column + 0.5 - centreX) * sine;
        const wide = radius * (1 + 0.12 * fractal(along / radius / 2, across / radius, salt, 2));
        const alpha = clamp01(wide - Math.abs(across) + 0.5) * clamp01(half - Math.abs(along) + 0.5);
        if (alpha <= 0) continue;
        const round = across / wide;
        const bark = fractal(along / radius / 1.6, round * 2.4, salt + 3, 4);
        const crack = Math.max(0, 1 - Math.abs(fractal(along / radius / 1.1, round * 1.7, salt + 9, 3)) * 9);
        // The fire burns above and behind: the upper edge is lit, the cracks glow.
        const lit = 0.02 + 0.22 * clamp01(-round) ** 2 * (0.8 + 0.6 * bark);
        const ember = crack * 1.6 * (0.4 + 0.6 * clamp01(0.6 - round));
        const pixel = row * canvas.width + column;
        cover(
          canvas,
          pixel,
          lit * 1.3 + ember * 1.5,
          lit * 0.6 + ember * 0.42,
          lit * 0.25 + ember * 0.06,
          alpha,
          metres,
          'land',
        );
      }
    }
  }
}

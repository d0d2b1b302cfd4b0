import { smoothstep } from '../../pixels/smoothstep.ts';
import { regionPlane, rowOf } from '../canvas/canvas.ts';
import { luminance } from '../canvas/colour.ts';
import type { Easel } from '../scene.ts';

/**
 * Darkens the ground beside something upright, away from the light: it makes a tree stand.
 *
 * @param column pixels from the left; `radius` half the width of the thing in metres
 */
export function paintShadow(
  { canvas, light }: Easel,
  column: number,
  metres: number,
  base: number,
  height: number,
  radius: number,
): void {
  const { width, distance } = canvas;
  const water = regionPlane(canvas, 'water');
  const key = luminance(light.keyColour);
  // Haze lies over the shadow too.
  const clear = Math.exp(-metres * light.hazePerMetre);
  const strength = (0.75 * key * clear * clear) / (key + luminance(light.ambient) * 0.9);
  const scale = canvas.focal / metres;
  const long = (height / Math.max(0.25, light.key[1])) * 0.55 * scale;
  const towards = -(Math.sign(light.key[0]) || 1);
  const middle = column + towards * long * 0.5;
  const halfX = long * 0.5 + radius * scale;
  const row = rowOf(canvas, metres, base);
  // A circle on the ground, seen from the eye's height, is that much flatter.
  const halfY = Math.max(1.5 * canvas.unit, (radius * 1.1 * scale * canvas.eye) / metres);
  for (let line = Math.max(0, Math.floor(row - halfY)); line <= row + halfY && line < canvas.height; line++) {
    const dy = (line + 0.5 - row) / halfY;
    for (let at = Math.max(0, Math.floor(middle - halfX)); at <= middle + halfX && at < width; at++) {
      const dx = (at + 0.5 - middle) / halfX;
      const away = Math.hypot(dx, dy);
      if (away >= 1) continue;
      const pixel = line * width + at;
      const ratio = distance[pixel]! / metres;
      if (ratio > 1.6 || ratio < 0.6 || water[pixel]! > 0.5) continue;
      const share = strength * smoothstep(1, 0.45, away);
      canvas.red[pixel]! *= 1 - share;
      canvas.green[pixel]! *= 1 - share * 0.94;
      canvas.blue[pixel]! *= 1 - share * 0.8;
    }
  }
}

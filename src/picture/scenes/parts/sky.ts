import { deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { veil } from '../canvas/canvas.ts';
import { skyColour } from '../canvas/light.ts';
import { fractal } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';
import { paintCloudPlane } from './cloud-plane.ts';
import { paintCumulus } from './cumulus.ts';
import { paintMilkyWay, paintStars } from './stars.ts';

/**
 * Paints the whole sky as its time and weather have it: gradient, sun or moon, stars, clouds. `grandeur` 1 is a sky
 * behind a landscape, more is one that is the subject itself: more and larger clouds. Stars may be left for later.
 */
export function paintSky(easel: Easel, grandeur = 1, hasStars = true): void {
  const { canvas, light, plan, seed } = easel;
  paintGradient(easel);
  if (light.stars > 0) {
    if (plan.features.includes('galaxy')) paintMilkyWay(canvas, light.stars, deriveSeed(seed, 'milky way'));
    if (hasStars) paintStars(canvas, light.stars, deriveSeed(seed, 'stars'));
  }
  paintDisc(easel);
  paintWeather(easel, grandeur);
}

/** Paints the bare light of the sky, above and below the horizon. */
export function paintGradient({ canvas, light }: Easel): void {
  const { width, height, focal, centre, horizon } = canvas;
  const ink = new Float64Array(3);
  for (let row = 0, pixel = 0; row < height; row++) {
    const up = (horizon - row - 0.5) / focal;
    for (let column = 0; column < width; column++, pixel++) {
      skyColour(light, (column + 0.5 - centre) / focal, up, 1, ink);
      canvas.red[pixel] = ink[0]!;
      canvas.green[pixel] = ink[1]!;
      canvas.blue[pixel] = ink[2]!;
    }
  }
}

/** Paints the sun's disc, or by night the moon's with its seas. */
function paintDisc({ canvas, light, plan, seed }: Easel): void {
  const { sun } = light;
  if (light.disc === 0 || sun[2] <= 0) return;
  const isMoon = plan.time === 'night';
  const x = canvas.centre + (sun[0] / sun[2]) * canvas.focal;
  const y = canvas.horizon - (sun[1] / sun[2]) * canvas.focal;
  const radius = light.disc * canvas.focal * (isMoon ? 1.25 : 1.15);
  const strength = isMoon ? 1.9 : 4;
  const shine = veil(canvas, 'light');
  for (let row = Math.max(0, Math.floor(y - radius - 1)); row <= y + radius + 1; row++) {
    if (row >= canvas.height) break;
    for (let column = Math.max(0, Math.floor(x - radius - 1)); column <= x + radius + 1; column++) {
      if (column >= canvas.width) break;
      const dx = (column + 0.5 - x) / radius;
      const dy = (row + 0.5 - y) / radius;
      const share = smoothstep(1.04, 0.95, Math.hypot(dx, dy));
      if (share === 0) continue;
      const seas = isMoon ? 1 - 0.45 * smoothstep(0, 0.5, fractal(dx * 1.4, dy * 1.4, seed, 4)) : 1;
      const pixel = row * canvas.width + column;
      const amount = strength * seas * share;
      canvas.red[pixel]! += light.sunColour[0] * amount;
      canvas.green[pixel]! += light.sunColour[1] * amount;
      canvas.blue[pixel]! += light.sunColour[2] * amount;
      shine[pixel] = Math.max(shine[pixel]!, share);
    }
  }
}

/** Clouds, as the weather has them. */
function paintWeather(easel: Easel, grandeur: number): void {
  const { plan, seed } = easel;
  const isDramatic = plan.mood.includes('dramatic');
  switch (plan.weather) {
    case 'clear':
      paintCloudPlane(easel, {
        cover: (isDramatic ? 0.02 : plan.time === 'night' ? 0.3 : 0.16) / grandeur ** 3,
        softness: 0.6,
        stretch: 2.6,
        most: plan.time === 'night' ? 0.35 : 0.8,
        seed: deriveSeed(seed, 'cirrus'),
      });
      break;
    case 'cloudy':
      paintCloudPlane(easel, {
        cover: 0.25 / grandeur ** 3,
        softness: 0.7,
        stretch: 2.6,
        most: 0.5,
        seed: deriveSeed(seed, 'cirrus'),
      });
      paintCumulus(easel, {
        rows: 5,
        size: (isDramatic ? 1.4 : 1) * grandeur,
        cover: grandeur,
        darkness: isDramatic ? 0.25 : 0,
      });
      break;
    case 'storm':
      paintCloudPlane(easel, {
        cover: -0.45,
        softness: 0.8,
        stretch: 1.6,
        most: 0.95,
        seed: deriveSeed(seed, 'deck'),
      });
      paintCumulus(easel, { rows: 5, size: 1.9, cover: 1.3, darkness: 0.55 });
      break;
    case 'overcast':
    case 'rain':
    case 'snow':
      paintCloudPlane(easel, {
        cover: -0.35,
        softness: 1.1,
        stretch: 1.7,
        most: 0.8,
        seed: deriveSeed(seed, 'deck'),
      });
      break;
    case 'fog':
      break;
  }
}

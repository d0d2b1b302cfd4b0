import { between, createRandom, deriveSeed } from '../../../random.ts';
import { smoothstep } from '../../pixels/smoothstep.ts';
import { regionPlane, rowOf, SKY_DISTANCE, veil } from '../canvas/canvas.ts';
import { colour, scaleColour } from '../canvas/colour.ts';
import { dab, span } from '../canvas/dab.ts';
import { litColour } from '../canvas/light.ts';
import { noise } from '../canvas/noise.ts';
import type { Feature } from '../plan.ts';
import type { Easel } from '../scene.ts';

/** Small things that the words add to any scene that has room for them, in the order in which they are painted. */
const painters: readonly [Feature, (easel: Easel) => void][] = [
  ['rainbow', paintRainbow],
  ['lightning', paintLightning],
  ['boat', paintBoat],
  ['birds', paintBirds],
  ['fireflies', paintFireflies],
];

/** Paints the small things that the plan lists. */
export function paintStaffage(easel: Easel): void {
  for (const [feature, paint] of painters) if (easel.plan.features.includes(feature)) paint(easel);
}

/** The primary bow, 42° around the point opposite the sun; here a part of it that rises from the land. */
function paintRainbow({ canvas, seed }: Easel): void {
  const random = createRandom(deriveSeed(seed, 'rainbow'));
  const size = Math.sqrt(canvas.width * canvas.height);
  const x0 = canvas.width * between(random, 0.4, 0.6);
  const radius = size * between(random, 0.5, 0.6);
  const wide = radius * 0.075;
  const sky = regionPlane(canvas, 'sky');
  for (let row = 0; row < Math.min(canvas.height, canvas.horizon + 2); row++) {
    for (let column = 0; column < canvas.width; column++) {
      const away = Math.hypot(column - x0, row - canvas.horizon - 0.1 * size);
      const band = (radius - away) / wide;
      if (band < -0.3 || band > 1.4) continue;
      const pixel = row * canvas.width + column;
      const strength = 0.26 * sky[pixel]! * smoothstep(-0.3, 0.1, band) * smoothstep(1.4, 0.9, band);
      // Red outside, violet inside.
      canvas.red[pixel]! +=
        strength * (Math.exp(-((band - 0.05) ** 2) * 9) + 0.4 * Math.exp(-((band - 1.05) ** 2) * 20));
      canvas.green[pixel]! += strength * 0.85 * Math.exp(-((band - 0.45) ** 2) * 9);
      canvas.blue[pixel]! += strength * 1.1 * Math.exp(-((band - 0.85) ** 2) * 9);
    }
  }
}

/** Seconds from the beginning to the first bolt, from one to the next, and until the sky is dark again. */
export const FIRST_BOLT = 0.6;
const NEXT_BOLT = 2.3;
const BOLT_FADES = 0.45;

/** How bright the bolt is at a moment of a film, 0–1: it strikes twice in quick succession, and fades. */
function boltLight(seconds: number): number {
  const since = (seconds - FIRST_BOLT + 100 * NEXT_BOLT) % NEXT_BOLT;
  if (since > BOLT_FADES) return 0;
  const again = since > 0.14 ? 0.8 * Math.exp(-(since - 0.14) / 0.09) : 0;
  return Math.max(Math.exp(-since / 0.05), again);
}

/** A forked bolt from the clouds to the horizon, and the flash around it. */
function paintLightning({ canvas, seed, seconds, isFilmed }: Easel): void {
  const power = isFilmed ? boltLight(seconds) : 1;
  if (power < 0.02) return;
  const random = createRandom(deriveSeed(seed, 'lightning'));
  const lights = veil(canvas, 'light');
  const sky = regionPlane(canvas, 'sky');
  const size = Math.sqrt(canvas.width * canvas.height);
  const x0 = canvas.width * between(random, 0.2, 0.8);
  const flash = (x: number, y: number) => {
    const reach = size * 0.34;
    for (let row = 0; row < canvas.height; row++) {
      for (let column = 0; column < canvas.width; column++) {
        const away = Math.hypot(column - x, (row - y) * 1.2) / reach;
        if (away > 1) continue;
        const pixel = row * canvas.width + column;
        const light = 0.2 * power * (1 - away) ** 2 * sky[pixel]!;
        canvas.red[pixel]! += light * 0.8;
        canvas.green[pixel]! += light * 0.8;
        canvas.blue[pixel]! += light * 1.1;
      }
    }
  };
  flash(x0, canvas.horizon * 0.2);
  const bolt = (x: number, y: number, until: number, thick: number, lean: number, salt: number) => {
    for (let row = Math.floor(y); row < until; row++) {
      const along = row - y;
      const at =
        x +
        lean * along +
        size * (0.035 * noise(along / size / 0.06, 1, salt) + 0.012 * noise(along / size / 0.014, 2, salt));
      for (let column = Math.floor(at - thick * 9); column <= at + thick * 9; column++) {
        if (row < 0 || column < 0 || row >= canvas.height || column >= canvas.width) continue;
        const pixel = row * canvas.width + column;
        if (canvas.distance[pixel]! < SKY_DISTANCE) continue;
        const away = Math.abs(column + 0.5 - at);
        const light = power * (3.2 * Math.exp(-((away / thick) ** 2)) + 0.22 * Math.exp(-away / (thick * 3)));
        canvas.red[pixel]! += light * 0.85;
        canvas.green[pixel]! += light * 0.88;
        canvas.blue[pixel]! += light * 1.1;
        lights[pixel] = Math.max(lights[pixel]!, Math.min(1, light));
      }
      if (thick > canvas.unit && random() < 0.012) {
        bolt(
          at,
          row,
          row + (until - row) * between(random, 0.25, 0.6),
          thick * 0.5,
          between(random, -0.9, 0.9),
          salt + row,
        );
      }
    }
  };
  bolt(x0, -2, canvas.horizon, 1.5 * canvas.unit, between(random, -0.15, 0.15), Math.floor(random() * 1e6));
}

/** A small sailing boat far out on the water. */
function paintBoat({ canvas, light, seed }: Easel): void {
  const water = regionPlane(canvas, 'water');
  const random = createRandom(deriveSeed(seed, 'boat'));
  const row = Math.round(canvas.horizon + canvas.height * between(random, 0.035, 0.055));
  const metres = (canvas.eye * canvas.focal) / (row - canvas.horizon);
  // Where there is water on that row, nearest to a place beside the middle.
  const wished = canvas.width * (0.5 + (random() < 0.5 ? -1 : 1) * between(random, 0.08, 0.2));
  let column = -1;
  for (let at = 0; at < canvas.width; at++) {
    if (water[row * canvas.width + at]! > 0.9 && Math.abs(at - wished) < Math.abs(column - wished))
      column = at;
  }
  if (column < 0) return;
  const scale = canvas.height * 0.0155;
  const matter = { distance: metres * 0.8, region: 'building' as const };
  const hull = litColour(light, colour(0x4a2f22), 0.8, 0.3, metres, 0);
  const sail = litColour(light, colour(0xf4ece0), 0.85, 0.35, metres, 0);
  const mast = litColour(light, colour(0x3a2a20), 0.8, 0.2, metres, 0);
  for (let line = 0; line < scale * 0.9; line++) {
    span(
      canvas,
      row - Math.floor(scale * 0.9) + line,
      column,
      scale * (2.4 - (0.8 * line) / scale),
      hull,
      1,
      matter,
    );
  }
  const deck = row - scale * 0.9;
  for (let up = 0; up < scale * 6.4; up++) {
    const share = up / (scale * 6.4);
    const line = Math.floor(deck - up);
    span(canvas, line, column, 0.5 * canvas.unit * 0.8, mast, 1, matter);
    if (share < 0.05 || share > 0.95) continue;
    const main = scale * 2 * (1 - share);
    span(canvas, line, column + main / 2 + canvas.unit, main / 2, sail, 1, matter);
    const jib = scale * 1.5 * (1 - share);
    span(canvas, line, column - jib / 2 - canvas.unit, jib / 2, scaleColour(sail, 0.85), 1, matter);
  }
  for (let line = 0; line < scale * 5; line++) {
    const broken = noise(line / canvas.unit / 2, 1, 9) * scale;
    span(canvas, row + line, column + broken, scale * (1.6 - line / scale / 4), scaleColour(sail, 0.8), 0.3, {
      ...matter,
      region: 'water',
    });
  }
}

/** A loose flock: two bent wings each. */
function paintBirds({ canvas, light, seed }: Easel): void {
  const random = createRandom(deriveSeed(seed, 'birds'));
  const paint = scaleColour(light.ambient, 0.07);
  const middleX = canvas.width * between(random, 0.3, 0.7);
  const middleY = Math.min(canvas.height * 0.4, canvas.horizon * between(random, 0.3, 0.5));
  const size = Math.sqrt(canvas.width * canvas.height);
  for (let bird = 0; bird < 11; bird++) {
    const x = middleX + between(random, -0.2, 0.2) * size;
    const y = middleY + between(random, -0.09, 0.09) * size;
    const wing = size * between(random, 0.006, 0.013);
    const beat = between(random, -0.15, 0.75);
    const bank = between(random, -0.2, 0.2);
    const matter = { distance: 60, region: 'land' as const };
    for (const side of [-1, 1]) {
      const steps = Math.ceil(wing * 2.5);
      for (let step = 0; step <= steps; step++) {
        const share = step / steps;
        const lift = beat * Math.sin(Math.min(1, share * 1.7) * 1.9) - 0.35 * share * share;
        const half = canvas.unit * 1.05 * (1 - 0.75 * share);
        dab(
          canvas,
          x + side * share * wing,
          y - (lift + side * bank * share) * wing,
          half,
          half,
          paint,
          1,
          matter,
        );
      }
    }
  }
}

/** Warm points that float above the ground. */
function paintFireflies({ canvas, seed, isFilmed }: Easel): void {
  if (isFilmed) return;
  const random = createRandom(deriveSeed(seed, 'fireflies'));
  const lights = veil(canvas, 'light');
  for (let fly = 0; fly < 110; fly++) {
    const x = random() * canvas.width;
    const metres = between(random, 4, 45);
    const y = rowOf(canvas, metres, between(random, 0.1, 3.5));
    const radius = Math.max(0.9 * canvas.unit, (0.055 / metres) * canvas.focal) * between(random, 0.8, 1.4);
    const reach = Math.ceil(radius * 6);
    for (let row = Math.floor(y) - reach; row <= y + reach; row++) {
      for (let column = Math.floor(x) - reach; column <= x + reach; column++) {
        if (row < 0 || column < 0 || row >= canvas.height || column >= canvas.width) continue;
        const pixel = row * canvas.width + column;
        if (canvas.distance[pixel]! < metres * 0.9) continue;
        const away = Math.hypot(column + 0.5 - x, row + 0.5 - y) / radius;
        const light = 1.7 * Math.exp(-away * away) + 0.28 * Math.exp(-away * 0.8);
        if (light < 0.005) continue;
        canvas.red[pixel]! += light;
        canvas.green[pixel]! += light * 0.86;
        canvas.blue[pixel]! += light * 0.22;
        lights[pixel] = Math.max(lights[pixel]!, Math.min(1, light * 0.7));
      }
    }
  }
}

import type { SceneGuess } from '../plan/sound-plan.ts';
import { readLuma, type SmallFrame } from './frame.ts';
import type { Motion } from './measure-motion.ts';

/** What colours and textures say, all 0–1. */
interface Look {
  /** Share of the lower half that is blue or blue-green. */
  blueBelow: number;
  /** Share of the whole that is green and textured. */
  green: number;
  /** Share that is bright orange or red on dark. */
  flame: number;
  /** Mean brightness. */
  light: number;
  /** Share of bright pixels among dark ones: lamps at night. */
  lamps: number;
  /** Share of grey. */
  grey: number;
}

/**
 * What a video seems to show, by colour, texture and movement; undefined when nothing speaks for anything. Confidence
 * grows with the share of the picture that agrees, and stays low for what colour alone says: a blue wall is no sea.
 */
export function guessScene(frames: readonly SmallFrame[], motion: Motion): SceneGuess | undefined {
  if (frames.length === 0) return undefined;
  const looks = [0, 0.25, 0.5, 0.75].map((part) => look(frames[Math.floor(part * (frames.length - 1))]!));
  const mean = (key: keyof Look) => looks.reduce((sum, each) => sum + each[key], 0) / looks.length;
  const moving = motion.energy.reduce((sum, value) => sum + value, 0) / motion.energy.length;
  const moves = Math.min(1, moving / 0.003);
  const flicker = Math.min(1, deviation(motion.brightness) / 0.008);
  const guesses: SceneGuess[] = [
    {
      generator: 'fire',
      confidence:
        Math.min(0.9, mean('flame') * 5) * (0.35 + 0.65 * Math.max(flicker, moves)) * (1 - mean('light')),
      why: 'bright orange that flickers in the dark',
    },
    { generator: 'ocean', confidence: mean('blueBelow') * (0.4 + 0.5 * moves), why: 'blue below that moves' },
    {
      generator: 'birds',
      confidence: Math.min(1, mean('green') * 1.3) * 0.75,
      why: 'leaves and grass in daylight',
    },
    {
      generator: 'insects',
      confidence: mean('light') < 0.12 && mean('lamps') < 0.01 ? 0.5 : 0,
      why: 'a dark picture without lamps',
    },
    {
      generator: 'city',
      confidence:
        Math.min(0.8, mean('lamps') * 8) * (mean('light') < 0.35 ? 1 : 0.3) * (0.5 + 0.5 * mean('grey')),
      why: 'lamps at night',
    },
  ];
  const best = guesses.reduce((first, second) => (second.confidence > first.confidence ? second : first));
  return best.confidence > 0.2 ? { ...best, confidence: Math.round(best.confidence * 100) / 100 } : undefined;
}

function look(frame: SmallFrame): Look {
  const { width, height, rgb } = frame;
  const luma = readLuma(frame);
  const pixels = width * height;
  const found: Look = { blueBelow: 0, green: 0, flame: 0, light: 0, lamps: 0, grey: 0 };
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [red, green, blue] = [rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!];
    const bright = luma[pixel]!;
    const next = luma[pixel + 1 < pixels ? pixel + 1 : pixel]!;
    const below = pixel >= pixels / 2;
    found.light += bright / 255 / pixels;
    if (below && blue > red * 1.25 && blue >= green * 0.85 && bright > 20) found.blueBelow += 2 / pixels;
    // Leaves differ from their neighbours, a painted wall does not.
    if (green > red * 1.08 && green > blue * 1.15 && Math.abs(bright - next) > 4) found.green += 1 / pixels;
    if (red > 170 && red > green * 1.25 && green > blue * 1.3) found.flame += 1 / pixels;
    if (bright > 200 && red > blue * 0.9) found.lamps += 1 / pixels;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) < 18) found.grey += 1 / pixels;
  }
  return found;
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

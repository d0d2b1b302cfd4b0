import { towards } from './over-time.ts';

/** Warmer light. */
export const warm = towards(
  'warm',
  'warm light,warm lighting,warm tone,warm color,warm colour,warmer,warm glow,warm sunlight,warm mood,warm atmosphere,warm tones,cozy light,cosy light,candlelight,candle light',
  { saturation: 1.08, blue: -11, red: 7 },
);

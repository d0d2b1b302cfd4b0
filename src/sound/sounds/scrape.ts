import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { moments } from './parts/moments.ts';
import { hill, seconds } from './parts/mono.ts';

/** Resonances in Hz, their Q, seconds per stroke, and the roughness of the surface in bumps per second. */
const surfaces: Record<
  string,
  { low: number; high: number; resonance: number; length: number; bumps: number }
> = {
  sand: { low: 1900, high: 5600, resonance: 0.7, length: 0.34, bumps: 500 },
  brush: { low: 2600, high: 7000, resonance: 0.6, length: 0.5, bumps: 220 },
  metal: { low: 2400, high: 6100, resonance: 9, length: 0.7, bumps: 140 },
  pencil: { low: 1300, high: 5200, resonance: 1.1, length: 0.16, bumps: 300 },
  wood: { low: 340, high: 1250, resonance: 3, length: 0.8, bumps: 90 },
};

/** One thing drawn over another: as quick as the hand, loud where it is fast, and ringing where the body rings. */
export const scrape = moments({
  name: 'scrape',
  summary: 'Scraping, rubbing, sanding, sweeping, writing, sharpening.',
  variants: ['wood', 'sand', 'brush', 'metal', 'pencil'],
  loudness: -22,
  words: {
    strong:
      'scrape scratch sandpaper sweep-floor sweep-broom broom write-with chalk file-nail sharpen scrub ' +
      'rub-against writing pencil-sketch shovel brush-teeth',
    weak: 'rub brush sweep write file draw drag pencil peel sand sharpening rasp comb dig planing',
    variants: {
      sand: 'sandpaper sand file sanding rasp nail',
      brush: 'brush broom sweep scrub comb teeth',
      metal: 'metal sharpen knife sword blade shovel steel grate',
      pencil: 'pencil write pen chalk draw',
      wood: 'wood drag scrape furniture chair floor',
    },
  },
  gap: { wood: 1.4, sand: 0.55, brush: 0.8, metal: 1.4, pencil: 0.3 },
  draw({ variant }, random) {
    const surface = surfaces[variant] ?? surfaces.wood!;
    const samples = seconds(surface.length * between(random, 0.75, 1.25));
    const body = new StateVariableFilter(surface.low * between(random, 0.94, 1.06), surface.resonance);
    const edge = new StateVariableFilter(surface.high * between(random, 0.94, 1.06), surface.resonance);
    const grain = driftCurve(samples.length, surface.bumps, random);
    for (let index = 0; index < samples.length; index++) {
      const speed = hill(index / samples.length, 0.25, 0.35);
      const rub = (random() - 0.5) * (0.3 + 1.4 * grain[index]! ** 2) * speed;
      samples[index] = (body.bandPass(rub) + edge.bandPass(rub) * 0.8) * Math.sqrt(surface.resonance);
    }
    return samples;
  },
});

import { between, type Random } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const mouth: Throat = {
  formants: [
    [600, 3, 1],
    [1400, 4, 0.8],
    [2600, 4, 0.4],
  ],
  breath: 1.6,
  rough: [45, 0.4],
};

/** What bodies do. */
export const cough = moments({
  name: 'cough',
  summary: 'A cough, a sneeze, a burp, a hiccup.',
  variants: ['cough', 'sneeze', 'burp', 'hiccup'],
  loudness: -20,
  words: {
    strong: 'cough sneeze burp belch hiccup clear-throat fart',
    weak: 'sniff sniffle',
    variants: {
      cough: 'cough clear throat',
      sneeze: 'sneeze sniff',
      burp: 'burp belch fart',
      hiccup: 'hiccup',
    },
  },
  gap: 2.2,
  draw({ variant }, random) {
    if (variant === 'sneeze') return sneeze(random);
    const samples = seconds(1.2);
    const base = between(random, 120, 190);
    if (variant === 'burp') {
      const deep: Throat = {
        ...mouth,
        formants: [
          [330, 3, 1],
          [850, 4, 0.7],
        ],
        breath: 0.4,
        rough: [36, 0.8],
      };
      addAt(samples, cry(deep, between(random, 0.4, 0.8), through(95, 80, 65), random), 0, 1);
      return samples;
    }
    if (variant === 'hiccup') {
      addAt(
        samples,
        cry({ ...mouth, breath: 0.2 }, 0.12, through(base * 1.5, base * 3), random, (part) =>
          hill(part, 0.3, 0.06),
        ),
        0,
        1,
      );
      return samples;
    }
    const coughs = 2 + Math.floor(random() * 2);
    for (let place = 0; place < coughs; place++) {
      const time = place * between(random, 0.3, 0.38);
      addBurst(
        samples,
        time,
        { frequency: 1300, resonance: 0.6, attack: 0.006, decay: 0.1, gain: 1 },
        random,
      );
      addAt(
        samples,
        cry(mouth, 0.2, through(base * 1.4, base), random, (part) => hill(part, 0.12, 0.7)),
        time + 0.02,
        1,
      );
    }
    return samples;
  },
});

/** The breath in, and out through teeth: "ah – tshoo". */
function sneeze(random: Random): Float32Array {
  const samples = seconds(1.2);
  const base = between(random, 180, 280);
  addAt(
    samples,
    cry({ ...mouth, breath: 2.5 }, 0.32, through(base, base * 1.5), random, (part) => hill(part, 0.8, 0.1)),
    0,
    0.35,
  );
  addBurst(samples, 0.38, { frequency: 4600, resonance: 0.7, attack: 0.01, decay: 0.32, gain: 1.3 }, random);
  addAt(
    samples,
    cry(mouth, 0.32, through(base * 1.7, base * 0.8), random, (part) => hill(part, 0.1, 0.7)),
    0.44,
    0.9,
  );
  return samples;
}

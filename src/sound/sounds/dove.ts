import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, glide, hill, seconds } from './parts/mono.ts';

/** Hollow calls of night and eaves: almost pure tones, made with a closed beak. */
export const dove = moments({
  name: 'dove',
  summary: 'Pigeons that coo, owls that hoot, a cuckoo.',
  variants: ['pigeon', 'owl', 'cuckoo'],
  loudness: -22,
  words: {
    strong: 'coo hoot owl cuckoo pigeon-coo pigeon-vocalize dove-coo',
    weak: 'pigeon dove',
    variants: { pigeon: 'pigeon dove coo', owl: 'owl hoot', cuckoo: 'cuckoo' },
  },
  gap: { pigeon: 1.9, owl: 3.2, cuckoo: 1.8 },
  draw({ variant }, random) {
    const samples = seconds(2.2);
    const notes: readonly (readonly [
      time: number,
      length: number,
      from: number,
      to: number,
      gain: number,
    ])[] =
      variant === 'owl'
        ? [
            [0, 0.4, 370, 350, 0.8],
            [0.75, 0.14, 355, 350, 0.5],
            [0.98, 0.9, 360, 340, 1],
          ]
        : variant === 'cuckoo'
          ? [
              [0, 0.18, 665, 650, 1],
              [0.35, 0.28, 530, 515, 0.9],
            ]
          : [
              [0, 0.28, 410, 450, 0.7],
              [0.4, 0.55, 480, 430, 1],
              [1.1, 0.35, 430, 400, 0.7],
            ];
    const size = between(random, 0.94, 1.06);
    const trembling = variant === 'pigeon' ? 0.5 : 0.08;
    for (const [time, length, from, to, gain] of notes) {
      const level = (part: number) =>
        hill(part, 0.2, 0.3) * (1 - trembling * (0.5 + 0.5 * Math.sin(2 * Math.PI * 24 * part * length)));
      addAt(
        samples,
        glide(length, (part) => (from + (to - from) * part) * size, level, [0.18, 0.05]),
        time,
        gain,
      );
      addBurst(
        samples,
        time,
        { frequency: 700, resonance: 1, attack: 0.06, decay: length, gain: 0.03 },
        random,
      );
    }
    return samples;
  },
});

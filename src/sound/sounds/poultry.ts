import { between, type Random } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, hill, seconds } from './parts/mono.ts';
import { cry, type Throat, through } from './parts/throat.ts';

const throats: Record<'hen' | 'duck', Throat> = {
  hen: {
    formants: [
      [950, 4, 1],
      [2100, 5, 0.7],
      [3400, 5, 0.3],
    ],
    breath: 0.15,
    rough: [45, 0.25],
  },
  duck: {
    formants: [
      [1150, 5, 1],
      [1900, 6, 0.8],
      [3000, 6, 0.5],
    ],
    breath: 0.1,
    rough: [60, 0.2],
  },
};

/** Birds of the yard and the pond. */
export const poultry = moments({
  name: 'poultry',
  summary: 'Hens that cluck, a rooster that crows, ducks that quack, geese that honk.',
  variants: ['hen', 'rooster', 'duck', 'goose'],
  loudness: -20,
  words: {
    strong: 'cluck rooster quack cock-a-doodle-doo rooster-crow chicken-cluck goose-honk duck-quack gobble',
    weak: 'chicken hen duck goose poultry turkey fowl swan pheasant mallard',
    variants: {
      hen: 'chicken hen cluck turkey gobble pheasant fowl poultry',
      rooster: 'rooster crowing cock',
      duck: 'duck quack mallard',
      goose: 'goose swan honk',
    },
  },
  gap: { hen: 0.9, rooster: 4, duck: 1.1, goose: 1.4 },
  draw({ variant }, random) {
    if (variant === 'rooster') return crow(random);
    const samples = seconds(1.5);
    const goose = variant === 'goose';
    const hen = variant === 'hen';
    const calls = hen ? 1 + Math.floor(random() * 3) : 1 + Math.floor(random() * 4);
    let time = 0;
    for (let call = 0; call < calls; call++) {
      const base = goose
        ? between(random, 420, 520)
        : hen
          ? between(random, 380, 620)
          : between(random, 190, 240);
      const length = goose
        ? between(random, 0.25, 0.4)
        : hen
          ? between(random, 0.06, 0.14)
          : between(random, 0.14, 0.22);
      const pitch = goose ? through(base * 0.7, base * 1.1, base) : through(base, base * 1.15, base * 0.8);
      const gain = 1 - 0.12 * call;
      addAt(samples, cry(hen ? throats.hen : throats.duck, length, pitch, random), time, gain);
      time += length + between(random, 0.05, 0.14);
    }
    return samples;
  },
});

/** Four notes, the third the highest and the last the longest. */
function crow(random: Random): Float32Array {
  const samples = seconds(2.3);
  const top = between(random, 820, 980);
  let time = 0;
  for (const [length, from, to] of [
    [0.16, 0.7, 0.8],
    [0.14, 0.78, 0.8],
    [0.45, 0.85, 1],
    [0.9, 0.98, 0.6],
  ] as const) {
    const pitch = through(top * from, top * to * 1.03, top * to);
    addAt(
      samples,
      cry({ ...throats.hen, rough: [35, 0.12] }, length, pitch, random, (part) => hill(part, 0.1, 0.3)),
      time,
      1,
    );
    time += length + 0.05;
  }
  return samples;
}

import { between } from '../../random.ts';
import { type Mode, materialModes } from '../dsp/modal.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

const hollow: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 0.09 },
  { ratio: 2.1, gain: 0.5, decay: 0.06 },
  { ratio: 3.9, gain: 0.3, decay: 0.035 },
];

/** Something wide and stiff that is struck softly. */
const boardModes = materialModes.wood.map((mode) => ({ ...mode, decay: mode.decay * 2.2 }));

/**
 * Lowest mode in Hz, contact in seconds, brightness of the slap in Hz; lowest mode of the table, the strings or the body
 * that it meets, 0 where that gives no tone.
 */
const balls: Record<
  string,
  { pitch: number; contact: number; slap: number; slapGain: number; ground: number }
> = {
  basketball: { pitch: 98, contact: 0.007, slap: 700, slapGain: 0.42, ground: 190 },
  small: { pitch: 1150, contact: 0.0009, slap: 4200, slapGain: 0.16, ground: 310 },
  racket: { pitch: 330, contact: 0.0035, slap: 1500, slapGain: 1.1, ground: 390 },
  billiard: { pitch: 2700, contact: 0.0002, slap: 6500, slapGain: 0.3, ground: 0 },
  punch: { pitch: 72, contact: 0.009, slap: 620, slapGain: 2.2, ground: 190 },
  pins: { pitch: 520, contact: 0.0008, slap: 2400, slapGain: 0.6, ground: 0 },
};

/** Balls and bodies: a hollow skin that gives way for some milliseconds, and the slap of what it meets. */
export const ball = moments({
  name: 'ball',
  summary: 'A ball that bounces or is hit; billiards, bowling; a punch or a fall.',
  variants: ['basketball', 'small', 'racket', 'billiard', 'punch', 'pins'],
  loudness: -19,
  words: {
    strong:
      'bounce dribble basketball ping-pong table-tennis tennis volleyball badminton billiard bowling punch ' +
      'boxing slap karate golf-ball football-kick kick-ball baseball soccer golf billiards play-hockey ' +
      'shot-football',
    weak: 'ball kick cricket-bat pool-table punching fist body-fall jump dart hockey lacrosse football',
    variants: {
      basketball: 'basketball dribble soccer football kick volleyball bounce',
      small: 'ping pong table-tennis',
      racket: 'tennis racket golf baseball badminton bat',
      billiard: 'billiard pool billiards marble',
      punch: 'punch boxing slap karate fist body fight',
      pins: 'bowling',
    },
  },
  follows: 'hit',
  gap: { basketball: 0.75, small: 0.6, racket: 1.3, billiard: 2.4, punch: 1.1, pins: 3.5 },
  draw({ variant }, random) {
    const kind = balls[variant] ?? balls.basketball!;
    const samples = seconds(1.2);
    const blows = variant === 'pins' ? 14 : variant === 'billiard' ? 3 : 1;
    for (let blow = 0; blow < blows; blow++) {
      const time = blow === 0 ? 0 : (variant === 'pins' ? 0.45 : 0.7) * random() ** 1.3;
      const gain = blow === 0 ? 1 : between(random, 0.2, 0.7);
      const pitch =
        kind.pitch * between(random, variant === 'pins' ? 0.7 : 0.95, variant === 'pins' ? 1.5 : 1.05);
      addAt(samples, strikeOnce(hollow, pitch, kind.contact, 0.4, random), time, gain);
      if (kind.ground > 0) {
        const ground = kind.ground * between(random, 0.95, 1.05);
        addAt(samples, strikeOnce(boardModes, ground, kind.contact * 1.5, 0.5, random), time, 1.2 * gain);
      }
      addBurst(
        samples,
        time,
        {
          frequency: kind.slap,
          resonance: 0.7,
          attack: kind.contact / 3,
          decay: 0.08,
          gain: gain * kind.slapGain,
        },
        random,
      );
    }
    if (variant === 'basketball') {
      // The air inside rings against the floor of a hall.
      addAt(samples, strikeOnce([{ ratio: 1, gain: 1, decay: 0.25 }], 640, 0.002, 0.4, random), 0, 0.3);
    }
    return samples;
  },
});

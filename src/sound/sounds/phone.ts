import { between } from '../../random.ts';
import { moments } from './parts/moments.ts';
import { addAt, glide, hill, seconds, strikeOnce } from './parts/mono.ts';

const gong = [
  { ratio: 1, gain: 1, decay: 0.9 },
  { ratio: 2.74, gain: 0.5, decay: 0.5 },
  { ratio: 5.2, gain: 0.25, decay: 0.25 },
];

/** Telephones and things that beep. */
export const phone = moments({
  name: 'phone',
  summary: 'A telephone that rings, a mobile’s tune, dial tones, beeps.',
  variants: ['beep', 'ring', 'mobile', 'dial', 'game'],
  loudness: -22,
  indoors: true,
  words: {
    strong:
      'ringtone phone-ring telephone-ring telephone beep notification-sound dial-tone busy-signal ' +
      'phone-vibrate cell-phone-ring barcode text-message blip bleep pager electronic-beep ' +
      'electronic-device-beep electronic-device-bleep computer-beep',
    weak:
      'phone smartphone dial electronic digital electronically notification buzzer video-game arcade ' +
      'microwave medical-monitor sonar',
    variants: {
      beep: 'beep monitor microwave electronic buzzer digital barcode',
      ring: 'telephone ring rotary old',
      mobile: 'mobile cell ringtone smartphone notification',
      dial: 'dial tone busy touch',
      game: 'game arcade video',
    },
  },
  gap: { beep: 0.9, ring: 3.2, mobile: 2.6, dial: 1.8, game: 1.1 },
  draw({ variant }, random) {
    const samples = seconds(2.4);
    if (variant === 'ring') {
      // A clapper between two gongs, 20 strokes a second for two seconds.
      for (let stroke = 0; stroke < 40; stroke++) {
        addAt(
          samples,
          strikeOnce(gong, stroke % 2 === 0 ? 1120 : 1330, 0.0005, 0.6, random),
          stroke / 20,
          0.5,
        );
      }
      return samples;
    }
    const tone = (
      time: number,
      length: number,
      hertz: number,
      gain = 1,
      overtones: readonly number[] = [0.15, 0.1],
    ) =>
      addAt(
        samples,
        glide(
          length,
          () => hertz,
          (part) => hill(part, 0.02, 0.06),
          overtones,
        ),
        time,
        gain,
      );
    if (variant === 'beep') {
      tone(0, 0.16, between(random, 0.995, 1.005) * 1900, 1, [0, 0.2]);
    } else if (variant === 'mobile') {
      const tune = [0, 4, 7, 12, 7, 4].map((step) => 880 * 2 ** (step / 12));
      for (const [place, hertz] of tune.entries()) {
        addAt(
          samples,
          strikeOnce(
            [
              { ratio: 1, gain: 1, decay: 0.5 },
              { ratio: 3.93, gain: 0.3, decay: 0.2 },
            ],
            hertz,
            0.0008,
            0.6,
            random,
          ),
          place * 0.16,
          1,
        );
      }
    } else if (variant === 'dial') {
      // Dual tones: a row and a column of the keypad (ITU-T Q.23).
      for (let key = 0; key < 5; key++) {
        const row = [697, 770, 852, 941][Math.floor(random() * 4)]!;
        const column = [1209, 1336, 1477][Math.floor(random() * 3)]!;
        tone(key * 0.22, 0.12, row, 0.5, []);
        tone(key * 0.22, 0.12, column, 0.5, []);
      }
    } else {
      const base = between(random, 330, 700);
      for (let note = 0; note < 5; note++)
        tone(note * 0.07, 0.07, base * 1.26 ** note, 1, [0, 0.33, 0, 0.2, 0, 0.14]);
    }
    return samples;
  },
});

import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';

/** A room. */
export interface Room {
  /** Seconds in which the room fades by 60 dB. */
  decay: number;
  /** Above this frequency, in Hz, the walls swallow. */
  damping: number;
  /** Seconds before the first reflection. */
  delay: number;
}

/** Lengths of the eight delay lines in samples: mutually prime, 31–84 ms, so that no echo stands out. */
const LINES = [1499, 1877, 2137, 2557, 2917, 3251, 3613, 4049];

/**
 * What a room answers to a sound: the reflections alone, as long as the source.
 * A feedback delay network with a Householder matrix (Jot & Chaigne, "Digital delay networks for designing artificial
 * reverberators", AES 90, 1991).
 */
export function reverberate(source: StereoSamples, room: Room): StereoSamples {
  const length = source.left.length;
  const wet = createStereo(length);
  const lines = LINES.map((size) => new Float32Array(size));
  const gains = Float64Array.from(LINES, (size) => 10 ** ((-3 * size) / (room.decay * SAMPLE_RATE)));
  const places = new Int32Array(LINES.length);
  const damped = new Float64Array(LINES.length);
  const outputs = new Float64Array(LINES.length);
  const keep = Math.exp((-2 * Math.PI * room.damping) / SAMPLE_RATE);
  const delay = Math.round(room.delay * SAMPLE_RATE);
  for (let index = 0; index < length; index++) {
    const left = index >= delay ? source.left[index - delay]! : 0;
    const right = index >= delay ? source.right[index - delay]! : 0;
    let sum = 0;
    for (let line = 0; line < 8; line++) {
      const heard = lines[line]![places[line]!]! * (1 - keep) + damped[line]! * keep;
      damped[line] = heard;
      const output = heard * gains[line]!;
      outputs[line] = output;
      sum += output;
    }
    wet.left[index] = outputs[0]! - outputs[2]! + outputs[4]! - outputs[6]!;
    wet.right[index] = outputs[1]! - outputs[3]! + outputs[5]! - outputs[7]!;
    const shared = sum / 4;
    for (let line = 0; line < 8; line++) {
      const place = places[line]!;
      const memory = lines[line]!;
      memory[place] = outputs[line]! - shared + ((line & 1) === 0 ? left : right) * 0.5;
      places[line] = place + 1 === memory.length ? 0 : place + 1;
    }
  }
  return wet;
}

/** Frequency in Hz of a MIDI note number; 69 is 440 Hz, twelve are an octave. */
export function noteFrequency(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

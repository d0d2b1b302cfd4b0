import { between, type Random } from '../../random.ts';
import { type Mode, type MusicLead, type MusicParameters, type MusicStyle, modes, styles } from './styles.ts';
import { fitTempo, type Tempo } from './tempo.ts';

/** Who plays a note. */
export type Instrument =
  | MusicLead
  | 'pad'
  | 'bass'
  | 'kick'
  | 'snare'
  | 'hat'
  | 'shaker'
  | 'drum'
  | 'crash'
  | 'riser';

/** One note. */
export interface Note {
  instrument: Instrument;
  /** In beats from the start. */
  beat: number;
  /** In beats. */
  length: number;
  /** MIDI number: 69 is 440 Hz. Drums ignore it. */
  pitch: number;
  /** 0–1. */
  velocity: number;
  /** −1 … 1. */
  pan: number;
}

/** A composition. */
export interface Score {
  tempo: Tempo;
  style: MusicStyle;
  notes: Note[];
}

/**
 * Writes music that fills a clip: chords, bass, melody and drums in whole beats, accents at `hits` (seconds; the tempo
 * comes as near to them as it can), and a last chord that rings out.
 */
export function compose(
  seconds: number,
  parameters: MusicParameters,
  random: Random,
  hits: readonly number[] = [],
): Score {
  const style = arrange(parameters);
  const tempo = fitTempo(seconds, style.tempo, parameters.pace, hits);
  const mode = modes[parameters.mood];
  const key = 45 + Math.floor(random() * 8);
  const progression = mode.progressions[Math.floor(random() * mode.progressions.length)]!;
  const notes: Note[] = [];
  const chords: number[][] = [];
  const bars = Math.ceil(tempo.beats / 4);
  for (let bar = 0; bar < bars; bar++) {
    const step = progression[bar % progression.length]!;
    chords.push(voiceChord(mode, key, step, chords.at(-1)));
  }
  const tail = (seconds * tempo.beatsPerMinute) / 60 - tempo.beats;
  for (const [bar, chord] of chords.entries()) {
    const length = Math.min(4, tempo.beats - bar * 4);
    const root = bassNote(mode, key, progression[bar % progression.length]!);
    addChord(notes, style, chord, bar * 4, length, bar / bars);
    addBass(notes, style, root, bar * 4, length, random);
  }
  addMelody(notes, style, mode, key, chords, tempo.beats, random);
  addDrums(notes, style, tempo.beats, random);
  for (const hit of hits) {
    const beat = (hit * tempo.beatsPerMinute) / 60;
    const bar = Math.max(0, Math.min(bars - 1, Math.floor(beat / 4)));
    const root = bassNote(mode, key, progression[bar % progression.length]!);
    if (beat < tempo.beats) addAccent(notes, style, chords[bar]!, root, beat);
  }
  addEnding(notes, style, voiceChord(mode, key, 0, chords.at(-1)), bassNote(mode, key, 0), tempo.beats, tail);
  return { tempo, style, notes };
}

/** Drums that do not disturb what is calm or sad. */
const gentleDrums = new Set<MusicStyle['drums']>(['soft', 'swing']);

function arrange(parameters: MusicParameters): MusicStyle {
  const style = { ...styles[parameters.genre] };
  if (parameters.lead !== undefined) style.lead = parameters.lead;
  if (parameters.mood === 'epic') style.drums = 'drum';
  if (parameters.mood === 'tense' && style.drums === 'none') style.drums = 'drum';
  if ((parameters.mood === 'calm' || parameters.mood === 'sad') && !gentleDrums.has(style.drums))
    style.drums = 'none';
  if (!parameters.drums) style.drums = 'none';
  if (parameters.mood === 'calm' || parameters.mood === 'sad' || parameters.mood === 'tense')
    style.busy *= 0.7;
  return style;
}

function scaleNote(mode: Mode, key: number, step: number): number {
  const octave = Math.floor(step / 7);
  return key + 12 * octave + mode.scale[step - 7 * octave]!;
}

function bassNote(mode: Mode, key: number, step: number): number {
  const note = scaleNote(mode, key, step) - 12;
  return note > key - 5 ? note - 12 : note;
}

/** A triad whose notes move as little as possible from the chord before. */
function voiceChord(mode: Mode, key: number, step: number, before: readonly number[] | undefined): number[] {
  const triad = [0, 2, 4].map((third) => scaleNote(mode, key, step + third) + 12);
  if (before === undefined) return triad;
  const centre = before.reduce((sum, note) => sum + note, 0) / before.length;
  const placed = triad.map((note) => note + 12 * Math.round((centre - note) / 12));
  return placed.sort((a, b) => a - b);
}

function addChord(
  notes: Note[],
  style: MusicStyle,
  chord: readonly number[],
  beat: number,
  length: number,
  part: number,
): void {
  const add = (pitch: number, at: number, long: number, velocity: number, pan = 0) =>
    notes.push({ instrument: style.chords, beat: beat + at, length: long, pitch, velocity, pan });
  if (style.chords === 'guitar') {
    // Fingers: the thumb on the beat, the others between.
    const pattern = [0, 2, 1, 2, 3, 2, 1, 2];
    const strings = [chord[0]! - 12, ...chord];
    for (let half = 0; half < length * 2; half++) {
      add(strings[pattern[half % 8]!]!, half / 2, 2, half % 4 === 0 ? 0.8 : 0.55, -0.2);
    }
    return;
  }
  if (style.chords === 'square') {
    // One voice plays all notes of the chord in turn.
    for (let quarter = 0; quarter < length * 4; quarter++) {
      add(chord[quarter % chord.length]! - 12, quarter / 4, 0.22, 0.35, -0.3);
    }
    return;
  }
  if (style.chords === 'distorted') {
    for (const [at, long] of [
      [0, 1.4],
      [1.5, 0.9],
      [2.5, 1.4],
    ] as const) {
      if (at < length) add(chord[0]! - 12, at, Math.min(long, length - at), at === 0 ? 0.7 : 0.55, -0.25);
    }
    return;
  }
  if (style.chords === 'piano') {
    for (let at = 0; at < length; at += 2) {
      for (const [place, pitch] of chord.entries())
        add(pitch, at + place * 0.03, 2.2, at === 0 ? 0.55 : 0.4, -0.15);
    }
    return;
  }
  // What is held grows towards the end.
  for (const pitch of chord) add(pitch, 0, length, 0.6 + 0.3 * part);
  if (style.chords === 'strings') add(chord[0]! - 12, 0, length, 0.5 + 0.3 * part);
}

function addBass(
  notes: Note[],
  style: MusicStyle,
  root: number,
  beat: number,
  length: number,
  random: Random,
): void {
  const add = (at: number, long: number, pitch: number, velocity: number) =>
    notes.push({ instrument: 'bass', beat: beat + at, length: long, pitch, velocity, pan: 0 });
  if (style.bass === 'offbeat') {
    for (let at = 0; at < length; at++) add(at + 0.5, 0.42, root + (random() < 0.15 ? 12 : 0), 0.85);
  } else if (style.bass === 'walking') {
    // Root, fifth and octave: what belongs to every mode.
    for (let at = 0; at < length; at++) add(at, 0.9, root + [0, 7, 12, 7][at % 4]!, 0.7);
  } else if (style.bass === 'eighths') {
    for (let at = 0; at < length; at += 0.5) add(at, 0.45, root, at % 1 === 0 ? 0.8 : 0.6);
  } else if (style.bass === 'long') {
    add(0, Math.min(2.9, length), root, 0.75);
    if (length === 4) add(3, 0.9, root + (random() < 0.4 ? 7 : 0), 0.55);
  }
}

/** A motif of two bars that returns with every second pair of bars; strong beats take notes of the chord. */
function addMelody(
  notes: Note[],
  style: MusicStyle,
  mode: Mode,
  key: number,
  chords: readonly (readonly number[])[],
  beats: number,
  random: Random,
): void {
  const slots = 16;
  let step = 7 + Math.floor(random() * 4);
  const motif = Array.from({ length: slots }, (_, slot) => {
    if (random() > style.busy * (slot % 4 === 0 ? 1.5 : slot % 2 === 0 ? 1 : 0.6)) return undefined;
    step += Math.floor(random() * 5) - 2;
    step = Math.max(5, Math.min(13, step));
    return step;
  });
  motif[0] ??= step;
  // The first bar belongs to the chords when there is time for it.
  const first = beats >= 12 ? 4 : 0;
  for (let half = first * 2; half < beats * 2; half++) {
    const slot = half % slots;
    const wanted = motif[slot];
    if (wanted === undefined) continue;
    const chord = chords[Math.floor(half / 8)]!;
    const free = scaleNote(mode, key, wanted) + 12;
    const pitch = slot % 4 === 0 ? nearestOf(chord, free) : free;
    let rest = 1;
    while (rest < 8 && motif[(slot + rest) % slots] === undefined) rest++;
    notes.push({
      instrument: style.lead,
      beat: half / 2,
      length: rest / 2,
      pitch,
      velocity: (slot % 4 === 0 ? 0.8 : 0.6) * between(random, 0.9, 1),
      pan: style.lead === 'pluck' ? (half % 2 === 0 ? -0.3 : 0.3) : 0.15,
    });
  }
}

/** The note of the chord, in any octave, that lies nearest. */
function nearestOf(chord: readonly number[], pitch: number): number {
  const candidates = chord.map((note) => note + 12 * Math.round((pitch - note) / 12));
  return candidates.reduce((best, note) => (Math.abs(note - pitch) < Math.abs(best - pitch) ? note : best));
}

function addDrums(notes: Note[], style: MusicStyle, beats: number, random: Random): void {
  const add = (instrument: Instrument, beat: number, velocity: number, pan = 0) => {
    if (beat < beats) notes.push({ instrument, beat, length: 1, pitch: 0, velocity, pan });
  };
  const intro = style.drums === 'club' && beats >= 16 ? 4 : 0;
  if (intro > 0) notes.push({ instrument: 'riser', beat: 0, length: intro, pitch: 0, velocity: 0.5, pan: 0 });
  for (let beat = 0; beat < beats; beat++) {
    const place = beat % 4;
    if (style.drums === 'club') {
      if (beat >= intro || place === 0) add('kick', beat, 0.9);
      if (beat >= intro && place % 2 === 1) add('snare', beat, 0.5, 0.05);
      add('hat', beat + 0.5, beat >= intro ? 0.5 : 0.3, 0.2);
      for (const sixteenth of [0, 0.25, 0.75])
        if (random() < 0.8) add('hat', beat + sixteenth, between(random, 0.15, 0.3), -0.2);
    } else if (style.drums === 'soft') {
      if (place === 0 || (place === 2 && random() < 0.4)) add('kick', place === 2 ? beat + 0.5 : beat, 0.6);
      if (place % 2 === 1) add('snare', beat, 0.28, 0.05);
      add('hat', beat, 0.2, 0.2);
      add('hat', beat + 0.58, 0.14, 0.2);
    } else if (style.drums === 'shaker') {
      if (place === 0 || place === 2) add('kick', beat, 0.4);
      for (const quarter of [0, 0.25, 0.5, 0.75])
        add('shaker', beat + quarter, quarter === 0.5 ? 0.5 : 0.25, 0.3);
    } else if (style.drums === 'rock') {
      if (place === 0 || place === 2) add('kick', beat, 0.9);
      if (place === 2 && random() < 0.6) add('kick', beat + 0.5, 0.7);
      if (place % 2 === 1) add('snare', beat, 0.7, 0.05);
      for (const half of [0, 0.5]) add('hat', beat + half, half === 0 ? 0.4 : 0.25, 0.2);
    } else if (style.drums === 'swing') {
      // The ride: one, two-and, three, four-and, on triplets.
      add('hat', beat, 0.35, 0.25);
      if (place % 2 === 1) {
        add('hat', beat + 2 / 3, 0.25, 0.25);
        add('shaker', beat, 0.3, -0.1);
      }
      if (place === 0) add('kick', beat, 0.25);
      if (random() < 0.2) add('snare', beat + 2 / 3, 0.15, 0.05);
    } else if (style.drums === 'drum') {
      if (place === 0) add('drum', beat, 0.9);
      if (place === 2) add('drum', beat + 0.5, 0.5, -0.3);
      if (place === 3) for (const at of [0, 0.5, 0.75]) add('drum', beat + at, 0.4 + 0.3 * at, 0.3);
    }
  }
  if (style.drums === 'club' || style.drums === 'drum') {
    for (const at of [1, 0.75, 0.5, 0.25])
      add(style.drums === 'club' ? 'snare' : 'drum', beats - at, 0.35 - 0.2 * at);
    if (intro > 0) add('crash', intro, 0.5);
  }
}

/** What everybody plays when the picture changes: a blow where there are drums, a struck chord where there are none. */
function addAccent(
  notes: Note[],
  style: MusicStyle,
  chord: readonly number[],
  root: number,
  beat: number,
): void {
  const add = (instrument: Instrument, pitch: number, velocity: number) =>
    notes.push({ instrument, beat, length: 2, pitch, velocity, pan: 0 });
  if (style.drums === 'drum') add('drum', 0, 1);
  else if (style.drums !== 'none') {
    add('kick', 0, 1);
    add('crash', 0, style.drums === 'soft' || style.drums === 'swing' ? 0.35 : 0.7);
  }
  // What is held comes too slowly for an accent.
  const struck = style.chords === 'pad' || style.chords === 'strings' ? 'piano' : style.chords;
  for (const pitch of chord) add(struck, pitch, 0.9);
  if (style.bass !== 'none') add('bass', root, 0.9);
}

/** The tonic on the downbeat after the last bar. */
function addEnding(
  notes: Note[],
  style: MusicStyle,
  chord: readonly number[],
  root: number,
  beats: number,
  tail: number,
): void {
  const add = (instrument: Instrument, pitch: number, velocity: number) =>
    notes.push({ instrument, beat: beats, length: Math.max(0.5, tail), pitch, velocity, pan: 0 });
  for (const pitch of chord) add(style.chords, pitch, 0.75);
  add(style.lead, chord.at(-1)! + 12, 0.6);
  if (style.bass !== 'none') add('bass', root, 0.8);
  if (style.drums === 'club') {
    add('kick', 0, 0.9);
    add('crash', 0, 0.5);
  }
  if (style.drums === 'drum') add('drum', 0, 1);
  if (style.drums === 'soft' || style.drums === 'shaker') add('kick', 0, 0.5);
  if (style.drums === 'rock') {
    add('kick', 0, 0.9);
    add('crash', 0, 0.4);
  }
}

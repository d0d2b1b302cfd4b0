/** A family of arrangements. */
export type MusicGenre =
  | 'electronic'
  | 'lofi'
  | 'acoustic'
  | 'ambient'
  | 'cinematic'
  | 'orchestral'
  | 'jazz'
  | 'rock'
  | 'chiptune'
  | 'horror';

/** What it feels like. */
export type MusicMood = 'neutral' | 'happy' | 'sad' | 'epic' | 'tense' | 'calm';

/** The instrument of the melody. */
export type MusicLead = 'pluck' | 'piano' | 'guitar' | 'strings' | 'bell' | 'square' | 'distorted';

/** What the composer is told. */
export interface MusicParameters {
  genre: MusicGenre;
  mood: MusicMood;
  /** 0 slow … 1 fast, within the genre's tempos. */
  pace: number;
  /** False leaves the drums out of a genre that has them. */
  drums: boolean;
  /** Undefined: the genre's own. */
  lead?: MusicLead;
}

/** The recipe of a genre. */
export interface MusicStyle {
  /** Slowest and fastest tempo in beats per minute. */
  tempo: [slowest: number, fastest: number];
  lead: MusicLead;
  /** What holds the chords. */
  chords: 'pad' | 'strings' | 'piano' | 'guitar' | 'square' | 'distorted';
  bass: 'offbeat' | 'long' | 'walking' | 'eighths' | 'none';
  drums: 'club' | 'soft' | 'shaker' | 'drum' | 'rock' | 'swing' | 'none';
  /** Share of melody slots (half beats) that sound. */
  busy: number;
  /** Seconds of the room's decay, and how much of it is heard. */
  room: [decay: number, wet: number];
}

/** The recipes. */
export const styles: Record<MusicGenre, MusicStyle> = {
  electronic: {
    tempo: [116, 130],
    lead: 'pluck',
    chords: 'pad',
    bass: 'offbeat',
    drums: 'club',
    busy: 0.7,
    room: [1.6, 0.3],
  },
  lofi: {
    tempo: [72, 92],
    lead: 'piano',
    chords: 'piano',
    bass: 'long',
    drums: 'soft',
    busy: 0.35,
    room: [1.1, 0.2],
  },
  acoustic: {
    tempo: [88, 116],
    lead: 'guitar',
    chords: 'guitar',
    bass: 'long',
    drums: 'shaker',
    busy: 0.5,
    room: [1, 0.2],
  },
  ambient: {
    tempo: [54, 72],
    lead: 'bell',
    chords: 'pad',
    bass: 'long',
    drums: 'none',
    busy: 0.25,
    room: [4, 0.6],
  },
  cinematic: {
    tempo: [64, 88],
    lead: 'piano',
    chords: 'strings',
    bass: 'long',
    drums: 'none',
    busy: 0.4,
    room: [2.6, 0.4],
  },
  orchestral: {
    tempo: [76, 112],
    lead: 'strings',
    chords: 'strings',
    bass: 'long',
    drums: 'drum',
    busy: 0.45,
    room: [2.9, 0.45],
  },
  jazz: {
    tempo: [104, 148],
    lead: 'piano',
    chords: 'piano',
    bass: 'walking',
    drums: 'swing',
    busy: 0.55,
    room: [0.9, 0.18],
  },
  rock: {
    tempo: [112, 144],
    lead: 'guitar',
    chords: 'distorted',
    bass: 'eighths',
    drums: 'rock',
    busy: 0.45,
    room: [1, 0.15],
  },
  chiptune: {
    tempo: [124, 152],
    lead: 'square',
    chords: 'square',
    bass: 'eighths',
    drums: 'rock',
    busy: 0.75,
    room: [0.4, 0.05],
  },
  horror: {
    tempo: [50, 66],
    lead: 'bell',
    chords: 'strings',
    bass: 'long',
    drums: 'none',
    busy: 0.2,
    room: [4.5, 0.65],
  },
};

/** Steps of the scale on which each chord of a progression stands (0 is the tonic), and the scale's semitones. */
export interface Mode {
  scale: readonly number[];
  progressions: readonly (readonly number[])[];
}

const major = [0, 2, 4, 5, 7, 9, 11];
const minor = [0, 2, 3, 5, 7, 8, 10];

/** What each mood is written in. All progressions are common stock: I V vi IV, i VI III VII and their kin. */
export const modes: Record<MusicMood, Mode> = {
  neutral: {
    scale: major,
    progressions: [
      [0, 4, 5, 3],
      [5, 3, 0, 4],
      [0, 5, 3, 4],
    ],
  },
  happy: {
    scale: major,
    progressions: [
      [0, 3, 4, 3],
      [0, 4, 5, 3],
      [0, 3, 0, 4],
    ],
  },
  sad: {
    scale: minor,
    progressions: [
      [0, 5, 2, 6],
      [0, 3, 5, 4],
      [0, 5, 3, 4],
    ],
  },
  epic: {
    scale: minor,
    progressions: [
      [0, 5, 2, 6],
      [0, 6, 5, 6],
      [0, 2, 6, 5],
    ],
  },
  tense: {
    scale: minor,
    progressions: [
      [0, 0, 5, 0],
      [0, 1, 0, 5],
    ],
  },
  calm: {
    scale: major,
    progressions: [
      [0, 3, 5, 3],
      [3, 0, 3, 4],
      [0, 2, 3, 3],
    ],
  },
};

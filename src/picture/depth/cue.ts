/** A cue of depth: what it says and how far it is to be believed. */
export interface Cue {
  /** Nearness, 0–1. */
  nearness: Float32Array;
  /** 0 nothing … 1 sure. */
  weight: number;
}

/** What a video that a caller brings may be. */
export interface VideoLimits {
  /** Most bytes of the file. */
  bytes: number;
  /** Shortest and longest length of its picture, in seconds. */
  seconds: { least: number; most: number };
}

/** Looks at and converts local media files. */
export interface MediaTools {
  /** @throws StillroarError when the file cannot be read */
  measure(
    path: string,
    kind: 'picture' | 'video',
  ): Promise<{
    width?: number | undefined;
    height?: number | undefined;
    durationSeconds?: number | undefined;
  }>;
  /** Writes the video's frames at another rate and size, without its sound. */
  resample(path: string, to: string, wish: { framesPerSecond: number; shortSide: number }): Promise<void>;
}

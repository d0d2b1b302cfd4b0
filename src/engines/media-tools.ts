import type { Size } from '../picture/render/size.ts';
import type { EngineInput } from './engine.ts';

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
  /** Writes a video's last picture to a new file, without loss. */
  lastPicture(path: string, to: string): Promise<void>;
  /** Writes videos one after the other as one; each begins with the last picture of the one before. */
  join(paths: readonly string[], to: string): Promise<void>;
}

/** The size in pixels whose aspect ratio a video gets: its picture's, or a size of the ratio that was asked for. */
export async function measurePicture(
  { imagePath, motion }: Pick<EngineInput, 'imagePath' | 'motion'>,
  media: Pick<MediaTools, 'measure'>,
): Promise<Size> {
  if (imagePath !== undefined) {
    const { width = 16, height = 9 } = await media.measure(imagePath, 'picture');
    return { width, height };
  }
  const [width = 16, height = 9] = (motion?.aspectRatio ?? '16:9').split(':').map(Number);
  return { width, height };
}

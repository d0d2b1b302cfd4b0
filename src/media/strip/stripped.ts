import { StillroarError } from '../../errors.ts';

/** A colour profile of a camera or a press takes at most so many bytes, unpacked. */
export const MOST_PROFILE = 4_000_000;
/** EXIF says no more than a segment of a JPEG can hold, in bytes. */
export const MOST_EXIF = 65_536;
/** A picture of 50 MB in pieces of 2.5 KB; programs write 8 and more. */
const MOST_PIECES = 20_000;

/** What is left of a file whose pieces are looked at one after another. */
export interface Stripped {
  /**
   * Counts a piece, and keeps it if it is wanted.
   * @throws StillroarError `picture-unreadable` for a picture in more pieces than any program makes
   */
  take(piece: Uint8Array, isWanted: boolean): void;
  /** What was kept, in order. */
  join(): Buffer;
}

/** Nothing yet. */
export function createStripped(): Stripped {
  const kept: Uint8Array[] = [];
  let count = 0;
  return {
    take(piece, isWanted) {
      if (isWanted) kept.push(piece);
      if (++count > MOST_PIECES) {
        throw new StillroarError(
          'picture-unreadable',
          `The picture is cut into more than ${MOST_PIECES} pieces. Open it in a program and save it anew.`,
        );
      }
    },
    join: () => Buffer.concat(kept),
  };
}

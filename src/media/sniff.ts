/** Containers that are opened, each by exactly one of FFmpeg's demuxers. */
export type Container = 'mov' | 'matroska' | 'wav' | 'mp3' | 'flac' | 'ogg' | 'aac';

const text = (bytes: Uint8Array, from: number, length: number) =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/**
 * Tells the container by its first bytes; undefined for anything else. A name or a content type is never believed:
 * a playlist that is called .mp4 would make a demuxer open files and addresses of its own choice.
 */
export function sniffContainer(bytes: Uint8Array): Container | undefined {
  if (bytes.length < 12) return undefined;
  if (text(bytes, 4, 4) === 'ftyp') return 'mov';
  // Older QuickTime files begin with another box.
  if (['moov', 'mdat', 'wide', 'free'].includes(text(bytes, 4, 4))) return 'mov';
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'matroska';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WAVE') return 'wav';
  if (text(bytes, 0, 4) === 'fLaC') return 'flac';
  if (text(bytes, 0, 4) === 'OggS') return 'ogg';
  if (text(bytes, 0, 3) === 'ID3') return 'mp3';
  // MPEG audio and ADTS share the sync word; the layer bits are zero only in ADTS.
  if (bytes[0] === 0xff && (bytes[1]! & 0xf6) === 0xf0) return 'aac';
  if (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0 && (bytes[1]! & 0x06) !== 0) return 'mp3';
  return undefined;
}

import type { MediaKind } from './sniff.ts';

/** What a format that {@link sniffFormat} tells is. */
export interface MediaFormat {
  kind: MediaKind;
  contentType: string;
  /** Of a file name, without the dot. */
  extension: string;
}

/** Every format that callers may bring, by the name that `sniffFormat` gives it. */
export const mediaFormats: Record<string, MediaFormat> = {
  jpeg: { kind: 'picture', contentType: 'image/jpeg', extension: 'jpg' },
  png: { kind: 'picture', contentType: 'image/png', extension: 'png' },
  webp: { kind: 'picture', contentType: 'image/webp', extension: 'webp' },
  gif: { kind: 'picture', contentType: 'image/gif', extension: 'gif' },
  avif: { kind: 'picture', contentType: 'image/avif', extension: 'avif' },
  tiff: { kind: 'picture', contentType: 'image/tiff', extension: 'tiff' },
  wav: { kind: 'audio', contentType: 'audio/wav', extension: 'wav' },
  mp3: { kind: 'audio', contentType: 'audio/mpeg', extension: 'mp3' },
  ogg: { kind: 'audio', contentType: 'audio/ogg', extension: 'ogg' },
  flac: { kind: 'audio', contentType: 'audio/flac', extension: 'flac' },
  aac: { kind: 'audio', contentType: 'audio/aac', extension: 'aac' },
  m4a: { kind: 'audio', contentType: 'audio/mp4', extension: 'm4a' },
  mp4: { kind: 'video', contentType: 'video/mp4', extension: 'mp4' },
  mov: { kind: 'video', contentType: 'video/quicktime', extension: 'mov' },
  webm: { kind: 'video', contentType: 'video/webm', extension: 'webm' },
  mkv: { kind: 'video', contentType: 'video/x-matroska', extension: 'mkv' },
};

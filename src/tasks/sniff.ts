import { open } from 'node:fs/promises';
import { StillroarError } from '../errors.ts';

/** The kinds of files that callers send. */
export type MediaKind = 'picture' | 'audio' | 'video';

const formats: Record<MediaKind, readonly string[]> = {
  picture: ['jpeg', 'png', 'webp', 'gif', 'avif', 'heic', 'tiff'],
  audio: ['wav', 'mp3', 'ogg', 'flac', 'aac', 'm4a', 'mp4', 'mov', 'webm', 'mkv'],
  video: ['mp4', 'mov', 'webm', 'mkv'],
};

const errorCodes = {
  picture: 'picture-unreadable',
  audio: 'audio-unreadable',
  video: 'video-unreadable',
} as const;

const articles: Record<MediaKind, string> = {
  picture: 'a picture',
  audio: 'an audio file',
  video: 'a video',
};

/** Major brands of ISO base media files (ISO/IEC 14496-12, the MP4 registry). */
const brands: Record<string, string> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  mif1: 'heic',
  msf1: 'heic',
  'M4A ': 'm4a',
  'M4B ': 'm4a',
  'qt  ': 'mov',
};

/** The format that a file's first bytes (32 are enough) show, or undefined. */
export function sniffFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(text)) return 'webp';
  if (/^RIFF[\s\S]{4}WAVE/.test(text)) return 'wav';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff';
  // Every camera and every editor has a brand of its own for films: what is none of the others is one.
  if (/^[\s\S]{4}ftyp/.test(text)) return brands[text.slice(8, 12)] ?? 'mp4';
  // QuickTime files from before there were brands.
  if (/^[\s\S]{4}(moov|mdat|wide|free|skip)/.test(text)) return 'mov';
  if (text.startsWith('OggS')) return 'ogg';
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return text.includes('matroska') ? 'mkv' : 'webm';
  if (text.startsWith('ID3')) return 'mp3';
  // MPEG audio sync word: ADTS has layer 0, MP3 has layer III (ISO/IEC 11172-3, 13818-7).
  if (/^\xff[\xf0\xf1\xf8\xf9]/.test(text)) return 'aac';
  if (/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(text)) return 'mp3';
  return undefined;
}

function describe(head: Uint8Array): string {
  if (head.length === 0) return 'empty (0 bytes)';
  const text = Buffer.from(head).toString('latin1').trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'a web page (HTML)';
  if (text.startsWith('<?xml') || text.startsWith('<svg')) return 'XML or SVG';
  return `of an unknown format${sniffFormat(head) ? ` (${sniffFormat(head)})` : ''}`;
}

/**
 * Checks by its first bytes that a file is what it is used as; whether it can be decoded is the engine's to find out.
 * @throws StillroarError `picture-unreadable`, `audio-unreadable` or `video-unreadable`, saying what the file is instead
 */
export async function checkMedia(path: string, kind: MediaKind): Promise<void> {
  const file = await open(path, 'r');
  let head: Uint8Array;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64), 0, 64, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  const format = sniffFormat(head);
  if (format && formats[kind].includes(format)) return;
  throw new StillroarError(
    errorCodes[kind],
    `The URL does not lead to ${articles[kind]}: the file is ${describe(head)}. ` +
      `Give the address of the file itself (${formats[kind].join(', ')}).`,
  );
}

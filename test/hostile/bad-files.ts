import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { encodeSound } from '../../src/media/encode-sound.ts';
import { createRandom } from '../../src/random.ts';
import { makeForeignVideo } from '../support/foreign-video.ts';
import { ascii, big, box, chunk, little, png, repeated, segment } from './bytes.ts';

/** A file with what it is. */
export interface NamedFile {
  name: string;
  bytes: Buffer;
}

const brand = box('ftyp', ascii('isom\0\0\0\0isommp42'));

function nestedBoxes(depth: number): Buffer {
  let inner: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level++) inner = box('moov', inner);
  return inner;
}

/** A TIFF whose directory is its own successor, with a strip of more bytes than there are. */
const tiff = Buffer.concat([
  ascii('II*\0'),
  little(8),
  little(3, 2),
  ...[
    [256, 4, 1, 60_000],
    [257, 4, 1, 60_000],
    [279, 4, 1, 0xfffffff0],
  ].map(([tag, type, count, value]) =>
    Buffer.concat([little(tag!, 2), little(type!, 2), little(count!), little(value!)]),
  ),
  little(8),
]);

const laughs = ascii(
  `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${Array.from(
    { length: 25 },
    (_, level) =>
      `<!ENTITY ${String.fromCharCode(98 + level)} "${`&${String.fromCharCode(97 + level)};`.repeat(10)}">`,
  ).join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&z;</text></svg>`,
);

const wav = (channels: number, rate: number, bits: number, length: number) =>
  Buffer.concat([
    ascii('RIFF'),
    little(0xfffffff0),
    ascii('WAVEfmt '),
    little(16),
    ...[
      little(1, 2),
      little(channels, 2),
      little(rate),
      little(0xffffffff),
      little(65_535, 2),
      little(bits, 2),
    ],
    ascii('data'),
    little(length),
    Buffer.alloc(2_000),
  ]);

/** A copy with a number changed, so many bytes behind a word. */
const lying = (bytes: Buffer, needle: string, offset: number, value: number) => {
  const changed = Buffer.from(bytes);
  changed.writeUInt32BE(value >>> 0, changed.indexOf(needle, 0, 'latin1') + offset);
  return changed;
};

/** Small intact files of every format that is read. */
export async function intactFiles(): Promise<NamedFile[]> {
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: 96 * 64 * 3 }, () => 256 * random());
  const noise = sharp(pixels, { raw: { width: 96, height: 64, channels: 3 } });
  const pictures = await Promise.all(
    (['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const).map(async (name) => ({
      name,
      bytes: await noise.clone().toFormat(name).toBuffer(),
    })),
  );
  const tone = Float32Array.from({ length: 12_000 }, (_, index) => Math.sin(index / 20) / 4);
  const sound = { left: tone, right: tone };
  const film = { seconds: 1, width: 64, height: 48, framesPerSecond: 8, sound };
  const films = await Promise.all([
    makeForeignVideo({ ...film, codec: 'h264', container: 'mp4' }),
    makeForeignVideo({ ...film, codec: 'h264', container: 'mov' }),
    makeForeignVideo({ ...film, codec: 'vp8', container: 'webm' }),
    makeForeignVideo({ ...film, codec: 'hevc', container: 'matroska' }),
  ]);
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-bad-'));
  const sounds: NamedFile[] = [];
  for (const format of ['mp3', 'wav'] as const) {
    const path = join(directory, format);
    await encodeSound(sound, format, path);
    sounds.push({ name: format, bytes: await readFile(path) });
  }
  await rm(directory, { recursive: true });
  const names = ['mp4', 'mov', 'webm', 'mkv'];
  return [...pictures, ...films.map((bytes, index) => ({ name: names[index]!, bytes })), ...sounds];
}

/**
 * Files that are made to harm whoever reads them. None may end well.
 * @param secretUrl what must not be asked for
 */
export function badFiles(intact: NamedFile[], secretUrl: string): NamedFile[] {
  const of = (name: string) => intact.find((file) => file.name === name)!.bytes;
  const jpeg = of('jpeg');
  const mp4 = of('mp4');
  const sizes = Buffer.from(jpeg);
  sizes.writeUInt32BE(0xfffffffe, sizes.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  const files: [string, Buffer][] = [
    ['a PNG bomb of 400 megapixels', png(20_000, 20_000, 20_000)],
    ['a PNG whose header says 2³¹ × 2³¹', png(0x7fffffff, 0x7fffffff, 1)],
    ['a PNG of no size', png(0, 0, 1)],
    [
      'a PNG with a text chunk of 50 MB, compressed',
      png(64, 64, 1, chunk('zTXt', Buffer.concat([ascii('a\0\0'), deflateSync(Buffer.alloc(50_000_000))]))),
    ],
    ['a PNG that promises more rows than it has', png(6_000, 6_000, 1)],
    ['a JPEG of 65535 × 65535', sizes],
    ['a JPEG cut in the middle of its header', jpeg.subarray(0, 100)],
    [
      'a JPEG that is all markers',
      Buffer.concat([ascii('\xff\xd8'), repeated(segment(0xe1, ascii('Exif\0\0')), 20_000)]),
    ],
    [
      'a GIF of 65535 × 65535 without pictures',
      Buffer.concat([ascii('GIF89a'), Buffer.from([255, 255, 255, 255, 0xf0, 0, 0]), Buffer.alloc(6)]),
    ],
    [
      'a WebP whose size lies',
      Buffer.concat([of('webp').subarray(0, 4), little(0xfffffff0), of('webp').subarray(8, 40)]),
    ],
    ['a TIFF that is its own next page', tiff],
    ['an AVIF with a picture of 2³¹ pixels', lying(of('avif'), 'ispe', 8, 0x7fffffff)],
    ['an SVG with a billion laughs', laughs],
    [
      'an SVG that reads a file',
      ascii('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    ],
    ['an SVG behind the first bytes of a JPEG', Buffer.concat([ascii('\xff\xd8\xff\xe0'), laughs])],
    ['a playlist', ascii(`#EXTM3U\n#EXTINF:1,\n${secretUrl}\n`)],
    [
      'a playlist behind the first box of a film',
      Buffer.concat([brand, ascii(`#EXTM3U\n#EXTINF:1,\n${secretUrl}\n`)]),
    ],
    ['a list of files', ascii(`ffconcat version 1.0\nfile '${secretUrl}'\n`)],
    [
      'a DASH manifest',
      ascii(`<?xml version="1.0"?><MPD><Period><BaseURL>${secretUrl}</BaseURL></Period></MPD>`),
    ],
    ['an MP4 whose media lie elsewhere', lyingReference(mp4, secretUrl)],
    ['an MP4 with four billion samples', lying(mp4, 'stsz', 12, 0xffffffff)],
    ['an MP4 with boxes within boxes', Buffer.concat([brand, nestedBoxes(5_000)])],
    ['an MP4 without an index', Buffer.concat([brand, box('mdat', Buffer.alloc(1_000))])],
    ['an MP4 cut in half', mp4.subarray(0, mp4.length >> 1)],
    ['an MP4 of empty boxes', Buffer.concat([brand, repeated(box('free'), 100_000)])],
    [
      'a Matroska file whose length lies',
      Buffer.concat([
        Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x01, 255, 255, 255, 255, 255, 255, 254]),
        ascii('webm'),
      ]),
    ],
    ['a WAV of 65535 channels', wav(65_535, 48_000, 16, 0xffffffff)],
    ['a WAV of no rate', wav(2, 0, 16, 2_000)],
    ['a WAV of no channels', wav(0, 48_000, 0, 2_000)],
    ['an MP3 that is all tag', Buffer.concat([ascii('ID3\x04\0\0\x7f\x7f\x7f\x7f'), Buffer.alloc(5_000)])],
    ['an Ogg file of nothing', repeated(ascii('OggS\0\x02'), 5_000)],
    ['a FLAC file of nothing', Buffer.concat([ascii('fLaC'), Buffer.alloc(5_000, 0xff)])],
    ['AAC that is noise', repeated(Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0x1f, 0xfc]), 2_000)],
    ['a gzip bomb', gzipSync(Buffer.alloc(10_000_000))],
    ['a web page', ascii('<!doctype html><script>alert(1)</script>')],
    ['a program', Buffer.concat([ascii('\x7fELF'), Buffer.alloc(1_000)])],
    ['a PDF', ascii('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>')],
    ['a GIF that is a script, too', ascii('GIF89a/*\xff\xff*/=1;alert(1)//')],
    [
      'an ImageMagick script',
      ascii('push graphic-context\nfill "url(https://127.0.0.1/x)"\npop graphic-context'),
    ],
    ['one byte', Buffer.from([0xff])],
    ['nothing', Buffer.alloc(0)],
  ];
  return files.map(([name, bytes]) => ({ name, bytes }));
}

/** Files that are odd and harmless: they may be taken or not. */
export function oddFiles(intact: NamedFile[]): NamedFile[] {
  const jpeg = intact.find(({ name }) => name === 'jpeg')!.bytes;
  const mp4 = intact.find(({ name }) => name === 'mp4')!.bytes;
  const withSegment = (marker: number, data: Buffer) =>
    Buffer.concat([jpeg.subarray(0, 2), segment(marker, data), jpeg.subarray(2)]);
  // A directory that is its own next, with an orientation of 65535.
  const exif = Buffer.concat([
    ascii('Exif\0\0II*\0'),
    little(8),
    little(1, 2),
    ...[little(0x112, 2), little(3, 2), little(1), little(65_535), little(8)],
  ]);
  return [
    {
      name: 'an MP4 with an index that ends beyond the file',
      bytes: lying(mp4, 'moov', -4, 0x7ffffff0),
    },
    { name: 'an MP4 with four billion chunks', bytes: lying(mp4, 'stco', 8, 0xffffffff) },
    { name: 'a JPEG with EXIF that runs in circles', bytes: withSegment(0xe1, exif) },
    {
      name: 'a JPEG with EXIF that points beyond itself',
      bytes: withSegment(0xe1, Buffer.concat([ascii('Exif\0\0MM\0*'), big(0xfffffff0)])),
    },
    {
      name: 'a JPEG with an ICC profile of noise',
      bytes: withSegment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0\x01\x01'), Buffer.alloc(60_000, 0xa5)])),
    },
    {
      name: 'a JPEG with a program behind it',
      bytes: Buffer.concat([jpeg, ascii('<?php system($_GET[0]); ?>')]),
    },
    {
      name: 'a JPEG with an archive behind it',
      bytes: Buffer.concat([jpeg, ascii('PK\x03\x04'), Buffer.alloc(100)]),
    },
  ];
}

/** The MP4 with a data reference to a URL instead of to itself. */
function lyingReference(mp4: Buffer, url: string): Buffer {
  const changed = Buffer.from(mp4);
  const place = changed.indexOf('url ', changed.indexOf('dref'), 'latin1');
  // The flag "the media are in this file" is taken away; a reader that follows such references reads what comes next.
  changed.writeUInt32BE(0, place + 4);
  changed.write(url, place + 8, 'latin1');
  return changed;
}

/** A copy with a few places changed, by a source of random numbers from 0 to 1. */
export function mutate(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = (room = 0) => Math.floor(random() * Math.max(1, copy.length - room));
  const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe];
  const times = 1 + Math.floor(random() * 8);
  for (let time = 0; time < times; time++) {
    const kind = random();
    // Headers decide more than what they describe.
    const place = random() < 0.5 ? Math.floor(random() * Math.min(copy.length - 4, 600)) : at(4);
    if (kind < 0.4) copy[place] = Math.floor(256 * random());
    else if (kind < 0.7) copy.writeUInt32BE(extremes[Math.floor(random() * extremes.length)]!, place);
    else if (kind < 0.8) copy.writeUInt32LE(extremes[Math.floor(random() * extremes.length)]!, place);
    else if (kind < 0.9) copy.copy(copy, place, at(64), at(64));
    else return Buffer.concat([copy.subarray(0, place), copy.subarray(random() < 0.5 ? copy.length : at())]);
  }
  return copy;
}

/** What a picture's header says. */
export interface PictureHeader {
  extension: 'jpg' | 'png';
  /** In pixels. */
  width: number;
  height: number;
}

/**
 * Reads the size of a JPEG or PNG from its header and decodes nothing; undefined for anything else (PNG specification,
 * 11.2.2; ITU-T T.81, B.2.2).
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(12) === 0x49484452) {
    return { extension: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    // The frame headers SOF0–SOF15; C4, C8 and CC lie between them and are others.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { extension: 'jpg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    // A marker may be padded with any number of FF bytes.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

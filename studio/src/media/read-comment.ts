/** Where the comment stands in an MP4 (ISO/IEC 14496-12 boxes; `ilst` as iTunes writes it). */
const PATH = ['moov', 'udta', 'meta', 'ilst', '\u00a9cmt', 'data'];
/** Bytes before the children of a box that has more than its header. */
const SKIP: Record<string, number> = { meta: 4, data: 8 };

/** The text of an MP4's comment; undefined when there is none. */
export async function readComment(file: Blob): Promise<string | undefined> {
  let [start, end] = [0, file.size];
  for (const name of PATH) {
    const box = await findBox(file, name, start, end);
    if (!box) return undefined;
    start = box.start + (SKIP[name] ?? 0);
    end = box.end;
  }
  return file.slice(start, end).text();
}

async function findBox(file: Blob, name: string, start: number, end: number) {
  for (let at = start; at + 8 <= end; ) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer());
    let size = head.getUint32(0);
    let header = 8;
    if (size === 1 && head.byteLength === 16) {
      size = Number(head.getBigUint64(8));
      header = 16;
    }
    if (size === 0) size = end - at;
    if (size < header) return undefined;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((index) => head.getUint8(index)));
    if (type === name) return { start: at + header, end: at + size };
    at += size;
  }
  return undefined;
}

import { isAscii } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A JSON text (RFC 8259) as it was sent, less the files in it. */
export interface JsonParts {
  /** The JSON, with a short text in the place of each file. */
  json: string;
  /** Puts the files back into the value to which the JSON was read. */
  restore(value: unknown): unknown;
}

/** Takes a JSON text apart while it comes. */
export interface JsonSplitter {
  /** @returns why no more should be read, if that is so */
  take(chunk: Buffer): 'too large' | 'too deep' | undefined;
  finish(): Promise<JsonParts>;
}

/** No request nests deeper, by far. */
const DEEPEST = 100;
/** Shorter texts than this, in bytes, are left where they are. */
const SHORT = 16_384;
/** So many bytes of a file are read at a time. */
const AT_ONCE = 4_000_000;
const [QUOTE, BACKSLASH, SLASH] = [0x22, 0x5c, 0x2f];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A text that began in an earlier chunk. */
interface OpenText {
  pieces: Buffer[];
  length: number;
}

/**
 * A splitter that takes so many bytes of everything that is no file: to read a byte of JSON may cost a hundred times what
 * a byte of a file costs. A file is a long text of ASCII in which nothing but `/` is escaped, as base64 is written.
 */
export function createJsonSplitter(mostBytes: number): JsonSplitter {
  const around: Buffer[] = [];
  const files: Buffer[][] = [];
  const mark = randomUUID();
  let size = 0;
  let depth = 0;
  let isDeep = false;
  let isInText = false;
  let isEscaped = false;
  /** Whether the text under way may be a file. */
  let isFile = false;
  let open: OpenText | undefined;

  function keep(bytes: Buffer): void {
    size += bytes.length;
    around.push(bytes);
  }

  /** Puts the end to a text that began in an earlier chunk. */
  function close({ pieces, length }: OpenText): void {
    if (isFile && length >= SHORT) {
      keep(Buffer.from(`${mark}${files.length}`));
      files.push(pieces);
    } else for (const piece of pieces) keep(piece);
  }

  /** Reads a chunk; answers where the text begins that it leaves open, or its length. */
  function read(chunk: Buffer): { from: number; to: number } {
    let [from, to] = [0, 0];
    if (open && !isEscaped && !chunk.includes(QUOTE) && !chunk.includes(BACKSLASH)) {
      isFile &&= isAscii(chunk);
      return { from, to };
    }
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (!isInText) {
        if (byte === QUOTE) {
          [isInText, isFile, to] = [true, true, at + 1];
        } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) isDeep ||= ++depth > DEEPEST;
        else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
      } else if (isEscaped) {
        isEscaped = false;
        isFile &&= byte === SLASH;
      } else if (byte === BACKSLASH) isEscaped = true;
      else if (byte !== QUOTE) isFile &&= byte < 0x80;
      else {
        isInText = false;
        if (!open) continue;
        const end = chunk.subarray(0, at);
        open.pieces.push(end);
        open.length += end.length;
        close(open);
        open = undefined;
        from = at;
      }
    }
    return { from, to: isInText ? to : chunk.length };
  }

  return {
    take(chunk) {
      const { from, to } = read(chunk);
      if (open) {
        open.pieces.push(chunk);
        open.length += chunk.length;
      } else {
        keep(chunk.subarray(from, to));
        if (isInText) open = { pieces: [chunk.subarray(to)], length: chunk.length - to };
      }
      if (isDeep) return 'too deep';
      return size + (open && !isFile ? open.length : 0) > mostBytes ? 'too large' : undefined;
    },

    async finish() {
      // Broken off: whoever reads the JSON says so.
      if (open) for (const piece of open.pieces) keep(piece);
      const texts = new Map<string, string>();
      for (const [index, pieces] of files.entries()) texts.set(`${mark}${index}`, await readFile(pieces));
      function restore(value: unknown): unknown {
        if (typeof value === 'string') return texts.get(value) ?? value;
        if (texts.size === 0 || typeof value !== 'object' || value === null) return value;
        const owner = value as Record<string, unknown>;
        for (const name of Object.keys(owner)) owner[name] = restore(owner[name]);
        return value;
      }
      return { json: Buffer.concat(around).toString('utf8'), restore };
    },
  };
}

/** The text of a file, which is long: others have their turn in between. */
async function readFile(pieces: Buffer[]): Promise<string> {
  let text = '';
  let sinceTurn = 0;
  for (const piece of pieces) {
    text += piece.toString('latin1');
    sinceTurn += piece.length;
    if (sinceTurn < AT_ONCE) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  return text.includes('\\') ? text.replaceAll('\\/', '/') : text;
}

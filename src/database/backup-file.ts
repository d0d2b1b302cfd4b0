import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { StillroarError } from '../errors.ts';
import type { RowBatch } from './transfer.ts';

/** What a backup says of itself. */
export interface BackupHeader {
  /** Version of the schema, as in the table `migration`. */
  schema: number;
  createdAt: string;
  /** The server's secret key, where it is kept in the data directory: without it no stored key can be read. */
  secretKey?: string;
}

/**
 * The file: gzipped lines, each a name, a tab and JSON. The first is `header`, then come rows under their table's name,
 * and `end` has the number of rows and the SHA-256 of all lines before it, so that half a file is never taken for a whole.
 */
async function* toLines(header: BackupHeader, batches: AsyncIterable<RowBatch>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let rows = 0;
  const line = (name: string, json: string) => {
    const text = `${name}\t${json}\n`;
    hash.update(text);
    return text;
  };
  yield line('header', JSON.stringify(header));
  for await (const { table, rows: batch } of batches) {
    rows += batch.length;
    yield batch.map((row) => line(table, row)).join('');
  }
  yield `end\t${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

/** Writes a backup, for this user's eyes only; the file appears when it is complete and on the disk. */
export async function writeBackup(
  path: string,
  header: BackupHeader,
  batches: AsyncIterable<RowBatch>,
): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w', 0o600);
    await pipeline(
      Readable.from(toLines(header, batches)),
      createGzip(),
      file.createWriteStream({ flush: true }),
    );
    await rename(partial, path);
    const directory = await open(dirname(path), 'r');
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** A backup being read: its header, then its rows. */
export interface BackupReader {
  header: BackupHeader;
  /** @throws StillroarError `configuration` when the file is damaged or cut off */
  batches: AsyncIterable<RowBatch>;
}

const BATCH = 500;

/** @throws StillroarError `configuration` when the file is no backup */
export async function openBackup(path: string): Promise<BackupReader> {
  const source = createReadStream(path);
  const bytes = createGunzip();
  // What goes wrong on the way is thrown by whoever reads the lines.
  source.on('error', (error) => bytes.destroy(error));
  const lines = readLines(source.pipe(bytes), path);
  const hash = createHash('sha256');
  const first = await lines.next();
  const { name, json } = split(first.value ?? '');
  if (name !== 'header') throw damaged(path, 'it does not begin as one');
  hash.update(`${first.value}\n`);

  async function* batches(): AsyncGenerator<RowBatch> {
    let batch: RowBatch = { table: '', rows: [] };
    let count = 0;
    for await (const line of lines) {
      const { name: table, json: row } = split(line);
      if (table === 'end') {
        if (batch.rows.length) yield batch;
        const end = JSON.parse(row) as { rows: number; sha256: string };
        if (end.rows !== count || end.sha256 !== hash.digest('hex')) throw damaged(path, 'its sum is wrong');
        return;
      }
      hash.update(`${line}\n`);
      count += 1;
      if (batch.rows.length === BATCH || (batch.table !== table && batch.rows.length)) {
        yield batch;
        batch = { table, rows: [] };
      }
      batch.table = table;
      batch.rows.push(row);
    }
    throw damaged(path, 'its end is missing');
  }
  return { header: JSON.parse(json) as BackupHeader, batches: batches() };
}

async function* readLines(input: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of input) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw error instanceof StillroarError ? error : damaged(path, (error as Error).message);
  }
}

function split(line: string): { name: string; json: string } {
  const at = line.indexOf('\t');
  return { name: line.slice(0, Math.max(at, 0)), json: line.slice(at + 1) };
}

function damaged(path: string, why: string): StillroarError {
  return new StillroarError('configuration', `${path} is no whole backup of Stillroar: ${why}.`);
}

import { mkdir, open } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const BLOCK = 512;

/**
 * Unpacks a gzipped tar archive (POSIX ustar: plain files and directories, names of up to 100 bytes) into a directory,
 * and every file onto the disk. Several times faster than letting PGlite unpack its own dump.
 */
export async function unpack(archive: Uint8Array, directory: string): Promise<void> {
  const bytes: Buffer = await promisify(gunzip)(archive);
  const files: { path: string; content: Buffer }[] = [];
  for (let offset = 0; bytes[offset]; ) {
    const name = readText(bytes, offset, 100);
    const size = Number.parseInt(readText(bytes, offset + 124, 12), 8);
    const type = readText(bytes, offset + 156, 1);
    const path = join(directory, normalize(`/${name}`));
    const content = offset + BLOCK;
    if (type === '5') await mkdir(path, { recursive: true, mode: 0o700 });
    else if (type === '0' || type === '')
      files.push({ path, content: bytes.subarray(content, content + size) });
    else throw new Error(`The archive holds an entry of the type ${type}, which is not read here.`);
    offset = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  await Promise.all(files.map(write));
}

function readText(bytes: Buffer, offset: number, length: number): string {
  return bytes
    .subarray(offset, offset + length)
    .toString('latin1')
    .replace(/[\0 ][\s\S]*$/, '');
}

async function write({ path, content }: { path: string; content: Buffer }): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
}

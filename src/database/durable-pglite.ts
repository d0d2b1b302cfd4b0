import { fdatasyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The parts of Emscripten's file system that are reached into here. */
interface EmscriptenModule {
  NODEFS?: { stream_ops?: StreamOperations };
}
interface StreamOperations {
  fsync?: (stream: { nfd: number }) => number;
}

/**
 * PGlite's file system on a directory, with `fsync` that reaches the disk: PGlite 0.5 leaves it out and starts
 * PostgreSQL with `-F`, so that a power cut would lose acknowledged commits.
 * It leans on internals: the version is pinned and a test fails when a commit no longer syncs.
 */
class DurableFileSystem extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(database, options);
    result.emscriptenOpts.preRun?.push((module: unknown) => {
      const operations = (module as EmscriptenModule).NODEFS?.stream_ops;
      if (!operations) throw new Error('This PGlite has no place for the fsync hook.');
      operations.fsync = ({ nfd }) => {
        fdatasyncSync(nfd);
        return 0;
      };
    });
    return result;
  }
}

/** PostgreSQL's start parameters without "never sync". */
const startParameters: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** Opens the database in a directory that holds one, or makes one in it by initdb; commits reach the disk. */
export function openDurable(directory: string): Promise<PGlite> {
  return PGlite.create({ fs: new DurableFileSystem(directory), startParams: startParameters });
}

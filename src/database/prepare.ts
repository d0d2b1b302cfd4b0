import { writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import { openQueue } from '../tasks/queue.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

// A build step: `node prepare.js FILE` writes a data directory with everything in it that a first start would have
// to make, so that the first start only unpacks it.
const [, , file] = argv;
if (!file) throw new Error('Say where to write the prepared database.');

const pglite = await PGlite.create();
await migrate(new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }));
const queue = await openQueue({ db: fromPglite(pglite), backend: 'pglite' }, () => {});
await queue.close();
await pglite.exec('checkpoint');
await writeFile(file, new Uint8Array(await (await pglite.dumpDataDir('gzip')).arrayBuffer()));
await pglite.close();

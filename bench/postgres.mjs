// A PostgreSQL for the benches: the one at DATABASE_URL, or one of their own from the package that the tests use, which writes
// as durably as PostgreSQL does by default. Each bench gets new databases, and they are gone afterwards.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { runnerImport } from 'vite';

/** Starts it, or connects; `createDatabase` answers the URL of an empty database. */
export async function startPostgres() {
  const { DATABASE_URL } = process.env;
  const createName = () => `stillroar_bench_${randomBytes(4).toString('hex')}`;
  if (!DATABASE_URL) {
    const support = fileURLToPath(new URL('../test/support/postgres.ts', import.meta.url));
    const { module } = await runnerImport(support, { configFile: false, logLevel: 'error' });
    const postgres = await module.startPostgres({ durable: true });
    return { createDatabase: () => postgres.createDatabase(createName()), stop: postgres.stop };
  }
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const names = [];
  return {
    async createDatabase() {
      const url = new URL(DATABASE_URL);
      url.pathname = names[names.push(createName()) - 1];
      await client.query(`create database ${names.at(-1)}`);
      return url.href;
    },
    async stop() {
      for (const name of names) await client.query(`drop database ${name} with (force)`);
      await client.end();
    },
  };
}

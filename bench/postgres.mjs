// A PostgreSQL for the benches: the one at DATABASE_URL, whose database must be empty, or one of their own from the package
// that the tests use. Theirs writes as durably as PostgreSQL does by default, and is gone afterwards.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** Starts it; `createDatabase` answers the URL of an empty database. */
export async function startPostgres() {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return { createDatabase: async () => DATABASE_URL, stop: async () => {} };
  const support = fileURLToPath(new URL('../test/support/postgres.ts', import.meta.url));
  const { module } = await runnerImport(support, { configFile: false, logLevel: 'error' });
  const postgres = await module.startPostgres({ durable: true });
  return {
    createDatabase: () => postgres.createDatabase(`bench_${randomBytes(4).toString('hex')}`),
    stop: postgres.stop,
  };
}

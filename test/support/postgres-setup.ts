import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The port of the PostgreSQL that the tests run on; 0 for the embedded database. */
    postgresPort: number;
  }
}

/** With TEST_DATABASE=postgres the whole suite runs on a PostgreSQL of its own, and otherwise on the embedded one. */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const wanted = process.env.TEST_DATABASE ?? 'embedded';
  if (wanted === 'embedded') {
    project.provide('postgresPort', 0);
    return undefined;
  }
  if (wanted !== 'postgres') throw new Error('TEST_DATABASE must be embedded or postgres.');
  const postgres = await startPostgres();
  project.provide('postgresPort', postgres.port);
  return postgres.stop;
}

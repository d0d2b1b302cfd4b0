import { Command } from 'commander';
import { type Administration, createAdministration } from '../credits/administer.ts';
import { createSealing } from '../credits/sealing.ts';
import { readSecretKey } from '../credits/secret-key.ts';
import { openDatabase } from '../database/open.ts';
import { loadInstallation } from './place.ts';

/** Settings that the commands for accounts and keys take as flags. */
export interface AdministrationFlags {
  data?: string;
}

/** A command that works on the database. */
export function administrationCommand(name: string, about: string): Command {
  return new Command(name).description(about).option('--data <directory>', 'the data directory');
}

/**
 * Opens the database for one command and closes it again. The embedded one must not be in use: then the error names the
 * server that has to be stopped first; with DATABASE_URL servers may run.
 *
 * @throws StillroarError `configuration`
 */
export async function administer<Value>(
  flags: AdministrationFlags,
  work: (administration: Administration) => Promise<Value>,
): Promise<Value> {
  const { config, dataDirectory } = await loadInstallation(flags);
  const opened = await openDatabase({ dataDirectory, databaseUrl: config.databaseUrl });
  try {
    const sealing = createSealing(config.secretKey ?? (await readSecretKey(dataDirectory)));
    return await work(createAdministration(opened.database, sealing));
  } finally {
    await opened.close();
  }
}

import { Command } from 'commander';
import { openDatabase } from '../database/open.ts';
import { StillroarError } from '../errors.ts';
import { carryOver } from '../tasks/backup.ts';
import { printRows, withQueue } from './carry.ts';
import { loadInstallation } from './place.ts';

/** `stillroar migrate-to URL`: carries the embedded database over to a PostgreSQL. */
export const migrateToCommand = new Command('migrate-to')
  .description('copy the embedded database to an empty PostgreSQL database, and compare every row')
  .argument('<url>', 'postgres://user:password@host/database')
  .option('--data <directory>', 'the data directory')
  .action(async (databaseUrl: string, flags: { data?: string }) => {
    if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
      throw new StillroarError('configuration', 'The URL must begin with postgres:// or postgresql://.');
    }
    const { config, dataDirectory } = await loadInstallation(flags);
    const source = await openDatabase({ dataDirectory, databaseUrl: undefined });
    try {
      const { rows, requeued } = await withQueue({ dataDirectory, databaseUrl }, ({ database }, queue) =>
        carryOver(source.database, database, queue),
      );
      printRows(rows);
      console.log(
        `Every row is equal. Unfinished tasks that wait again: ${requeued}. From now on start with`,
      );
      console.log(`  DATABASE_URL=${databaseUrl}`);
      if (!config.secretKey) console.log(`  STILLROAR_SECRET_KEY=$(cat ${dataDirectory}/secret-key)`);
      console.log('and keep the directory of files. The embedded database stays as it was.');
    } finally {
      await source.close();
    }
  });

import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { readSecretKey } from '../credits/secret-key.ts';
import { openDatabase } from '../database/open.ts';
import { backUp } from '../tasks/backup.ts';
import { loadInstallation } from './place.ts';

/** `stillroar backup FILE`: the database and the secret key in one file. */
export const backupCommand = new Command('backup')
  .description('write the database and the secret key into one file')
  .argument('<file>', 'the file to write')
  .option('--data <directory>', 'the data directory')
  .addHelpText(
    'after',
    '\nServers on PostgreSQL may run meanwhile; one on the embedded database makes backups of its own each day.' +
      '\nStored videos are not in it: copy the directory "files" too, in which no file ever changes.',
  )
  .action(async (file: string, flags: { data?: string }) => {
    const { config, dataDirectory } = await loadInstallation(flags);
    const opened = await openDatabase({ dataDirectory, databaseUrl: config.databaseUrl });
    try {
      const secretKey = config.secretKey ? undefined : await readSecretKey(dataDirectory);
      await backUp(opened.database, file, secretKey);
    } finally {
      await opened.close();
    }
    const { size } = await stat(file);
    console.log(`${file}: ${(size / 1_000_000).toFixed(1)} MB. Whoever has it has every key: keep it safe.`);
  });

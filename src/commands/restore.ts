import { Command } from 'commander';
import { writeSecretKey } from '../credits/secret-key.ts';
import { restore } from '../tasks/backup.ts';
import { printRows, withQueue } from './carry.ts';
import { loadPlace } from './place.ts';
import { mustExist } from './work.ts';

/** `stillroar restore FILE`: an empty database becomes what the backup was. */
export const restoreCommand = new Command('restore')
  .description('fill an empty database from a backup')
  .argument('<file>', 'a file that stillroar backup wrote')
  .option('--data <directory>', 'the data directory')
  .action(async (file: string, flags: { data?: string }) => {
    const { config, dataDirectory } = loadPlace(flags);
    const { databaseUrl } = config;
    await mustExist(file, 'backup');
    const { rows, requeued, header } = await withQueue(
      { dataDirectory, databaseUrl },
      async ({ database }, queue) => restore(database, queue, file),
    );
    if (header.secretKey && !config.secretKey) await writeSecretKey(dataDirectory, header.secretKey);
    printRows(rows);
    console.log(
      `The backup of ${header.createdAt} is restored. Unfinished tasks that wait again: ${requeued}.`,
    );
  });

import { readFile } from 'node:fs/promises';
import { settings } from '../config.ts';
import { resealSecrets } from '../credits/reseal.ts';
import { createSealing } from '../credits/sealing.ts';
import { adoptNextKey, readNextKey, readSecretKey } from '../credits/secret-key.ts';
import { openDatabase } from '../database/open.ts';
import { StillroarError } from '../errors.ts';
import { type AdministrationFlags, administrationCommand } from './administration.ts';
import { loadInstallation } from './place.ts';

/** `stillroar keys reseal`: changes the secret key that everybody's keys are sealed with. */
export const resealCommand = administrationCommand(
  'reseal',
  'seal all stored keys with another secret key; stop the servers first',
)
  .argument(
    '[file]',
    'what holds the new secret key; without it the data directory gets a new one of its own',
  )
  .action(async (file: string | undefined, flags: AdministrationFlags) => {
    const { config, dataDirectory } = await loadInstallation(flags);
    if (config.secretKey && file === undefined) {
      throw new StillroarError(
        'configuration',
        'The secret key is given by STILLROAR_SECRET_KEY. Name a file with the new one: openssl rand -base64 32 > new-key',
      );
    }
    const opened = await openDatabase({ dataDirectory, databaseUrl: config.databaseUrl });
    try {
      const current = config.secretKey ?? (await readSecretKey(dataDirectory));
      // What comes next is on the disk before anything is sealed with it.
      const next = file === undefined ? await readNextKey(dataDirectory) : await readKeyFile(file);
      const { resealed, kept } = await resealSecrets(
        opened.database,
        createSealing(current),
        createSealing(next),
      );
      if (file === undefined) await adoptNextKey(dataDirectory);
      console.log(`${resealed} keys were sealed anew, ${kept} had the new seal already.`);
      console.log(
        file === undefined
          ? `The new secret key is in ${dataDirectory}/secret-key.`
          : `From now on start everything with STILLROAR_SECRET_KEY=$(cat ${file}). Backups from before need the old one.`,
      );
    } finally {
      await opened.close();
    }
  });

async function readKeyFile(file: string): Promise<string> {
  try {
    return settings.secretKey.parse((await readFile(file, 'utf8')).trim()) as string;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code ? `cannot be read (${code})` : `must hold ${message}`;
    throw new StillroarError('configuration', `The file ${file} ${why}.`, { cause: error });
  }
}

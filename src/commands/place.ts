import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { StillroarError } from '../errors.ts';

/** The settings of a command that works on a data directory or its database. */
export interface Place {
  config: Config;
  dataDirectory: string;
}

/** The settings, with the directory that the command line names. */
export function loadPlace({ data }: { data?: string }): Place {
  const config = loadConfig(data === undefined ? {} : { data });
  return { config, dataDirectory: resolve(config.data) };
}

/**
 * The same for a command about what a server has made: in a wrong directory it would make another, and tell of that.
 * @throws StillroarError `configuration` when no server was ever started there
 */
export async function loadInstallation(flags: { data?: string }): Promise<Place> {
  const place = loadPlace(flags);
  const { config, dataDirectory } = place;
  if (config.databaseUrl) return place;
  await access(join(dataDirectory, 'database')).catch((cause: unknown) => {
    throw new StillroarError(
      'configuration',
      `No server has ever been started in ${dataDirectory}. Name its data directory with --data, or start it once.`,
      { cause },
    );
  });
  return place;
}

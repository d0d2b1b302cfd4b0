import { resolve } from 'node:path';
import { Command } from 'commander';
import type { App } from '../app.ts';
import { type Config, loadConfig, type SettingName } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import type { Engine } from '../engines/engine.ts';
import { isLoopback, isPrivateHost } from '../net/reach.ts';
import { closeOnSignal } from './close-on-signal.ts';
import { addSettings } from './settings.ts';

/** Builds the server. The database opens on a thread of its own while this one loads the rest, which takes as long. */
async function build(config: Config): Promise<App> {
  const database = openDatabase({ dataDirectory: resolve(config.data), databaseUrl: config.databaseUrl });
  // It may fail before anybody waits for it; createApp tells.
  database.catch(() => {});
  let engines: Engine[];
  try {
    const { createEngines } = await import('../engines/index.ts');
    engines = await createEngines(config);
  } catch (error) {
    await database.then(
      ({ close }) => close(),
      () => {},
    );
    throw error;
  }
  try {
    const { createApp } = await import('../app.ts');
    return await createApp(config, { engines, database });
  } catch (error) {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  }
}

async function run(flags: Partial<Record<SettingName, string>>): Promise<void> {
  const config = loadConfig(flags);
  const app = await build(config);
  closeOnSignal(app);
  const address = await app.listen();
  console.log(`\n  Stillroar listens on ${address}`);
  if (isPrivateHost(new URL(address).hostname)) {
    console.log(
      '  Result URLs begin with that address, which other machines may not reach, and some clients refuse',
    );
    console.log('  private ones: set STILLROAR_PUBLIC_URL to the address that your clients use.');
  }
  // Whoever reaches only this machine may see its key; a wider server's output ends up in other people's logs.
  if (isLoopback(config.host)) {
    console.log(`  API key             ${app.firstKey.clientSecret}`);
    console.log(`  Studio              ${app.signInUrl()}\n`);
    console.log(`  Try it: paste this into another terminal.\n\n${app.curlLine()}\n`);
  }
}

/** `stillroar serve`: the server with its worker. Every setting is also a flag. */
export const serveCommand = addSettings(new Command('serve').description('run the server').action(run));

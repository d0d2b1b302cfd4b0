import { Command } from 'commander';
import { createApp } from '../app.ts';
import { loadConfig, type SettingName } from '../config.ts';
import { createEngines } from '../engines/index.ts';
import { isLoopback, isPrivateHost } from '../net/reach.ts';
import { closeOnSignal } from './close-on-signal.ts';
import { addSettings } from './settings.ts';

async function run(flags: Partial<Record<SettingName, string>>): Promise<void> {
  const config = loadConfig(flags);
  const engines = await createEngines(config);
  const app = await createApp(config, { engines }).catch(async (error: unknown) => {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  });
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

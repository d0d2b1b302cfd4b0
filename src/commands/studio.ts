import { Command } from 'commander';
import { readSecretKey } from '../credits/secret-key.ts';
import { createTicket } from '../credits/sessions.ts';
import { serverAddress } from './parse.ts';
import { loadInstallation } from './place.ts';

interface StudioFlags {
  data?: string;
  url?: string;
}

async function run({ url, ...flags }: StudioFlags): Promise<void> {
  const { config, dataDirectory } = await loadInstallation(flags);
  const { host, port, publicUrl, tlsCert, tlsSelfSigned } = config;
  const scheme = tlsCert !== undefined || tlsSelfSigned ? 'https' : 'http';
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const base = url ?? publicUrl ?? `${scheme}://${name}:${port}`;
  const secretKey = config.secretKey ?? (await readSecretKey(dataDirectory));
  console.log(`${base}/sign-in?ticket=${createTicket(secretKey, new Date())}`);
}

/** `stillroar studio`: a link that signs a browser in to the first account of a server of this machine's. */
export const studioCommand = new Command('studio')
  .description('print a link that opens the studio in a browser, signed in; it works once, for an hour')
  .option('--data <directory>', 'the data directory of the server')
  .option('--url <address>', 'where the server is reached, if not where its settings say', serverAddress)
  .action(run);

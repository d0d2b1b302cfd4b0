import { Argument, Command } from 'commander';
import { type AdministrationFlags, administer, administrationCommand } from './administration.ts';
import { wholeNumber } from './parse.ts';
import { printTable } from './print-table.ts';
import { resealCommand } from './reseal.ts';

const MOST = 2 ** 31 - 1;

function print(pair: { clientId: string; clientSecret: string }): void {
  console.log(`client id   ${pair.clientId}\nAPI key     ${pair.clientSecret}`);
}

const list = administrationCommand('list', 'show all keys, without their secrets')
  .option('--account <uid>', 'only this account’s', wholeNumber(1, MOST))
  .action(async (flags: AdministrationFlags & { account?: number }) => {
    const keys = await administer(flags, (administration) => administration.listKeys(flags.account));
    printTable(
      keys.map(({ uid, clientId, name, createdAt, revokedAt }) => ({
        account: uid,
        'client id': clientId,
        name,
        since: createdAt.toISOString(),
        revoked: revokedAt?.toISOString() ?? '',
      })),
    );
  });

const create = administrationCommand('create', 'give an account another key')
  .addArgument(new Argument('<uid>', 'the account').argParser(wholeNumber(1, MOST)))
  .action(async (uid: number, flags: AdministrationFlags) => {
    print(await administer(flags, (administration) => administration.createKey(uid)));
  });

const show = administrationCommand(
  'show',
  'print a key with its secret; without a client id, the first account’s first',
)
  .argument('[client id]', 'which key')
  .action(async (clientId: string | undefined, flags: AdministrationFlags) => {
    print(
      await administer(flags, async (administration) => {
        const [first] = (await administration.listKeys()).filter(({ revokedAt }) => revokedAt === null);
        return administration.showKey(clientId ?? first?.clientId ?? '');
      }),
    );
  });

const revoke = administrationCommand('revoke', 'make a key open nothing any more')
  .argument('<client id>', 'which key')
  .action(async (clientId: string, flags: AdministrationFlags) => {
    await administer(flags, (administration) => administration.revokeKey(clientId));
    console.log(`The key ${clientId} is revoked.`);
  });

/** `stillroar keys`: what opens an account. */
export const keysCommand = new Command('keys').description('what opens an account');
for (const sub of [list, create, show, revoke, resealCommand]) keysCommand.addCommand(sub);

import { Argument, Command, Option } from 'commander';
import { type PlanName, planNames } from '../credits/plans.ts';
import { type AdministrationFlags, administer, administrationCommand } from './administration.ts';
import { wholeNumber } from './parse.ts';
import { printTable } from './print-table.ts';

const MOST = 2 ** 31 - 1;
const uid = () => new Argument('<uid>', 'the account').argParser(wholeNumber(1, MOST));

const list = administrationCommand('list', 'show all accounts').action(async (flags: AdministrationFlags) => {
  const accounts = await administer(flags, (administration) => administration.listAccounts());
  printTable(
    accounts.map(({ createdAt, isSuspended, ...account }) => ({
      ...account,
      suspended: isSuspended,
      since: createdAt.toISOString(),
    })),
  );
});

const create = administrationCommand('create', 'make an account with a key')
  .addOption(new Option('--plan <name>', 'what it may do').choices(planNames).default('free'))
  .option('--credits <number>', 'what it begins with', wholeNumber(0, MOST), 0)
  .action(async (flags: AdministrationFlags & { plan: PlanName; credits: number }) => {
    const { uid, pair } = await administer(flags, (administration) =>
      administration.createAccount(flags.plan, flags.credits),
    );
    console.log(`account     ${uid}\nclient id   ${pair.clientId}\nAPI key     ${pair.clientSecret}`);
  });

const credit = administrationCommand('credit', 'give credits to an account')
  .addArgument(uid())
  .addArgument(new Argument('<credits>', 'how many').argParser(wholeNumber(1, MOST)))
  .option('--reason <text>', 'what the ledger says', 'Given by the operator')
  .action(async (uid: number, credits: number, flags: AdministrationFlags & { reason: string }) => {
    const balance = await administer(flags, (administration) =>
      administration.giveCredits(uid, credits, flags.reason),
    );
    console.log(`Account ${uid} has ${balance} credits.`);
  });

const plan = administrationCommand('plan', 'change what an account may do')
  .addArgument(uid())
  .addArgument(new Argument('<plan>', 'its new plan').choices(planNames))
  .action(async (uid: number, plan: PlanName, flags: AdministrationFlags) => {
    await administer(flags, (administration) => administration.setPlan(uid, plan));
    console.log(`Account ${uid} has the plan ${plan}.`);
  });

const suspend = administrationCommand('suspend', 'refuse an account everywhere')
  .addArgument(uid())
  .action(async (uid: number, flags: AdministrationFlags) => {
    await administer(flags, (administration) => administration.setSuspended(uid, true));
    console.log(`Account ${uid} is suspended.`);
  });

const resume = administrationCommand('resume', 'let a suspended account in again')
  .addArgument(uid())
  .action(async (uid: number, flags: AdministrationFlags) => {
    await administer(flags, (administration) => administration.setSuspended(uid, false));
    console.log(`Account ${uid} is let in again.`);
  });

/** `stillroar accounts`: who may use the server, and for how much. */
export const accountsCommand = new Command('accounts').description(
  'who may use the server, and for how much',
);
for (const sub of [list, create, credit, plan, suspend, resume]) accountsCommand.addCommand(sub);

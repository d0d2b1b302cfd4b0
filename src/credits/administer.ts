import type { Database, DatabaseTransaction } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import { insertAccount, insertKey } from './accounts.ts';
import { createKeyPair, type KeyPair } from './key-pair.ts';
import { grant } from './ledger.ts';
import type { PlanName } from './plans.ts';
import type { Sealing } from './sealing.ts';

/** An account as the operator sees it. */
export interface AccountSummary {
  uid: number;
  teamId: string;
  plan: string;
  credits: number;
  isSuspended: boolean;
  /** How many of its keys open something. */
  keys: number;
  createdAt: Date;
}

/** A key as the operator sees it. */
export interface KeySummary {
  uid: number;
  clientId: string;
  /** What its owner calls it; empty when it has no name. */
  name: string;
  createdAt: Date;
  revokedAt: Date | null;
}

/** What the operator does with accounts and keys. Everything that names what does not exist throws `not-found`. */
export interface Administration {
  listAccounts(): Promise<AccountSummary[]>;
  createAccount(plan: PlanName, credits: number): Promise<{ uid: number; pair: KeyPair }>;
  /** Gives credits; answers the new balance. */
  giveCredits(uid: number, credits: number, reason: string): Promise<number>;
  setPlan(uid: number, plan: PlanName): Promise<void>;
  setSuspended(uid: number, isSuspended: boolean): Promise<void>;
  /** One account's keys, or everybody's. */
  listKeys(uid?: number): Promise<KeySummary[]>;
  createKey(uid: number, name?: string): Promise<KeyPair>;
  showKey(clientId: string): Promise<KeyPair>;
  /** A revoked key opens nothing from now on; servers that run notice within five seconds. */
  revokeKey(clientId: string): Promise<void>;
}

/** Administration over the database. */
export function createAdministration(database: Database, sealing: Sealing): Administration {
  function atomically<Value>(work: (transaction: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    return database.transaction().execute(work);
  }

  async function changeAccount(
    uid: number,
    values: { plan: PlanName } | { suspended_at: Date | null },
  ): Promise<void> {
    const { numUpdatedRows } = await database
      .updateTable('account')
      .set(values)
      .where('uid', '=', uid)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noAccount(uid);
  }

  async function balance(transaction: DatabaseTransaction, uid: number): Promise<number> {
    const row = await transaction
      .selectFrom('account')
      .select('credits')
      .where('uid', '=', uid)
      .executeTakeFirst();
    if (!row) throw noAccount(uid);
    return row.credits;
  }

  return {
    async listAccounts() {
      const rows = await database
        .selectFrom('account')
        .leftJoin('api_key', (join) =>
          join.onRef('api_key.uid', '=', 'account.uid').on('api_key.revoked_at', 'is', null),
        )
        .select(['account.uid', 'team_id', 'plan', 'credits', 'suspended_at', 'account.created_at'])
        .select(({ fn }) => fn.count<string>('client_id').as('keys'))
        .groupBy('account.uid')
        .orderBy('account.uid')
        .execute();
      return rows.map((row) => ({
        uid: row.uid,
        teamId: row.team_id,
        plan: row.plan,
        credits: row.credits,
        isSuspended: row.suspended_at !== null,
        keys: Number(row.keys),
        createdAt: row.created_at,
      }));
    },

    createAccount(plan, credits) {
      return atomically(async (transaction) => {
        const pair = createKeyPair();
        const uid = await insertAccount(transaction, plan);
        await insertKey(transaction, sealing, uid, pair);
        if (credits > 0) await grant(transaction, uid, credits, 'New account');
        return { uid, pair };
      });
    },

    giveCredits(uid, credits, reason) {
      return atomically(async (transaction) => {
        await balance(transaction, uid);
        await grant(transaction, uid, credits, reason);
        return balance(transaction, uid);
      });
    },

    setPlan: (uid, plan) => changeAccount(uid, { plan }),
    setSuspended: (uid, isSuspended) => changeAccount(uid, { suspended_at: isSuspended ? new Date() : null }),

    async listKeys(uid) {
      const rows = await database
        .selectFrom('api_key')
        .select(['uid', 'client_id', 'name', 'created_at', 'revoked_at'])
        .$if(uid !== undefined, (query) => query.where('uid', '=', uid!))
        .orderBy('uid')
        .orderBy('created_at')
        .execute();
      return rows.map((row) => ({
        uid: row.uid,
        clientId: row.client_id,
        name: row.name,
        createdAt: row.created_at,
        revokedAt: row.revoked_at,
      }));
    },

    createKey(uid, name) {
      return atomically(async (transaction) => {
        await balance(transaction, uid);
        const pair = createKeyPair();
        await insertKey(transaction, sealing, uid, pair, name);
        return pair;
      });
    },

    async showKey(clientId) {
      const row = await database
        .selectFrom('api_key')
        .select('secret_sealed')
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      if (!row) throw noKey(clientId);
      return { clientId, clientSecret: sealing.open(row.secret_sealed) };
    },

    async revokeKey(clientId) {
      const { numUpdatedRows } = await database
        .updateTable('api_key')
        .set({ revoked_at: new Date() })
        .where('client_id', '=', clientId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw noKey(clientId);
    },
  };
}

function noAccount(uid: number): StillroarError {
  return new StillroarError('not-found', `There is no account ${uid}. "stillroar accounts list" shows them.`);
}

function noKey(clientId: string): StillroarError {
  return new StillroarError(
    'not-found',
    `There is no valid key with the client id ${clientId}. "stillroar keys list" shows them.`,
  );
}

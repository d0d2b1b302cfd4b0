import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import { createKeyPair, type KeyPair } from './key-pair.ts';
import { grant, selectGrants } from './ledger.ts';
import type { PlanName } from './plans.ts';
import { hashSecret, type Sealing } from './sealing.ts';

/** Who is calling, and with which key. */
export interface Account extends KeyPair {
  uid: number;
  /** 24 hexadecimal characters. */
  teamId: string;
  plan: PlanName;
  /** Refused everywhere until the operator lets it in again. */
  isSuspended: boolean;
}

/** Accounts and their keys. */
export interface Accounts {
  findBySecret(clientSecret: string): Promise<Account | undefined>;
  findByClientId(clientId: string): Promise<Account | undefined>;
  /** The account with its oldest valid key, or its oldest of all when every one was revoked. */
  findByUid(uid: number): Promise<Account | undefined>;
  /** The account that was made first. */
  firstUid(): Promise<number>;
  /** Looks every key up anew: one of them was revoked. */
  forget(): void;
  /** A key's pair, also of one that was revoked: it signs the callbacks of what it made. */
  findPair(clientId: string): Promise<KeyPair | undefined>;
  /** The balance in credits. */
  credits(uid: number): Promise<number>;
  /** All credits that it was ever granted, and since when. */
  grants(uid: number): Promise<{ credits: number; since: Date | null }>;
  /**
   * The first account's key. Creates the account (plan pro, 10,000 credits) on an empty database; what is given of the
   * pair replaces what is stored. Where all its keys were revoked it gets a new one.
   */
  ensureFirst(pair: Partial<KeyPair>): Promise<KeyPair>;
}

/** How long a key is remembered, in ms: look-ups are most of what polling clients cost. */
const CACHE_TIME = 5_000;
const CACHE_ENTRIES = 1_000;
const FIRST_CREDITS = 10_000;

/** Accounts in the database, as callers are known by. What the operator does with them is in `administer.ts`. */
export function createAccounts(database: Database, sealing: Sealing): Accounts {
  const cache = new Map<string, { account: Account; until: number }>();

  async function find(
    column: 'secret_hash' | 'client_id' | 'uid',
    value: string | number,
  ): Promise<Account | undefined> {
    const cached = cache.get(`${column} ${value}`);
    if (cached && cached.until > Date.now()) return cached.account;
    const row = await database
      .selectFrom('api_key')
      .innerJoin('account', 'account.uid', 'api_key.uid')
      .select(['account.uid', 'team_id', 'plan', 'suspended_at', 'client_id', 'secret_sealed'])
      .where(`api_key.${column}`, '=', value)
      .$if(column !== 'uid', (query) => query.where('revoked_at', 'is', null))
      .orderBy(sql`revoked_at is not null`)
      .orderBy('api_key.created_at')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const account: Account = {
      uid: row.uid,
      teamId: row.team_id,
      plan: row.plan as PlanName,
      isSuspended: row.suspended_at !== null,
      clientId: row.client_id,
      clientSecret: sealing.open(row.secret_sealed),
    };
    if (cache.size >= CACHE_ENTRIES) cache.clear();
    cache.set(`${column} ${value}`, { account, until: Date.now() + CACHE_TIME });
    return account;
  }

  async function createFirst(transaction: DatabaseTransaction, pair: Partial<KeyPair>): Promise<KeyPair> {
    const created = createKeyPair(pair);
    const uid = await insertAccount(transaction, 'pro');
    await insertKey(transaction, sealing, uid, created);
    await grant(transaction, uid, FIRST_CREDITS, 'First account');
    return created;
  }

  return {
    findBySecret: (clientSecret) => find('secret_hash', hashSecret(clientSecret)),
    findByClientId: (clientId) => find('client_id', clientId),
    findByUid: (uid) => find('uid', uid),
    forget: () => cache.clear(),

    async firstUid() {
      const { uid } = await database
        .selectFrom('account')
        .select('uid')
        .orderBy('uid')
        .limit(1)
        .executeTakeFirstOrThrow();
      return uid;
    },

    async findPair(clientId) {
      const row = await database
        .selectFrom('api_key')
        .select('secret_sealed')
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row && { clientId, clientSecret: sealing.open(row.secret_sealed) };
    },

    grants: (uid) => selectGrants(database, uid),

    async credits(uid) {
      const row = await database
        .selectFrom('account')
        .select('credits')
        .where('uid', '=', uid)
        .executeTakeFirstOrThrow();
      return row.credits;
    },

    async ensureFirst(pair) {
      const result = await database.transaction().execute(async (transaction) => {
        // Two servers that start at once must not make two first accounts.
        await sql`lock table account in share row exclusive mode`.execute(transaction);
        const account = await transaction
          .selectFrom('account')
          .select('uid')
          .orderBy('uid')
          .limit(1)
          .executeTakeFirst();
        if (!account) return createFirst(transaction, pair);
        const first = await transaction
          .selectFrom('api_key')
          .select(['client_id', 'secret_sealed'])
          .where('uid', '=', account.uid)
          .where('revoked_at', 'is', null)
          .orderBy('created_at')
          .limit(1)
          .executeTakeFirst();
        if (!first) {
          const created = createKeyPair(pair);
          await insertKey(transaction, sealing, account.uid, created);
          return created;
        }
        const stored: KeyPair = {
          clientId: first.client_id,
          clientSecret: openStored(sealing, first.secret_sealed),
        };
        const wanted: KeyPair = { ...stored, ...pair };
        if (wanted.clientId !== stored.clientId || wanted.clientSecret !== stored.clientSecret) {
          await transaction
            .updateTable('api_key')
            .set({
              client_id: wanted.clientId,
              secret_hash: hashSecret(wanted.clientSecret),
              secret_sealed: sealing.seal(wanted.clientSecret),
            })
            .where('client_id', '=', stored.clientId)
            .execute();
        }
        return wanted;
      });
      cache.clear();
      return result;
    },
  };
}

/** Makes an account without credits; answers its uid. */
export async function insertAccount(transaction: DatabaseTransaction, plan: PlanName): Promise<number> {
  const { uid } = await transaction
    .insertInto('account')
    .values({ team_id: randomBytes(12).toString('hex'), plan })
    .returning('uid')
    .executeTakeFirstOrThrow();
  return uid;
}

/** Gives an account a key. */
export async function insertKey(
  transaction: DatabaseTransaction,
  sealing: Sealing,
  uid: number,
  pair: KeyPair,
  name = '',
): Promise<void> {
  await transaction
    .insertInto('api_key')
    .values({
      uid,
      name,
      client_id: pair.clientId,
      secret_hash: hashSecret(pair.clientSecret),
      secret_sealed: sealing.seal(pair.clientSecret),
    })
    .execute();
}

function openStored(sealing: Sealing, sealed: string): string {
  try {
    return sealing.open(sealed);
  } catch (cause) {
    throw new StillroarError(
      'configuration',
      'The stored keys were encrypted with another secret key. Give STILLROAR_SECRET_KEY (or the file secret-key in the data directory) the value that it had. If "stillroar keys reseal" was interrupted, run it once more.',
      { cause },
    );
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import { hashSecret } from './sealing.ts';

/** Browsers that are signed in to an account. */
export interface Sessions {
  /**
   * Signs in by a link's ticket, once.
   * @throws StillroarError `invalid-token` for a ticket that is not ours, too old, or was used
   */
  openByTicket(ticket: string, now: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Signs in to an account whose key the caller has shown. */
  open(uid: number, now: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Whose session a cookie's token is; undefined when it is none or over. */
  find(token: string, now: Date): Promise<number | undefined>;
  /** Signs out. */
  close(token: string, now: Date): Promise<void>;
  /** Forgets sessions that are long over. */
  sweep(now: Date): Promise<void>;
}

/** How long a browser stays signed in, in ms. */
const SESSION_TIME = 30 * 86_400_000;
/** How long a link can be used, in ms. */
const TICKET_TIME = 3_600_000;

/**
 * A text for a link that signs in once within an hour: its time, a nonce and their HMAC-SHA-256 under the server's
 * secret key. It can be made without the database, which a running server may hold locked.
 */
export function createTicket(secretKey: string, now: Date): string {
  const content = `${(now.getTime() + TICKET_TIME).toString(36)}.${randomBytes(16).toString('base64url')}`;
  return `${content}.${sign(secretKey, content)}`;
}

function sign(secretKey: string, content: string): string {
  return createHmac('sha256', secretKey).update(`stillroar sign-in ${content}`).digest('base64url');
}

function isValid(secretKey: string, ticket: string, now: Date): boolean {
  const [expires = '', nonce = '', signature = ''] = ticket.split('.');
  const expected = Buffer.from(sign(secretKey, `${expires}.${nonce}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return Number.parseInt(expires, 36) > now.getTime();
}

/** Sessions over the table `session`, of which all SQL stands here. Tickets open the given account. */
export function createSessions(
  database: Database,
  secretKey: string,
  ticketUid: () => Promise<number>,
): Sessions {
  async function insert(uid: number, ticket: string | null, now: Date) {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + SESSION_TIME);
    const inserted = await database
      .insertInto('session')
      .values({ token_hash: hashSecret(token), uid, ticket, created_at: now, expires_at: expiresAt })
      .onConflict((conflict) => conflict.column('ticket').doNothing())
      .returning('uid')
      .executeTakeFirst();
    return inserted && { token, expiresAt };
  }

  return {
    async openByTicket(ticket, now) {
      const session = isValid(secretKey, ticket, now)
        ? await insert(await ticketUid(), hashSecret(ticket), now)
        : undefined;
      if (session) return session;
      throw new StillroarError(
        'invalid-token',
        'This link has been used or is too old. "stillroar studio" prints a new one.',
      );
    },

    async open(uid, now) {
      return (await insert(uid, null, now))!;
    },

    async find(token, now) {
      const row = await database
        .selectFrom('session')
        .select('uid')
        .where('token_hash', '=', hashSecret(token))
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row?.uid;
    },

    async close(token, now) {
      await database
        .updateTable('session')
        .set({ expires_at: now })
        .where('token_hash', '=', hashSecret(token))
        .execute();
    },

    async sweep(now) {
      // Its row is what keeps a ticket from being used twice.
      await database
        .deleteFrom('session')
        .where('expires_at', '<', new Date(now.getTime() - TICKET_TIME))
        .execute();
    },
  };
}

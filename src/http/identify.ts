import type { FastifyRequest } from 'fastify';
import type { Account } from '../credits/accounts.ts';
import type { Sessions } from '../credits/sessions.ts';
import type { Dialect, DialectServices } from '../dialects/dialect.ts';
import { StillroarError } from '../errors.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Who may call is found by these. */
export interface IdentifyParts {
  services: DialectServices;
  sessions: Sessions;
}

/**
 * Finds out who calls: by the dialect's own credentials or, where it takes them, by a browser's session. A request that
 * brings credentials is judged by them alone.
 */
export function createIdentify(
  dialect: Dialect,
  { services, sessions }: IdentifyParts,
): (request: FastifyRequest) => Promise<Account> {
  async function bySession(request: FastifyRequest): Promise<Account | undefined> {
    const { headers } = request;
    if (!dialect.takesSessions || headers.authorization || headers['x-api-key']) return undefined;
    const token = readSessionCookie(headers.cookie);
    if (token === undefined) return undefined;
    checkOrigin(request);
    const uid = await sessions.find(token, new Date());
    return uid === undefined ? undefined : services.accounts.findByUid(uid);
  }

  return async (request) => {
    const account =
      (await bySession(request)) ?? (await dialect.authenticate(request.headers, services.accounts));
    if (account.isSuspended) {
      throw new StillroarError('account-suspended', 'This account is suspended. Ask the operator.');
    }
    return account;
  };
}

/** A cookie goes along with requests of other people's pages too: those say where they come from. */
export function checkOrigin({ headers }: FastifyRequest): void {
  const { origin, host } = headers;
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw new StillroarError(
    'unauthenticated',
    'A page of another origin cannot use this browser’s session. Send an API key.',
  );
}

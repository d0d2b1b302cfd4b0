import type { IncomingHttpHeaders } from 'node:http';
import type { Account, Accounts } from '../../credits/accounts.ts';
import type { KeyPair } from '../../credits/key-pair.ts';
import { StillroarError } from '../../errors.ts';
import { createToken, looksLikeToken, readTokenSubject, verifyToken } from '../json-web-token.ts';

/** Akool's tokens are valid for over a year. */
const TOKEN_SECONDS = 400 * 86_400;

function unknownKey(): StillroarError {
  return new StillroarError('invalid-key', 'The API key is not known to this server.');
}

/** A token for a client id and its secret. @throws StillroarError `invalid-key` */
export async function issueToken(pair: KeyPair, accounts: Accounts, now: Date): Promise<string> {
  const account = await accounts.findBySecret(pair.clientSecret);
  if (account?.clientId !== pair.clientId) {
    throw new StillroarError('invalid-key', 'The clientId and the clientSecret do not belong together.');
  }
  const iat = Math.floor(now.getTime() / 1000);
  return createToken({ sub: account.clientId, iat, exp: iat + TOKEN_SECONDS }, account.clientSecret);
}

/**
 * `Authorization: Bearer` with a token or the API key itself, or `x-api-key`; with both, `Authorization` decides, as
 * published.
 */
export async function authenticate(headers: IncomingHttpHeaders, accounts: Accounts): Promise<Account> {
  const authorization = headers.authorization?.trim();
  const apiKey = headers['x-api-key'];
  if (!authorization) {
    if (typeof apiKey !== 'string' || apiKey === '') {
      throw new StillroarError(
        'unauthenticated',
        'Send your API key in the header x-api-key, or "Authorization: Bearer" with a token or the key.',
      );
    }
    return byKey(apiKey, accounts);
  }
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (!bearer) {
    throw new StillroarError(
      /^Bearer$/i.test(authorization) ? 'unauthenticated' : 'invalid-token',
      'The header Authorization must be "Bearer", a space, and a token or an API key.',
    );
  }
  return looksLikeToken(bearer) ? byToken(bearer, accounts) : byKey(bearer, accounts);
}

async function byKey(secret: string, accounts: Accounts): Promise<Account> {
  const account = await accounts.findBySecret(secret);
  if (!account) throw unknownKey();
  return account;
}

async function byToken(token: string, accounts: Accounts): Promise<Account> {
  const clientId = readTokenSubject(token);
  const account = clientId === undefined ? undefined : await accounts.findByClientId(clientId);
  if (account && verifyToken(token, account.clientSecret, Date.now() / 1000)) return account;
  throw new StillroarError(
    'invalid-token',
    'The token does not verify or has expired. Get a new one by getToken.',
  );
}

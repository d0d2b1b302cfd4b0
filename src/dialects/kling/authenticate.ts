import type { IncomingHttpHeaders } from 'node:http';
import type { Account, Accounts } from '../../credits/accounts.ts';
import { StillroarError } from '../../errors.ts';
import { isSigned, looksLikeToken, readClaims } from '../json-web-token.ts';

/** Clocks may differ by so many seconds. */
const CLOCK_SKEW = 60;

/**
 * `Authorization: Bearer` with the API key itself, or with a token that the caller has signed: `iss` is the access key
 * (our client id), the secret key (our client secret) signs by HS256, `exp` and optionally `nbf` bound its time.
 *
 * @throws StillroarError `unauthenticated` without the header, `invalid-key` for what is neither token nor known key,
 *   `invalid-token` for an unknown issuer or a wrong signature, `token-not-yet-valid`, `token-expired`
 */
export async function authenticate(headers: IncomingHttpHeaders, accounts: Accounts): Promise<Account> {
  const authorization = headers.authorization?.trim();
  if (!authorization || /^Bearer$/i.test(authorization)) {
    throw new StillroarError(
      'unauthenticated',
      'The header Authorization is missing: send "Bearer", a space, and a token or your API key.',
    );
  }
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (!bearer) {
    throw new StillroarError(
      'invalid-key',
      'The header Authorization must be "Bearer", a space, and a token or your API key.',
    );
  }
  if (looksLikeToken(bearer)) return byToken(bearer, accounts, Date.now() / 1000);
  const account = await accounts.findBySecret(bearer);
  if (!account) throw new StillroarError('invalid-key', 'This is neither a token nor a known API key.');
  return account;
}

async function byToken(token: string, accounts: Accounts, now: number): Promise<Account> {
  const { iss, exp, nbf } = readClaims(token) ?? {};
  const isTime = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
  if (typeof iss !== 'string' || !isTime(exp) || (nbf !== undefined && !isTime(nbf))) {
    throw new StillroarError(
      'invalid-key',
      'The token must carry iss (your access key) and exp, and may carry nbf; times are seconds since 1970.',
    );
  }
  const account = await accounts.findByClientId(iss);
  if (!account || !isSigned(token, account.clientSecret)) {
    throw new StillroarError(
      'invalid-token',
      'The token’s issuer is not known, or it is not signed with the secret key by HS256.',
    );
  }
  if (nbf !== undefined && Number(nbf) > now + CLOCK_SKEW) {
    throw new StillroarError('token-not-yet-valid', 'The token is not valid yet: its nbf is in the future.');
  }
  if (Number(exp) <= now - CLOCK_SKEW) {
    throw new StillroarError('token-expired', 'The token has expired: its exp has passed. Sign a new one.');
  }
  return account;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Account, Accounts } from '../../credits/accounts.ts';
import { StillroarError } from '../../errors.ts';

/** `Authorization: Bearer` with an API key, or `x-api-key`. */
export async function authenticate(headers: IncomingHttpHeaders, accounts: Accounts): Promise<Account> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1];
  const key = bearer ?? headers['x-api-key'];
  if (typeof key !== 'string' || key === '') {
    throw new StillroarError(
      'unauthenticated',
      'Send your API key in the header "Authorization: Bearer" or x-api-key.',
    );
  }
  const account = await accounts.findBySecret(key);
  if (account) return account;
  throw new StillroarError('invalid-key', 'The API key is not known to this server.');
}

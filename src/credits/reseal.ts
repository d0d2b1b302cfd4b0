import { sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import type { Sealing } from './sealing.ts';

/** How many secrets were sealed anew, and how many had the new seal already. */
export interface Resealed {
  resealed: number;
  kept: number;
}

/**
 * Seals every stored secret with another secret key: all of them, or none when it is interrupted. Doing it again is the same
 * as doing it once.
 * @throws StillroarError `configuration` when a secret opens with neither key; then nothing has been changed
 */
export async function resealSecrets(database: Database, from: Sealing, to: Sealing): Promise<Resealed> {
  return database.transaction().execute(async (transaction) => {
    // No key may be made meanwhile: it would stay behind with the old seal.
    await sql`lock table api_key in share row exclusive mode`.execute(transaction);
    const rows = await transaction.selectFrom('api_key').select(['client_id', 'secret_sealed']).execute();
    const result: Resealed = { resealed: 0, kept: 0 };
    for (const { client_id, secret_sealed } of rows) {
      if (tryOpen(to, secret_sealed) !== undefined) {
        result.kept += 1;
        continue;
      }
      const secret = tryOpen(from, secret_sealed);
      if (secret === undefined) {
        throw new StillroarError(
          'configuration',
          `The secret of the key ${client_id} is sealed neither with the secret key that the settings give nor with the ` +
            'new one. Nothing was changed. Give STILLROAR_SECRET_KEY the value that it has for the servers.',
        );
      }
      await transaction
        .updateTable('api_key')
        .set({ secret_sealed: to.seal(secret) })
        .where('client_id', '=', client_id)
        .execute();
      result.resealed += 1;
    }
    return result;
  });
}

function tryOpen(sealing: Sealing, sealed: string): string | undefined {
  try {
    return sealing.open(sealed);
  } catch {
    return undefined;
  }
}

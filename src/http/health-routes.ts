import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A database that takes longer counts as away, in ms: whoever asks wants to know now. */
const PATIENCE = 2_000;
const SILENT = 'The database does not answer.';

/**
 * `GET /healthz`: the process lives, whatever is the matter with it. `GET /readyz`: it can take work now, or 503 with the
 * reason why it cannot.
 * @param whyNotReady resolves to the reason, if there is one; rejects when the database does not answer
 */
export function addHealthRoutes(
  server: FastifyInstance,
  whyNotReady: () => Promise<string | undefined>,
): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const silence = sleep(PATIENCE, SILENT, { ref: false });
    const reason = await Promise.race([whyNotReady(), silence]).catch(() => SILENT);
    return reason ? reply.code(503).send({ status: 'not ready', reason }) : { status: 'ready' };
  });
}

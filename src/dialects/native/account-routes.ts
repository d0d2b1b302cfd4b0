import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import { accountRoute, type Route } from '../dialect.ts';
import { validate } from '../validate.ts';
import { deliveriesSchema, keySchema, pageSchema } from './schema.ts';
import { toDeliveryReply, toKeyReply, toLimits, toModelReply } from './to-reply.ts';

const noBody = z.unknown();

/** A page of what was read with one more than its limit; `next` continues behind its last. */
function toPage<Item extends { id: string }>(rows: readonly Item[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

/** The native API's routes about an account and what the server offers it. */
export const accountRoutes: readonly Route[] = [
  accountRoute('GET', '/api/v1/effects', noBody, async ({ services }) => ({
    items: services.tasks
      .engines()
      .flatMap(({ name: engine, effects }) => effects.map((effect) => ({ ...effect, engine }))),
  })),

  accountRoute('GET', '/api/v1/models', noBody, async ({ services }) => ({
    items: services.tasks
      .engines()
      .flatMap(({ name: engine, models }) => models.map((model) => toModelReply(engine, model))),
  })),

  accountRoute('GET', '/api/v1/engines', noBody, async ({ services }) => ({
    items: services.tasks.engines().map(({ name, models, unavailable, effects }) => ({
      name,
      models: models.map((model) => model.name),
      unavailable: unavailable.map((model) => ({ ...toModelReply(name, model), needs: model.needs })),
      effects: effects.length,
    })),
  })),

  accountRoute('GET', '/api/v1/account', noBody, async ({ account, services }) => {
    const { bytes, quota } = await services.uploads.usage(account);
    return {
      uid: account.uid,
      teamId: account.teamId,
      plan: account.plan,
      credits: await services.accounts.credits(account.uid),
      limits: toLimits(account.plan, services.tasksAtOnce),
      uploads: { bytes, quota },
    };
  }),

  accountRoute('GET', '/api/v1/ledger', noBody, async ({ account, query, services }) => {
    const { after, limit } = validate(pageSchema, query);
    const entries = await services.ledger(account.uid, { after, limit: limit + 1 });
    return toPage(
      entries.map(({ taskId, createdAt, id, ...entry }) => ({
        ...entry,
        id: String(id),
        taskId: taskId ?? null,
        createdAt: createdAt.toISOString(),
      })),
      limit,
    );
  }),

  accountRoute('GET', '/api/v1/keys', noBody, async ({ account, services }) => ({
    items: (await services.administration.listKeys(account.uid)).map(toKeyReply),
  })),

  accountRoute(
    'POST',
    '/api/v1/keys',
    keySchema,
    async ({ account, body, services }) => {
      const { name = '' } = body;
      const { clientId, clientSecret } = await services.administration.createKey(account.uid, name);
      return { clientId, apiKey: clientSecret, name };
    },
    { status: 201, isSecret: true },
  ),

  accountRoute(
    'DELETE',
    '/api/v1/keys/:id',
    noBody,
    async ({ account, params, services }) => {
      const keys = await services.administration.listKeys(account.uid);
      const key = keys.find(({ clientId, revokedAt }) => clientId === params.id && revokedAt === null);
      if (!key) throw new StillroarError('not-found', 'There is no such key in your account.');
      await services.administration.revokeKey(key.clientId);
      services.accounts.forget();
    },
    { status: 204 },
  ),

  accountRoute('GET', '/api/v1/webhooks', noBody, async ({ account, query, services }) => {
    const { task, after, limit } = validate(deliveriesSchema, query);
    const rows = await services.outbox.list(account.uid, { taskId: task }, { after, limit: limit + 1 });
    return toPage(rows.map(toDeliveryReply), limit);
  }),

  accountRoute('POST', '/api/v1/webhooks/:id/resend', noBody, async ({ account, params, services }) => {
    const { id = '' } = params;
    const isThere = /^\d{1,18}$/.test(id) && (await services.outbox.resend(account.uid, id, new Date()));
    if (!isThere) throw new StillroarError('not-found', 'There is no such callback in your account.');
    return { id, state: 'pending' };
  }),
];

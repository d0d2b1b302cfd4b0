import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import { accountRoute, publicRoute, type Route } from '../dialect.ts';
import { issueToken } from './authenticate.ts';
import { createSchema, idsSchema, tokenSchema } from './schema.ts';
import { toCreateReply, toResultEntry, toTaskRequest } from './translate.ts';

function reply(msg: string, data: unknown): unknown {
  return { code: 1000, msg, data };
}

const noBody = z.unknown();

/** Akool's routes, one entry each. */
export const routes: readonly Route[] = [
  accountRoute(
    'POST',
    '/api/open/v4/image2Video/createBySourcePrompt',
    createSchema,
    async ({ account, body, services }) => {
      if (body.effect_code) {
        throw new StillroarError(
          'invalid-field',
          `effect_code "${body.effect_code}" is not known: no effects are installed in this version. Leave it out.`,
          { field: 'effect_code' },
        );
      }
      return reply('OK', toCreateReply(await services.tasks.create(account, toTaskRequest(body)), account));
    },
  ),

  accountRoute(
    'POST',
    '/api/open/v4/image2Video/resultsByIds',
    idsSchema,
    async ({ account, body, services }) => {
      const tasks = await services.tasks.find(account, body._ids);
      return reply('OK', { result: tasks.map((task) => toResultEntry(task, account)) });
    },
  ),

  accountRoute('GET', '/api/open/v4/image2Video/effects', noBody, async () =>
    reply('Success', { result: [], count: 0 }),
  ),

  publicRoute('POST', '/api/open/v3/getToken', tokenSchema, async ({ body, services }) => {
    const token = await issueToken(body, services.accounts, new Date());
    // The token stands at the top, as published; some clients look for it in data.
    return { code: 1000, msg: 'OK', token, data: { token } };
  }),

  accountRoute('GET', '/api/open/v3/faceswap/quota/info', noBody, async ({ account, services }) =>
    reply('OK', { credit: await services.accounts.credits(account.uid) }),
  ),
];

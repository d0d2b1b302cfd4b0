import { z } from 'zod';
import { StillroarError } from '../../errors.ts';
import { accountRoute, publicRoute, type Route } from '../dialect.ts';
import { validate } from '../validate.ts';
import { issueToken } from './authenticate.ts';
import { findEffect, knownEffects, toEffectList } from './effects.ts';
import { errorReply } from './errors.ts';
import { toModelList } from './models.ts';
import { batchSchema, createSchema, idsSchema, modelListSchema, soundSchema, tokenSchema } from './schema.ts';
import {
  toBatchItem,
  toCreateReply,
  toDeletionReply,
  toResultEntry,
  toSoundReply,
  toSoundRequest,
  toTaskRequest,
} from './translate.ts';

function reply(msg: string, data: unknown): unknown {
  return { code: 1000, msg, data };
}

const noBody = z.unknown();
const SUITE = '/api/open/v4/image2Video';

/** Akool's routes, one entry each. */
export const routes: readonly Route[] = [
  accountRoute(
    'POST',
    `${SUITE}/createBySourcePrompt`,
    createSchema,
    async ({ account, body, origin, services }) => {
      const effect = findEffect(body.effect_code, knownEffects(services.tasks));
      const task = await services.tasks.create(
        account,
        toTaskRequest(body, effect, services.tasks.models()),
        origin,
      );
      return reply('OK', toCreateReply(task, account));
    },
  ),

  accountRoute(
    'POST',
    `${SUITE}/createBySourcePrompt/batch`,
    batchSchema,
    async ({ account, body, origin, services }) => {
      const effect = findEffect(body.effect_code, knownEffects(services.tasks));
      const request = toTaskRequest(body, effect, services.tasks.models());
      const { tasks, errors } = await services.tasks.createBatch(account, request, body.count, origin);
      return reply('OK', {
        successList: tasks.map((task) => toBatchItem(task, account)),
        errorList: errors.map(({ index, error }) => {
          const { code, msg } = errorReply(error).body;
          return { index, code, msg };
        }),
      });
    },
  ),

  accountRoute('POST', `${SUITE}/resultsByIds`, idsSchema, async ({ account, body, services }) => {
    const tasks = await services.tasks.find(account, body._ids);
    return reply('OK', { result: tasks.map((task) => toResultEntry(task, account)) });
  }),

  accountRoute('GET', `${SUITE}/effects`, noBody, async ({ services }) =>
    reply('Success', toEffectList(knownEffects(services.tasks))),
  ),

  accountRoute(
    'POST',
    `${SUITE}/updateVideoAudio`,
    soundSchema,
    async ({ account, body, origin, services }) => {
      const parent = await services.tasks.findOne(account, body.pre_video_id);
      if (!parent) {
        throw new StillroarError('invalid-field', 'There is no such video in your account.', {
          field: 'pre_video_id',
        });
      }
      const task = await services.tasks.create(account, toSoundRequest(parent, body), origin);
      return reply('OK', toSoundReply(task, account));
    },
  ),

  accountRoute('POST', `${SUITE}/delbyids`, idsSchema, async ({ account, body, services }) => {
    const deletions = await services.tasks.remove(account, body._ids);
    return reply('Delete successfully', toDeletionReply(deletions));
  }),

  accountRoute('GET', '/api/open/v4/aigModel/list', noBody, async ({ query, services }) => {
    const types = validate(modelListSchema, query);
    return reply('OK', toModelList(types, services.tasks.models()));
  }),

  publicRoute('POST', '/api/open/v3/getToken', tokenSchema, async ({ body, services }) => {
    const token = await issueToken(body, services.accounts, new Date());
    // The token stands at the top, as published; some clients look for it in data.
    return { code: 1000, msg: 'OK', token, data: { token } };
  }),

  accountRoute('GET', '/api/open/v3/faceswap/quota/info', noBody, async ({ account, services }) =>
    reply('OK', { credit: await services.accounts.credits(account.uid) }),
  ),
];

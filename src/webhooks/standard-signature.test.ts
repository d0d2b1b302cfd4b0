import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { standardHeaders } from './standard-signature.ts';

const secret = 'ABCDEFGHIJKLMNOPQRSTUVWX';

test('is accepted by the library of Standard Webhooks, and a changed body is not', () => {
  const webhook = new Webhook(`whsec_${Buffer.from(secret).toString('base64')}`);
  const body = JSON.stringify({ sea: 'waves' });
  const headers = standardHeaders('msg_1', Math.floor(Date.now() / 1000), body, secret);
  expect(webhook.verify(body, headers)).toEqual({ sea: 'waves' });
  expect(() => webhook.verify(body.replace('waves', 'calm'), headers)).toThrow();
});

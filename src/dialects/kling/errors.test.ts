import { expect, test } from 'vitest';
import { type ErrorCode, errorTable, StillroarError } from '../../errors.ts';
import { errorReply } from './errors.ts';

/** Kling's published table: which statuses its numbers come with. */
const published: Record<number, readonly number[]> = {
  401: [1000, 1001, 1002, 1003, 1004],
  429: [1100, 1101, 1102, 1302, 1303, 1304],
  403: [1103],
  400: [1200, 1201, 1300, 1301],
  404: [1202, 1203],
  500: [5000],
  503: [5001],
  504: [5002],
};

test('every error of ours has a number of the table with its own status', () => {
  for (const code of Object.keys(errorTable) as ErrorCode[]) {
    const { status, body } = errorReply(new StillroarError(code, 'Why.'), 'request');
    expect(published[status], code).toContain(body.code);
    expect(body.request_id).toBe('request');
    expect(body.message).not.toBe('');
  }
});

test('names the field in the caller’s words, once', () => {
  const reply = (sentence: string) =>
    errorReply(new StillroarError('address-refused', sentence, { field: 'webhookUrl' }), '').body.message;
  expect(reply('This server does not go there.')).toBe('callback_url: This server does not go there.');
  expect(reply('callback_url must be a URL.')).toBe('callback_url must be a URL.');
});

import { expect, test } from 'vitest';
import { readPreview } from './preview.ts';

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const jpeg = Buffer.from('\xff\xd8\xff\xe0 a picture', 'latin1');
const png = Buffer.from('\x89PNG\r\n\x1a\n a picture', 'latin1');
const said = Buffer.from(JSON.stringify({ node_id: '3', prompt_id: 'abc', image_type: 'image/png' }));

test('reads a picture that says whose it is, and one that does not', () => {
  expect(readPreview(Buffer.concat([number(4), number(said.length), said, png]))).toEqual({
    promptId: 'abc',
    preview: { bytes: png, contentType: 'image/png' },
  });
  expect(readPreview(Buffer.concat([number(1), number(1), jpeg]))).toEqual({
    promptId: undefined,
    preview: { bytes: jpeg, contentType: 'image/jpeg' },
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.concat([number(3), number(1), jpeg])],
  ['no picture', Buffer.concat([number(1), number(1), Buffer.from('RIFF')])],
  ['a length beyond the end', Buffer.concat([number(4), number(4_000_000_000), said, png])],
  ['what is no JSON', Buffer.concat([number(4), number(3), Buffer.from('{"a'), png])],
  ['no prompt', Buffer.concat([number(4), number(2), Buffer.from('{}'), png])],
  ['more than a preview', Buffer.concat([number(1), number(1), jpeg, Buffer.alloc(1_000_000)])],
])('leaves out %s', (_, message) => {
  expect(readPreview(message)).toBeUndefined();
});

import fc from 'fast-check';

/** A part of a form, as it is written and not as it should be. */
export interface FormPart {
  name: string;
  fileName: string | undefined;
  contentType: string;
  content: Buffer;
}

/** A form, as it is written and not as it should be. */
export interface Form {
  boundary: string;
  parts: FormPart[];
  /** What follows the last boundary. */
  ending: string;
  /** The content type, where it is not what the form is. */
  says?: string;
  /** What is done to the bytes at last. */
  damage?: (body: Buffer) => Buffer;
}

/** Writes a form out. */
export function writeForm({ boundary, parts, ending, says, damage }: Form): {
  contentType: string;
  body: Buffer;
} {
  const body = Buffer.concat([
    ...parts.flatMap(({ name, fileName, contentType, content }) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"` +
          `${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n` +
          `${contentType && `content-type: ${contentType}\r\n`}\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}${ending}`),
  ]);
  return { contentType: says ?? `multipart/form-data; boundary=${boundary}`, body: damage?.(body) ?? body };
}

const tricks = [
  '',
  '\0',
  '../../etc/passwd',
  '\u202egpj.exe',
  '"; name="prompt',
  'x\r\nset-cookie: a=b',
  '__proto__',
  'constructor',
  'input_reference[image_url]',
  'x'.repeat(10_000),
  '%00',
  'ü',
];

/** One time in five, and undefined else. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/**
 * Forms around what a route takes: whole ones with fields changed, repeated, left out or added, and broken ones.
 * @param fields those that the reference names
 * @param picture a file that will do
 */
export function formsFor(fields: readonly string[], picture: Buffer): fc.Arbitrary<Form> {
  const text = fc.oneof(
    fc.constantFrom('waves', '5', '1280x720', '-1', '1e999', 'NaN', 'http://127.0.0.1:1/x', ...tricks),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const content = fc.oneof(
    { weight: 4, arbitrary: text.map((value) => Buffer.from(value)) },
    { weight: 3, arbitrary: fc.constant(picture) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 2_000 }).map((length) => picture.subarray(0, length)) },
    // A form within a form, with the boundary of the outer one.
    {
      weight: 1,
      arbitrary: fc.constant(
        Buffer.from('--b\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nx\r\n--b--\r\n'),
      ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  );
  const part = fc.record({
    name: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fields) }, { weight: 1, arbitrary: text }),
    fileName: fc.option(fc.oneof(fc.constant('a.jpg'), text), { nil: undefined }),
    contentType: fc.constantFrom(
      '',
      'image/jpeg',
      'text/plain; charset=utf-7',
      'multipart/mixed; boundary=b',
      'x',
    ),
    content,
  });
  const usual: FormPart[] = fields.includes('prompt')
    ? [{ name: 'prompt', fileName: undefined, contentType: '', content: Buffer.from('waves') }]
    : [{ name: 'file', fileName: 'a.jpg', contentType: 'image/jpeg', content: picture }];
  const parts = fc
    .tuple(fc.boolean(), fc.array(part, { maxLength: 5 }))
    .map(([isUsual, more]) => (isUsual ? [...usual, ...more] : more));
  const says = seldom(
    fc.constantFrom(
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=other',
      'multipart/form-data; boundary="b"; charset=utf-16',
      `multipart/form-data; boundary=${'b'.repeat(200)}`,
      'multipart/form-data; boundary=b; boundary=c',
      'multipart/mixed; boundary=b',
      'application/x-www-form-urlencoded',
    ),
  );
  const damage = seldom(
    fc.oneof(
      fc
        .double({ min: 0, max: 1, noNaN: true })
        .map((at) => (body: Buffer) => body.subarray(0, body.length * at)),
      fc.constant((body: Buffer) => Buffer.concat([body, body])),
      fc.constant((body: Buffer) => Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')),
      fc.constant((body: Buffer) => Buffer.concat([Buffer.alloc(70_000, '-'), body])),
      fc.constant((body: Buffer) => Buffer.concat([body, Buffer.alloc(70_000, '\r\n--b')])),
    ),
  );
  return fc
    .record({
      boundary: fc.constant('b'),
      parts,
      ending: fc.constantFrom('--\r\n', '--', '', '\r\n', '-'),
      says,
      damage,
    })
    .map(({ says: type, damage: change, ...form }) => ({
      ...form,
      ...(type !== undefined && { says: type }),
      ...(change && { damage: change }),
    }));
}

import { describe, expect, test } from 'vitest';
import { createReach, loopbackHosts } from './reach.ts';
import { forbiddenHosts, publicHosts, schemes } from './testing/spellings.ts';

describe('without allowed hosts', () => {
  const reach = createReach([]);

  test(`lets none of ${forbiddenHosts.length} spellings of private hosts through`, () => {
    expect(forbiddenHosts.length).toBeGreaterThanOrEqual(100);
    const through = forbiddenHosts.filter((host) => {
      try {
        reach.checkUrl(`http://${host}/picture.jpg`);
        return true;
      } catch {
        return false;
      }
    });
    expect(through).toEqual([]);
    console.log(
      `${forbiddenHosts.length} private spellings: 0 through; ${publicHosts.length} public: 0 refused`,
    );
  });

  test('refuses no public host', () => {
    for (const host of publicHosts) expect(() => reach.checkUrl(`https://${host}/a.jpg`)).not.toThrow();
  });

  test(`knows http and https and none of ${schemes.length} other schemes`, () => {
    expect(schemes.length).toBeGreaterThanOrEqual(20);
    for (const scheme of schemes) {
      expect(() => reach.checkUrl(`${scheme}://example.org/a.jpg`), scheme).toThrow(/http:\/\/ or https/);
    }
  });

  test('takes no credentials and nothing that is not a URL', () => {
    expect(() => reach.checkUrl('http://user:secret@example.org/')).toThrow('user name');
    expect(() => reach.checkUrl('http://example.org@127.0.0.1/')).toThrow();
    expect(() => reach.checkUrl('not a url')).toThrow('is not a URL');
  });
});

describe('with allowed hosts', () => {
  test('reaches loopback when that is allowed, and nothing else that is private', () => {
    const reach = createReach(loopbackHosts);
    for (const host of ['localhost:3000', '127.0.0.1', '127.9.9.9', '[::1]', '2130706433']) {
      expect(() => reach.checkUrl(`http://${host}/demo`)).not.toThrow();
    }
    expect(() => reach.checkUrl('http://10.0.0.1/')).toThrow('STILLROAR_ALLOW_HOSTS');
  });

  test('reaches the given addresses, blocks and names only', () => {
    const reach = createReach(['127.0.0.2', '10.1.0.0/16', 'fd00::/8', 'minio']);
    expect(reach.allows('127.0.0.2', '127.0.0.2')).toBe(true);
    expect(reach.allows('127.0.0.1', '127.0.0.1')).toBe(false);
    expect(reach.allows('a.example', '10.1.2.3')).toBe(true);
    expect(reach.allows('a.example', '10.2.2.3')).toBe(false);
    expect(reach.allows('minio', '172.17.0.2')).toBe(true);
    expect(reach.allows('other', '172.17.0.2')).toBe(false);
    expect(reach.allows('a.example', 'fd12::1')).toBe(true);
  });

  test('never reaches a metadata address, whatever is given', () => {
    const reach = createReach(['0.0.0.0/0', '::/0', '169.254.169.254', 'metadata.google.internal']);
    for (const address of ['169.254.169.254', '100.100.100.200', 'fd00:ec2::254', '::ffff:a9fe:a9fe']) {
      expect(reach.allows('metadata.google.internal', address)).toBe(false);
    }
    expect(() => reach.checkUrl('http://169.254.169.254/latest/meta-data/')).toThrow();
  });
});

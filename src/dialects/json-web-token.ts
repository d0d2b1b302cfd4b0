import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 and nothing else: the algorithm is pinned, whatever a token's
 * header says.
 */

/** What our tokens say. Times are seconds since 1970. */
export interface TokenClaims {
  /** Whose token it is: a client id. */
  sub: string;
  iat: number;
  exp: number;
}

const header = encode({ alg: 'HS256', typ: 'JWT' });

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sign(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/** Whether a text has a token's shape: three parts of base64url, the first a JSON object. */
export function looksLikeToken(text: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** Makes a token. */
export function createToken(claims: TokenClaims, secret: string): string {
  const text = `${header}.${encode(claims)}`;
  return `${text}.${sign(text, secret).toString('base64url')}`;
}

/** Whose token it claims to be, unverified: to find the secret to verify it with. */
export function readTokenSubject(token: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims.sub === 'string' ? claims.sub : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a token is signed with this secret, by HS256, and valid at this time in seconds. */
export function verifyToken(token: string, secret: string, now: number): boolean {
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = sign(`${head}.${body}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  try {
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const { exp } = JSON.parse(Buffer.from(body, 'base64url').toString());
    return alg === 'HS256' && typeof exp === 'number' && exp > now;
  } catch {
    return false;
  }
}

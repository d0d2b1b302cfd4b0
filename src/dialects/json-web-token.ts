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

/** One part of a token as a JSON object; undefined for anything else. */
function readPart(part = ''): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a token claims, unverified; undefined when it is no token. */
export function readClaims(token: string): Record<string, unknown> | undefined {
  return readPart(token.split('.')[1]);
}

/** Whose token it claims to be, unverified: to find the secret to verify it with. */
export function readTokenSubject(token: string): string | undefined {
  const subject = readClaims(token)?.sub;
  return typeof subject === 'string' ? subject : undefined;
}

/** Whether a token is signed with this secret, by HS256. */
export function isSigned(token: string, secret: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = sign(`${head}.${body}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return readPart(head)?.alg === 'HS256';
}

/** Whether a token is signed with this secret, by HS256, and valid at this time in seconds. */
export function verifyToken(token: string, secret: string, now: number): boolean {
  const exp = readClaims(token)?.exp;
  return isSigned(token, secret) && typeof exp === 'number' && exp > now;
}

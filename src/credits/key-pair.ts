import { randomInt } from 'node:crypto';

/** The two halves of an API key. The secret is what callers send as the key. */
export interface KeyPair {
  /** 16 ASCII characters: Akool's webhooks take them as an initialisation vector. */
  clientId: string;
  /** 24 ASCII characters: Akool's webhooks take them as an AES-192 key. */
  clientSecret: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A new pair; what is given of it is taken. */
export function createKeyPair(given: Partial<KeyPair> = {}): KeyPair {
  return { clientId: given.clientId ?? randomText(16), clientSecret: given.clientSecret ?? randomText(24) };
}

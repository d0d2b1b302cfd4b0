import { isLoopback, plainHostname } from './reach.ts';

/**
 * Tells whether a request's `Host` is one that this server is called by. A page may let its own name point at a server
 * on its reader's machine and then read the answers as its own (DNS rebinding): a server that listens on loopback knows
 * all its names, and any other is such a page's. One that listens wider is called by names that only its network knows.
 *
 * @param listensOn the configured host
 * @param publicUrl the address that the operator has given it
 */
export function createOwnHost(
  listensOn: string,
  publicUrl: string | undefined,
): (authority: string) => boolean {
  const known = [listensOn, ...(publicUrl ? [new URL(publicUrl).hostname] : [])].map(plainHostname);
  return (authority) => {
    if (!isLoopback(listensOn)) return true;
    const name = nameIn(authority);
    return isLoopback(name) || name.endsWith('.localhost') || known.includes(name);
  };
}

/** The name in a `Host` header, without its port; empty when there is none. */
function nameIn(authority: string): string {
  try {
    return plainHostname(new URL(`http://${authority}`).hostname);
  } catch {
    return '';
  }
}

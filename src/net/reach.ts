import { BlockList, isIP } from 'node:net';
import { StillroarError } from '../errors.ts';
import { isMetadataAddress, isPublicAddress, unmapAddress } from './addresses.ts';

/** Which addresses this server goes to when a caller names them. */
export interface Reach {
  /**
   * Checks what the URL itself shows, before anything is resolved.
   * @throws StillroarError `invalid-field` for what is no http(s) URL, `address-refused` for a forbidden host
   */
  checkUrl(text: string): URL;
  /** Whether a connection to this address is allowed for this host name (which may be the address itself). */
  allows(hostname: string, address: string): boolean;
}

/** Names that never mean a host on the internet (RFC 6761, RFC 6762, RFC 8375 and habit). */
const localName = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|test|invalid|svc)$/;

/** What loopback is called. */
export const loopbackHosts = ['127.0.0.0/8', '::1', 'localhost'];

/** A host as it stands in a URL, without brackets and without the root's dot. */
export function plainHostname(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase();
}

/**
 * The rule that allows public addresses and, besides, the given private names, addresses and CIDR blocks. Metadata
 * addresses are refused whatever is given.
 */
export function createReach(allowHosts: readonly string[]): Reach {
  const names = new Set<string>();
  const blocks = new BlockList();
  for (const entry of allowHosts) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (!isIP(address)) names.add(entry);
    else if (prefix === undefined) blocks.addAddress(address, family);
    else blocks.addSubnet(address, Number(prefix), family);
  }

  function allows(hostname: string, address: string): boolean {
    if (!isIP(address) || isMetadataAddress(address)) return false;
    const plain = unmapAddress(address);
    return (
      isPublicAddress(plain) ||
      blocks.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4') ||
      names.has(plainHostname(hostname))
    );
  }

  return {
    allows,
    checkUrl(text) {
      if (!URL.canParse(text)) {
        throw new StillroarError('invalid-field', `"${text.slice(0, 80)}" is not a URL.`);
      }
      const url = new URL(text);
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw new StillroarError('invalid-field', 'The URL must begin with http:// or https://.');
      }
      if (url.username || url.password) {
        throw new StillroarError('invalid-field', 'The URL must not contain a user name or a password.');
      }
      const host = plainHostname(url.hostname);
      const isRefused = isIP(host)
        ? !allows(host, host)
        : !names.has(host) && (!host.includes('.') || localName.test(host));
      if (isRefused) throw refusal(host);
      return url;
    },
  };
}

/** Whether only some machines reach this host: a private address, or a name that means nothing on the internet. */
export function isPrivateHost(hostname: string): boolean {
  const host = plainHostname(hostname);
  return isIP(host) ? !isPublicAddress(host) : !host.includes('.') || localName.test(host);
}

/** What a caller reads who points the server at an address that it does not go to. */
export function refusal(host: string): StillroarError {
  return new StillroarError(
    'address-refused',
    `This server does not fetch from ${host}: it is a private or reserved address. ` +
      'Use a public URL, or let the operator add it to STILLROAR_ALLOW_HOSTS.',
  );
}

/** Whether a server that listens on this host can be reached from its own machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

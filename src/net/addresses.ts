import { BlockList, isIP } from 'node:net';

type Block = readonly [network: string, prefix: number];

function blockList(family: 'ipv4' | 'ipv6', blocks: readonly Block[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of blocks) list.addSubnet(network, prefix, family);
  return list;
}

/** IANA's special-purpose registry for IPv4 (RFC 6890 and its updates), multicast, and Azure's metadata address. */
const special4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** Only global unicast is public in IPv6 … */
const unicast6 = blockList('ipv6', [['2000::', 3]]);

/** … less protocol assignments with Teredo, documentation, 6to4: what hides another address is not public. */
const special6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** Where clouds hand out credentials: AWS, GCP and Azure; ECS; Azure's wire server; Alibaba; Oracle; AWS and GCP by IPv6. */
const metadata = new BlockList();
for (const address of [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '168.63.129.16',
  '100.100.100.200',
]) {
  metadata.addAddress(address, 'ipv4');
}
metadata.addAddress('192.0.0.192', 'ipv4');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('fd00:ec2::23', 'ipv6');
metadata.addAddress('fd20:ce::254', 'ipv6');

/** An IPv4-mapped IPv6 address as the IPv4 address that it stands for (RFC 4291, 2.5.5.2), others unchanged. */
export function unmapAddress(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (dotted) return dotted[1]!;
  const hexadecimal = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!hexadecimal) return address;
  const high = Number.parseInt(hexadecimal[1]!, 16);
  const low = Number.parseInt(hexadecimal[2]!, 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether an address is one that anybody on the internet can reach. False for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  const plain = unmapAddress(address);
  if (isIP(plain) === 4) return !special4.check(plain, 'ipv4');
  return isIP(plain) === 6 && unicast6.check(plain, 'ipv6') && !special6.check(plain, 'ipv6');
}

/** Whether an address is known to hand out a cloud machine's credentials. */
export function isMetadataAddress(address: string): boolean {
  const plain = unmapAddress(address);
  return metadata.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

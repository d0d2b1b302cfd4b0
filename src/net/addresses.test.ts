import { expect, test } from 'vitest';
import { isMetadataAddress, isPublicAddress } from './addresses.ts';

const forbidden = `0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1
127.1.2.3 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192
192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1
::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1::
2001:db8::1 2001:1::1 2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fec0::1
ff02::1 ff0e::1 1.2.3 localhost example.org`;

const allowed = `1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 128.0.0.1 168.63.129.15
169.253.1.1 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255
::ffff:8.8.8.8 ::ffff:808:808 2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450:4001::1 2400:cb00::1`;

const words = (text: string): string[] => text.split(/\s+/);

test.each(words(forbidden))('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(words(allowed))('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('knows where clouds hand out credentials, in IPv4-mapped form too', () => {
  const addresses = ['169.254.169.254', '168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'];
  for (const address of [...addresses, '::ffff:a9fe:a9fe']) expect(isMetadataAddress(address)).toBe(true);
  expect(isMetadataAddress('169.254.169.253')).toBe(false);
});

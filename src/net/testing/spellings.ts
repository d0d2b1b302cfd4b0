// What strangers write where an address of a private machine is to go unnoticed; the tests of every field share it.

/** Spellings of hosts that must not be reached, as they may stand in a URL. */
export const forbiddenHosts =
  `127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.0x0.0x0.0x1 017700000001
0177.0.0.1 0177.0000.0000.0001 127.0.0.1. 127.000.000.001 0 0.0.0.0 0x0 00 localhost LOCALHOST localhost.
foo.localhost ⓛocalhost 127。0。0。1 １２７.0.0.1 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1]
[64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2002:0a00:0001::] [2001:0:7f00:1::]
[2001:0000:4136:e378:8000:63bf:80ff:fffe] [fe80::1] [fec0::1] [fc00::1] [fd00::1] [fd12:3456:789a::1] [ff02::1]
[100::1] [2001:db8::1] [3fff::1] 10.0.0.1 10.1 167772161 0xa000001 012.0.0.1 10.255.255.255 172.16.0.1
172.31.255.254 2886729729 192.168.0.1 192.168.1 3232235521 0xc0a80001 0300.0250.0.1 169.254.169.254 2852039166
0xa9fea9fe 0251.0376.0251.0376 169.254.43518 169.16689662 0xa9.0xfe.0xa9.0xfe 169.254.169.254. [::ffff:169.254.169.254]
[::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] [2002:a9fe:a9fe::] 169.254.170.2 169.254.170.23 [fd00:ec2::254]
[fd20:ce::254] 168.63.129.16 2822734096 0xa83f8110 100.100.100.200 1684300232 192.0.0.192 3221225664 100.64.0.1
100.127.255.255 0.1.2.3 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.7 224.0.0.1
239.1.2.3 240.0.0.1 255.255.255.255 4294967295 metadata metadata.google.internal instance-data.ec2.internal
kubernetes.default.svc db intranet printer.local router.lan nas.home.arpa x.intranet a.test b.invalid
127.0.0.1:80 127.0.0.1:443 2130706433:8080 [::1]:80 [::ffff:7f00:1]:9 %31%32%37.0.0.1 127.0.0%2e1`
    .split(/\s+/)
    .filter((host) => URL.canParse(`http://${host}/`));

/** Hosts that anybody may name. */
export const publicHosts =
  `example.org EXAMPLE.org. sub.example.co.uk 8.8.8.8 134744072 0x08080808 [2606:4700:4700::1111]
[::ffff:8.8.8.8] xn--bcher-kva.example bücher.example example.org:8443 172.32.0.1 100.128.0.1`.split(/\s+/);

/** Schemes that are not HTTP. */
export const schemes =
  `file ftp ftps gopher data javascript jar ws wss ldap dict sftp tftp smb ssh telnet rtsp rtmp mailto
blob about chrome view-source concat pipe crypto s3 gs`.split(/\s+/);

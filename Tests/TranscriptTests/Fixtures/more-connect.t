Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== default-bridge
containers: c1 c2
$ connect bridge c1
$ connect --alias a bridge c2
! invalid endpoint settings:
! network-scoped aliases are only supported for user-defined networks
? 1
$ connect --ip 172.17.0.9 bridge c2
! invalid endpoint settings:
! user-specified IP address is supported on user-defined networks only
? 1
$ connect --ip 172.17.0.9 --alias a bridge c2
! invalid endpoint settings:
! * user-specified IP address is supported on user-defined networks only
! * network-scoped aliases are only supported for user-defined networks
? 1
$ connect --ip6 2001:db8::1 bridge c2
! invalid endpoint settings:
! * user-specified IP address is supported on user-defined networks only
! * no configured subnet contains IP address 2001:db8::1
? 1
$ connect --ip 10.0.0.1 --alias a,b bridge c2
! invalid endpoint settings:
! * user-specified IP address is supported on user-defined networks only
! * network-scoped aliases are only supported for user-defined networks
! * no configured subnet contains IP address 10.0.0.1
? 1
$ connect --alias '' bridge c2
$ inspect bridge -f '{{len .Containers}}'
2
$ disconnect bridge c1
$ disconnect bridge c2
$ disconnect bridge c2
! container <ID1> is not connected to network bridge
? 1

== driver-options
containers: c1
$ create n1
<ID1>
$ connect --driver-opt foo n1 c1
! invalid key/value pair format in driver options
? 1
$ connect --driver-opt foo= n1 c1
$ disconnect n1 c1
$ connect --driver-opt =foo n1 c1
! invalid key/value pair format in driver options
? 1
$ disconnect n1 c1
! container <ID2> is not connected to network n1
? 1
$ connect --driver-opt '' n1 c1
$ disconnect n1 c1
$ connect --driver-opt a=b,c n1 c1
! invalid key/value pair format in driver options
? 1
$ connect --driver-opt a=b,c=d n1 c1
$ disconnect n1 c1
$ connect --driver-opt foo nosuch nosuch
! invalid key/value pair format in driver options
? 1
$ connect --driver-opt foo '' ''
! invalid key/value pair format in driver options
? 1
$ connect --driver-opt com.docker.network.endpoint.sysctls=net.foo.conf.IFNAME.x=1 n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl 'net.foo.conf.IFNAME.x=1'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt com.docker.network.endpoint.sysctls=nonsense n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl 'nonsense'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt com.docker.network.endpoint.ifname=waytoolongifname0 n1 c1
! com.docker.network.endpoint.ifname: "waytoolongifname0" cannot be an interface name: it is longer than 15 bytes
? 1
$ connect --driver-opt com.docker.network.endpoint.ifname=lo n1 c1
! interface lo already exists in container c1
? 1
$ connect --driver-opt com.docker.network.endpoint.ifname=lan n1 c1
@exec c1 ip -4 -o addr show | awk '{print $2, $4}'
lo 127.0.0.1/8
lan 172.18.0.2/16

== addresses
containers: c1 c2 c3
$ create --subnet 10.47.0.0/24 n1
<ID1>
$ create --ipv6 --subnet 10.48.0.0/24 --subnet 2001:db8::/64 n2
<ID2>
$ create --ipv4=false --ipv6 --subnet 2001:db8:1::/64 n3
<ID3>
$ connect --ip 0.0.0.0 n1 c1
! invalid endpoint settings:
! * invalid IPv4 address: 0.0.0.0
! * no configured subnet contains IP address 0.0.0.0
? 1
$ connect --ip6 :: n1 c1
! invalid endpoint settings:
! * invalid IPv6 address: ::
! * no configured subnet contains IP address ::
? 1
$ connect --ip6 2001:db8::5 n1 c1
! invalid endpoint settings:
! no configured subnet contains IP address 2001:db8::5
? 1
$ connect --ip 2001:db8::5 n2 c1
! invalid endpoint settings:
! * invalid IPv4 address: 2001:db8::5
! * no configured subnet contains IP address 2001:db8::5
? 1
$ connect --ip6 10.48.0.5 n2 c1
! invalid endpoint settings:
! * invalid IPv6 address: 10.48.0.5
! * no configured subnet contains IP address 10.48.0.5
? 1
$ connect --ip 10.99.0.5 --ip6 2001:db8:9::1 n2 c1
! invalid endpoint settings:
! * no configured subnet contains IP address 10.99.0.5
! * no configured subnet contains IP address 2001:db8:9::1
? 1
$ connect --ip 10.99.0.5 --ip6 2001:db8:9::1 --link-local-ip 10.1.1.1 n2 c1
! invalid endpoint settings:
! * no configured subnet contains IP address 10.99.0.5
! * no configured subnet contains IP address 2001:db8:9::1
? 1
$ connect --link-local-ip 10.1.1.1 n1 c1
! invalid link local IP address: 10.1.1.1
? 1
$ connect --link-local-ip 10.1.1.1,fe80::1,10.1.1.2 n1 c1
! invalid link local IP address: 10.1.1.1
? 1
$ connect --ip 10.48.0.5 n3 c1
! invalid endpoint settings:
! no configured subnet contains IP address 10.48.0.5
? 1
$ connect --ip 127.0.0.1 n1 c1
! invalid endpoint settings:
! no configured subnet contains IP address 127.0.0.1
? 1
$ connect --ip 255.255.255.255 n1 c1
! invalid endpoint settings:
! no configured subnet contains IP address 255.255.255.255
? 1
$ connect --ip 224.0.0.1 n1 c1
! invalid endpoint settings:
! no configured subnet contains IP address 224.0.0.1
? 1
$ connect --ip 010.47.0.5 n1 c1
! invalid argument "010.47.0.5" for "--ip" flag: failed to parse IP: "010.47.0.5"
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --ip '' n1 c1
$ disconnect n1 c1
$ connect --ip ::ffff:10.47.0.7 n1 c1
$ connect --ip 10.48.0.77 --ip6 2001:db8::77 n2 c2
$ connect --ip6 2001:db8::77 n2 c3
! Address already in use
? 1
$ connect --ip6 2001:db8::1 n2 c3
! Address already in use
? 1
$ connect --ip6 2001:db8:: n2 c3
! Address already in use
? 1
$ connect --ip 10.48.0.77 --ip6 2001:db8::78 n2 c3
! Address already in use
? 1
$ inspect n2 -f '{{range .Containers}}{{.Name}} {{.IPv4Address}} {{.IPv6Address}}{{end}}'
c2 10.48.0.77/24 2001:db8::77/64
$ connect --ip6 2001:db8:1::ffff n3 c3
@exec c3 ip -6 -o addr show scope global | awk '{print $2, $4}'
eth0 2001:db8:1::ffff/64
$ connect --link-local-ip 169.254.10.10 --link-local-ip fe80::99 n2 c3
@exec c3 ip -o addr show eth1 | awk '{print $2, $4}' | grep -v fe80::[0-9a-f]*:
eth1 10.48.0.2/24
eth1 169.254.10.10/16
eth1 2001:db8::2/64
eth1 fe80::99/64

== ranges
containers: c1 c2 c3 c4
$ create --subnet 10.47.0.0/24 --ip-range 10.47.0.64/30 n1
<ID1>
$ connect --ip 10.47.0.200 n1 c1
$ connect n1 c2
$ connect n1 c3
$ connect n1 c4
$~ inspect n1 -f '{{range .Containers}}{{.Name}}={{.IPv4Address}}{{println}}{{end}}'
\
c1=10.47.0.200/24
c2=10.47.0.65/24
c3=10.47.0.66/24
c4=10.47.0.67/24
$ disconnect n1 c2
$ connect --ip 10.47.0.65 n1 c2
$ create --subnet 10.48.0.0/24 --aux-address a=10.48.0.2 --aux-address b=10.48.0.4 n2
<ID2>
$ connect --ip 10.48.0.2 n2 c1
! Address already in use
? 1
$ connect n2 c1
$ connect n2 c2
$~ inspect n2 -f '{{range .Containers}}{{.Name}}={{.IPv4Address}}{{println}}{{end}}'
\
c1=10.48.0.3/24
c2=10.48.0.5/24
$ create --subnet 10.49.0.0/31 n3
<ID3>
$ connect n3 c1
$ connect n3 c2
! no available IPv4 addresses on this network's address pools: n3 (<ID3>)
? 1
$ create --subnet 10.50.0.0/32 n4
<ID4>
$ connect n4 c1
! no available IPv4 addresses on this network's address pools: n4 (<ID4>)
? 1
$ create --subnet 10.51.0.0/24 --aux-address DefaultGatewayIPv4=10.51.0.77 n5
<ID5>
$ connect --gw-priority 5 n5 c1
@exec c1 ip route show default
default via 10.51.0.77 dev eth3
10.47.0.0/24 dev eth0 scope link  src 10.47.0.200
10.48.0.0/24 dev eth1 scope link  src 10.48.0.3
10.49.0.0/31 dev eth2 scope link  src 10.49.0.1
10.51.0.0/24 dev eth3 scope link  src 10.51.0.2

== host-none
containers: c1 c2
$ create n1
<ID1>
$ connect host c1
! cannot connect container to host network - container must be created in host network mode
? 1
$ connect --alias a host c1
! invalid endpoint settings:
! network-scoped aliases are only supported for user-defined networks
? 1
$ connect --ip 10.0.0.1 host c1
! invalid endpoint settings:
! * user-specified IP address is supported on user-defined networks only
! * no configured subnet contains IP address 10.0.0.1
? 1
$ connect n1 c1
$ connect none c1
! container cannot be connected to multiple networks with one of the networks in private (none) mode
? 1
$ disconnect n1 c1
$ connect none c1
$ connect n1 c1
! container cannot be connected to multiple networks with one of the networks in private (none) mode
? 1
$ connect none c1
! endpoint with name c1 already exists in network none
? 1
$ disconnect host c1
! container <ID2> is not connected to network host
? 1
$ inspect none -f '{{range .Containers}}{{.Name}}[{{.IPv4Address}}]{{end}}'
c1[]
$ disconnect none c1
$ connect n1 c1

== config-only
containers: c1
$ create --config-only cfg
<ID1>
$ connect cfg c1
! cannot create endpoint on configuration-only network
? 1
$ connect --ip 10.0.0.1 cfg c1
! invalid endpoint settings:
! no configured subnet contains IP address 10.0.0.1
? 1
$ disconnect cfg c1
! container <ID2> is not connected to network cfg
? 1

== missing
containers: c1
$ create n1
<ID1>
$ connect nosuch nosuch
! No such container: nosuch
? 1
$ connect nosuch c1
! network nosuch not found
? 1
$ connect n1 nosuch
! No such container: nosuch
? 1
$ connect --alias a nosuch c1
! network nosuch not found
? 1
$ disconnect nosuch nosuch
! No such container: nosuch
? 1
$ disconnect n1 nosuch
! No such container: nosuch
? 1
$ disconnect -f n1 nosuch
! endpoint nosuch not found
? 1
$ disconnect -f nosuch nosuch
! network nosuch not found
? 1
$ disconnect -f nosuch c1
! container <ID2> is not connected to the network nosuch
? 1
$ disconnect n1 c1
! container <ID2> is not connected to network n1
? 1
$ disconnect -f n1 c1
! container <ID2> is not connected to network n1
? 1
$ disconnect host c1
! container <ID2> is not connected to network host
? 1
$ disconnect none c1
! container <ID2> is not connected to network none
? 1
$ connect ' n1 ' ' c1 '
$ disconnect n1 c1

== usage
containers: c1
$ create n1
<ID1>
$ connect --gw-priority 9223372036854775808 n1 c1
! invalid argument "9223372036854775808" for "--gw-priority" flag: must be an integer between -9223372036854775808 and 9223372036854775807
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --gw-priority '' n1 c1
! invalid argument "" for "--gw-priority" flag: must be an integer
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --gw-priority 0x10 n1 c1
$ disconnect n1 c1
$ connect --gw-priority=-5 n1 c1
$ disconnect n1 c1
$ connect --gw-priority -9223372036854775808 n1 c1
$ disconnect n1 c1
$ connect --link a:b:c n1 c1
! invalid argument "a:b:c" for "--link" flag: bad format for links: a:b:c
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --link '' n1 c1
! invalid argument "" for "--link" flag: empty string specified for links
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --link : n1 c1
$ connect --link a: n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ connect --link :b n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ connect --link nosuch --link nosuch2:alias n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ disconnect n1 c1
$ connect --alias 'a"b' n1 c1
! invalid argument "a\"b" for "--alias" flag: parse error on line 1, column 2: bare " in non-quoted-field
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --alias 'a b,c d' --alias é n1 c1
$ disconnect n1 c1
$ connect --ip foo --ip6 bar n1 c1
! invalid argument "foo" for "--ip" flag: failed to parse IP: "foo"
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --ip6 bar n1 c1
! invalid argument "bar" for "--ip6" flag: failed to parse IP: "bar"
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --link-local-ip foo n1 c1
! invalid argument "foo" for "--link-local-ip" flag: invalid string being converted to IP address: foo
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect --ip 10.0.0.1/24 n1 c1
! invalid argument "10.0.0.1/24" for "--ip" flag: failed to parse IP: "10.0.0.1/24"
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect n1 c1 --ip 10.0.0.1
! invalid endpoint settings:
! no configured subnet contains IP address 10.0.0.1
? 1
$ connect n1 -- c1
$ connect n1 c1 --nope
! unknown flag: --nope
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ disconnect -x n1 c1
! unknown shorthand flag: 'x' in -x
! Usage:  netctl network disconnect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network disconnect --help' for more information
? 125
$ disconnect --force=perhaps n1 c1
! invalid argument "perhaps" for "-f, --force" flag: must be true or false
! Usage:  netctl network disconnect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network disconnect --help' for more information
? 125
$ disconnect n1 c1 -f
$ connect --mac 02:42:ac:11:00:02 n1 c1
! unknown flag: --mac
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125

== by-identity
containers: c1
$ create --subnet 10.47.0.0/24 n1
<ID1>
$ connect n1 c1
$ connect n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ rm n1
! error while removing network: network n1 has active endpoints (name:"c1" id:"<id2>")
? 1
$ disconnect n1 c1
$ connect n1 c1
$ inspect n1 -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}'
c1 10.47.0.2/24

== interfaces
containers: c1
$ create --subnet 10.1.0.0/24 n1
<ID1>
$ create --subnet 10.2.0.0/24 n2
<ID2>
$ create --subnet 10.3.0.0/24 -o com.docker.network.container_iface_prefix=net n3
<ID3>
$ connect n1 c1
$ connect n2 c1
$ connect n3 c1
@exec c1 ip -4 -o addr show | awk '{print $2, $4}'
lo 127.0.0.1/8
eth0 10.1.0.2/24
eth1 10.2.0.2/24
net0 10.3.0.2/24
$ disconnect n1 c1
$ connect --driver-opt com.docker.network.endpoint.ifname=eth1 n1 c1
! interface eth1 already exists in container c1
? 1
$ connect n1 c1
@exec c1 ip -4 -o addr show | awk '{print $2, $4}'
lo 127.0.0.1/8
eth1 10.2.0.2/24
net0 10.3.0.2/24
eth0 10.1.0.2/24
@exec c1 ip route
default via 10.1.0.1 dev eth0
10.1.0.0/24 dev eth0 scope link  src 10.1.0.2
10.2.0.0/24 dev eth1 scope link  src 10.2.0.2
10.3.0.0/24 dev net0 scope link  src 10.3.0.2
$ disconnect n3 c1
@exec c1 ip route
default via 10.1.0.1 dev eth0
10.1.0.0/24 dev eth0 scope link  src 10.1.0.2
10.2.0.0/24 dev eth1 scope link  src 10.2.0.2

== order-of-checks
containers: c1
$ create --subnet 10.47.0.0/24 n1
<ID1>
$ create --subnet 10.48.0.0/24 n2
<ID2>
$ connect --ip 10.99.0.5 --driver-opt com.docker.network.endpoint.sysctls=nonsense n1 c1
! invalid endpoint settings:
! * no configured subnet contains IP address 10.99.0.5
! * unrecognised network interface sysctl 'nonsense'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --ip 0.0.0.0 --driver-opt com.docker.network.endpoint.sysctls=nonsense n1 c1
! invalid endpoint settings:
! * invalid IPv4 address: 0.0.0.0
! * no configured subnet contains IP address 0.0.0.0
! * unrecognised network interface sysctl 'nonsense'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --alias a --driver-opt com.docker.network.endpoint.sysctls=nonsense bridge c1
! invalid endpoint settings:
! * network-scoped aliases are only supported for user-defined networks
! * unrecognised network interface sysctl 'nonsense'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt com.docker.network.endpoint.sysctls=nonsense,net.foo.x.IFNAME.y=1 n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl 'nonsense'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt 'com.docker.network.endpoint.sysctls=net.ipv4.conf.eth0.log_martians=1' n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl 'net.ipv4.conf.eth0.log_martians=1'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt 'com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians' n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl 'net.ipv4.conf.IFNAME.log_martians'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ connect --driver-opt 'com.docker.network.endpoint.sysctls=' n1 c1
! invalid endpoint settings:
! unrecognised network interface sysctl ''; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'
? 1
$ disconnect n1 c1
! container <ID3> is not connected to network n1
? 1
$ connect --driver-opt 'com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.nosuch=1' n1 c1
! set net/ipv4/conf/eth0/nosuch to 1: No such file or directory
? 1
$ connect --driver-opt 'com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1' n1 c1
@exec c1 cat /proc/sys/net/ipv4/conf/eth0/log_martians
1
$ connect --ip 10.99.0.5 n1 c1
! invalid endpoint settings:
! no configured subnet contains IP address 10.99.0.5
? 1
$ connect --link-local-ip 10.1.1.1 n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ connect --ip 10.99.0.5 none c1
! invalid endpoint settings:
! * user-specified IP address is supported on user-defined networks only
! * no configured subnet contains IP address 10.99.0.5
? 1
$ connect --link-local-ip 10.1.1.1 none c1
! container cannot be connected to multiple networks with one of the networks in private (none) mode
? 1
$ connect --ip 10.47.0.9 n1 c1
! endpoint with name c1 already exists in network n1
? 1
$ connect --ip 10.48.0.1 --link-local-ip 10.1.1.1 n2 c1
! invalid link local IP address: 10.1.1.1
? 1
$ connect --ip 10.48.0.1 --driver-opt com.docker.network.endpoint.ifname=lo n2 c1
! Address already in use
? 1
$ connect --ip 10.48.0.5 --ip6 2001:db8::1 n2 c1
! invalid endpoint settings:
! no configured subnet contains IP address 2001:db8::1
? 1
$ connect --link-local-ip 0.0.0.0 n2 c1
! invalid endpoint settings:
! invalid link-local IP address: 0.0.0.0
? 1
$ connect --link-local-ip ff02::1 n2 c1
! invalid link local IP address: ff02::1
? 1
$ connect --link-local-ip 169.254.0.0 n2 c1
$ connect host c1
! cannot connect container to host network - container must be created in host network mode
? 1
$ disconnect -f host c1
! container <ID3> is not connected to network host
? 1
$ disconnect -f nosuch c1
! container <ID3> is not connected to the network nosuch
? 1
$ disconnect -f nosuch nosuch
! network nosuch not found
? 1
$ disconnect -f n2 c1

== link-local-address-without-ipv6
containers: c1
$ create n1
<ID1>
$ connect --link-local-ip fe80::7 n1 c1
! link local IP address fe80::7 needs IPv6, which network n1 does not have
? 1
$ connect --link-local-ip 169.254.9.9,fe80::7 n1 c1
! link local IP address fe80::7 needs IPv6, which network n1 does not have
? 1
$ connect --link-local-ip 169.254.9.9 n1 c1
@exec c1 ip -o addr show dev eth0 | awk '{print $4}'
172.18.0.2/16
169.254.9.9/16
$ create --ipv4=false --ipv6 --subnet fd00:7::/64 n2
<ID2>
$ connect --link-local-ip 169.254.9.8,fe80::7 n2 c1
$ disconnect n1 c1
$ disconnect n2 c1
$ connect --link-local-ip fe80::7 none c1

== empty-elements
containers: c1
$ connect --alias '' bridge c1
$ disconnect bridge c1
$ connect --alias , bridge c1
! invalid endpoint settings:
! network-scoped aliases are only supported for user-defined networks
? 1
$ create n1
<ID1>
$ connect --alias a,,b, n1 c1
$ disconnect n1 c1
$ connect --driver-opt a=b, n1 c1
! invalid key/value pair format in driver options
? 1
$ connect --driver-opt '' n1 c1
$ disconnect n1 c1
$ connect --link-local-ip 169.254.3.4, n1 c1
! invalid argument "169.254.3.4," for "--link-local-ip" flag: invalid string being converted to IP address:
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125

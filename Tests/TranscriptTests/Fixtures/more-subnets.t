Docker 29 takes an unspecified prefix as a wish for a length, and masks ranges.

== unspecified-prefixes
$ create --subnet 0.0.0.0/24 a
<ID1>
$ inspect a -f '{{json .IPAM.Config}}'
[{"Subnet":"172.18.0.0/24","Gateway":"172.18.0.1"}]
$ create --subnet 0.0.0.0/24 b
<ID2>
$ inspect b -f '{{json .IPAM.Config}}'
[{"Subnet":"172.18.1.0/24","Gateway":"172.18.1.1"}]
$ create --subnet 0.0.0.0/0 c
<ID3>
$ inspect c -f '{{json .IPAM.Config}}'
[{"Subnet":"172.19.0.0/16","Gateway":"172.19.0.1"}]
$ create --ipv6 --subnet ::/64 d
<ID4>
$ inspect d -f '{{json .IPAM.Config}}'
[{"Subnet":"<ULA>::/64","Gateway":"<ULA>::1"},{"Subnet":"172.20.0.0/16","Gateway":"172.20.0.1"}]
$ create --ipv6 --subnet ::/0 e
<ID5>
$ inspect e -f '{{range .IPAM.Config}}{{.Subnet.Bits}} {{end}}'
64 16
$ create --subnet 0.0.0.0/24 --gateway 10.0.0.5 f
! no matching subnet for gateway 10.0.0.5
? 1
$ create --subnet 0.0.0.0/8 g
! invalid address pool
? 1
$ create --subnet 0.0.0.0/32 h
<ID6>
$ inspect h -f '{{json .IPAM.Config}}'
[{"Subnet":"172.18.2.0/32","Gateway":"172.18.2.0"}]
$ create --subnet 0.0.0.1/24 i
! invalid network config:
! invalid subnet 0.0.0.1/24: it should be 0.0.0.0/24
? 1
$ create --subnet 0.0.0.0/24 --subnet ::/64 --ipv6 j
<ID7>
$ inspect j -f '{{range .IPAM.Config}}{{.Subnet.Bits}} {{end}}'
24 64
$ create --subnet 0.0.0.0/24 --subnet 0.0.0.0/24 k
! multiple overlapping subnet configuration is not supported
? 1

== range-host-bits
$ create --subnet 10.3.0.0/24 --ip-range 10.3.0.129/25 a
<ID1>
$ inspect a -f '{{json .IPAM.Config}}'
[{"Subnet":"10.3.0.0/24","IPRange":"10.3.0.128/25","Gateway":"10.3.0.128"}]
$ create --subnet 10.4.0.0/24 --ip-range 10.4.0.5/24 b
<ID2>
$ inspect b -f '{{json .IPAM.Config}}'
[{"Subnet":"10.4.0.0/24","IPRange":"10.4.0.0/24","Gateway":"10.4.0.1"}]
$ create --subnet 10.5.0.0/24 --ip-range 10.5.0.5 c
! invalid argument "10.5.0.5" for "--ip-range" flag: invalid string being converted to CIDR: 10.5.0.5
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet 10.5.0.0/24 --ip-range foo c
! invalid argument "foo" for "--ip-range" flag: invalid string being converted to CIDR: foo
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet 10.5.0.0/24 --gateway 10.5.0.1/24 c
! invalid argument "10.5.0.1/24" for "--gateway" flag: invalid string being converted to IP address: 10.5.0.1/24
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet 10.5.0.0/24 --gateway foo c
! invalid argument "foo" for "--gateway" flag: invalid string being converted to IP address: foo
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet 10.5.0.0/24 --aux-address a=foo c
! invalid address "foo" of "a" for --aux-address
? 1
$ create --subnet 10.5.0.0/24 --aux-address a= c
! no matching subnet for aux-address
? 1
$ create --subnet 10.5.0.0/24 --aux-address 10.5.0.9 c
! no matching subnet for aux-address
? 1
$ create --subnet 10.5.0 c
! invalid subnet "10.5.0" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet 10.5.0.0/ c
! invalid subnet "10.5.0.0/" for --subnet: "" is not a prefix length
? 1
$ create --subnet '10.5.0.0/24 ' c
! invalid subnet "10.5.0.0/24 " for --subnet: "24 " is not a prefix length
? 1
$ create --subnet 10.5.0.0/24,2001:db8::/64 --ipv6 --gateway 2001:db8::5,10.5.0.5 c
<ID3>
$ inspect c -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}'
10.5.0.0/24 10.5.0.5 2001:db8::/64 2001:db8::5
$ create --ipv6 --subnet ::ffff:10.99.0.0/112 d
<ID4>
$ inspect d -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}'
::ffff:10.99.0.0/112 ::ffff:10.99.0.1 172.18.0.0/16 172.18.0.1
$ create --ipv6 --subnet fe80::/64 e
<ID5>
$ inspect e -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}'
fe80::/64 fe80::1 172.19.0.0/16 172.19.0.1

== global-scope
$ create --scope global g1
<ID1>
$ create --scope global g2
<ID2>
$ create --scope local n1
<ID3>
$ create --scope Global n2
<ID4>
$ inspect g1 g2 n1 n2 -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}'
10.0.0.0/24 10.0.0.1
10.0.1.0/24 10.0.1.1
172.18.0.0/16 172.18.0.1
172.19.0.0/16 172.19.0.1
$ create --scope global --ipv6 g3
! invalid address pool
? 1
$ create --scope global --ipv6 --subnet fd00:9::/64 g3
<ID5>
$ inspect g3 -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}'
fd00:9::/64 10.0.2.0/24
$ create --scope global --subnet 10.0.1.0/24 g4
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.0.1.0/25 n3
! cannot create network <ID6> (br-<id6>): conflicts with network <ID2> (br-<id2>): networks have overlapping IPv4
? 1
$ create --scope global --subnet 172.18.0.0/16 g4
! cannot create network <ID7> (br-<id7>): conflicts with network <ID3> (br-<id3>): networks have overlapping IPv4
? 1
$ create --ipv6 --subnet fd00:9::/64 n3
! cannot create network <ID8> (br-<id8>): conflicts with network <ID5> (br-<id5>): networks have overlapping IPv6
? 1
$ create --subnet 10.0.3.0/24 n3
<ID9>
$ create --scope global g4
! cannot create network <ID10> (br-<id10>): conflicts with network <ID9> (br-<id9>): networks have overlapping IPv4
? 1

== overlap-of-a-subnet-with-a-range
$ create --subnet 10.5.0.0/16 --ip-range 10.5.8.0/24 --aux-address a=10.5.8.9 n1
<ID1>
$ create --subnet 10.5.0.0/16 --ip-range 10.5.1.0/24 n2
! cannot create network <ID2> (br-<id2>): conflicts with network <ID1> (br-<id1>): networks have overlapping IPv4
? 1
$ create --subnet 10.5.2.0/24 --ip-range 10.5.2.0/25 n2
! cannot create network <ID3> (br-<id3>): conflicts with network <ID1> (br-<id1>): networks have overlapping IPv4
? 1
$ create --subnet 10.0.0.0/8 --ip-range 10.5.2.0/25 n2
! cannot create network <ID4> (br-<id4>): conflicts with network <ID1> (br-<id1>): networks have overlapping IPv4
? 1
$ create --subnet 10.5.0.0/16 --ip-range 10.5.8.0/24 n2
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.5.0.0/16 --ip-range 10.5.1.0/24 --gateway 10.5.8.0 n2
! failed to allocate gateway (10.5.8.0): Address already in use
? 1
$ create --subnet 10.5.0.0/16 --ip-range 10.5.1.0/24 --aux-address b=10.5.8.9 n2
! failed to allocate secondary ip address (b:10.5.8.9): Address already in use
? 1
$ ls --format '{{.Name}}' --filter type=custom
n1

== empty-list-elements
$ create --subnet 10.1.0.0/24, n1
! invalid subnet "" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet ,10.1.0.0/24 n1
! invalid subnet "" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet '10.1.0.0/24,""' n1
! invalid subnet "" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet '10.1.0.0/24, ' n1
! invalid subnet " " for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet , --gateway 10.1.0.1 n1
! invalid subnet "" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet 10.1.0.0/24 --gateway 10.1.0.1, n1
! invalid argument "10.1.0.1," for "--gateway" flag: invalid string being converted to IP address:
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet '' --gateway '' --ip-range '' n1
<ID1>

== no-gateway-on-a-bridge-without-address
containers: c1 c2 c3
$ create --internal -o com.docker.network.bridge.inhibit_ipv4=true --subnet 10.5.0.0/31 n1
<ID1>
$ inspect n1 -f '{{json .IPAM.Config}} {{json .Status.IPAM.Subnets}}'
[{"Subnet":"10.5.0.0/31"}] {"10.5.0.0/31":{"IPsInUse":0,"DynamicIPsAvailable":2}}
$ connect n1 c1
$ connect n1 c2
$ connect n1 c3
! no available IPv4 addresses on this network's address pools: n1 (<ID1>)
? 1
$ create --internal -o com.docker.network.bridge.inhibit_ipv4=true --ipv6 --subnet fd00:6::/64 --subnet 10.6.0.0/24 n2
<ID2>
$ inspect n2 -f '{{range .IPAM.Config}}[{{.Subnet}} {{.Gateway}}]{{end}}'
[10.6.0.0/24 ][fd00:6::/64 fd00:6::1]
$ create --internal -o com.docker.network.bridge.inhibit_ipv4=true --subnet 10.7.0.0/31 --gateway 10.7.0.1 n3
<ID3>
$ create -o com.docker.network.bridge.inhibit_ipv4=true --subnet 10.8.0.0/31 n4
<ID4>
$ inspect n3 n4 -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}'
10.7.0.0/31 10.7.0.1
10.8.0.0/31 10.8.0.0
$ create --config-only -o com.docker.network.bridge.inhibit_ipv4=true --subnet 10.9.0.0/31 template
<ID5>
$ create --internal --config-from template n5
<ID6>
$ inspect n5 -f '{{json .IPAM.Config}}'
[{"Subnet":"10.9.0.0/31"}]

== link-local-subnets
$ create --ipv6 --subnet fe80::/80 n1
! 'fe80::1/80' clashes with the Link-Local prefix 'fe80::/64'
? 1
$ create --ipv6 --subnet fe80::/10 n1
! 'fe80::1/10' clashes with the Link-Local prefix 'fe80::/64'
? 1
$ create --ipv6 --internal -o com.docker.network.bridge.gateway_mode_ipv6=isolated --subnet ff05::/64 n1
! multicast subnet 'ff05::/64' is not allowed
? 1


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
! invalid subnet "10.5.0.0/" for --subnet: "" is no prefix length
? 1
$ create --subnet '10.5.0.0/24 ' c
! invalid subnet "10.5.0.0/24 " for --subnet: "24 " is no prefix length
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


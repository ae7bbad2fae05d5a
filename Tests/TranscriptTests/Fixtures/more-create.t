Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== names
$ create ' '
! invalid name: name is empty
? 1
$ create '	 '
! invalid name: name is empty
? 1
$ create ' lead'
<ID1>
$ create 'trail '
<ID2>
$ create Ünïcödé
<ID3>
$ create aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
<ID4>
$ create 0123456789ab
<ID5>
$ create null
<ID6>
$ create container
<ID7>
$ create ingress
<ID8>
$ create docker_gwbridge
<ID9>
$ create bridge
! operation is not permitted on predefined bridge network
? 1
$ create host
! operation is not permitted on predefined host network
? 1
$ create none
! operation is not permitted on predefined none network
? 1
$ create default
! operation is not permitted on predefined default network
? 1
$ create Bridge
<ID10>
$ create Default
<ID11>
$ create ..
<ID12>
$ create .
<ID13>
$ create /
<ID14>
$ ls --format '[{{.Name}}]' --filter type=custom
[<id15>]
[ lead]
[.]
[..]
[/]
[Bridge]
[Default]
[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]
[container]
[docker_gwbridge]
[ingress]
[null]
[trail ]
[Ünïcödé]
$ inspect ' lead' 'trail ' Ünïcödé -f '{{.Name}}|'
Ünïcödé|
! network lead not found
! network trail not found
? 1
$ rm ' lead' 'trail ' Ünïcödé 0123456789ab null container ingress docker_gwbridge Bridge Default .. .
Ünïcödé
<id15>
null
container
ingress
docker_gwbridge
Bridge
Default
..
.
! network lead not found
! network trail not found
? 1

== reserved-first
$ create --subnet foo bridge
! invalid subnet "foo" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet 10.0.0.1/24 bridge
! operation is not permitted on predefined bridge network
? 1
$ create -d overlay bridge
! operation is not permitted on predefined bridge network
? 1
$ create --ipv4=false bridge
! operation is not permitted on predefined bridge network
? 1
$ create -d nosuch bridge
! operation is not permitted on predefined bridge network
? 1
$ create -d nosuch ''
! invalid name: name is empty
? 1
$ create --ipv4=false ''
! invalid name: name is empty
? 1
$ create --subnet 10.0.0.1/24 ''
! invalid network config:
! invalid subnet 10.0.0.1/24: it should be 10.0.0.0/24
? 1
$ create --config-only --internal ''
! invalid name: name is empty
? 1
$ create --config-only --internal host
! operation is not permitted on predefined host network
? 1

== check-order
$ create n1
<ID1>
$ create -d nosuch n1
! network with name n1 already exists
? 1
$ create --subnet 10.0.0.1/24 n1
! invalid network config:
! invalid subnet 10.0.0.1/24: it should be 10.0.0.0/24
? 1
$ create --config-only --internal n1
! network with name n1 already exists
? 1
$ create --config-only --config-from x n1
! network with name n1 already exists
? 1
$ create --config-from x n1
! network with name n1 already exists
? 1
$ create --scope swarm n1
! network with name n1 already exists
? 1
$ create --ingress n1
! network with name n1 already exists
? 1
$ create -d overlay n1
! This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.
? 1
$ create -d host n1
! network with name n1 already exists
? 1
$ create -o com.docker.network.bridge.name=waytoolongnameforabridge n1
! network with name n1 already exists
? 1
$ create --ipam-driver nosuch n1
! network with name n1 already exists
? 1
$ create -d nosuch --ingress n2
! plugin "nosuch" not found
? 1
$ create -d nosuch --scope swarm n2
! plugin "nosuch" not found
? 1
$ create -d nosuch --ipam-driver nosuch2 n2
! plugin "nosuch" not found
? 1
$ create --ipam-driver nosuch -o com.docker.network.bridge.enable_icc=maybe n2
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --ipam-driver nosuch --subnet 172.18.0.0/16 n2
! plugin "nosuch" not found
? 1
$ create --subnet 172.18.0.0/16 -o com.docker.network.bridge.enable_icc=maybe n2
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --subnet 10.1.0.0/24 --gateway 10.1.0.0 -o com.docker.network.bridge.enable_icc=maybe n2
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create -o com.docker.network.bridge.enable_icc=maybe n2
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --ingress --scope swarm n2
! Ingress network can only be global scope network
? 1
$ create -d host --ingress n2
! Ingress network can only be global scope network
? 1
$ create -d null --scope swarm n2
! cannot create a swarm scoped network when swarm is not active
? 1
$ create -d host --ipam-driver nosuch n2
! only one instance of "host" network is allowed
? 1
$ create --ipv6=true -o com.docker.network.enable_ipv6=maybe n2
<ID2>
$ inspect n2 -f '{{json .Options}} {{.EnableIPv6}}'
{} true

== predefined-drivers
$ create -d host n1
! only one instance of "host" network is allowed
? 1
$ create -d null n1
! only one instance of "null" network is allowed
? 1
$ create -d none n1
! plugin "none" not found
? 1
$ create -d default n1
! plugin "default" not found
? 1
$ create -d Bridge n1
! plugin "Bridge" not found
? 1
$ create -d overlay n1
! This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.
? 1
$ create -d '' n1
<ID1>
$ inspect n1 -f '{{.Driver}}'
bridge
$ create -d ' bridge' n2
! plugin " bridge" not found
? 1
$ create -d 'a"b' n2
! plugin "a\"b" not found
? 1
$ create --ipam-driver '' n3
<ID2>
$ inspect n3 -f '{{.IPAM.Driver}}'
default
$ create --ipam-driver null n4
! ipv4 pool is empty
? 1
$ create --ipam-driver null --ipv6 --ipv4=false n4
! ipv6 pool is empty
? 1

== swarm-flags
$ create --ingress n1
! Ingress network can only be global scope network
? 1
$ create --scope swarm n1
! cannot create a swarm scoped network when swarm is not active
? 1
$ create --scope local n1
<ID1>
$ create --scope global n2
<ID2>
$ create --scope 'any thing' n3
<ID3>
$ create --attachable n4
<ID4>
$ create --scope '' n5
<ID5>
$ create --ingress=false n6
<ID6>
$ ls --format '{{.Name}} {{.Scope}}' --filter type=custom
n1 local
n2 global
n3 any thing
n4 local
n5 local
n6 local
$ inspect n4 -f '{{.Attachable}} {{.Scope}}'
true local

== client-checks
$ create --gateway 10.4.0.1 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --ip-range 10.4.0.0/25 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --aux-address a=10.4.0.1 n1
! no matching subnet for aux-address 10.4.0.1
? 1
$ create --subnet 10.4.0.0/24 --gateway 10.5.0.1 n1
! no matching subnet for gateway 10.5.0.1
? 1
$ create --subnet 10.4.0.0/24 --ip-range 10.5.0.0/25 n1
! no matching subnet for range 10.5.0.0/25
? 1
$ create --subnet 10.4.0.0/24 --aux-address a=10.5.0.1 n1
! no matching subnet for aux-address 10.5.0.1
? 1
$ create --subnet 10.4.0.0/24 --subnet 10.4.0.0/24 n1
! multiple overlapping subnet configuration is not supported
? 1
$ create --subnet 10.4.0.0/24 --subnet 10.4.0.0/25 n1
! multiple overlapping subnet configuration is not supported
? 1
$ create --subnet 10.4.0.0/24 --subnet 10.0.0.0/8 n1
! multiple overlapping subnet configuration is not supported
? 1
$ create --subnet 10.4.0.0/24 --gateway 10.4.0.1 --gateway 10.4.0.2 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --subnet 10.4.0.0/24 --subnet 2001:db8::/64 --gateway 10.4.0.1 --gateway 10.4.0.2 n1
! cannot configure multiple gateways (10.4.0.2, 10.4.0.1) for the same subnet (10.4.0.0/24)
? 1
$ create --subnet 10.4.0.0/24 --subnet 2001:db8::/64 --ip-range 10.4.0.0/25 --ip-range 10.4.0.128/25 n1
! cannot configure multiple ranges (10.4.0.128/25, 10.4.0.0/25) on the same subnet (10.4.0.0/24)
? 1
$ create --subnet 10.4.0.0/24 --gateway 10.4.0.1,10.4.0.2 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --subnet 2001:db8::/64 --gateway 10.4.0.1 n1
! no matching subnet for gateway 10.4.0.1
? 1
$ create --subnet 10.4.0.0/24 --gateway 2001:db8::1 n1
! no matching subnet for gateway 2001:db8::1
? 1
$ create --subnet '' n1
<ID1>
$ create --subnet '' --gateway '' --ip-range '' n2
<ID2>
$ create --subnet 10.4.0.0/24 --ip-range 10.4.0.0/16 n3
! invalid network config:
! invalid ip-range 10.4.0.0/16: CIDR block is bigger than its parent subnet 10.4.0.0/24
? 1
$ create --subnet 10.4.0.0/24 --aux-address =10.4.0.9 n3
<ID3>
$ inspect n3 -f '{{json .IPAM.Config}}'
[{"Subnet":"10.4.0.0/24","Gateway":"10.4.0.1","AuxiliaryAddresses":{"":"10.4.0.9"}}]
$ create --subnet 10.6.0.0/24 --aux-address a=10.6.0.9 --aux-address a=10.6.0.10 n4
<ID4>
$ inspect n4 -f '{{json .IPAM.Config}}'
[{"Subnet":"10.6.0.0/24","Gateway":"10.6.0.1","AuxiliaryAddresses":{"a":"10.6.0.10"}}]

== daemon-checks
$ create --subnet 2001:db8::1/64 n1
<ID1>
$ create --ipv4=false --subnet 10.3.0.1/24 n2
! invalid network config:
! invalid subnet 10.3.0.1/24: it should be 10.3.0.0/24
? 1
$ create --ipv4=false --ipv6 --subnet 10.3.0.1/24 n2b
! invalid network config:
! invalid subnet 10.3.0.1/24: it should be 10.3.0.0/24
? 1
$ create --subnet 2001:db8:1::/64 --ip-range 2001:db8:1::/48 n3
<ID2>
$ create --ipv4=false --ipv6=false n4
! IPv4 or IPv6 must be enabled
? 1
$ create -o com.docker.network.enable_ipv4=false n5
! IPv4 or IPv6 must be enabled
? 1
$ create --subnet ff00::/64 --ipv6 n6
! multicast subnet 'ff00::1/64' is not allowed
? 1
$ create --subnet ff00::/64 n6b
<ID3>
$ create --subnet 10.3.0.0/24 --gateway 10.3.0.0 n7
! failed to allocate gateway (10.3.0.0): Address already in use
? 1
$ create --subnet 10.3.0.0/24 --gateway 10.3.0.255 n8
! failed to allocate gateway (10.3.0.255): Address already in use
? 1
$ create --subnet 10.3.0.0/24 --aux-address a=10.3.0.1 n9
! failed to allocate secondary ip address (a:10.3.0.1): Address already in use
? 1
$ create --subnet 10.3.0.0/24 --aux-address a=10.3.0.0 n10
! failed to allocate secondary ip address (a:10.3.0.0): Address already in use
? 1
$ create --subnet 10.3.0.0/24 --aux-address a=10.3.0.255 n11
! failed to allocate secondary ip address (a:10.3.0.255): Address already in use
? 1
$ create --subnet 10.3.0.0/24 --gateway 10.3.0.5 --aux-address b=10.3.0.5 n12
! failed to allocate secondary ip address (b:10.3.0.5): Address already in use
? 1
$ create --internal --subnet 10.3.0.0/24 --aux-address DefaultGatewayIPv4=10.3.0.9 n13
! no gateway can be set on an internal bridge network
? 1
$ create --subnet 10.3.0.0/24 --aux-address DefaultGatewayIPv4=10.3.0.9 n14
<ID4>
$ create --subnet 10.3.0.0/24 n15
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.3.0.128/25 n16
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.0.0.0/8 n17
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 172.17.0.0/16 n18
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.9.0.1/24 --ip-range 10.9.0.0/16 n19
! invalid network config:
! * invalid subnet 10.9.0.1/24: it should be 10.9.0.0/24
! * invalid ip-range 10.9.0.0/16: CIDR block is bigger than its parent subnet 10.9.0.1/24
? 1
$ create --subnet 10.9.0.1/24 --ip-range 10.9.0.0/16 --subnet 10.10.0.1/24 n20
! invalid network config:
! * invalid subnet 10.9.0.1/24: it should be 10.9.0.0/24
! * invalid ip-range 10.9.0.0/16: CIDR block is bigger than its parent subnet 10.9.0.1/24
! * invalid subnet 10.10.0.1/24: it should be 10.10.0.0/24
? 1
$ create --ipv6 --subnet fe80::/64 n21
<ID5>
$ create --ipv6 --subnet fe80::/80 n22
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 0.0.0.0/8 n23
! invalid address pool
? 1
$ create --ipv6 --subnet 2001:db8:7::/64 --gateway 2001:db8:7:: n24
! failed to allocate gateway (2001:db8:7::): Address already in use
? 1
$ create --ipv6 --subnet 2001:db8:8::/64 --gateway 2001:db8:8::ffff:ffff:ffff:ffff n25
<ID6>
$ create --ipv6 --subnet 2001:db8:9::/64 --aux-address DefaultGatewayIPv6=2001:db8:9::9 n26
<ID7>
$ create --internal --ipv6 --subnet 2001:db8:a::/64 --aux-address DefaultGatewayIPv6=2001:db8:a::9 n27
<ID8>
$ create --subnet 10.20.0.0/24 --aux-address DefaultGatewayIPv6=10.20.0.9 n28
<ID9>
$ ls --format '{{.Name}}' --filter type=custom
n1
n3
n6b
n14
n21
n25
n26
n27
n28

== families
$ create --subnet 2001:db8:1::/64 a
<ID1>
$ inspect a -f '{{.EnableIPv4}} {{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{end}}'
true false 172.18.0.0/16
$ create --ipv4=false --ipv6 --subnet 10.3.0.0/24 --subnet 2001:db8:2::/64 b
<ID2>
$ inspect b -f '{{.EnableIPv4}} {{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{end}}'
false true 2001:db8:2::/64
$ create --ipv6 --subnet 10.4.0.0/24 c
<ID3>
$ inspect c -f '{{.EnableIPv4}} {{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{end}}'
true true 10.4.0.0/24 <ULA>::/64
$ create --ipv6 --subnet 2001:db8:3::/64 d
<ID4>
$ inspect d -f '{{.EnableIPv4}} {{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{end}}'
true true 2001:db8:3::/64 172.19.0.0/16
$ create -o com.docker.network.enable_ipv6=true --subnet 2001:db8:4::/64 e
<ID5>
$ inspect e -f '{{.EnableIPv4}} {{.EnableIPv6}} {{json .Options}}'
true true {"com.docker.network.enable_ipv6":"true"}
$ create -o com.docker.network.enable_ipv6=true --ipv6=false f
<ID6>
$ inspect f -f '{{.EnableIPv4}} {{.EnableIPv6}} {{json .Options}}'
true false {}
$ create -o com.docker.network.enable_ipv4=false --ipv6 g
<ID7>
$ inspect g -f '{{.EnableIPv4}} {{.EnableIPv6}} {{json .Options}} {{len .IPAM.Config}}'
false true {"com.docker.network.enable_ipv4":"false"} 1
$ create --ipv4=true -o com.docker.network.enable_ipv4=false h
<ID8>
$ inspect h -f '{{.EnableIPv4}} {{.EnableIPv6}} {{json .Options}}'
true false {}
$ create --ipv6 --subnet 2001:DB8:5::/64 --gateway 2001:DB8:5::0:9 i
<ID9>
$ inspect i -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}'
2001:db8:5::/64 2001:db8:5::9 172.23.0.0/16 172.23.0.1
$ create --ipv6 --subnet 2001:db8:6::/64 --subnet 2001:db8:7::/64 j
! bridge driver doesn't support multiple subnets
? 1
$ create --ipv6 --ipv4=false --subnet 2001:db8:6::/64 --subnet 2001:db8:7::/64 --subnet 10.7.0.0/24 j
! bridge driver doesn't support multiple subnets
? 1
$ create --subnet 10.8.0.0/24 --subnet 2001:db8:8::/64 --subnet 2001:db8:9::/64 j
<ID10>

== small-subnets
$ create --subnet 10.3.0.0/31 a
<ID1>
$ create --subnet 10.3.1.0/32 b
<ID2>
$ create --subnet 10.3.2.0/30 c
<ID3>
$ create --ipv6 --subnet 2001:db8::/127 d
<ID4>
$ create --ipv6 --subnet 2001:db8:1::/128 e
! failed to allocate gateway (): no available addresses on this pool
? 1
$ create --ipv6 --subnet 2001:db8:2::/126 f
<ID5>
$ create --subnet 127.0.0.0/24 g
<ID6>
$ create --subnet 224.0.0.0/24 h
<ID7>
$ create --subnet 255.255.255.0/24 i
<ID8>
$ create --subnet 169.254.0.0/16 j
<ID9>
$ create --subnet 10.3.4.0/32 --gateway 10.3.4.0 k
<ID10>
$ create --ipv6 --subnet 2001:db8:3::/128 --gateway 2001:db8:3:: l
! failed to allocate gateway (2001:db8:3::): Address already in use
? 1
$ create --subnet 10.3.5.0/31 --gateway 10.3.5.1 m
<ID11>
$ inspect a b c g h i j m -f '{{.Name}} {{json .IPAM.Config}}'
a [{"Subnet":"10.3.0.0/31","Gateway":"10.3.0.0"}]
b [{"Subnet":"10.3.1.0/32","Gateway":"10.3.1.0"}]
c [{"Subnet":"10.3.2.0/30","Gateway":"10.3.2.1"}]
g [{"Subnet":"127.0.0.0/24","Gateway":"127.0.0.1"}]
h [{"Subnet":"224.0.0.0/24","Gateway":"224.0.0.1"}]
i [{"Subnet":"255.255.255.0/24","Gateway":"255.255.255.1"}]
j [{"Subnet":"169.254.0.0/16","Gateway":"169.254.0.1"}]
m [{"Subnet":"10.3.5.0/31","Gateway":"10.3.5.1"}]
$ inspect d f -f '{{.Name}} {{range .IPAM.Config}}{{.Subnet}}={{.Gateway}} {{end}}'
d 2001:db8::/127=2001:db8::1 172.18.0.0/16=172.18.0.1
f 2001:db8:2::/126=2001:db8:2::1 172.19.0.0/16=172.19.0.1

== ranges
$ create --subnet 10.3.0.0/24 --ip-range 10.3.0.64/30 a
<ID1>
$ inspect a -f '{{json .IPAM.Config}}'
[{"Subnet":"10.3.0.0/24","IPRange":"10.3.0.64/30","Gateway":"10.3.0.64"}]
$ create --subnet 10.4.0.0/24 --ip-range 10.4.0.252/30 b
<ID2>
$ inspect b -f '{{json .IPAM.Config}}'
[{"Subnet":"10.4.0.0/24","IPRange":"10.4.0.252/30","Gateway":"10.4.0.252"}]
$ create --subnet 10.5.0.0/24 --ip-range 10.5.0.0/25 --gateway 10.5.0.200 c
<ID3>
$ inspect c -f '{{json .IPAM.Config}}'
[{"Subnet":"10.5.0.0/24","IPRange":"10.5.0.0/25","Gateway":"10.5.0.200"}]
$ create --subnet 10.6.0.0/24 --ip-range 10.6.0.0/24 d
<ID4>
$ inspect d -f '{{json .IPAM.Config}}'
[{"Subnet":"10.6.0.0/24","IPRange":"10.6.0.0/24","Gateway":"10.6.0.1"}]
$ create --subnet 10.7.0.0/24 --ip-range 10.7.0.5/32 e
<ID5>
$ inspect e -f '{{json .IPAM.Config}}'
[{"Subnet":"10.7.0.0/24","IPRange":"10.7.0.5/32","Gateway":"10.7.0.5"}]
$ create --subnet 10.8.0.0/24 --ip-range 10.8.0.5/32 --gateway 10.8.0.1 f
<ID6>
$ inspect f -f '{{json .IPAM.Config}}'
[{"Subnet":"10.8.0.0/24","IPRange":"10.8.0.5/32","Gateway":"10.8.0.1"}]
$ create --ipv6 --subnet 2001:db8::/64 --ip-range 2001:db8::1000/116 g
<ID7>
$ inspect g -f '{{(index .IPAM.Config 0).IPRange}} {{(index .IPAM.Config 0).Gateway}}'
2001:db8::1000/116 2001:db8::1000
$ create --subnet 10.9.0.0/24 --ip-range 10.9.0.255/32 h
! failed to allocate gateway (): no available addresses on this pool
? 1
$ inspect h -f '{{json .IPAM.Config}}'
\
! network h not found
? 1
$ create --subnet 10.10.0.0/24 --ip-range 10.10.0.0/32 i
! failed to allocate gateway (): no available addresses on this pool
? 1
$ inspect i -f '{{json .IPAM.Config}}'
\
! network i not found
? 1

== driver-options
$ create --ipv4=false -o com.docker.network.bridge.enable_icc=maybe a1
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --ipv4=false --ingress a2
! Ingress network can only be global scope network
? 1
$ create --ipv4=false -d host a3
! only one instance of "host" network is allowed
? 1
$ create --ipv4=false -d nosuch a4
! plugin "nosuch" not found
? 1
$ create --ipv4=false --ipam-driver nosuch a5
! plugin "nosuch" not found
? 1
$ create --ipv4=false --scope swarm a6
! cannot create a swarm scoped network when swarm is not active
? 1
$ create --ipv4=false --config-from x a7
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-only --ipv4=false c
<ID1>
$ create --config-from c a8
! IPv4 or IPv6 must be enabled
? 1
$ create --config-from c -d nosuch a9
! plugin "nosuch" not found
? 1
$ create --config-from c -d host a10
! only one instance of "host" network is allowed
? 1
$ create -d host --ipam-driver nosuch a11
! only one instance of "host" network is allowed
? 1
$ create -d host -o com.docker.network.bridge.enable_icc=maybe a12
! only one instance of "host" network is allowed
? 1
$ create -d null --ipam-driver null a13
! only one instance of "null" network is allowed
? 1
$ create --ipam-driver null -o com.docker.network.bridge.enable_icc=maybe a14
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --ipam-driver null --subnet 10.0.0.0/24 a15
! null ipam driver does not handle specific address pool requests
? 1
$ create --config-only --ipam-driver null d
<ID2>
$ create --config-from d a16
! ipv4 pool is empty
? 1
$ create -o com.docker.network.bridge.enable_icc= b1
! failed to parse com.docker.network.bridge.enable_icc value:  (must be true or false)
? 1
$ create -o com.docker.network.bridge.enable_ip_masquerade= b2
! failed to parse com.docker.network.bridge.enable_ip_masquerade value:  (must be true or false)
? 1
$ create -o com.docker.network.bridge.inhibit_ipv4= b3
! failed to parse com.docker.network.bridge.inhibit_ipv4 value:  (must be true or false)
? 1
$ create -o com.docker.network.driver.mtu= b4
! failed to parse com.docker.network.driver.mtu value:  (must be an integer)
? 1
$ create -o com.docker.network.bridge.host_binding_ipv4= b5
! failed to parse com.docker.network.bridge.host_binding_ipv4 value:  (nil ip)
? 1
$ create -o com.docker.network.bridge.host_binding_ipv4=::1 b6
! failed to parse com.docker.network.bridge.host_binding_ipv4 value: ::1 (nil ip)
? 1
$ create -o com.docker.network.bridge.host_binding_ipv4=foo b7
! failed to parse com.docker.network.bridge.host_binding_ipv4 value: foo (nil ip)
? 1
$ create -o com.docker.network.bridge.gateway_mode_ipv4= b8
! failed to parse com.docker.network.bridge.gateway_mode_ipv4 value:  (unknown gateway mode )
? 1
$ create -o com.docker.network.bridge.gateway_mode_ipv4=foo b9
! failed to parse com.docker.network.bridge.gateway_mode_ipv4 value: foo (unknown gateway mode foo)
? 1
$ create -o com.docker.network.bridge.gateway_mode_ipv6=foo b10
! failed to parse com.docker.network.bridge.gateway_mode_ipv6 value: foo (unknown gateway mode foo)
? 1
$ create -o com.docker.network.bridge.gateway_mode_ipv4=isolated b11
! gateway mode 'isolated' can only be used for an internal network
? 1
$ create -o com.docker.network.bridge.gateway_mode_ipv6=isolated b11b
! gateway mode 'isolated' can only be used for an internal network
? 1
$ create --internal -o com.docker.network.bridge.gateway_mode_ipv4=isolated b12
<ID3>
$ create --internal -o com.docker.network.bridge.gateway_mode_ipv4=nat b13
<ID4>
$ create --internal -o com.docker.network.bridge.gateway_mode_ipv4=routed b13b
<ID5>
$ create -o com.docker.network.bridge.gateway_mode_ipv4=routed b14
<ID6>
$ create -o com.docker.network.bridge.gateway_mode_ipv4=NAT b14b
! failed to parse com.docker.network.bridge.gateway_mode_ipv4 value: NAT (unknown gateway mode NAT)
? 1
$ create -o com.docker.network.bridge.inhibit_ipv4=what b15
! failed to parse com.docker.network.bridge.inhibit_ipv4 value: what (must be true or false)
? 1
$ create -o com.docker.network.driver.mtu=abc b16
! failed to parse com.docker.network.driver.mtu value: abc (must be an integer)
? 1
$ create -o com.docker.network.driver.mtu=-1 b17
! invalid MTU number: -1
? 1
$ create -o com.docker.network.driver.mtu=0 b18
<ID7>
$ create -o com.docker.network.driver.mtu=67 b18b
! failed to parse com.docker.network.driver.mtu value: 67 (must be in the range 68 to 65535)
? 1
$ create -o com.docker.network.driver.mtu=65536 b18c
! failed to parse com.docker.network.driver.mtu value: 65536 (must be in the range 68 to 65535)
? 1
$ create -o com.docker.network.driver.mtu=99999999999999999999 b18d
! failed to parse com.docker.network.driver.mtu value: 99999999999999999999 (must be an integer)
? 1
$ create -o com.docker.network.driver.mtu=+1400 b18e
<ID8>
$ create -o com.docker.network.host_ipv4=foo b19
! failed to parse com.docker.network.host_ipv4 value: foo (nil ip)
? 1
$ create -o com.docker.network.host_ipv4= b19b
! failed to parse com.docker.network.host_ipv4 value:  (nil ip)
? 1
$ create -o com.docker.network.host_ipv6=foo b20
! failed to parse com.docker.network.host_ipv6 value: foo (nil ip)
? 1
$ create -o com.docker.network.host_ipv6=1.2.3.4 b21
! failed to parse com.docker.network.host_ipv6 value: 1.2.3.4 (nil ip)
? 1
$ create -o com.docker.network.host_ipv4=::1 b21b
! failed to parse com.docker.network.host_ipv4 value: ::1 (nil ip)
? 1
$ create -o com.docker.network.advertise_addr_nmsgs=x b22
! value for option com.docker.network.advertise_addr_nmsgs "x" must be an integer
? 1
$ create -o com.docker.network.advertise_addr_nmsgs= b22b
! value for option com.docker.network.advertise_addr_nmsgs "" must be an integer
? 1
$ create -o com.docker.network.advertise_addr_nmsgs=4 b23
! com.docker.network.advertise_addr_nmsgs must be in the range 0 to 3
? 1
$ create -o com.docker.network.advertise_addr_nmsgs=-1 b23b
! com.docker.network.advertise_addr_nmsgs must be in the range 0 to 3
? 1
$ create -o com.docker.network.advertise_addr_nmsgs=0 b23c
<ID9>
$ create -o com.docker.network.advertise_addr_ms=99 b24
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -o com.docker.network.advertise_addr_ms=2001 b25
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -o com.docker.network.advertise_addr_ms=x b25b
! value for option com.docker.network.advertise_addr_ms "x" must be integer milliseconds
? 1
$ create -o com.docker.network.advertise_addr_ms=4 -o com.docker.network.advertise_addr_nmsgs=x b25c
! value for option com.docker.network.advertise_addr_nmsgs "x" must be an integer
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -o com.docker.network.advertise_addr_ms=4 -o com.docker.network.bridge.enable_icc=x b25d
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -d host -o com.docker.network.advertise_addr_ms=4 b25e
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create --config-only -o com.docker.network.advertise_addr_ms=4 b25f
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -d nosuch -o com.docker.network.advertise_addr_ms=4 b25g
! com.docker.network.advertise_addr_ms must be in the range 100 to 2000
? 1
$ create -o com.docker.network.bridge.name=lo b26
! existing interface lo is not a bridge
? 1
$ create -o com.docker.network.bridge.name=docker0 b27
! cannot create network <ID10> (docker0): conflicts with network <ID11> (docker0): networks have same bridge name
? 1
$ create -o com.docker.network.bridge.name=brx b28
<ID12>
$ create -o com.docker.network.bridge.name=brx b29
! cannot create network <ID13> (brx): conflicts with network <ID12> (brx): networks have same bridge name
? 1
$ create -o com.docker.network.bridge.name=waytoolongbridgename b29b
! com.docker.network.bridge.name: "waytoolongbridgename" cannot be an interface name: it is longer than 15 bytes
? 1
$ create -o com.docker.network.bridge.name=a/b b29c
! com.docker.network.bridge.name: "a/b" cannot be an interface name: it contains a character that no interface name can have
? 1
$ create -o foo -o =bar -o a=b=c -o 'sp ace= x ' b30
<ID14>
$ inspect b30 -f '{{json .Options}}'
{"":"bar","a":"b=c","foo":"","sp ace":" x "}
$ create -o com.docker.network.bridge.name= b31
<ID15>
$ inspect b31 -f '{{json .Options}}'
{"com.docker.network.bridge.name":""}
$ create -o com.docker.network.bridge.trusted_host_interfaces=a:b b32
<ID16>
$ create -o com.docker.network.bridge.trusted_host_interfaces= b33
<ID17>
$ create -o com.docker.network.bridge.trusted_host_interfaces=a/b b33b
! com.docker.network.bridge.trusted_host_interfaces: "a/b" cannot be an interface name: it contains a character that no interface name can have
? 1
$ create -o com.docker.network.container_iface_prefix=net b34
<ID18>
$ create -o com.docker.network.container_iface_prefix= b35
<ID19>
$ create -o com.docker.network.container_iface_prefix=a/b b36
! com.docker.network.container_iface_prefix: "a/b" cannot be an interface name: it contains a character that no interface name can have
? 1
$ create -o com.docker.network.bridge.default_bridge=true b37
<ID20>
$ create -o com.docker.network.bridge.default_bridge=maybe b38
! failed to parse com.docker.network.bridge.default_bridge value: maybe (must be true or false)
? 1
$ create -o com.docker.network.bridge.enable_icc=x -o com.docker.network.driver.mtu=abc b39
! failed to parse com.docker.network.bridge.enable_icc value: x (must be true or false)
? 1
$ create -o com.docker.network.enable_ipv4= b40
! driver-opt "com.docker.network.enable_ipv4" is not a valid bool
? 1
$ ls --format '{{.Name}}' --filter type=custom
b12
b13
b13b
b14
b18
b18e
b23c
b28
b30
b31
b32
b33
b34
b35
b37
c
d

== labels
$ create --label ' =b' n1
! invalid argument " =b" for "--label" flag: invalid label ' =b': empty name
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --label 'a b=c' n1
! invalid argument "a b=c" for "--label" flag: label 'a b' contains whitespaces
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --label =b n1
! invalid argument "=b" for "--label" flag: invalid label '=b': empty name
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --label '' n1
! invalid argument "" for "--label" flag: invalid label '': empty name
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --label a --label a=1 --label a=2 --label 'b= x ' --label c==d n2
<ID1>
$ inspect n2 -f '{{json .Labels}}'
{"a":"2","b":" x ","c":"=d"}

== config-only
$ create --config-only --internal c
! configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.
? 1
$ create --config-only --attachable c
! configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.
? 1
$ create --config-only --ingress c
! configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.
? 1
$ create --config-only --scope local c
! configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.
? 1
$ create --config-only --subnet 10.7.0.1/24 c
! invalid network config:
! invalid subnet 10.7.0.1/24: it should be 10.7.0.0/24
? 1
$ create --config-only --ipv4=false c
<ID1>
$ create --config-only -d nosuch c1
<ID2>
$ create --config-only --subnet 10.7.0.0/24 c2
<ID3>
$ create --config-only --subnet 10.7.0.0/24 --ipv6 c3
<ID4>
$ create --config-only --ipam-driver nosuch --ipam-opt a=b c4
<ID5>
$ create --config-only -o com.docker.network.bridge.enable_icc=maybe c5
<ID6>
$ create --config-only -o com.docker.network.enable_ipv6=true c6
<ID7>
$ create --config-only --subnet 10.7.0.0/24 --subnet 10.8.0.0/24 c7
<ID8>
$ create --config-only -d overlay c8
! This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.
? 1
$ create --config-only -d host c9
<ID9>
$ inspect c1 c3 c4 c6 -f '{{.Name}} {{.Driver}} {{.Scope}} {{.EnableIPv4}} {{.EnableIPv6}} {{.IPAM.Driver}} {{json .IPAM.Options}} {{json .Options}} {{.ConfigOnly}}'
c1 null local true false default {} {} true
c3 null local true true default {} {} true
c4 null local true false nosuch {"a":"b"} {} true
c6 null local true true default {} {"com.docker.network.enable_ipv6":"true"} true
$ create --config-from c1 d1
<ID10>
$ create --config-from c2 d2
<ID11>
$ create --config-from c2 d3
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --config-from c3 d4
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --config-from c4 d5
! plugin "nosuch" not found
? 1
$ create --config-from c5 d6
! failed to parse com.docker.network.bridge.enable_icc value: maybe (must be true or false)
? 1
$ create --config-from c6 d7
<ID12>
$ create --config-from c7 d8
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ inspect d1 d7 -f '{{.Driver}} {{.EnableIPv6}} {{json .Options}} {{json .ConfigFrom}} {{.ConfigOnly}}'
bridge false {} {"Network":"c1"} false
bridge true {"com.docker.network.enable_ipv6":"true"} {"Network":"c6"} false
$ create --config-from d1 d9
! configuration network "d1" does not exist
? 1
$ create --config-from bridge d9
! configuration network "bridge" does not exist
? 1
$ create --config-from nosuch d9
! configuration network "nosuch" does not exist
? 1
$ create --config-only --config-from c1 d9
! a configuration network cannot depend on another configuration network
? 1
$ rm c1
! error while removing network: configuration network "c1" is in use
? 1
$ rm d1
d1
$ rm c1
c1
$ prune -f
Deleted Networks:
d2
d7
\
$ ls --format '{{.Name}}' --filter type=custom
c
c2
c3
c4
c5
c6
c7
c9

== config-from-flags
$ create --config-only --subnet 10.7.0.0/24 c
<ID1>
$ create --config-from c --label a=b n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --ipam-opt a=b n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --ipam-driver nosuch n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --ipv6 n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --ipv4=false n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c -o a=b n
! network driver options are not supported if the network depends on a configuration network
? 1
$ create --config-from c -o com.docker.network.enable_ipv6=true n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --gateway 10.7.0.1 n
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --config-from c --subnet 10.8.0.0/24 -o a=b n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --subnet 2001:db8::/64 n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c -d nosuch n
! plugin "nosuch" not found
? 1
$ create --config-from c --ingress n
! Ingress network can only be global scope network
? 1
$ create --config-from nosuch --label a=b n
! user-specified configurations are not supported if the network depends on a configuration network
? 1
$ create --config-from c --ipv6=false --internal --attachable --scope local n
<ID2>
$ inspect n -f '{{.Internal}} {{.Attachable}} {{.Scope}} {{.EnableIPv6}} {{.ConfigFrom.Network}} {{range .IPAM.Config}}{{.Subnet}}{{end}}'
true true local false c 10.7.0.0/24

== config-from-by-id
$ create --config-only 0000000000
<ID1>
$ create --config-from 000000 n
! configuration network "000000" does not exist
? 1
$ create --config-from '' n
<ID2>
$ inspect n -f '{{json .ConfigFrom}}'
{"Network":""}

== pools-run-out
$ create a01
<ID1>
$ create a02
<ID2>
$ create a03
<ID3>
$ create a04
<ID4>
$ create a05
<ID5>
$ create a06
<ID6>
$ create a07
<ID7>
$ create a08
<ID8>
$ create a09
<ID9>
$ create a10
<ID10>
$ create a11
<ID11>
$ create a12
<ID12>
$ create a13
<ID13>
$ create a14
<ID14>
$ create a15
<ID15>
$ create a16
<ID16>
$ create a17
<ID17>
$ create a18
<ID18>
$ create a19
<ID19>
$ create a20
<ID20>
$ create a21
<ID21>
$ create a22
<ID22>
$ create a23
<ID23>
$ create a24
<ID24>
$ create a25
<ID25>
$ create a26
<ID26>
$ create a27
<ID27>
$ create a28
<ID28>
$ create a29
<ID29>
$ create a30
<ID30>
$ create a31
! all predefined address pools have been fully subnetted
! This in /etc/netctl/daemon.json gives more: "default-address-pools": [{"base": "10.0.0.0/16", "size": 24}]
? 1
$ create --internal a31
! all predefined address pools have been fully subnetted
! This in /etc/netctl/daemon.json gives more: "default-address-pools": [{"base": "10.0.0.0/16", "size": 24}]
? 1
$ create --subnet 10.0.0.0/24 a31
<ID31>
$ create --ipv4=false --ipv6 a32
<ID32>
$ inspect a14 a15 a16 a30 -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}'
172.31.0.0/16 172.31.0.1
192.168.0.0/20 192.168.0.1
192.168.16.0/20 192.168.16.1
192.168.240.0/20 192.168.240.1
$ rm a20
a20
$ create a33
<ID33>
$ inspect a33 -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}'
192.168.80.0/20 192.168.80.1

== subnets-split-pools
$ create --subnet 172.18.5.0/24 a
<ID1>
$ create b
<ID2>
$ create --subnet 172.16.0.0/12 c
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ inspect b -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}'
172.19.0.0/16
@host ip link add brl type bridge; ip addr add 172.20.1.1/24 dev brl; ip link set brl up; ip route add 172.21.0.0/24 via 172.20.1.2
$ create d
<ID3>
$ inspect d -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}'
172.21.0.0/16
$ create --subnet 172.20.1.0/24 e
<ID4>
@host ip link del brl


== names-again
$ create " n "
<ID1>
$ create " n "
! network with name  n  already exists
? 1
$ ls --format "[{{.Name}}]" --filter type=custom
[ n ]
$ inspect -f "[{{.Name}}]" " n "
\
! network n not found
? 1
$ rm " n "
! network n not found
? 1
$ rm n
! network n not found
? 1
$ create ""
! invalid name: name is empty
? 1
$ create "   "
! invalid name: name is empty
? 1
$ create bridge
! operation is not permitted on predefined bridge network
? 1
$ create host
! operation is not permitted on predefined host network
? 1
$ create none
! operation is not permitted on predefined none network
? 1
$ create default
! operation is not permitted on predefined default network
? 1
$ create null
<ID2>
$ create container
<ID3>
$ create "a/b"
<ID4>
$ create ../x
<ID5>
$ inspect -f {{.Name}} a/b
a/b
$ rm a/b
a/b
$ create -- -x
<ID6>
$ rm -- -x
-x
$ create A
<ID7>
$ create a
<ID8>
$ ls --format {{.Name}} --filter type=custom
 n
../x
A
a
container
null

== order-of-checks
$ create --subnet 10.5.0.0/16 base
<ID1>
$ create -o com.docker.network.host_ipv6= -o com.docker.network.bridge.gateway_mode_ipv4=isolated n1
! failed to parse com.docker.network.host_ipv6 value:  (nil ip)
? 1
$ create -o com.docker.network.bridge.name=lo --subnet 10.5.0.0/16 n1
! existing interface lo is not a bridge
? 1
$ create -o com.docker.network.bridge.name=lo -o com.docker.network.bridge.gateway_mode_ipv4=isolated --ipv4=false n1
! existing interface lo is not a bridge
? 1
$ create -o com.docker.network.bridge.name=lo -o com.docker.network.driver.mtu=-1 n1
! existing interface lo is not a bridge
? 1
$ create -o com.docker.network.bridge.name=lo -o com.docker.network.bridge.enable_icc=x n1
! failed to parse com.docker.network.bridge.enable_icc value: x (must be true or false)
? 1
$ create -o com.docker.network.driver.mtu=-1 --subnet 10.5.0.0/16 n1
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create -o com.docker.network.driver.mtu=-1 --ipv4=false n1
! IPv4 or IPv6 must be enabled
? 1
$ create -o com.docker.network.driver.mtu=-1 --ipv6 --subnet ff05::/64 n1
! invalid MTU number: -1
? 1
$ create -o com.docker.network.driver.mtu=-1 --subnet 10.6.0.0/24 --subnet 10.7.0.0/24 n1
! bridge driver doesn't support multiple subnets
? 1
$ create -o com.docker.network.driver.mtu=x --subnet 10.5.0.0/16 n1
! failed to parse com.docker.network.driver.mtu value: x (must be an integer)
? 1
$ create -o com.docker.network.bridge.host_binding_ipv4=::1 --subnet 10.5.0.0/16 n1
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --internal --subnet 10.5.0.0/16 --aux-address DefaultGatewayIPv4=10.5.0.4 n1
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --internal --subnet 10.5.0.0/16 --ip-range 10.5.3.0/24 --aux-address DefaultGatewayIPv4=10.5.0.4 n1
! cannot create network <ID2> (br-<id2>): conflicts with network <ID1> (br-<id1>): networks have overlapping IPv4
? 1
$ create -o com.docker.network.advertise_addr_nmsgs=9 -o com.docker.network.advertise_addr_ms=x n1
! com.docker.network.advertise_addr_nmsgs must be in the range 0 to 3
! value for option com.docker.network.advertise_addr_ms "x" must be integer milliseconds
? 1
$ create --config-from nosuch --scope swarm n1
! configuration network "nosuch" does not exist
? 1
$ create -d null --config-from nosuch n1
! configuration network "nosuch" does not exist
? 1
$ create -d host --scope swarm n1
! cannot create a swarm scoped network when swarm is not active
? 1
$ create --config-only --config-from x --internal n1
! configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.
? 1
$ create --ipam-driver null --ipv4=false n1
! IPv4 or IPv6 must be enabled
? 1
$ create --ipam-driver null --ipv4=false --ipv6 n1
! ipv6 pool is empty
? 1
$ create --ipam-driver nosuch --ipv4=false n1
! plugin "nosuch" not found
? 1
$ create --ipam-driver nosuch -o com.docker.network.bridge.gateway_mode_ipv4=isolated n1
! gateway mode 'isolated' can only be used for an internal network
? 1
$ create --subnet 10.7.0.0/24 --aux-address a=::ffff:10.7.0.5 n1
! invalid network config:
! invalid auxiliary address a: parent subnet is an IPv4 block
? 1
$ create --subnet 10.7.0.0/24 --aux-address a=::ffff:10.7.0.5 --ip-range 10.7.0.0/16 n1
! invalid network config:
! * invalid ip-range 10.7.0.0/16: CIDR block is bigger than its parent subnet 10.7.0.0/24
! * invalid auxiliary address a: parent subnet is an IPv4 block
? 1
$ create --subnet 10.7.0.0/24 --aux-address a=::ffff:10.8.0.5 n1
! no matching subnet for aux-address ::ffff:10.8.0.5
? 1

== empty-address-driver
$ create --config-only --ipam-driver '' --subnet 10.55.0.0/24 template
<ID1>
$ inspect template -f '{{json .IPAM}}'
{"Driver":"default","Options":{},"Config":[{"Subnet":"10.55.0.0/24"}]}
$ create --config-from template --ipam-driver '' n1
<ID2>
$ inspect n1 -f '{{json .IPAM}}'
{"Driver":"default","Options":{},"Config":[{"Subnet":"10.55.0.0/24","Gateway":"10.55.0.1"}]}

Recorded from Docker Engine 29.7.2.

== in-order-and-reuse
containers: ca cb cc cd
$ create --subnet 10.60.0.0/24 n1
<ID1>
$ connect n1 ca
$ connect n1 cb
$ disconnect n1 ca
$ connect n1 cc
$ connect n1 cd
$~ inspect n1 -f '{{range .Containers}}{{.Name}}={{.IPv4Address}}{{"\n"}}{{end}}'
\
cb=10.60.0.3/24
cc=10.60.0.2/24
cd=10.60.0.4/24

== ip-range-and-aux
containers: ca cb cc
$ create --subnet 10.61.0.0/24 --ip-range 10.61.0.8/30 --aux-address x=10.61.0.9 n1
<ID1>
$ connect n1 ca
$ connect n1 cb
$ connect n1 cc
! no available IPv4 addresses on this network's address pools: n1 (<ID1>)
? 1
$~ inspect n1 -f '{{range .Containers}}{{.Name}}={{.IPv4Address}}{{"\n"}}{{end}}'
\
ca=10.61.0.10/24
cb=10.61.0.11/24

== exhausted
containers: ca cb
$ create --subnet 10.62.0.0/30 n1
<ID1>
$ connect n1 ca
$ connect n1 cb
! no available IPv4 addresses on this network's address pools: n1 (<ID1>)
? 1
$ disconnect n1 ca
$ connect n1 cb

== slash-31
containers: ca
$ create --subnet 10.63.0.0/31 n1
<ID1>
$ connect n1 ca
$ inspect n1 -f '{{json .IPAM.Config}}'
[{"Subnet":"10.63.0.0/31","Gateway":"10.63.0.0"}]

== overlap
$ create --subnet 10.64.0.0/16 n1
<ID1>
$ create --subnet 10.64.3.0/24 n2
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create --subnet 10.0.0.0/8 n3
! invalid pool request: Pool overlaps with other one on this address space
? 1

== bad-subnets
$ create --subnet nonsense n1
! invalid subnet "nonsense" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet 10.65.0.0/33 n1
! invalid subnet "10.65.0.0/33" for --subnet: the prefix length is out of range
? 1
$ create --subnet 10.65.0.0 n1
! invalid subnet "10.65.0.0" for --subnet: there is no '/' with a prefix length
? 1
$ create --subnet 10.65.0.0/24 --gateway 10.66.0.1 n1
! no matching subnet for gateway 10.66.0.1
? 1
$ create --subnet 10.65.0.0/24 --ip-range 10.66.0.0/28 n1
! no matching subnet for range 10.66.0.0/28
? 1
$ create --subnet 10.65.0.0/24 --ip-range 10.65.0.0/16 n1
! invalid network config:
! invalid ip-range 10.65.0.0/16: CIDR block is bigger than its parent subnet 10.65.0.0/24
? 1
$ create --subnet 10.65.0.0/24 --gateway nonsense n1
! invalid argument "nonsense" for "--gateway" flag: invalid string being converted to IP address: nonsense
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --subnet 10.65.0.0/24 --aux-address x=10.66.0.1 n1
! no matching subnet for aux-address 10.66.0.1
? 1
$ create --subnet 10.65.0.0/24 --aux-address x n1
! no matching subnet for aux-address
? 1
$ create --gateway 10.65.0.1 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --ip-range 10.65.0.0/28 n1
! every ip-range or gateway must have a corresponding subnet
? 1
$ create --subnet 10.65.0.0/32 n1
<ID1>
$ ls --format '{{.Name}}' --filter type=custom
n1


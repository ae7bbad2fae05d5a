Networks on a link of the host. Compared with Docker Engine 28.5.2, whose macvlan networks have a
gateway of their own where none is given; since 29 they have none.

== macvlan-errors
@host ip link add eth7 type veth peer name peer7
$ create -d macvlan -o parent=lo m
! loopback interface is not a valid macvlan parent link
? 1
$ create -d macvlan -o parent=nosuch m
! invalid subinterface vlan name nosuch, example formatting is eth0.10
? 1
$ create -d macvlan -o parent=nosuch.10 m
! -o parent interface was not found on the host: nosuch
? 1
$ create -d macvlan -o parent=eth7.5000 m
! vlan id must be between 1-4094, received: 5000
? 1
$ create -d macvlan -o parent=eth7.x m
! unable to parse a valid vlan id from: x (ex. eth0.10 for vlan 10)
? 1
$ create -d macvlan -o parent=a.b.c m
! required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received a.b.c
? 1
$ create -d macvlan -o macvlan_mode=foo m
! requested macvlan mode 'foo' is not valid, 'bridge' mode is the macvlan driver default
? 1
$ create -d ipvlan -o ipvlan_mode=foo m
! requested ipvlan mode 'foo' is not valid, 'l2' mode is the ipvlan driver default
? 1
$ create -d ipvlan -o ipvlan_flag=foo m
! requested ipvlan flag 'foo' is not valid, 'bridge' is the ipvlan driver default
? 1
$ create -d ipvlan -o parent=lo m
! loopback interface is not a valid ipvlan parent link
? 1
$ create -d host m
! only one instance of "host" network is allowed
? 1
$ create -d null m
! only one instance of "null" network is allowed
? 1

== macvlan-parents
@host ip link add eth7 type veth peer name peer7
$ create -d macvlan -o parent=eth7 -o macvlan_mode=passthru p
<ID1>
$ create -d macvlan -o parent=eth7 m
! macvlan network <ID1> is already using parent interface eth7 in mode passthru
? 1
$ create -d macvlan -o parent=eth7 -o macvlan_mode=passthru m
! cannot use mode passthru, macvlan network <ID1> is already using parent interface eth7
? 1
$ rm p
p
$ create -d macvlan -o parent=eth7 m
<ID2>
$ create -d macvlan -o parent=eth7 n
<ID3>
$ create -d macvlan -o parent=eth7 -o macvlan_mode=passthru p
! cannot use mode passthru, macvlan network <ID2> is already using parent interface eth7
? 1

== macvlan-shared-subnets
@host ip link add eth7 type veth peer name peer7
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/24 --ip-range 10.8.0.0/28 a
<ID1>
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/24 b
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/24 --ip-range 10.8.0.16/28 b
<ID2>
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/24 --ip-range 10.8.0.16/28 c
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/24 --ip-range 10.8.0.8/29 c
<ID3>
$ create -d macvlan -o parent=eth7 --subnet 10.8.0.0/25 --ip-range 10.8.0.8/29 d
<ID4>
$ create -d bridge --subnet 10.8.0.0/24 --ip-range 10.8.0.32/28 e
<ID5>

== macvlan-containers
containers: c1 c2 c3
@host ip link add eth7 type veth peer name peer7 && ip link set eth7 up && ip link set peer7 up
$ create -d macvlan -o parent=eth7 -o macvlan_mode= --subnet 10.6.0.0/24 --gateway 10.6.0.1 --subnet 10.7.0.0/24 --gateway 10.7.0.9 m
<ID1>
$ inspect --format '{{json .IPAM.Config}}{{.Options}}' m
[{"Subnet":"10.6.0.0/24","Gateway":"10.6.0.1"},{"Subnet":"10.7.0.0/24","Gateway":"10.7.0.9"}]map[macvlan_mode: parent:eth7]
$ connect m c1
@exec c1 ip route
default via 10.6.0.1 dev eth0
10.6.0.0/24 dev eth0 scope link  src 10.6.0.2
$ connect --ip 10.7.0.5 m c2
@exec c2 ip route
default via 10.7.0.9 dev eth0
10.7.0.0/24 dev eth0 scope link  src 10.7.0.5
$ create -d macvlan -o parent=eth7 --internal --subnet 10.5.0.0/24 --gateway 10.5.0.1 i
<ID2>
$ connect i c3
@exec c3 ip route
10.5.0.0/24 dev eth0 scope link  src 10.5.0.2
$ connect host c1
! cannot connect container to host network - container must be created in host network mode
? 1
$ connect none c1
! container cannot be connected to multiple networks with one of the networks in private (none) mode
? 1

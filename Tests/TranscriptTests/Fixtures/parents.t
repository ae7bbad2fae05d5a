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

== mtu-of-the-parent
@host ip link add eth7 type veth peer name peer7
$ create -d macvlan -o parent=eth7 -o com.docker.network.driver.mtu=1501 m
! MTU 1501 is greater than that of parent interface eth7, 1500
? 1
$ create -d macvlan -o parent=eth7 -o com.docker.network.driver.mtu=1500 m
<ID1>

== changed-mode
containers: web db
@host ip link add eth7 type veth peer name peer7 && ip link set eth7 up && ip link set peer7 up
$ create -d macvlan -o parent=eth7 --subnet 192.0.2.0/24 m
<ID1>
$ connect m web
$ connect m db
@host ip -n web link set eth0 type macvlan mode private
$ verify
network m: container web: link eth0 in its container has macvlan mode private instead of bridge; netctl network reload fixes it
? 1
$ reload
$ verify
@exec web ping -q -c 1 192.0.2.2 | grep -c ' 0%'
1

== moved-interface
containers: web db
@host ip link add eth7 type veth peer name peer7 && ip link set eth7 up && ip link set peer7 up
$ create -d macvlan -o parent=eth7 --subnet 192.0.2.0/24 m
<ID1>
$ connect m web
$ connect m db
@host ip -n web link set eth0 name moved0 && ip -n web link set moved0 netns $$
$ verify
network m: container web: link eth0 has been moved out of its container and is link moved0 of the host; the container has no network; netctl network reload fixes it
? 1
$ reload
$ verify
@host ip -o link show type macvlan
@exec web ping -q -c 1 192.0.2.2 | grep -c ' 0%'
1
@host ip -n web link set eth0 name moved0 && ip -n web link set moved0 netns $$
$ disconnect m web
@host ip -o link show type macvlan

== ports-and-the-default-route
containers: web
@host ip link add eth7 type veth peer name peer7 && ip link set eth7 up
$ create --subnet 10.9.0.0/24 z
<ID1>
$ create -d macvlan -o parent=eth7 --subnet 192.0.2.0/24 --gateway 192.0.2.1 a
<ID2>
$ connect -p 8080:80 z web
$ connect a web
! Warning: ports of container web are no longer published: 80/tcp -> 0.0.0.0:8080; its default route leads through network a now, which publishes no ports of the host; --gw-priority decides which network it leads through
@exec web ip route | grep default
default via 192.0.2.1 dev eth1
$ disconnect a web
@host nft list map inet netctl dnat4any | grep -o '10[.0-9]* . 80'
10.9.0.2 . 80
$ connect --gw-priority -1 a web
@exec web ip route | grep default
default via 10.9.0.1 dev eth0

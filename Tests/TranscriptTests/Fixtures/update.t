Networks that change while containers are on them. Docker has to remove and create them.

== labels
$ create --label a=1 blue
<ID1>
$ update --label-add b=2 --label-add a=3 blue
blue
$ inspect -f '{{json .Labels}}' blue
{"a":"3","b":"2"}
$ update --label-rm a,b blue
blue
$ inspect -f '{{json .Labels}}' blue
{}
$ update --label-rm a blue
! key a doesn't exist in network's labels
? 1
$ update --label-add 'a b' blue
! invalid argument "a b" for "--label-add" flag: label 'a b' contains whitespaces
! Usage:  netctl network update [OPTIONS] NETWORK
! Run 'netctl network update --help' for more information
? 125
$ update blue
! nothing to change: no option was given
? 1
$ update --label-add a=b bridge
! operation is not permitted on predefined bridge network
? 1
$ update --label-add a=b nosuch
! network nosuch not found
? 1

== options
containers: web db
$ create --ipv6 --subnet 10.9.0.0/24 --subnet fd09::/64 blue
<ID1>
$ connect -p 8080:80 blue web
$ connect blue db
$ update -o com.docker.network.driver.mtu=1400 -o com.docker.network.bridge.enable_icc=false blue
blue
@host ip -n web -o link show eth0 | grep -o 'mtu [0-9]*'
mtu 1400
@host ip -o link show type bridge | grep -o 'mtu [0-9]*'
mtu 1400
@exec web ping -q -c 1 -W 1 10.9.0.3 | grep -c ' 100%'
1
@host nft list map inet netctl dnat4any | grep -o '10[.0-9]* . 80'
10.9.0.2 . 80
$ verify
$ update --opt-rm com.docker.network.driver.mtu -o com.docker.network.bridge.enable_icc=true blue
blue
@host ip -n web -o link show eth0 | grep -o 'mtu [0-9]*'
mtu 1500
@exec web ping -q -c 1 -W 1 10.9.0.3 | grep -c ' 0%'
1
$ verify
$ update -o com.docker.network.bridge.enable_ip_masquerade=false -o com.docker.network.bridge.trusted_host_interfaces=eth7 blue
blue
@host nft list set inet netctl masq | grep -c elements
0
? 1
@host nft list set inet netctl trusted | grep -o '"eth7"'
"eth7"
$ update -o com.docker.network.bridge.enable_ip_masquerade=true -o com.docker.network.host_ipv4=192.0.2.1 blue
blue
@host nft list map inet netctl snat4 | grep -o '192.0.2.1'
192.0.2.1
$ verify
$ update -o com.docker.network.driver.mtu=x -o com.docker.network.bridge.enable_icc=false blue
! failed to parse com.docker.network.driver.mtu value: x (must be an integer)
? 1
$ update -o com.docker.network.driver.mtu=1000 blue
! failed to parse com.docker.network.driver.mtu value: 1000 (must be in the range 1280 to 65535)
? 1
$ update -o com.docker.network.bridge.name=br9 blue
! option com.docker.network.bridge.name of network blue is fixed when it is created; containers are connected: db, web
? 1
$ update --opt-rm nosuch blue
! key nosuch doesn't exist in network's options
? 1
$ update -o com.docker.network.enable_ipv6=false blue
! option com.docker.network.enable_ipv6 of network blue is fixed when it is created; containers are connected: db, web
? 1
$ verify

== gateway-mode
containers: web
$ create --subnet 10.9.0.0/24 blue
<ID1>
$ connect -p 8080:80 blue web
$ update -o com.docker.network.bridge.gateway_mode_ipv4=routed blue
! network blue could no longer publish ports: web (80/tcp -> 0.0.0.0:8080)
? 1
@host nft list map inet netctl dnat4any | grep -o '10[.0-9]* . 80'
10.9.0.2 . 80
$ unpublish web 80
$ update -o com.docker.network.bridge.gateway_mode_ipv4=routed blue
blue
$ publish web 8080:80
! Warning: 8080:80/tcp: the network is routed, so no host port leads to 80/tcp; it is reachable at the container's own address
$ port web
80/tcp -> 0.0.0.0:
@host nft list map inet netctl dnat4any | grep -c 10.9
0
? 1
@host nft list set inet netctl open4 | grep -o '10[.0-9]* . tcp . 80'
10.9.0.2 . tcp . 80
$ verify
$ update --opt-rm com.docker.network.bridge.gateway_mode_ipv4 blue
! network blue could no longer publish ports: web (80/tcp -> 0.0.0.0:)
? 1
$ unpublish web 80
$ update --opt-rm com.docker.network.bridge.gateway_mode_ipv4 blue
blue
$ publish web 8080:80
$ verify
$ update -o com.docker.network.bridge.gateway_mode_ipv4=isolated blue
! gateway mode 'isolated' can only be used for an internal network
? 1
$ update --internal -o com.docker.network.bridge.gateway_mode_ipv4=isolated blue
! network blue could no longer publish ports: web (80/tcp -> 0.0.0.0:8080)
? 1
$ unpublish web 80
$ update --internal -o com.docker.network.bridge.gateway_mode_ipv4=isolated blue
blue
@host ip -o -4 address show dev br-$(netctl network ls -qf name=blue) | grep -c inet
0
? 1
$ verify
$ update --internal=false --opt-rm com.docker.network.bridge.gateway_mode_ipv4 blue
blue
@host ip -o -4 address show dev br-$(netctl network ls -qf name=blue) | grep -o '10[.0-9/]*' | head -1
10.9.0.1/24
@exec web ping -q -c 1 10.9.0.1 | grep -c ' 0%'
1
$ verify

== internal
containers: web out
@host ip link add up0 type veth peer name eth0 netns out && ip addr add 192.0.2.1/24 dev up0 && ip link set up0 up
@host ip -n out addr add 192.0.2.2/24 dev eth0 && ip -n out link set eth0 up
$ create --subnet 10.9.0.0/24 blue
<ID1>
$ connect blue web
@exec web ping -q -c 1 192.0.2.2 | grep -c ' 0%'
1
$ update --internal blue
blue
@host ip -n web route show default
@exec web ip route add default via 10.9.0.1
@exec web ping -q -c 1 -W 1 192.0.2.2 | grep -c ' 100%'
1
@exec web ip route del default
@host cat /proc/sys/net/ipv4/ip_forward
0
$ verify
$ update --internal=false blue
blue
@exec web ping -q -c 1 192.0.2.2 | grep -c ' 0%'
1
@host cat /proc/sys/net/ipv4/ip_forward
1
@host cat /proc/sys/net/ipv4/conf/br-$(netctl network ls -qf name=blue)/arp_ignore
0
$ verify

== another-family
containers: web db
$ create --subnet 10.9.0.0/24 blue
<ID1>
$ connect blue web
$ connect blue db
@exec db sysctl -w net.ipv6.conf.all.disable_ipv6=1 | grep -c 1
1
$ update --subnet 2001:db8:9::/64 blue
blue
@host ip -n web -o -6 address show scope global | grep -o '2001[0-9a-f:/]*'
2001:db8:9::2/64
@host ip -n db -o -6 address show scope global
@host ip -n web -6 route show default | grep -o 'via [0-9a-f:]*'
via 2001:db8:9::1
@exec web ping -q -c 1 2001:db8:9::1 | grep -c ' 0%'
1
$ inspect -f '{{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}' blue
true 10.9.0.0/24 10.9.0.1 2001:db8:9::/64 2001:db8:9::1
$ verify
$ update --subnet 10.7.0.0/24 blue
! network blue already has an IPv4 subnet: 10.9.0.0/24
? 1
$ update --ipv6=false blue
! IPv6 of network blue cannot be disabled
? 1
$ create --subnet 10.6.0.0/24 --ipv6 --ipv4=false six
<ID2>
$ update --subnet 10.9.0.128/25 six
! invalid pool request: Pool overlaps with other one on this address space
? 1
$ update --ipv4 six
six
$ inspect -f '{{.EnableIPv4}} {{(index .IPAM.Config 0).Subnet}}' six
true 172.18.0.0/16
$ verify

== addresses
containers: web db
$ create --subnet 10.9.0.0/24 blue
<ID1>
$ connect blue web
$ update --ip-range 10.9.0.128/25 --aux-address printer=10.9.0.128 blue
blue
$ connect blue db
$ leases --format '{{.Address}} {{.Container}} {{.Kind}} {{.Free}}' blue
10.9.0.1/24 (gateway) gateway 125
10.9.0.2/24 web container 125
10.9.0.128/24 (printer) auxiliary 125
10.9.0.129/24 db container 125
$ update --aux-address scanner=10.9.0.2 blue
! address 10.9.0.2 cannot be reserved: container web has it
? 1
$ update --aux-address scanner=10.9.0.1 blue
! failed to allocate secondary ip address (scanner:10.9.0.1): Address already in use
? 1
$ update --aux-address scanner=10.8.0.1 blue
! no matching subnet for aux-address 10.8.0.1
? 1
$ update --aux-address scanner= blue
! key scanner doesn't exist in network's auxiliary addresses
? 1
$ update --ip-range 10.0.0.0/8 blue
! no matching subnet for range 10.0.0.0/8
? 1
$ update --gateway 10.9.0.7 blue
! cannot configure multiple gateways (10.9.0.7, 10.9.0.1) for the same subnet (10.9.0.0/24)
? 1
$ update --ip-range 10.9.0.0/24 --aux-address printer= blue
blue
$ leases --format '{{.Address}} {{.Container}} {{.Free}}' blue
10.9.0.1/24 (gateway) 251
10.9.0.2/24 web 251
10.9.0.129/24 db 251
$ update --aux-address DefaultGatewayIPv4=10.9.0.254 blue
blue
@exec web ip route | grep default
default via 10.9.0.254 dev eth0
$ verify

== macvlan
containers: web db
@host ip link add eth7 type veth peer name peer7 && ip link set eth7 up && ip link set peer7 up
$ create -d macvlan -o parent=eth7 --subnet 192.0.2.0/24 blue
<ID1>
$ connect blue web
$ connect blue db
@exec web ping -q -c 1 192.0.2.1 | grep -c ' 0%'
1
$ update -o macvlan_mode=private -o com.docker.network.driver.mtu=1400 --gateway 192.0.2.254 blue
blue
@exec web ping -q -c 1 -W 1 192.0.2.2 | grep -c ' 100%'
1
@host ip -n web -d -o link show eth0 | grep -o 'mtu 1400\|mode private'
mtu 1400
mode private
@exec web ip route | grep default
default via 192.0.2.254 dev eth0
$ verify
$ update -o macvlan_mode=passthru blue
! option macvlan_mode of network blue cannot change while containers are connected: db, web
? 1
$ update -o parent=peer7 blue
! option parent of network blue is fixed when it is created; containers are connected: db, web
? 1
$ update -o com.docker.network.driver.mtu=9000 blue
! MTU 9000 is greater than that of parent interface eth7, 1500
? 1
$ verify

== configurations
$ create --config-only --subnet 10.7.0.0/24 c
<ID1>
$ update --label-add a=b -o com.docker.network.driver.mtu=1400 --ip-range 10.7.0.128/25 c
c
$ create --config-from c blue
<ID2>
$ inspect -f '{{json .Labels}} {{json .Options}} {{json .IPAM.Config}}' blue
{"a":"b"} {"com.docker.network.driver.mtu":"1400"} [{"Subnet":"10.7.0.0/24","IPRange":"10.7.0.128/25","Gateway":"10.7.0.128"}]

== routed-network-takes-over
containers: web
$ create --subnet 10.9.0.0/24 blue
<ID1>
$ create --subnet 10.8.0.0/24 -o com.docker.network.bridge.gateway_mode_ipv4=routed routed
<ID2>
$ connect -p 8080:80 blue web
$ connect --gw-priority 1 routed web
! Warning: ports of container web are no longer published: 80/tcp -> 0.0.0.0:8080; its default route leads through network routed now, which publishes no ports of the host; --gw-priority decides which network it leads through
$ disconnect routed web
@host nft list map inet netctl dnat4any | grep -o '10[.0-9]* . 80'
10.9.0.2 . 80

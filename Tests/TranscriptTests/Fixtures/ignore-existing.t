Networks that exist already. Docker has no option for that.

== same-definition
$ create --ignore-existing --subnet 10.9.0.0/24 --label a=1 blue
<ID1>
$ create --ignore-existing --subnet 10.9.0.0/24 --label a=1 blue
<ID1>
$ create --ignore-existing --label a=1 blue
<ID1>
$ create --ignore-existing --label a=1 --gateway 10.9.0.1 --subnet 10.9.0.0/24 blue
<ID1>
$ create --subnet 10.9.0.0/24 --label a=1 blue
! network with name blue already exists
? 1
$ create --ignore-existing bridge
! operation is not permitted on predefined bridge network
? 1
$ ls -q --filter type=custom
<id1>

== other-definition
$ create --subnet 10.9.0.0/24 --ip-range 10.9.0.128/25 --aux-address p=10.9.0.9 -o com.docker.network.driver.mtu=1400 blue
<ID1>
$ create --ignore-existing -d macvlan blue
! network with name blue already exists, and is another: driver is bridge instead of macvlan, option com.docker.network.driver.mtu is 1400, which is not asked for, aux-address p is 10.9.0.9, which is not asked for, ip-range is 10.9.0.128/25, which is not asked for
? 1
$ create --ignore-existing --subnet 10.8.0.0/24 -o com.docker.network.driver.mtu=1400 blue
! network with name blue already exists, and is another: subnet is 10.9.0.0/24 instead of 10.8.0.0/24
? 1
$ create --ignore-existing --subnet 10.9.0.0/24 --gateway 10.9.0.2 --ip-range 10.9.0.128/25 --aux-address p=10.9.0.9 -o com.docker.network.driver.mtu=1400 --ipv6 --internal blue
! network with name blue already exists, and is another: IPv6 is false instead of true, internal is false instead of true, gateway is 10.9.0.128 instead of 10.9.0.2
? 1
$ create --ignore-existing --subnet 10.9.0.0/33 blue
! invalid subnet "10.9.0.0/33" for --subnet: the prefix length is out of range
? 1

== configurations
$ create --config-only --subnet 10.7.0.0/24 -o x=y c
<ID1>
$ create --ignore-existing --config-only --subnet 10.7.0.0/24 -o x=y c
<ID1>
$ create --ignore-existing c
! network with name c already exists, and is another: config-only is true instead of false, driver is null instead of bridge, option x is y, which is not asked for
? 1
$ create --config-from c blue
<ID2>
$ create --ignore-existing --config-from c blue
<ID2>
$ create --ignore-existing --subnet 10.7.0.0/24 -o x=y blue
! network with name blue already exists, and is another: config-from is c, which is not asked for
? 1

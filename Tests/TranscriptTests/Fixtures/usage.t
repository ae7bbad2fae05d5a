Recorded from Docker Engine 29.7.2.

== wrong-arguments
$ create
! 'netctl network create' requires 1 argument
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 1
$ create a b
! 'netctl network create' requires 1 argument
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 1
$ rm
! 'netctl network rm' requires at least 1 argument
! Usage:  netctl network rm NETWORK [NETWORK...]
! See 'netctl network rm --help' for more information
? 1
$ connect a
! 'netctl network connect' requires 2 arguments
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 1
$ connect
! 'netctl network connect' requires 2 arguments
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 1
$ disconnect a b c
! 'netctl network disconnect' requires 2 arguments
! Usage:  netctl network disconnect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network disconnect --help' for more information
? 1
$ inspect
! 'netctl network inspect' requires at least 1 argument
! Usage:  netctl network inspect [OPTIONS] NETWORK [NETWORK...]
! See 'netctl network inspect --help' for more information
? 1
$ ls extra
! 'netctl network ls' accepts no arguments
! Usage:  netctl network ls [OPTIONS]
! Run 'netctl network ls --help' for more information
? 1
$ prune extra
! 'netctl network prune' accepts no arguments
! Usage:  netctl network prune [OPTIONS]
! Run 'netctl network prune --help' for more information
? 1
$ create --nope n1
! unknown flag: --nope
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ nosuch
! unknown command: netctl network nosuch
! Usage:  netctl network
! Run 'netctl network --help' for more information
? 1
$ create --driver n1
! 'netctl network create' requires 1 argument
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 1
$ create --ipv6=perhaps n1
! invalid argument "perhaps" for "--ipv6" flag: must be true or false
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ connect --gw-priority much a b
! invalid argument "much" for "--gw-priority" flag: must be an integer
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ create --opt
! flag needs an argument: --opt
! Usage:  netctl network create [OPTIONS] NETWORK
! Run 'netctl network create --help' for more information
? 125
$ create --driver nosuchdriver n1
! plugin "nosuchdriver" not found
? 1

== flag-spellings
$ create --subnet=10.90.0.0/24 --label=a=b -o=com.docker.network.driver.mtu=1450 -d=bridge n1
<ID1>
$ inspect -f='{{.Driver}} {{json .Labels}} {{json .Options}}' n1
bridge {"a":"b"} {"com.docker.network.driver.mtu":"1450"}
$ ls -q -f name=n1
<id1>
$ ls -qf name=n1
<id1>
$ create n2 --subnet 10.91.0.0/24
<ID2>
$ inspect n2 --format '{{json .IPAM.Config}}'
[{"Subnet":"10.91.0.0/24","Gateway":"10.91.0.1"}]
$ create --internal=false --attachable=true n3
<ID3>
$ inspect n3 -f '{{.Internal}} {{.Attachable}}'
false true
$ create --subnet 10.92.0.0/24,10.93.0.0/24 n4
! bridge driver doesn't support multiple subnets
? 1


Networks with new names. Docker cannot rename them.

== names
containers: web db
$ create blue
<ID1>
$ connect blue web
$ connect blue db
$ rename blue azure
$ ls --filter type=custom --format '{{.ID}} {{.Name}}'
<id1> azure
$ inspect blue
[]
! network blue not found
? 1
$ inspect -f '{{.Id}} {{len .Containers}}' azure
<ID1> 2
$ lookup web db.azure
172.18.0.3 on network azure (/etc/netns/web/hosts)
@exec web ping -q -c 1 172.18.0.3 | grep -c ' 0%'
1
$ create blue
<ID2>
$ rename blue azure
! network with name azure already exists
? 1
$ rename azure azure
! network with name azure already exists
? 1
$ rename azure bridge
! operation is not permitted on predefined bridge network
? 1
$ rename none azure
! operation is not permitted on predefined none network
? 1
$ rename azure ' '
! invalid name: name is empty
? 1
$ rename nosuch x
! network nosuch not found
? 1
$ rename ' ' x
! invalid network name or ID: value is empty
? 1
$ rename azure
! 'netctl network rename' requires 2 arguments
! Usage:  netctl network rename NETWORK NEW_NAME
! Run 'netctl network rename --help' for more information
? 1
$ verify
$ disconnect azure web
$ disconnect azure db
$ rm azure blue
azure
blue

== configurations
$ create --config-only --subnet 10.7.0.0/24 c
<ID1>
$ create --config-from c blue
<ID2>
$ rename c d
! configuration network "c" is in use by blue
? 1
$ rm blue
blue
$ rename c d
$ create --config-from d blue
<ID3>

== default-route
containers: web
$ create --subnet 10.8.0.0/24 m
<ID1>
$ create --subnet 10.9.0.0/24 n
<ID2>
$ connect m web
$ connect -p 8080:80 n web
@exec web ip route | grep default
default via 10.8.0.1 dev eth0
$ rename n a
@exec web ip route | grep default
default via 10.9.0.1 dev eth1
@host nft list map inet netctl dnat4any | grep -o '10[.0-9]* . 80'
10.9.0.2 . 80
$ verify
$ rename a z
@exec web ip route | grep default
default via 10.8.0.1 dev eth0
$ verify

Ports as `docker run --publish` and `docker port` have them, compared with Docker Engine 28.5.2; `publish` and `unpublish` are netctl's own.

== publish
containers: web db
$ create --ipv6 blue
<ID1>
$ connect -p 8080:80 -p 127.0.0.1:8081:81/udp blue web
$ port web
80/tcp -> 0.0.0.0:8080
80/tcp -> [::]:8080
81/udp -> 127.0.0.1:8081
$ port web 80
0.0.0.0:8080
[::]:8080
$ port web 81/udp
127.0.0.1:8081
$ port web 80/
0.0.0.0:8080
[::]:8080
$ port web 81
! No public port '81' published for web
? 1
$ port web x
! invalid port (x)
? 1
$ port absent
! No such container: absent
? 1
$ connect blue db
$ port db
$ publish db 9000-9002:90 9000-9001:91 100 53/udp '[::1]:8080:80/udp'
53/udp -> 0.0.0.0:32768
53/udp -> [::]:32768
90/tcp -> 0.0.0.0:9000
90/tcp -> [::]:9000
91/tcp -> 0.0.0.0:9001
91/tcp -> [::]:9001
100/tcp -> 0.0.0.0:32768
100/tcp -> [::]:32768
$ port
db 53/udp -> 0.0.0.0:32768
db 53/udp -> [::]:32768
db 80/udp -> [::1]:8080
db 90/tcp -> 0.0.0.0:9000
db 90/tcp -> [::]:9000
db 91/tcp -> 0.0.0.0:9001
db 91/tcp -> [::]:9001
db 100/tcp -> 0.0.0.0:32768
db 100/tcp -> [::]:32768
web 80/tcp -> 0.0.0.0:8080
web 80/tcp -> [::]:8080
web 81/udp -> 127.0.0.1:8081

== conflicts
containers: web db
$ create blue
<ID1>
$ connect -p 8080:80 blue web
$ connect -p 8080:80 blue db
! Bind for 0.0.0.0:8080 failed: port is already allocated to container web
? 1
$ connect blue db
$ publish db 9000:80 127.0.0.1:8080:80
! Bind for 127.0.0.1:8080 failed: port is already allocated to container web
? 1
$ publish db 8080-8081:80 8081-8081:81
! Bind for 0.0.0.0:8081 failed: port is already allocated to container db
? 1
$ publish db 8080-8081:80
80/tcp -> 0.0.0.0:8081
$ publish db 8080-8081:80
! cannot publish 8080-8081:80/tcp: all ports are allocated
? 1
$ publish db '[::1]:90:90'
! cannot publish [::1]:90:90/tcp: container db is not on a network that is reachable from outside over IPv6
? 1
$ publish db 198.51.100.1:90:90
! failed to bind host port 198.51.100.1:90/tcp: cannot assign requested address
? 1
$ publish db 224.0.0.1:90:90
! failed to bind host port 224.0.0.1:90/tcp: cannot assign requested address
? 1
$ publish db 255.255.255.255:90:90/udp
! failed to bind host port 255.255.255.255:90/udp: cannot assign requested address
? 1
$ port
db 80/tcp -> 0.0.0.0:8081
web 80/tcp -> 0.0.0.0:8080

== unpublish
containers: web
$ create blue
<ID1>
$ connect -p 8080:80 -p 8081:80 -p 80/udp -p 90:90 blue web
80/udp -> 0.0.0.0:32768
$ unpublish web 80 91
! No public port '91/tcp' published for web
? 1
$ unpublish web 8080:81
! No public port '8080:81/tcp' published for web
? 1
$ unpublish web 127.0.0.1:8080:80
! No public port '127.0.0.1:8080:80/tcp' published for web
? 1
$ unpublish web 8081:80 80/udp
$ port web
80/tcp -> 0.0.0.0:8080
90/tcp -> 0.0.0.0:90
$ unpublish web 80 0.0.0.0:90:90
$ port web
$ publish web 8080:80
$ disconnect blue web
$ port web
80/tcp -> 0.0.0.0:8080 (held, but published by no network)
$ connect blue web
$ port web
80/tcp -> 0.0.0.0:8080

== usage
containers: web
$ create blue
<ID1>
$ connect --publish a:80 blue web
! invalid argument "a:80" for "-p, --publish" flag: invalid hostPort: a
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ connect -p 80/foo blue web
! invalid argument "80/foo" for "-p, --publish" flag: invalid proto: foo
! Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER
! Run 'netctl network connect --help' for more information
? 125
$ publish web 80:80-81
! invalid ranges specified for container and host Ports: 80-81 and 80
? 125
$ publish web 8080:80
! cannot publish 8080:80/tcp: container web is not on a network that is reachable from outside
? 1
$ connect -p 8080:80 none web
! cannot publish 8080:80/tcp: container web is not on a network that is reachable from outside
? 1
$ publish web
! 'netctl network publish' requires at least 2 arguments
! Usage:  netctl network publish CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...
! See 'netctl network publish --help' for more information
? 1
$ port web 80 81
! 'netctl network port' requires at most 2 arguments
! Usage:  netctl network port [CONTAINER [PRIVATE_PORT[/PROTO]]]
! Run 'netctl network port --help' for more information
? 1
$ inspect blue -f '{{len .Containers}}'
0

== routed
containers: web db
$ create -o com.docker.network.bridge.gateway_mode_ipv4=routed blue
<ID1>
$ connect -p 8080:80 blue web
! Warning: 8080:80/tcp: the network is routed, so no host port leads to 80/tcp; it is reachable at the container's own address
$ connect -p 8080:80 -p 81 blue db
! Warning: 8080:80/tcp: the network is routed, so no host port leads to 80/tcp; it is reachable at the container's own address
$ publish db 127.0.0.1:8082-8084:82/udp
! Warning: 127.0.0.1:8082-8084:82/udp: the network is routed, so no host port leads to 82/udp; it is reachable at the container's own address
$ port
db 80/tcp -> 0.0.0.0:
db 81/tcp -> 0.0.0.0:
db 82/udp -> 0.0.0.0:
web 80/tcp -> 0.0.0.0:
$ unpublish db 127.0.0.1:8082-8084:82/udp 80
$ unpublish db '[::1]::81'
! No public port '[::1]::81/tcp' published for db
? 1
$ port db
81/tcp -> 0.0.0.0:

== routed for one family
containers: web
$ create --ipv6 -o com.docker.network.bridge.gateway_mode_ipv4=routed blue
<ID1>
$ connect -p 8080:80 blue web
$ port
web 80/tcp -> 0.0.0.0:
web 80/tcp -> [::]:8080

Addresses in use. Docker has no command for them.

== formats
containers: web
$ create --subnet 10.9.0.0/24 --aux-address printer=10.9.0.9 blue
<ID1>
$ create --ipv4=false --ipv6 --subnet fd09::/120 six
<ID2>
$ connect blue web
$ leases blue
NETWORK   ADDRESS       MAC ADDRESS         CONTAINER   SINCE                           FREE
blue      10.9.0.1/24                       (gateway)                                   251
blue      10.9.0.2/24   <MAC>   web         <TIME>   251
blue      10.9.0.9/24                       (printer)                                   251
$ leases --format '{{.Network}} {{.Address}} {{.Container}} {{.Free}}'
blue 10.9.0.1/24 (gateway) 251
blue 10.9.0.2/24 web 251
blue 10.9.0.9/24 (printer) 251
bridge 172.17.0.1/16 (gateway) 65533
six fd09::1/120 (gateway) 254
$ leases --format json six
{"Address":"fd09::1/120","Container":"(gateway)","ContainerID":"","Free":"254","Kind":"gateway","MAC":"","Network":"six","NetworkID":"<ID2>","Since":""}
$ leases --format 'table {{.Address}}\t{{.MAC}}' blue
ADDRESS       MAC ADDRESS
10.9.0.1/24
10.9.0.2/24   <MAC>
10.9.0.9/24
$ leases none
NETWORK   ADDRESS   MAC ADDRESS   CONTAINER   SINCE     FREE
$ leases nosuch
! network nosuch not found
? 1
$ leases --format '{{.Nosuch}}' blue
! template parsing error: template: :1:2: executing "" at <.Nosuch>: can't evaluate field Nosuch in type *formatter.LeaseContext
? 1
@host ip netns delete web
$ leases --format '{{.Address}} {{.Free}}' blue
10.9.0.1/24 251
10.9.0.9/24 251

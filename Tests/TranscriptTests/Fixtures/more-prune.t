Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== prune-more
$ create --label a=1 --label b n1
<ID1>
$ create --label a=2 n2
<ID2>
$ create n3
<ID3>
$ create --config-only cfg
<ID4>
$ prune -f --filter name=n1
! invalid filter 'name'
? 1
$ prune -f --filter dangling=true
! invalid filter 'dangling'
? 1
$ prune -f --filter driver=bridge
! invalid filter 'driver'
? 1
$ prune -f --filter until=
! failed to parse value as time or duration: value is empty
? 1
$ prune -f --filter until=foo
! failed to parse value as time or duration: invalid seconds "foo": invalid syntax
? 1
$ prune -f --filter until=1h --filter until=2h
! more than one until filter specified
? 1
$ prune -f --filter until=1h --filter until=1h
$ prune -f --filter until=24h
$ prune -f --filter until=2000-01-01
$ prune -f --filter until=100
$ prune -f --filter until=-5
! failed to parse value as time or duration: invalid date "-5"
? 1
$ prune -f --filter until=1.5
$ prune -f --filter label=nosuch
$ prune -f --filter label=a --filter label=b=x
$ prune -f --filter label!=a --filter label!=b
Deleted Networks:
n2
n3
\
$ ls --format '{{.Name}}' --filter type=custom
cfg
n1
$ prune -f --filter label=a=1
Deleted Networks:
n1
\
$ prune -f --filter LABEL=a=2
$ prune -f --filter 'label!=a'
$ ls --format '{{.Name}}' --filter type=custom
cfg
$ create m1
<ID5>
$ create --label keep m2
<ID6>
$ prune -f --filter until=-1h --filter label!=keep
Deleted Networks:
m1
\
$ prune -f --filter until=2999-01-01T00:00:00
Deleted Networks:
m2
\
$ create m3
<ID7>
$ prune -f --filter until=-10m
Deleted Networks:
m3
\
$ prune -f --filter foo
! invalid argument "foo" for "--filter" flag: bad format of filter (expected name=value)
! Usage:  netctl network prune [OPTIONS]
! Run 'netctl network prune --help' for more information
? 125
$ prune -f --filter ''
$ prune --force=maybe
! invalid argument "maybe" for "-f, --force" flag: must be true or false
! Usage:  netctl network prune [OPTIONS]
! Run 'netctl network prune --help' for more information
? 125
$ prune -f extra
! 'netctl network prune' accepts no arguments
! Usage:  netctl network prune [OPTIONS]
! Run 'netctl network prune --help' for more information
? 1
$ prune -f --filter until=10
$ prune -f --filter until=1x
! failed to parse value as time or duration: invalid seconds "1x": invalid syntax
? 1
$ prune -f --filter until=1h1
! failed to parse value as time or duration: invalid seconds "1h1": invalid syntax
? 1
$ prune -f --filter until=2006-13-01
! failed to parse value as time or duration: invalid date "2006-13-01"
? 1
$ prune -f --filter until=2006-01-02T25
! failed to parse value as time or duration: invalid date "2006-01-02T25"
? 1
$ prune -f --filter until=2006-01-02T15:04:05.999999999Z
$ prune -f --filter until=2006-01-02T15:04:05+01:00
$ prune -f --filter until=2006-01-02T15Z
$ prune -f --filter until=2006-01-02T
! failed to parse value as time or duration: invalid date "2006-01-02T"
? 1
$ prune -f --filter until=1.
$ prune -f --filter until=.5
! failed to parse value as time or duration: invalid seconds "": invalid syntax
? 1
$ prune -f --filter until=1e3
! failed to parse value as time or duration: invalid seconds "1e3": invalid syntax
? 1
$ prune -f --filter until=99999999999999999999
! failed to parse value as time or duration: invalid seconds "99999999999999999999": value out of range
? 1
$ prune -f --filter until=1.9999999999
$ prune -f --filter until=1.abc
! failed to parse value as time or duration: invalid nanoseconds: invalid character 'a' at position 0
? 1
$ prune -f --filter until=1:2
! failed to parse value as time or duration: invalid seconds "1:2": invalid syntax
? 1
$ prune -f --filter until=a.b
! failed to parse value as time or duration: invalid seconds "a": invalid syntax
? 1
$ prune -f --filter 'until= 1h '
$ prune -f --filter 'until=2006-01-02 15:04:05'
! failed to parse value as time or duration: invalid date "<TIME>"
? 1
$ prune -f --filter until=300y
! failed to parse value as time or duration: invalid seconds "300y": invalid syntax
? 1
$ prune -f --filter until=99999999h
! failed to parse value as time or duration: invalid seconds "99999999h": invalid syntax
? 1

== prompts
$ create n1
<ID1>
$ prune
< n
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune
< no
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune
< yes
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune
< 
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune
< Yy
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune --filter bogus=1
< n
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
$ prune --filter bogus=1
< y
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
! invalid filter 'bogus'
? 1
$ ls --format '{{.Name}}' --filter type=custom
n1
$ prune
<   y  
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N] Deleted Networks:
n1
\
$ create n2
<ID2>
$ prune
< Y
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N] Deleted Networks:
n2
\
$ prune
< y
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]


== prune-moments
$ create --label a=1 --label b p1
<ID1>
$ create --label a=2 p2
<ID2>
$ create p3
<ID3>
$ create --config-only cfg
<ID4>
$ prune -f --filter label=zz
$ prune -f --filter label=a=1 --filter label=zz
$ prune -f --filter label!=a=1 --filter label!=b --filter label=a
Deleted Networks:
p2
\
$ ls --format {{.Name}}
bridge
cfg
host
none
p1
p3
$ prune -f --filter until=24h
$ prune -f --filter until=2020-01-01
$ prune -f --filter until=2020-01-01T10
$ prune -f --filter until=2020-01-01T10:11
$ prune -f --filter until=2020-01-01T10:11:12
$ prune -f --filter until=2020-01-01T10:11:12.5Z
$ prune -f --filter until=2020-01-01T10:11:12+01:00
$ prune -f --filter until=2020-01-01Z
$ prune -f --filter until=1
$ prune -f --filter until=1.5
$ prune -f --filter until=1.5.5
! failed to parse value as time or duration: invalid nanoseconds: invalid character '.' at position 1
? 1
$ prune -f --filter until=foo
! failed to parse value as time or duration: invalid seconds "foo": invalid syntax
? 1
$ prune -f --filter until=
! failed to parse value as time or duration: value is empty
? 1
$ prune -f --filter until=1x
! failed to parse value as time or duration: invalid seconds "1x": invalid syntax
? 1
$ prune -f --filter until=1h --filter until=2h
! more than one until filter specified
? 1
$ prune -f --filter until=1h --filter until=1h
$ prune -f --filter until=2020-13-01
! failed to parse value as time or duration: invalid date "2020-13-01"
? 1
$ prune -f --filter until=2020-01-01T25
! failed to parse value as time or duration: invalid date "2020-01-01T25"
? 1
$ prune -f --filter until=2020-01-01T10:11:12.
! failed to parse value as time or duration: invalid date "<TIME>."
? 1
$ prune -f --filter "until=2020-01-01 10:11"
! failed to parse value as time or duration: invalid date "2020-01-01 10:11"
? 1
$ prune -f --filter until=-1
! failed to parse value as time or duration: invalid date "-1"
? 1
$ prune -f --filter until=99999999999999999999
! failed to parse value as time or duration: invalid seconds "99999999999999999999": value out of range
? 1
$ prune -f --filter until=1e3
! failed to parse value as time or duration: invalid seconds "1e3": invalid syntax
? 1
$ prune -f --filter until=1.1234567890
$ prune -f --filter until=h
! failed to parse value as time or duration: invalid seconds "h": invalid syntax
? 1
$ prune -f --filter until=1h30m5s1ms1us1ns
$ prune -f --filter until=.5h
$ prune -f --filter until=2020-01-01T
! failed to parse value as time or duration: invalid date "2020-01-01T"
? 1
$ prune -f --filter until=2020-01
! failed to parse value as time or duration: invalid date "2020-01"
? 1
$ prune -f --filter until=2020
$ prune -f --filter dangling=true
! invalid filter 'dangling'
? 1
$ prune -f --filter name=p1
! invalid filter 'name'
? 1
$ prune -f --filter driver=bridge
! invalid filter 'driver'
? 1
$ prune -f --filter type=custom
! invalid filter 'type'
? 1
$ prune -f --filter nosuch=1
! invalid filter 'nosuch'
? 1
$ prune -f --filter label!=a --filter name=x
! invalid filter 'name'
? 1
$ prune -f --filter =x
! invalid filter
? 1
$ prune -f --filter ""
Deleted Networks:
p1
p3
\
$ prune -f
$ ls --format {{.Name}}
bridge
cfg
host
none
$ prune --force
$ prune
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]

== used-networks
containers: c1
$ create u1
<ID1>
$ create u2
<ID2>
$ connect u1 c1
$ ls --format {{.Name}} --filter dangling=true
u2
$ ls --format {{.Name}} --filter dangling=false
bridge
host
none
u1
$ prune -f
Deleted Networks:
u2
\
$ ls --format {{.Name}}
bridge
host
none
u1
$ rm u1
! error while removing network: network u1 has active endpoints (name:"c1" id:"<id3>")
? 1
$ rm -f u1
! error while removing network: network u1 has active endpoints (name:"c1" id:"<id3>")
? 1
$ rm bridge
! bridge is a pre-defined network and cannot be removed
? 1
$ rm none
! none is a pre-defined network and cannot be removed
? 1
$ rm -f host
! host is a pre-defined network and cannot be removed
? 1
$ rm nosuch
! network nosuch not found
? 1
$ rm -f nosuch
$ rm nosuch u1 nosuch2
! network nosuch not found
! error while removing network: network u1 has active endpoints (name:"c1" id:"<id3>")
! network nosuch2 not found
? 1
$ rm ""
! invalid network name or ID: value is empty
? 1
$ rm " u1 "
! error while removing network: network u1 has active endpoints (name:"c1" id:"<id3>")
? 1
$ disconnect u1 c1
$ disconnect u1 c1
! container <ID4> is not connected to network u1
? 1
$ disconnect -f u1 c1
! container <ID4> is not connected to network u1
? 1
$ disconnect nosuch c1
! network nosuch not found
? 1
$ disconnect u1 nosuch
! No such container: nosuch
? 1
$ disconnect -f u1 nosuch
! endpoint nosuch not found
? 1
$ disconnect "" c1
! invalid network name or ID: value is empty
? 1
$ disconnect u1 ""
! invalid container name or ID: value is empty
? 1
$ rm u1
u1

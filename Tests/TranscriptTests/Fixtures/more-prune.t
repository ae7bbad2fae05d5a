Variants whose answers were compared with Docker Engine 28.5.2; where Docker 29 differs, its answer stands.

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
! failed to parse value as time or duration: invalid seconds "1.": invalid syntax
? 1
$ prune -f --filter until=.5
! failed to parse value as time or duration: invalid seconds ".5": invalid syntax
? 1
$ prune -f --filter until=1e3
! failed to parse value as time or duration: invalid seconds "1e3": invalid syntax
? 1
$ prune -f --filter until=99999999999999999999
! failed to parse value as time or duration: invalid seconds "99999999999999999999": invalid syntax
? 1
$ prune -f --filter until=1.9999999999
$ prune -f --filter until=1.abc
! failed to parse value as time or duration: invalid seconds "1.abc": invalid syntax
? 1
$ prune -f --filter until=1:2
! failed to parse value as time or duration: invalid seconds "1:2": invalid syntax
? 1
$ prune -f --filter until=a.b
! failed to parse value as time or duration: invalid seconds "a.b": invalid syntax
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


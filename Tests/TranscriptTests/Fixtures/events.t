What happened. Compared with Docker Engine 28.5.2, whose events have no attributes containerName and
command; filters that it does not know are ignored there.

== past
containers: web
$ create blue
<ID1>
$ connect blue web
$ publish web 8080:80
$ unpublish web 80
$ update --label-add a=b blue
blue
$ rename blue azure
$ disconnect azure web
$ prune --force
Deleted Networks:
azure
\
$$ events --since 1h --until 0s --format '{{.Type}} {{.Action}} {{.Actor.ID}} {{.Actor.Attributes.name}} {{.Scope}}'
network create <ID1> blue local
network connect <ID1> blue local
network publish <ID1> blue local
network unpublish <ID1> blue local
network update <ID1> blue local
network rename <ID1> azure local
network disconnect <ID1> azure local
network destroy <ID1> azure local
network prune  <no value> local
$$ events --since 1h --until 0s --filter event=create
<TIME> network create <ID1> (command=netctl network create blue, name=blue, type=bridge)
$$ events --since 1h --until 0s --filter event=prune --filter event=rename
<TIME> network rename <ID1> (command=netctl network rename blue azure, name=azure, oldName=blue, type=bridge)
<TIME> network prune (command=netctl network prune --force, reclaimed=0)
$$ events --since 1h --until 0s --filter container=web --format '{{.Action}} {{.Actor.Attributes.containerName}} {{.Actor.Attributes.ports}}'
connect web <no value>
publish web 8080:80/tcp
unpublish web 8080:80/tcp
disconnect web <no value>
$$ events --since 1h --until 0s --filter network=azu --filter event=destroy --format '{{.Action}}'
destroy
$$ events --since 1h --until 0s --filter type=container
$$ events --since 1h --until 0s --filter label=type=bridge --filter event=update --format '{{.Actor.Attributes.command}}'
netctl network update --label-add a=b blue
$$ events --since 2030-01-01T00:00:00 --until 0s
! `since` time cannot be after `until` time
? 1
$$ events --since xx
! failed to parse value as time or duration: invalid seconds "xx": invalid syntax
? 1
$$ events --filter foo=1
! invalid filter 'foo'
? 1
$$ events --filter foo
! invalid argument "foo" for "-f, --filter" flag: bad format of filter (expected name=value)
! Usage:  netctl events [OPTIONS]
! Run 'netctl events --help' for more information
? 125
$$ events --since 1h --until 0s --format '{{.Foo}}'
! Error parsing format: template: :1:2: executing "" at <.Foo>: can't evaluate field Foo in type *events.Message
? 64
$$ events --format '{{.Foo'
! Error parsing format: template: :1: unclosed action
? 64
$$ events x
! 'netctl events' accepts no arguments
! Usage:  netctl events [OPTIONS]
! Run 'netctl events --help' for more information
? 1

== json
$ create blue
<ID1>
@host netctl events --since 1h --until 0s --format json | sed 's/"time.*//'
{"Type":"network","Action":"create","Actor":{"ID":"<ID1>","Attributes":{"command":"netctl network create blue","name":"blue","type":"bridge"}},"scope":"local",
@host rm /var/lib/netctl/events
$$ events --since 1h --until 0s
$ create --ignore-existing blue
<ID1>
$$ events --since 1h --until 0s

== reload
containers: web
$ create blue
<ID1>
$ connect blue web
@host nft flush ruleset && ip link delete br-$(netctl network ls -qf name=blue)
$ reload
$ reload
$$ events --since 1h --until 0s --filter event=reload --format '{{.Actor.ID}}'
<ID1>
@host ip netns delete web
$ connect blue nosuch
! No such container: nosuch
? 1
$ rm blue
blue
$$ events --since 1h --until 0s --filter event=disconnect --format '{{.Actor.Attributes.containerName}} {{.Actor.Attributes.command}}'
web netctl network rm blue

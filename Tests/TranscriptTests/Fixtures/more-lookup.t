Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== lookup
$ create n1
<ID1>
$ inspect ''
[]
! invalid network name or ID: value is empty
? 1
$ inspect ' '
[]
! invalid network name or ID: value is empty
? 1
$ inspect n1 '' -f '{{.Name}}'
n1
! invalid network name or ID: value is empty
? 1
$ inspect ' n1 ' -f '{{.Name}}'
n1
$ rm ''
! invalid network name or ID: value is empty
? 1
$ rm ' '
! invalid network name or ID: value is empty
? 1
$ rm n1 ''
n1
! invalid network name or ID: value is empty
? 1
$ rm -f ''
! invalid network name or ID: value is empty
? 1
$ connect '' c
! invalid network name or ID: value is empty
? 1
$ connect n ''
! invalid container name or ID: value is empty
? 1
$ connect '' ''
! invalid network name or ID: value is empty
? 1
$ connect ' ' c
! invalid network name or ID: value is empty
? 1
$ disconnect '' c
! invalid network name or ID: value is empty
? 1
$ disconnect n ''
! invalid container name or ID: value is empty
? 1
$ inspect N1
[]
! network N1 not found
? 1
$ inspect nosuch -f json
[]
! network nosuch not found
? 1
$ inspect nosuch -f '{{.Name}}'
\
! network nosuch not found
? 1
$ inspect nosuch nosuch2
[]
! network nosuch not found
! network nosuch2 not found
? 1
$ inspect nosuch nosuch -f '{{.Name'
! template parsing error: template: :1: unclosed action
? 64
$ inspect nosuch -f '{{.Name'
! template parsing error: template: :1: unclosed action
? 64
$ inspect host bridge host -f '{{.Name}}'
host
bridge
host
$ inspect HOST
[]
! network HOST not found
? 1
$ rm bridge host none
! bridge is a pre-defined network and cannot be removed
! host is a pre-defined network and cannot be removed
! none is a pre-defined network and cannot be removed
? 1
$ rm -f bridge nosuch
! bridge is a pre-defined network and cannot be removed
? 1
$ rm nosuch nosuch
! network nosuch not found
! network nosuch not found
? 1
$ rm zzz -f
$ create x1
<ID2>
$ create x2
<ID3>
$ rm x1 x1 x2
x1
x2
! network x1 not found
? 1
$ inspect "a b" -f '{{.Name}}'
\
! network a b not found
? 1
$ inspect -- -x
[]
! network -x not found
? 1
$ rm -- -x
! network -x not found
? 1
$ inspect -v host -f '{{.Name}}'
host
$ inspect --verbose=true --format '{{.Name}}' host
host
$ inspect host --format ''
[
    {
        "Name": "host",
        "Id": "<ID4>",
        "Created": "<TIME>",
        "Scope": "local",
        "Driver": "host",
        "EnableIPv4": true,
        "EnableIPv6": false,
        "IPAM": {
            "Driver": "default",
            "Options": null,
            "Config": null
        },
        "Internal": false,
        "Attachable": false,
        "Ingress": false,
        "ConfigFrom": {
            "Network": ""
        },
        "ConfigOnly": false,
        "Options": {},
        "Labels": {},
        "Containers": {},
        "Status": {
            "IPAM": {}
        }
    }
]
$ inspect host -f ' '
\
$ inspect host -f 'json '
json
$ inspect host -f 'JSON'
JSON
$ inspect host -f 'table {{.Name}}'
table host
$ inspect host -f raw
raw
$ inspect host -f pretty
pretty

== rm-more
containers: c1
$ create n1
<ID1>
$ create n2
<ID2>
$ create n3
<ID3>
$ connect n2 c1
$ rm n1 n2 n3 nosuch host
n1
n3
! error while removing network: network n2 has active endpoints (name:"c1" id:"<id4>")
! network nosuch not found
! host is a pre-defined network and cannot be removed
? 1
$ rm -f n2 nosuch
! error while removing network: network n2 has active endpoints (name:"c1" id:"<id4>")
? 1
$ rm --force=true nosuch
$ rm -f -f nosuch nosuch2
$ disconnect n2 c1
$ rm n2 n2
n2
! network n2 not found
? 1


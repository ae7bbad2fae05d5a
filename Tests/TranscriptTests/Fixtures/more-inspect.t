Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== fields
$ create --label k=v --label a.b=c --subnet 10.66.0.0/24 --gateway 10.66.0.1 n1
<ID1>
$ inspect n1 -f '{{.IPAM}}'
{default map[] [{10.66.0.0/24  10.66.0.1 map[]}]}
$ inspect n1 -f '{{.ConfigFrom}}'
{}
$ inspect n1 -f '{{.Peers}} {{.Services}}'
[] map[]
$ inspect n1 -f '{{json .Peers}} {{json .Services}}'
null null
$ inspect n1 -f '{{.Labels}} {{.Options}}'
map[a.b:c k:v] map[]
$ inspect n1 -f '{{.Labels.nosuch}} {{index .Labels "nosuch"}}|'
<no value> |
$ inspect n1 -f '{{.Labels.a.b}}'
<no value>
$ inspect n1 -f '{{index .Labels "a.b"}}'
c
$ inspect n1 -f '{{.Id}}'
<ID1>
$ inspect n1 -f '{{.ID}}'
<ID1>
$ inspect n1 -f '{{.id}}'
\
! template parsing error: template: :1:2: executing "" at <.id>: map has no entry for key "id"
? 1
$ inspect n1 -f '{{.Id}} {{.Labels.q}}'
\
! template parsing error: template: :1:17: executing "" at <.Labels.q>: map has no entry for key "q"
? 1
$ inspect n1 n1 -f '{{if eq .Id "x"}}{{end}}{{.Labels.q}}'
\
! template parsing error: template: :1:33: executing "" at <.Labels.q>: map has no entry for key "q"
! template parsing error: template: :1:33: executing "" at <.Labels.q>: map has no entry for key "q"
? 1
$ inspect n1 -f '{{len .Name}} {{slice .Name 0 1}} {{index .Name 0}}'
2 n 110
$ inspect n1 -f '{{gt .Created.Year 2000}} {{.Created.UTC.IsZero}}'
true false
$ inspect n1 -f '{{.Created.Foo}}'
\
! template parsing error: template: :1:10: executing "" at <.Created.Foo>: can't evaluate field Foo in type interface {}
? 1
$ inspect n1 -f '{{.Created.Location}} {{.Created.IsZero}} {{printf "%T" .Created}}'
UTC false time.Time
$ inspect n1 -f '{{len (.Created.Format "2006-01-02")}}'
10
$ inspect n1 -f '{{.Created}}'
<TIME>
$ inspect n1 -f '{{json .Created}}'
"<TIME>"
$ inspect n1 -f '{{.Created.UTC}} {{.Created.Zone}}'
\
! template parsing error: template: :1:10: executing "" at <.Created.UTC>: can't evaluate field UTC in type interface {}
? 1
$ inspect n1 -f '{{.Created.Month}}{{.Created.Weekday.Foo}}'
\
! template parsing error: template: :1:10: executing "" at <.Created.Month>: can't evaluate field Month in type interface {}
? 1
$ inspect n1 -f '{{json .IPAM.Config}}'
[{"Subnet":"10.66.0.0/24","Gateway":"10.66.0.1"}]
$ inspect n1 -f '{{range $i, $c := .IPAM.Config}}{{$i}}{{json $c}}{{end}}'
0{"Subnet":"10.66.0.0/24","Gateway":"10.66.0.1"}
$ inspect n1 -f '{{(index .IPAM.Config 0).Subnet}} {{(index .IPAM.Config 0).Foo}}'
\
! template parsing error: template: :1:56: executing "" at <0>: map has no entry for key "Foo"
? 1
$ inspect n1 -f '{{index .IPAM.Config 5}}'
\
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config 5>: error calling index: index out of range: 5
? 1
$ inspect n1 -f '{{.IPAM.Config.Subnet}}'
\
! template parsing error: template: :1:7: executing "" at <.IPAM.Config.Subnet>: can't evaluate field Subnet in type interface {}
? 1
$ inspect n1 -f '{{.IPAM.Foo}}'
\
! template parsing error: template: :1:7: executing "" at <.IPAM.Foo>: map has no entry for key "Foo"
? 1
$ inspect n1 -f '{{json .IPAM}} {{json .IPAM.Options}}'
{"Driver":"default","Options":{},"Config":[{"Subnet":"10.66.0.0/24","Gateway":"10.66.0.1"}]} {}
$ inspect n1 -f '{{range $k, $v := .}}{{$k}} {{end}}'
Attachable ConfigFrom ConfigOnly Containers Created Driver EnableIPv4 EnableIPv6 IPAM Id Ingress Internal Labels Name Options Scope Status
$ inspect n1 -f '{{range .Name}}{{.}}{{end}}'
\
! template parsing error: template: :1:8: executing "" at <.Name>: range can't iterate over n1
? 1
$ inspect n1 -f '{{with .Foo}}x{{end}}'
\
! template parsing error: template: :1:7: executing "" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect n1 -f '{{printf "%T %T %T %T" .IPAM .Labels .Containers .Name}}'
network.IPAM map[string]string map[string]network.EndpointResource string
$ inspect n1 -f '{{printf "%v" .ConfigFrom}} {{printf "%+v" .ConfigFrom}} {{printf "%q" .Name}} {{printf "%5t|%-7t|" .Internal .ConfigOnly}}'
{} {Network:} "n1" false|false  |
$ inspect n1 -f '{{.Name}}\n{{.Driver}}\t'
n1\nbridge\t
$ inspect n1 -f '{{"\n"}}x'
\
x
$ inspect n1 -f '{{println .Name}}'
n1
\
$ inspect n1 -f '{{eq .EnableIPv4 true}} {{.EnableIPv6}} {{not .EnableIPv6}}'
true false true
$ inspect n1 -f '{{.Labels | json}} {{json .Labels | json}}'
{"a.b":"c","k":"v"} "{\"a.b\":\"c\",\"k\":\"v\"}"
$ inspect n1 -f '{{join .Labels ","}}'
c,v
$ inspect n1 -f '{{split .Name ""}} {{split "a.b" "."}}'
[n 1] [a b]
$ inspect n1 -f '{{html .}}{{/* c */}}' -f '{{.Name}}'
n1
$ inspect n1 -f '{{define "x"}}{{.Name}}{{end}}{{template "x" .}}'
n1
$ inspect n1 -f '{{block "y" .}}{{.Name}}{{end}}'
n1
$ inspect n1 -f '{{template "nosuch"}}'
\
! template parsing error: template: :1:11: executing "" at <{{template "nosuch"}}>: template "nosuch" not defined
? 1
$ inspect n1 -f '{{.Name | printf "%s-%s" "a"}}'
a-n1
$ inspect n1 -f '{{$n := .Name}}{{range .IPAM.Config}}{{$n}}{{end}}'
n1
$ inspect n1 -f '{{range $i := 3}}{{$i}}{{end}}'
012
$ inspect n1 -f '{{nosuch}}'
! template parsing error: template: :1: function "nosuch" not defined
? 64
$ inspect n1 -f '{{.Name}'
! template parsing error: template: :1: bad character U+007D '}'
? 64
$ inspect n1 -f '{{template "x"'
! template parsing error: template: :1: unclosed action
? 64
$ inspect n1 -f '{{call .Name}}'
\
! template parsing error: template: :1:2: executing "" at <call .Name>: error calling call: non-function .Name of type string
? 1
$ inspect n1 -f '{{index .Labels 1}}'
\
! template parsing error: template: :1:2: executing "" at <index .Labels 1>: error calling index: value has type int; should be string
? 1
$ inspect n1 -f '{{.Labels.k.x}}'
\
! template parsing error: template: :1:9: executing "" at <.Labels.k.x>: can't evaluate field x in type interface {}
? 1
$ inspect n1 -f '{{.Ingress}} {{.ConfigOnly}} {{.Attachable}} {{.Scope}}'
false false false local
$ inspect n1 host -f '{{.Name}} {{.Foo}}'
\
! template parsing error: template: :1:12: executing "" at <.Foo>: map has no entry for key "Foo"
! template parsing error: template: :1:12: executing "" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect host n1 -f '{{(index .IPAM.Config 0).Subnet}}'
10.66.0.0/24
! template parsing error: template: :1:3: executing "" at <index .IPAM.Config 0>: error calling index: index of untyped nil
? 1
$ inspect n1 host -f '{{index .IPAM.Config 0}}'
{10.66.0.0/24  10.66.0.1 map[]}
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config 0>: error calling index: index of untyped nil
? 1
$ inspect host -f '{{json .IPAM}} {{.IPAM}} {{json .Options}} {{len .IPAM.Config}}'
{"Driver":"default","Options":null,"Config":null} {default map[] []} {} 0
$ inspect host -f '{{range .IPAM.Config}}x{{else}}none{{end}}'
none
$ inspect bridge -f '{{range $k, $v := .Options}}{{$k}}={{$v}};{{end}}'
com.docker.network.bridge.default_bridge=true;com.docker.network.bridge.enable_icc=true;com.docker.network.bridge.enable_ip_masquerade=true;com.docker.network.bridge.host_binding_ipv4=0.0.0.0;com.docker.network.bridge.name=docker0;com.docker.network.driver.mtu=1500;
$ inspect bridge -f '{{index .Options "com.docker.network.bridge.name"}} {{json .IPAM.Options}}'
docker0 null
$ inspect nosuch n1 -f '{{.Foo}}'
\
! network nosuch not found
! template parsing error: template: :1:2: executing "" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect n1 -f '{{truncate .ID 0}}|{{upper .Driver}}{{title .Scope}}{{pad .Driver 1 1}}|'
|BRIDGELocal bridge |
$ inspect n1 -f ''
[
    {
        "Name": "n1",
        "Id": "<ID1>",
        "Created": "<TIME>",
        "Scope": "local",
        "Driver": "bridge",
        "EnableIPv4": true,
        "EnableIPv6": false,
        "IPAM": {
            "Driver": "default",
            "Options": {},
            "Config": [
                {
                    "Subnet": "10.66.0.0/24",
                    "Gateway": "10.66.0.1"
                }
            ]
        },
        "Internal": false,
        "Attachable": false,
        "Ingress": false,
        "ConfigFrom": {
            "Network": ""
        },
        "ConfigOnly": false,
        "Options": {},
        "Labels": {
            "a.b": "c",
            "k": "v"
        },
        "Containers": {},
        "Status": {
            "IPAM": {
                "Subnets": {
                    "10.66.0.0/24": {
                        "IPsInUse": 3,
                        "DynamicIPsAvailable": 253
                    }
                }
            }
        }
    }
]
$ inspect n1 -f '{{json .ConfigFrom.Network}}'
""
$ inspect n1 -f '{{.Containers}} {{json .Containers}}'
map[] {}

== with-containers
containers: c1 c2
$ create --subnet 10.30.0.0/24 --ipv6 --subnet 2001:db8::/64 n1
<ID1>
$ connect n1 c1
$ connect --ip 10.30.0.9 --ip6 2001:db8::9 n1 c2
$~ inspect n1 -f '{{range $k, $v := .Containers}}{{len $k}} {{$v.Name}} {{$v.IPv4Address}} {{$v.IPv6Address}} {{len $v.EndpointID}} {{$v.MacAddress}}{{println}}{{end}}'
\
64 c1 10.30.0.2/24 2001:db8::2/64 64 <MAC>
64 c2 10.30.0.9/24 2001:db8::9/64 64 <MAC>
$~ inspect n1 -f '{{range .Containers}}{{json .Name}} {{json .IPv4Address}} {{json .IPv6Address}}{{println}}{{end}}'
\
"c1" "10.30.0.2/24" "2001:db8::2/64"
"c2" "10.30.0.9/24" "2001:db8::9/64"
$ inspect n1 -f '{{len .Containers}}'
2
$ inspect n1 -f '{{range .Containers}}{{.Foo}}{{end}}'
\
! template parsing error: template: :1:23: executing "" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect n1 -f '{{range .Containers}}{{.Name.Foo}}{{end}}'
\
! template parsing error: template: :1:28: executing "" at <.Name.Foo>: can't evaluate field Foo in type interface {}
? 1
$ ls --filter dangling=true --format '{{.Name}}'
$ rm n1
! error while removing network: network n1 has active endpoints (name:"c1" id:"<id2>", name:"c2" id:"<id3>")
? 1
$ rm -f n1
! error while removing network: network n1 has active endpoints (name:"c1" id:"<id2>", name:"c2" id:"<id3>")
? 1
$ prune -f
$ disconnect n1 c1
$ disconnect n1 c2
$ prune -f
Deleted Networks:
n1
\


== typed-values
containers: c1 c2
$ create --label a=1 --label b.c=x --label '日本=<&>' --label e= -o foo=bar -o com.docker.network.driver.mtu=1400 --subnet 10.66.0.0/24 --ip-range 10.66.0.128/25 --aux-address r1=10.66.0.200 --aux-address b=10.66.0.7 net1
<ID1>
$ connect net1 c1
$ connect --ip 10.66.0.20 net1 c2
$ inspect -f '{{.Labels}}' net1
map[a:1 b.c:x e: 日本:<&>]
$ inspect -f '{{.Labels.a}}' net1
1
$ inspect -f '{{.Labels.nosuch}}' net1
<no value>
$ inspect -f '{{.Labels.b.c}}' net1
<no value>
$ inspect -f '{{index .Labels "b.c"}}' net1
x
$ inspect -f '{{index .Labels "nosuch"}}' net1
\
$ inspect -f '{{index .Labels}}' net1
map[a:1 b.c:x e: 日本:<&>]
$ inspect -f '{{index .Labels "a" "b"}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Labels "a" "b">: error calling index: cannot index slice/array with type string
? 1
$ inspect -f '{{index .Labels 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Labels 1>: error calling index: value has type int; should be string
? 1
$ inspect -f '{{index .Labels nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Labels nil>: error calling index: value is nil; should be of type string
? 1
$ inspect -f '{{index .IPAM.Config 0}}' net1
{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}
$ inspect -f '{{index .IPAM.Config 5}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config 5>: error calling index: index out of range: 5
? 1
$ inspect -f '{{index .IPAM.Config -1}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config -1>: error calling index: index out of range: -1
? 1
$ inspect -f '{{index .IPAM.Config "x"}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config "x">: error calling index: cannot index slice/array with type string
? 1
$ inspect -f '{{index .IPAM.Config 1.0}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .IPAM.Config 1.0>: error calling index: cannot index slice/array with type float64
? 1
$ inspect -f '{{index .Created 1}}' net1
48
$ inspect -f '{{index .Status 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Status 1>: error calling index: value has type int; should be string
? 1
$ inspect -f '{{(index .IPAM.Config 0).Subnet}}' net1
10.66.0.0/24
$ inspect -f '{{(index .IPAM.Config 0).Gateway}}' net1
10.66.0.128
$ inspect -f '{{(index .IPAM.Config 0).IPRange}}' net1
10.66.0.128/25
$ inspect -f '{{(index .IPAM.Config 0).AuxAddress}}' net1
map[b:10.66.0.7 r1:10.66.0.200]
$ inspect -f '{{(index .IPAM.Config 0).AuxiliaryAddresses}}' net1
map[b:10.66.0.7 r1:10.66.0.200]
$ inspect -f '{{(index .IPAM.Config 0).AuxAddress.r1}}' net1
10.66.0.200
$ inspect -f '{{(index .IPAM.Config 0).AuxAddress.nope}}' net1
<no value>
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr}}' net1
10.66.0.0
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Bits}}' net1
24
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Masked}}' net1
10.66.0.0/24
$ inspect -f '{{(index .IPAM.Config 0).Subnet.IsSingleIP}}' net1
false
$ inspect -f '{{(index .IPAM.Config 0).Subnet.IsValid}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Subnet.String}}' net1
10.66.0.0/24
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.Next}}' net1
10.66.0.1
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.Prev}}' net1
10.65.255.255
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.Zone}}' net1
\
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsPrivate}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsGlobalUnicast}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsLoopback}}' net1
false
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.Is4}}{{(index .IPAM.Config 0).Subnet.Addr.Is6}}{{(index .IPAM.Config 0).Subnet.Addr.Is4In6}}' net1
truefalsefalse
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.BitLen}}' net1
32
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsLinkLocalUnicast}}' net1
false
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsMulticast}}' net1
false
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsValid}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.MarshalText}}' net1
[49 48 46 54 54 46 48 46 48]
$ inspect -f '{{(index .IPAM.Config 0).Subnet.MarshalText}}' net1
[49 48 46 54 54 46 48 46 48 47 50 52]
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Contains (index .IPAM.Config 0).Gateway}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Overlaps (index .IPAM.Config 0).IPRange}}' net1
true
$ inspect -f '{{(index .IPAM.Config 0).Gateway.Compare (index .IPAM.Config 0).Subnet.Addr}}' net1
1
$ inspect -f '{{(index .IPAM.Config 0).Gateway.Less (index .IPAM.Config 0).Subnet.Addr}}' net1
false
$ inspect -f '{{(index .IPAM.Config 0).Gateway.Prefix 8}}' net1
10.0.0.0/8
$ inspect -f '{{(index .IPAM.Config 0).Gateway.Prefix 33}}' net1
\
! template parsing error: template: :1:22: executing "" at <0>: can't evaluate field Prefix in type interface {}
? 1
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Contains "x"}}' net1
\
! template parsing error: template: :1:22: executing "" at <0>: can't evaluate field Contains in type interface {}
? 1
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Contains}}' net1
\
! template parsing error: template: :1:22: executing "" at <0>: can't evaluate field Contains in type interface {}
? 1
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.UnmarshalText}}' net1
\
! template parsing error: template: :1:22: executing "" at <0>: can't evaluate field Addr in type interface {}
? 1
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Nope}}' net1
\
! template parsing error: template: :1:22: executing "" at <0>: can't evaluate field Nope in type interface {}
? 1
$ inspect -f '{{printf "%v %s %q %x %T" (index .IPAM.Config 0).Gateway (index .IPAM.Config 0).Gateway (index .IPAM.Config 0).Gateway (index .IPAM.Config 0).Gateway (index .IPAM.Config 0).Gateway}}' net1
10.66.0.128 10.66.0.128 "10.66.0.128" 31302e36362e302e313238 netip.Addr
$ inspect -f '{{len .Containers}} {{len .Labels}} {{len .Name}} {{len .IPAM.Config}} {{len .Options}}' net1
2 4 4 1 2
$ inspect -f '{{len .Peers}} {{len .Services}}' net1
0 0
$ inspect -f '{{len .Status}}' net1
1
$ inspect -f '{{.Status}}' net1
{{map[10.66.0.0/24:{7 124}]}}
$ inspect -f '{{json .Status}}' net1
{"IPAM":{"Subnets":{"10.66.0.0/24":{"IPsInUse":7,"DynamicIPsAvailable":124}}}}
$ inspect -f '{{.Status.IPAM}}' net1
{map[10.66.0.0/24:{7 124}]}
$ inspect -f '{{.Status.IPAM.Subnets}}' net1
map[10.66.0.0/24:{7 124}]
$ inspect -f '{{index .Status.IPAM.Subnets "10.66.0.0/24"}}' net1
map[DynamicIPsAvailable:124 IPsInUse:7]
$ inspect -f '{{index .Status.IPAM.Subnets (index .IPAM.Config 0).Subnet}}' net1
{7 124}
$ inspect -f '{{(index .Status.IPAM.Subnets (index .IPAM.Config 0).Subnet).IPsInUse}}' net1
7
$ inspect -f '{{printf "%T" .Status}}' net1
*network.Status
$ inspect -f '{{printf "%T %T %T" .Peers .Services .IPAM.Config}}' net1
[]network.PeerInfo map[string]network.ServiceInfo []network.IPAMConfig
$ inspect -f '{{printf "%v %+v" .IPAM .IPAM}}' net1
{default map[] [{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}]} {Driver:default Options:map[] Config:[{Subnet:10.66.0.0/24 IPRange:10.66.0.128/25 Gateway:10.66.0.128 AuxAddress:map[b:10.66.0.7 r1:10.66.0.200]}]}
$ inspect -f '{{printf "%#v" .Labels}}' net1
map[string]string{"a":"1", "b.c":"x", "e":"", "日本":"<&>"}
$ inspect -f '{{printf "%#v" .ConfigFrom}}' net1
network.ConfigReference{Network:""}
$ inspect -f '{{printf "%q" .Labels}}' net1
map["a":"1" "b.c":"x" "e":"" "日本":"<&>"]
$ inspect -f '{{printf "%s" .Labels}}' net1
map[a:1 b.c:x e: 日本:<&>]
$ inspect -f '{{printf "%d" .Labels}}' net1
map[%!d(string=a):%!d(string=1) %!d(string=b.c):%!d(string=x) %!d(string=e):%!d(string=) %!d(string=日本):%!d(string=<&>)]
$ inspect -f '{{printf "%x" .Labels}}' net1
map[61:31 622e63:78 65: <id2>:3c263e]
$ inspect -f '{{.IPAM}} {{.IPAM.Options}} {{.IPAM.Driver}}' net1
{default map[] [{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}]} map[] default
$ inspect -f '{{json .IPAM}}' net1
{"Driver":"default","Options":{},"Config":[{"Subnet":"10.66.0.0/24","IPRange":"10.66.0.128/25","Gateway":"10.66.0.128","AuxiliaryAddresses":{"b":"10.66.0.7","r1":"10.66.0.200"}}]}
$ inspect -f '{{json .IPAM.Options}} {{json .IPAM.Config}}' net1
{} [{"Subnet":"10.66.0.0/24","IPRange":"10.66.0.128/25","Gateway":"10.66.0.128","AuxiliaryAddresses":{"b":"10.66.0.7","r1":"10.66.0.200"}}]
$ inspect -f '{{.ConfigFrom}} {{.ConfigFrom.Network}}' net1
{}
$ inspect -f '{{json .ConfigFrom}}' net1
{"Network":""}
$ inspect -f '{{.Peers}} {{.Services}}' net1
[] map[]
$ inspect -f '{{json .Peers}} {{json .Services}}' net1
null null
$ inspect -f '{{.Network}}' net1
{net1 <ID1> <TIME> local bridge true false {default map[] [{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}]} false false false {} false map[com.docker.network.driver.mtu:1400 foo:bar] map[a:1 b.c:x e: 日本:<&>] []}
$ inspect -f '{{.Network.Name}}' net1
net1
$ inspect -f '{{.Network.Foo}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Network.Foo>: map has no entry for key "Network"
? 1
$ inspect -f '{{json .Network}}' net1
{"Name":"net1","Id":"<ID1>","Created":"<TIME>","Scope":"local","Driver":"bridge","EnableIPv4":true,"EnableIPv6":false,"IPAM":{"Driver":"default","Options":{},"Config":[{"Subnet":"10.66.0.0/24","IPRange":"10.66.0.128/25","Gateway":"10.66.0.128","AuxiliaryAddresses":{"b":"10.66.0.7","r1":"10.66.0.200"}}]},"Internal":false,"Attachable":false,"Ingress":false,"ConfigFrom":{"Network":""},"ConfigOnly":false,"Options":{"com.docker.network.driver.mtu":"1400","foo":"bar"},"Labels":{"a":"1","b.c":"x","e":"","日本":"<&>"}}
$ inspect -f '{{.Created}}' net1
<TIME>
$ inspect -f '{{lt .Created.Weekday 7}}' net1
true
$ inspect -f '{{upper .Created.Month}}' net1
\
! template parsing error: template: :1:16: executing "" at <.Created.Month>: can't evaluate field Month in type interface {}
? 1
$ inspect -f '{{len .Created.Month}}' net1
\
! template parsing error: template: :1:14: executing "" at <.Created.Month>: can't evaluate field Month in type interface {}
? 1
$ inspect -f '{{index .Labels .Created.Month}}' net1
\
! template parsing error: template: :1:24: executing "" at <.Created.Month>: can't evaluate field Month in type interface {}
? 1
$ inspect -f '{{.Created.Location}}' net1
UTC
$ inspect -f '{{.Created.Location.String}}' net1
UTC
$ inspect -f '{{printf "%T" .Created.Location}}' net1
*time.Location
$ inspect -f '{{.Created.Format}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Created.Format>: can't evaluate field Format in type interface {}
? 1
$ inspect -f '{{.Created.Format 3}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Created.Format>: can't evaluate field Format in type interface {}
? 1
$ inspect -f '{{.Created.IsZero}}' net1
false
$ inspect -f '{{.Created.Equal .Created}} {{.Created.Before .Created}} {{.Created.After .Created}} {{.Created.Compare .Created}}' net1
true false false 0
$ inspect -f '{{.Created.IsDST}}' net1
false
$ inspect -f '{{.Created.Nope}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Created.Nope>: can't evaluate field Nope in type interface {}
? 1
$ inspect -f '{{.Created.ext}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Created.ext>: can't evaluate field ext in type interface {}
? 1
$ inspect -f '{{eq .Created .Created}}' net1
true
$ inspect -f '{{lt .Created .Created}}' net1
false
$ inspect -f '{{eq .Labels .Labels}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq .Labels .Labels>: error calling eq: non-comparable type map[a:1 b.c:x e: 日本:<&>]: map[string]interface {}
? 1
$ inspect -f '{{eq .Containers nil}}' net1
false
$ inspect -f '{{eq .Peers nil}}' net1
true
$ inspect -f '{{eq .Services nil}}' net1
true
$ inspect -f '{{eq .Status nil}}' net1
false
$ inspect -f '{{eq .IPAM .IPAM}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq .IPAM .IPAM>: error calling eq: non-comparable type map[Config:[map[AuxiliaryAddresses:map[b:10.66.0.7 r1:10.66.0.200] Gateway:10.66.0.128 IPRange:10.66.0.128/25 Subnet:10.66.0.0/24]] Driver:default Options:map[]]: map[string]interface {}
? 1
$ inspect -f '{{eq .ConfigFrom .ConfigFrom}}' net1
true
$ inspect -f '{{eq (index .IPAM.Config 0) (index .IPAM.Config 0)}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq (index .IPAM.Config 0) (index .IPAM.Config 0)>: error calling eq: non-comparable type map[AuxiliaryAddresses:map[b:10.66.0.7 r1:10.66.0.200] Gateway:10.66.0.128 IPRange:10.66.0.128/25 Subnet:10.66.0.0/24]: map[string]interface {}
? 1
$ inspect -f '{{eq (index .IPAM.Config 0).Subnet (index .IPAM.Config 0).Subnet}}' net1
true
$ inspect -f '{{eq (index .IPAM.Config 0).Subnet "10.66.0.0/24"}}' net1
true
$ inspect -f '{{eq (index .IPAM.Config 0).Gateway.String "10.66.0.1"}}' net1
false
$ inspect -f '{{or 1 (index .Labels 3)}}' net1
1
$ inspect -f '{{slice .IPAM.Config 0 1}}' net1
[{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}]
$ inspect -f '{{slice .IPAM.Config 0 1 1}}' net1
[{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}]
$ inspect -f '{{slice .IPAM.Config 0 1 0}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .IPAM.Config 0 1 0>: error calling slice: invalid slice index: 1 > 0
? 1
$ inspect -f '{{slice .IPAM.Config 0 1 1 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .IPAM.Config 0 1 1 1>: error calling slice: too many slice indexes: 4
? 1
$ inspect -f '{{slice .Labels 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Labels 1>: error calling slice: can't slice item of type map[string]interface {}
? 1
$ inspect -f '{{join .Labels ","}}' net1
,1,<&>,x
$ inspect -f '{{join .IPAM.Config ","}}' net1
{10.66.0.0/24 10.66.0.128/25 10.66.0.128 map[b:10.66.0.7 r1:10.66.0.200]}
$ inspect -f '{{join .Containers ","}}' net1
{c1 <ID3> <MAC> 10.66.0.129/24 },{c2 <ID4> <MAC> 10.66.0.20/24 }
$ inspect -f '{{join .Peers ","}}' net1
\
$ inspect -f '{{join .Status ","}}' net1
map[Subnets:map[10.66.0.0/24:map[DynamicIPsAvailable:124 IPsInUse:7]]]
$ inspect -f '{{join .Created ","}}' net1
\
! template parsing error: template: :1:2: executing "" at <join .Created ",">: error calling join: expected slice, got string
? 1
$ inspect -f '{{json "a<b>&\u2028\"\\\n"}} {{json 1.5}} {{json nil}} {{json true}} {{json .Labels}}' net1
"a<b>&\u2028\"\\\n" 1.5 null true {"a":"1","b.c":"x","e":"","日本":"<&>"}
$ inspect -f '{{json .Created}}' net1
"<TIME>"
$ inspect -f '{{json .Containers | len}}' net1
484
$ inspect -f '{{.Labels.a "x"}}' net1
\
! template parsing error: template: :1:9: executing "" at <.Labels.a>: a is not a method but has arguments
? 1
$ inspect -f '{{(.IPAM).Driver}}' net1
default
$ inspect -f '{{(.IPAM).Driver.Foo}}' net1
\
! template parsing error: template: :1:3: executing "" at <.IPAM>: can't evaluate field Foo in type interface {}
? 1
$ inspect -f '{{printf "%v" (index .Labels "a")}}' net1
1
$ inspect -f '{{.IPAM.Config.Subnet}}' net1
\
! template parsing error: template: :1:7: executing "" at <.IPAM.Config.Subnet>: can't evaluate field Subnet in type interface {}
? 1
$ inspect -f '{{.IPAM.Nope}}' net1
\
! template parsing error: template: :1:7: executing "" at <.IPAM.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{.Labels.a.b}}' net1
\
! template parsing error: template: :1:9: executing "" at <.Labels.a.b>: can't evaluate field b in type interface {}
? 1
$ inspect -f '{{.Peers.x}}' net1
\
! template parsing error: template: :1:8: executing "" at <.Peers.x>: map has no entry for key "Peers"
? 1
$ inspect -f '{{.Status.Nope}}' net1
\
! template parsing error: template: :1:9: executing "" at <.Status.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{.Status.IPAM.Nope}}' net1
\
! template parsing error: template: :1:9: executing "" at <.Status.IPAM.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{printf "%T" .Created.Month}}' net1
time.Month
$ inspect -f '{{printf "%T" .Created.Unix}}' net1
int64
$ inspect -f '{{gt .Created.Month 0}}' net1
true
$ inspect -f '{{eq .Created.Month "x"}}' net1
\
! template parsing error: template: :1:13: executing "" at <.Created.Month>: can't evaluate field Month in type interface {}
? 1

== functions-and-comparisons
$ create --label a=1 --label b.c=x --label '日本=<&>' --label e= -o foo=bar -o com.docker.network.driver.mtu=1400 --subnet 10.66.0.0/24 --ip-range 10.66.0.128/25 --aux-address r1=10.66.0.200 --aux-address b=10.66.0.7 net1
<ID1>
$ inspect -f '{{json .}}' net1
{"Name":"net1","Id":"<ID1>","Created":"<TIME>","Scope":"local","Driver":"bridge","EnableIPv4":true,"EnableIPv6":false,"IPAM":{"Driver":"default","Options":{},"Config":[{"Subnet":"10.66.0.0/24","IPRange":"10.66.0.128/25","Gateway":"10.66.0.128","AuxiliaryAddresses":{"b":"10.66.0.7","r1":"10.66.0.200"}}]},"Internal":false,"Attachable":false,"Ingress":false,"ConfigFrom":{"Network":""},"ConfigOnly":false,"Options":{"com.docker.network.driver.mtu":"1400","foo":"bar"},"Labels":{"a":"1","b.c":"x","e":"","日本":"<&>"},"Containers":{},"Status":{"IPAM":{"Subnets":{"10.66.0.0/24":{"IPsInUse":5,"DynamicIPsAvailable":125}}}}}
$ inspect -f '{{.ID}} {{.Id}}' net1
\
! template parsing error: template: :1:2: executing "" at <.ID>: map has no entry for key "ID"
? 1
$ inspect -f '{{.Name}} {{.name}}' net1
\
! template parsing error: template: :1:12: executing "" at <.name>: map has no entry for key "name"
? 1
$ inspect -f '{{.Foo}}' net1
\
! template parsing error: template: :1:2: executing "" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect -f '{{.Name.Foo}}' net1
\
! template parsing error: template: :1:7: executing "" at <.Name.Foo>: can't evaluate field Foo in type interface {}
? 1
$ inspect -f '{{index nil 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <index nil 1>: error calling index: index of untyped nil
? 1
$ inspect -f '{{index .Nope 1}}' net1
\
! template parsing error: template: :1:8: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{index .Name 0}}' net1
110
$ inspect -f '{{index .Name 100}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Name 100>: error calling index: index out of range: 100
? 1
$ inspect -f '{{index .Name 4}}' net1
\
! template parsing error: template: :1:2: executing "" at <index .Name 4>: error calling index: reflect: string index out of range
? 1
$ inspect -f '{{index 3 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <index 3 1>: error calling index: can't index item of type int
? 1
$ inspect -f '{{index true}}' net1
true
$ inspect -f '{{len 3}}' net1
\
! template parsing error: template: :1:2: executing "" at <len 3>: error calling len: len of type int
? 1
$ inspect -f '{{len nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <len nil>: error calling len: reflect: call of reflect.Value.Type on zero Value
? 1
$ inspect -f '{{len}}' net1
\
! template parsing error: template: :1:2: executing "" at <len>: wrong number of args for len: want 1 got 0
? 1
$ inspect -f '{{len .Name .Name}}' net1
\
! template parsing error: template: :1:2: executing "" at <len>: wrong number of args for len: want 1 got 2
? 1
$ inspect -f '{{printf "%T" .}}' net1
network.Inspect
$ inspect -f '{{printf "%#v" .Name}}' net1
"net1"
$ inspect -f '{{printf "%#v" .EnableIPv4}}' net1
true
$ inspect -f '{{.EnableIPv4}} {{.EnableIPv6}} {{.Internal}} {{.Attachable}} {{.Ingress}} {{.ConfigOnly}} {{.Scope}} {{.Driver}}' net1
true false false false false false local bridge
$ inspect -f '{{.Inspect}}' net1
\
! template parsing error: template: :1:2: executing "" at <.Inspect>: map has no entry for key "Inspect"
? 1
$ inspect -f '{{eq nil nil}}' net1
true
$ inspect -f '{{eq nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq nil>: error calling eq: missing argument for comparison
? 1
$ inspect -f '{{eq}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq>: wrong number of args for eq: want at least 1 got 0
? 1
$ inspect -f '{{eq 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq 1>: error calling eq: missing argument for comparison
? 1
$ inspect -f '{{eq 1 1 2}}' net1
true
$ inspect -f '{{eq 1 2 1}}' net1
true
$ inspect -f '{{eq 1 "1"}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq 1 "1">: error calling eq: incompatible types for comparison: int and string
? 1
$ inspect -f '{{eq 1 1.0}}' net1
\
! template parsing error: template: :1:2: executing "" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64
? 1
$ inspect -f '{{eq "a" .Name}}' net1
false
$ inspect -f '{{eq .Name "net1" "x"}}' net1
true
$ inspect -f '{{ne .Name "net1"}}' net1
false
$ inspect -f '{{ne 1 2 3}}' net1
\
! template parsing error: template: :1:2: executing "" at <ne>: wrong number of args for ne: want 2 got 3
? 1
$ inspect -f '{{ne 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <ne>: wrong number of args for ne: want 2 got 1
? 1
$ inspect -f '{{lt 1 2}} {{lt 2 1}} {{le 1 1}} {{gt 1 1}} {{ge 1 1}} {{lt "a" "b"}} {{lt 1.5 2.5}}' net1
true false true false true true true
$ inspect -f '{{lt 1 "a"}}' net1
\
! template parsing error: template: :1:2: executing "" at <lt 1 "a">: error calling lt: incompatible types for comparison: int and string
? 1
$ inspect -f '{{lt 1 1.5}}' net1
\
! template parsing error: template: :1:2: executing "" at <lt 1 1.5>: error calling lt: incompatible types for comparison: int and float64
? 1
$ inspect -f '{{lt true false}}' net1
\
! template parsing error: template: :1:2: executing "" at <lt true false>: error calling lt: invalid type for comparison
? 1
$ inspect -f '{{lt nil 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <lt nil 1>: error calling lt: invalid type for comparison
? 1
$ inspect -f '{{lt 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <lt>: wrong number of args for lt: want 2 got 1
? 1
$ inspect -f '{{eq true true}} {{eq true 1}}' net1
\
! template parsing error: template: :1:19: executing "" at <eq true 1>: error calling eq: incompatible types for comparison: bool and int
? 1
$ inspect -f '{{and}} {{or}}' net1
\
! template parsing error: template: :1:2: executing "" at <and>: wrong number of args for and: want at least 1 got 0
? 1
$ inspect -f '{{and 1}} {{and 1 0}} {{and 0 1}} {{or 0 1}} {{or 0 ""}} {{and "a" .Name}} {{not 1}} {{not 0}} {{not}}' net1
\
! template parsing error: template: :1:97: executing "" at <not>: wrong number of args for not: want 1 got 0
? 1
$ inspect -f '{{not 1 2}}' net1
\
! template parsing error: template: :1:2: executing "" at <not>: wrong number of args for not: want 1 got 2
? 1
$ inspect -f '{{and true .Nope}}' net1
\
! template parsing error: template: :1:11: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{or true .Nope}}' net1
true
$ inspect -f '{{not nil}}' net1
true
$ inspect -f '{{and nil}}' net1
<no value>
$ inspect -f '{{or nil 3}}' net1
3
$ inspect -f '{{nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <nil>: nil is not a command
? 1
$ inspect -f '{{1_000}} {{0b101}} {{0o17}} {{017}} {{0x1p-2}} {{1e400}}' net1
! template parsing error: template: :1: illegal number syntax: "1e400"
? 64
$ inspect -f '{{9223372036854775808}}' net1
\
! template parsing error: template: :1:2: executing "" at <9223372036854775808>: 9223372036854775808 overflows int
? 1
$ inspect -f '{{'"'"'ab'"'"'}}' net1
! template parsing error: template: :1: malformed character constant: 'ab'
? 64
$ inspect -f '{{'"'"''"'"'}}' net1
! template parsing error: template: :1: invalid syntax
? 64
$ inspect -f '{{'"'"'\n'"'"'}} {{'"'"'\x41'"'"'}} {{'"'"'世'"'"'}}' net1
10 65 19990
$ inspect -f '{{"\u00e9\t"}}' net1
é	
$ inspect -f '{{"\q"}}' net1
! template parsing error: template: :1: invalid syntax
? 64
$ inspect -f '{{"abc' net1
! template parsing error: template: :1: unterminated quoted string
? 64
$ inspect -f '{{`raw`}}' net1
raw
$ inspect -f '{{`raw' net1
! template parsing error: template: :1: unterminated raw quoted string
? 64
$ inspect -f '{{print 1 2 "a" "b" 3}}' net1
1 2ab3
$ inspect -f '{{print "a" 1 "b" .Name 2 3 nil true false 1.5}}' net1
a1bnet12 3 <nil> true false 1.5
$ inspect -f '{{println 1 2 "a"}}' net1
1 2 a
\
$ inspect -f '{{println}}' net1
\
\
$ inspect -f '{{print}}' net1
\
$ inspect -f '{{printf}}' net1
\
! template parsing error: template: :1:2: executing "" at <printf>: wrong number of args for printf: want at least 1 got 0
? 1
$ inspect -f '{{printf 3}}' net1
\
! template parsing error: template: :1:9: executing "" at <3>: expected string; found 3
? 1
$ inspect -f '{{printf "x"}}' net1
x
$ inspect -f '{{printf "%d"}}' net1
%!d(MISSING)
$ inspect -f '{{printf "%d" 1 2}}' net1
1%!(EXTRA int=2)
$ inspect -f '{{printf "%d" "a"}}' net1
%!d(string=a)
$ inspect -f '{{printf "%s" 1}}' net1
%!s(int=1)
$ inspect -f '{{printf "%s" nil}}' net1
%!s(<nil>)
$ inspect -f '{{printf "%d" nil}}' net1
%!d(<nil>)
$ inspect -f '{{printf "%v" nil}}' net1
<nil>
$ inspect -f '{{printf "%T" nil}}' net1
<nil>
$ inspect -f '{{printf "%!"}}' net1
%!!(MISSING)
$ inspect -f '{{printf "%z" 1}}' net1
%!z(int=1)
$ inspect -f '{{printf "%"}}' net1
%!(NOVERB)
$ inspect -f '{{printf "100%%"}}' net1
100%
$ inspect -f '{{printf "%[2]d %[1]d" 1 2}}' net1
2 1
$ inspect -f '{{printf "%[3]d" 1}}' net1
%!d(BADINDEX)
$ inspect -f '{{printf "%[x]d" 1}}' net1
%!d(BADINDEX)
$ inspect -f '{{printf "%*d" 5 1}}' net1
    1
$ inspect -f '{{printf "%-*d|" 5 1}}' net1
1    |
$ inspect -f '{{printf "%.*f" 2 3.14159}}' net1
3.14
$ inspect -f '{{printf "%*d" "a" 1}}' net1
%!(BADWIDTH)1
$ inspect -f '{{printf "%[2]*[1]d" 1 5}}' net1
    1
$ inspect -f '{{html .Name .Driver}} {{js 1 2}} {{urlquery 1 "a"}}' net1
net1bridge 1 2 1a
$ inspect -f '{{html nil}}' net1
&lt;no value&gt;
$ inspect -f '{{html .Nope}}' net1
\
! template parsing error: template: :1:7: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{html}}' net1
\
$ inspect -f '{{"<x>" | html | printf "%q"}}' net1
"&lt;x&gt;"
$ inspect -f '{{slice .Name 1}} {{slice .Name 1 2}} {{slice .Name}}' net1
et1 e net1
$ inspect -f '{{slice .Name 1 2 3}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name 1 2 3>: error calling slice: cannot 3-index slice a string
? 1
$ inspect -f '{{slice .Name 3 2}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name 3 2>: error calling slice: invalid slice index: 3 > 2
? 1
$ inspect -f '{{slice .Name 5}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name 5>: error calling slice: index out of range: 5
? 1
$ inspect -f '{{slice .Name -1}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name -1>: error calling slice: index out of range: -1
? 1
$ inspect -f '{{slice .Name "a"}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name "a">: error calling slice: cannot index slice/array with type string
? 1
$ inspect -f '{{slice nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice nil>: error calling slice: slice of untyped nil
? 1
$ inspect -f '{{slice 3 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice 3 1>: error calling slice: can't slice item of type int
? 1
$ inspect -f '{{slice .Name nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <slice .Name nil>: error calling slice: cannot index slice/array with nil
? 1
$ inspect -f '{{call .Name}}' net1
\
! template parsing error: template: :1:2: executing "" at <call .Name>: error calling call: non-function .Name of type string
? 1
$ inspect -f '{{call nil}}' net1
\
! template parsing error: template: :1:2: executing "" at <call nil>: error calling call: call of nil
? 1
$ inspect -f '{{call .Nope}}' net1
\
! template parsing error: template: :1:7: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{call}}' net1
\
! template parsing error: template: :1:2: executing "" at <call>: wrong number of args for call: want at least 1 got 0
? 1
$ inspect -f '{{split "a,b,c" ","}} {{join (split "a,b,c" ",") "-"}} {{split "abc" ""}} {{split "" ","}} {{len (split "" ",")}}' net1
[a b c] a-b-c [a b c] [] 1
$ inspect -f '{{split "a,b"}}' net1
\
! template parsing error: template: :1:2: executing "" at <split>: wrong number of args for split: want 2 got 1
? 1
$ inspect -f '{{split 1 ","}}' net1
\
! template parsing error: template: :1:8: executing "" at <1>: expected string; found 1
? 1
$ inspect -f '{{split .Name 1}}' net1
\
! template parsing error: template: :1:14: executing "" at <1>: expected string; found 1
? 1
$ inspect -f '{{join .Name ","}}' net1
\
! template parsing error: template: :1:2: executing "" at <join .Name ",">: error calling join: expected slice, got string
? 1
$ inspect -f '{{join nil ","}}' net1
\
$ inspect -f '{{join 3 ","}}' net1
\
! template parsing error: template: :1:2: executing "" at <join 3 ",">: error calling join: expected slice, got int
? 1
$ inspect -f '{{join (split "b,a" ",") 1}}' net1
\
! template parsing error: template: :1:25: executing "" at <1>: expected string; found 1
? 1
$ inspect -f '{{title .Name}} {{title "ŉ ß ǆ"}}' net1
Net1 ŉ ß ǅ
$ inspect -f '{{lower 1}}' net1
\
! template parsing error: template: :1:8: executing "" at <1>: expected string; found 1
? 1
$ inspect -f '{{upper nil}}' net1
\
! template parsing error: template: :1:8: executing "" at <nil>: cannot assign nil to string
? 1
$ inspect -f '{{upper}}' net1
\
! template parsing error: template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0
? 1
$ inspect -f '{{upper "a" "b"}}' net1
\
! template parsing error: template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 2
? 1
$ inspect -f '{{pad "a" 1 2}}| {{pad "" 3 3}}|' net1
 a  | |
$ inspect -f '{{pad "a" -1 2}}' net1
\
! template parsing error: template: :1:2: executing "" at <pad "a" -1 2>: error calling pad: strings: negative Repeat count
? 1
$ inspect -f '{{pad "a" 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <pad>: wrong number of args for pad: want 3 got 2
? 1
$ inspect -f '{{pad 1 1 1}}' net1
\
! template parsing error: template: :1:6: executing "" at <1>: expected string; found 1
? 1
$ inspect -f '{{pad "a" "1" 1}}' net1
\
! template parsing error: template: :1:10: executing "" at <"1">: expected integer; found "1"
? 1
$ inspect -f '{{truncate "hello" -1}}' net1
\
! template parsing error: template: :1:2: executing "" at <truncate "hello" -1>: error calling truncate: runtime error: slice bounds out of range [:-1]
? 1
$ inspect -f '{{truncate "hello"}}' net1
\
! template parsing error: template: :1:2: executing "" at <truncate>: wrong number of args for truncate: want 2 got 1
? 1
$ inspect -f '{{truncate "hello" "3"}}' net1
\
! template parsing error: template: :1:19: executing "" at <"3">: expected integer; found "3"
? 1
$ inspect -f '{{truncate .Name 2}}' net1
ne
$ inspect -f '{{json}}' net1
\
! template parsing error: template: :1:2: executing "" at <json>: wrong number of args for json: want 1 got 0
? 1
$ inspect -f '{{json 1 2}}' net1
\
! template parsing error: template: :1:2: executing "" at <json>: wrong number of args for json: want 1 got 2
? 1
$ inspect -f '{{json (split "a,b" ",")}}' net1
["a","b"]
$ inspect -f '{{json 1e21}} {{json 1e-7}} {{json 100000000.0}} {{json 1e20}}' net1
1e+21 1e-7 100000000 100000000000000000000
$ inspect -f '{{println .Name}}' net1
net1
\
$ inspect -f '{{table .Name}}' net1
! template parsing error: template: :1: function "table" not defined
? 64
$ inspect -f '{{foo}}' net1
! template parsing error: template: :1: function "foo" not defined
? 64
$ inspect -f '{{foo .Name}}' net1
! template parsing error: template: :1: function "foo" not defined
? 64
$ inspect -f '{{.Name | foo}}' net1
! template parsing error: template: :1: function "foo" not defined
? 64
$ inspect -f '{{.Name | upper}}' net1
NET1
$ inspect -f '{{.Name | upper | lower | title}}' net1
Net1
$ inspect -f '{{.Name | printf "%s-%s" "x"}}' net1
x-net1
$ inspect -f '{{.Name | 3}}' net1
! template parsing error: template: :1: non executable command in pipeline stage 2
? 64
$ inspect -f '{{.Name | .Driver}}' net1
\
! template parsing error: template: :1:10: executing "" at <.Driver>: Driver is not a method but has arguments
? 1
$ inspect -f '{{.Name | nil}}' net1
! template parsing error: template: :1: non executable command in pipeline stage 2
? 64
$ inspect -f '{{.Name "x"}}' net1
\
! template parsing error: template: :1:2: executing "" at <.Name>: Name is not a method but has arguments
? 1
$ inspect -f '{{"x" | .Name}}' net1
\
! template parsing error: template: :1:8: executing "" at <.Name>: Name is not a method but has arguments
? 1
$ inspect -f '{{.Name |}}' net1
net1
$ inspect -f '{{| .Name}}' net1
! template parsing error: template: :1: unexpected "|" in command
? 64
$ inspect -f '{{}}' net1
! template parsing error: template: :1: missing value for command
? 64
$ inspect -f '{{ }}' net1
! template parsing error: template: :1: missing value for command
? 64
$ inspect -f '{{else}}' net1
! template parsing error: template: :1: unexpected {{else}}
? 64
$ inspect -f '{{/* c */}}x' net1
x
$ inspect -f '{{/* c }}' net1
! template parsing error: template: :1: unclosed comment
? 64
$ inspect -f '{{- /* c */ -}}x' net1
x
$ inspect -f '{{/* c */ x}}' net1
! template parsing error: template: :1: comment ends before closing delimiter
? 64
$ inspect -f '{{-/* c */-}}x' net1
! template parsing error: template: :1: illegal number syntax: "-"
? 64
$ inspect -f 'a {{- .Name -}} b' net1
anet1b
$ inspect -f 'a {{-.Name}} b' net1
! template parsing error: template: :1: bad number syntax: "-.N"
? 64
$ inspect -f 'a {{.Name-}} b' net1
! template parsing error: template: :1: bad character U+002D '-'
? 64
$ inspect -f '{{- 3}}' net1
3
$ inspect -f '{{-3}}' net1
-3
$ inspect -f '{{.Name }}  {{ .Name}}' net1
net1  net1
$ inspect -f '{{.Name' net1
! template parsing error: template: :1: unclosed action
? 64
$ inspect -f '{{.Name}' net1
! template parsing error: template: :1: bad character U+007D '}'
? 64
$ inspect -f '{{.Name}}}' net1
net1}
$ inspect -f '{{.Name}}}}' net1
net1}}
$ inspect -f '{.Name}' net1
{.Name}
$ inspect -f '}}' net1
}}
$ inspect -f '{{{.Name}}}' net1
! template parsing error: template: :1: unexpected "{" in command
? 64
$ inspect -f '{{.Name#}}' net1
! template parsing error: template: :1: bad character U+0023 '#'
? 64
$ inspect -f '{{#}}' net1
! template parsing error: template: :1: unexpected "#" in command
? 64
$ inspect -f '{{.Name!}}' net1
! template parsing error: template: :1: bad character U+0021 '!'
? 64
$ inspect -f '{{@}}' net1
! template parsing error: template: :1: unexpected "@" in command
? 64
$ inspect -f '{{.Name, .Driver}}' net1
! template parsing error: template: :1: unexpected "," in operand
? 64
$ inspect -f '{{.Name.}}' net1
! template parsing error: template: :1: unexpected <.> in operand
? 64
$ inspect -f '{{..Name}}' net1
! template parsing error: template: :1: unexpected . after term "."
? 64
$ inspect -f '{{.Name .Driver}}' net1
\
! template parsing error: template: :1:2: executing "" at <.Name>: Name is not a method but has arguments
? 1
$ inspect -f '{{(.Name)}}' net1
net1
$ inspect -f '{{(.Name}}' net1
! template parsing error: template: :1: unclosed left paren
? 64
$ inspect -f '{{.Name)}}' net1
! template parsing error: template: :1: unexpected right paren
? 64
$ inspect -f '{{(3).Foo}}' net1
\
! template parsing error: template: :1:3: executing "" at <3>: can't evaluate field Foo in type int
? 1
$ inspect -f '{{("x").Foo}}' net1
\
! template parsing error: template: :1:3: executing "" at <"x">: can't evaluate field Foo in type string
? 1
$ inspect -f '{{(nil).Foo}}' net1
\
! template parsing error: template: :1:3: executing "" at <nil>: nil is not a command
? 1
$ inspect -f '{{nil.Foo}}' net1
! template parsing error: template: :1: unexpected . after term "nil"
? 64
$ inspect -f '{{true.Foo}}' net1
! template parsing error: template: :1: unexpected . after term "true"
? 64
$ inspect -f '{{"x".Foo}}' net1
! template parsing error: template: :1: unexpected . after term "\"x\""
? 64
$ inspect -f '{{3.Foo}}' net1
! template parsing error: template: :1: bad number syntax: "3.F"
? 64
$ inspect -f '{{(print "a").Foo}}' net1
\
! template parsing error: template: :1:9: executing "" at <"a">: can't evaluate field Foo in type string
? 1
$ inspect -f '{{()}}' net1
! template parsing error: template: :1: missing value for parenthesized pipeline
? 64
$ inspect -f '{{(1 2)}}' net1
\
! template parsing error: template: :1:3: executing "" at <1>: can't give argument to non-function 1
? 1
$ inspect -f '{{1 2}}' net1
\
! template parsing error: template: :1:2: executing "" at <1>: can't give argument to non-function 1
? 1
$ inspect -f '{{"a" "b"}}' net1
\
! template parsing error: template: :1:2: executing "" at <"a">: can't give argument to non-function "a"
? 1
$ inspect -f '{{true 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <true>: can't give argument to non-function true
? 1
$ inspect -f '{{. 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <.>: can't give argument to non-function .
? 1
$ inspect -f '{{.Name | printf}}' net1
net1
$ inspect -f '{{printf "%s" (.Name | upper)}}' net1
NET1
$ inspect -f '{{.EnableIPv4.x}}' net1
\
! template parsing error: template: :1:13: executing "" at <.EnableIPv4.x>: can't evaluate field x in type interface {}
? 1
$ inspect -f '{{.Id.x}}' net1
\
! template parsing error: template: :1:5: executing "" at <.Id.x>: can't evaluate field x in type interface {}
? 1
$ inspect -f 'line1\n{{.Name}}\t' net1
line1\nnet1\t
$ inspect -f '{{else 1}}' net1
! template parsing error: template: :1: unexpected "1" in else
? 64

== pipelines-and-blocks
$ create --label a=1 --label b.c=x --label '日本=<&>' --label e= -o foo=bar -o com.docker.network.driver.mtu=1400 --subnet 10.66.0.0/24 --ip-range 10.66.0.128/25 --aux-address r1=10.66.0.200 --aux-address b=10.66.0.7 net1
<ID1>
$ inspect -f '{{(index .IPAM.Config 0).Subnet.Addr.IsUnspecified}}' net1
false
$ inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}' net1
10.66.0.0/24 10.66.0.128
$ inspect -f '{{range $i, $c := .IPAM.Config}}{{$i}}={{$c.Subnet}}{{end}}' net1
0=10.66.0.0/24
$ inspect -f '{{range .IPAM.Config}}{{if .IPRange}}R{{else}}N{{end}}{{if .IPRange.IsValid}}V{{end}}{{if .Gateway}}G{{end}}{{end}}' net1
RVG
$ inspect -f '{{range $k, $v := .Status.IPAM.Subnets}}{{$k}} {{$v.IPsInUse}} {{$v.DynamicIPsAvailable}} {{printf "%T %T" $k $v}}{{end}}' net1
10.66.0.0/24 5 125 netip.Prefix network.SubnetStatus
$ inspect -f '{{if}}x{{end}}' net1
! template parsing error: template: :1: missing value for if
? 64
$ inspect -f '{{if .Name}}y{{else}}n{{end}}' net1
y
$ inspect -f '{{if .Internal}}y{{else}}n{{end}}' net1
n
$ inspect -f '{{if .Internal}}y{{else if .Name}}m{{else}}n{{end}}' net1
m
$ inspect -f '{{if .Internal}}y{{else if .Attachable}}m{{end}}' net1
\
$ inspect -f '{{if .Peers}}y{{else}}n{{end}}{{if .Services}}y{{else}}n{{end}}{{if .Status}}y{{else}}n{{end}}{{if .ConfigFrom}}y{{else}}n{{end}}' net1
nnyy
$ inspect -f '{{if 0}}a{{end}}{{if 0.0}}b{{end}}{{if ""}}c{{end}}{{if "0"}}d{{end}}{{if '"'"'a'"'"'}}e{{end}}' net1
de
$ inspect -f '{{if nil}}x{{end}}' net1
\
! template parsing error: template: :1:5: executing "" at <nil>: nil is not a command
? 1
$ inspect -f '{{if .Nope}}x{{else}}y{{end}}' net1
\
! template parsing error: template: :1:5: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{if not .Nope}}x{{end}}' net1
\
! template parsing error: template: :1:9: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{if .Name}}x' net1
! template parsing error: template: :1: unexpected EOF
? 64
$ inspect -f '{{end}}' net1
! template parsing error: template: :1: unexpected {{end}}
? 64
$ inspect -f '{{if .Name}}x{{else}}y{{else}}z{{end}}' net1
! template parsing error: template: :1: expected end; found {{else}}
? 64
$ inspect -f '{{if .Name}}{{break}}{{end}}' net1
! template parsing error: template: :1: {{break}} outside {{range}}
? 64
$ inspect -f '{{break}}' net1
! template parsing error: template: :1: {{break}} outside {{range}}
? 64
$ inspect -f '{{continue}}' net1
! template parsing error: template: :1: {{continue}} outside {{range}}
? 64
$ inspect -f '{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}' net1
a=1;b.c=x;e=;日本=<&>;
$ inspect -f '{{range $v := .Labels}}{{$v}};{{end}}' net1
1;x;;<&>;
$ inspect -f '{{range .Peers}}x{{else}}none{{end}}' net1
none
$ inspect -f '{{range .Services}}x{{else}}none{{end}}' net1
none
$ inspect -f '{{range $i := 3}}{{$i}}{{end}}' net1
012
$ inspect -f '{{range $i, $j := 3}}{{$i}}{{end}}' net1
\
! template parsing error: template: :1:18: executing "" at <3>: can't use 3 to iterate over more than one variable
? 1
$ inspect -f '{{range 0}}x{{else}}zero{{end}}' net1
zero
$ inspect -f '{{range -1}}x{{else}}neg{{end}}' net1
neg
$ inspect -f '{{range true}}x{{end}}' net1
\
! template parsing error: template: :1:8: executing "" at <true>: range can't iterate over true
? 1
$ inspect -f '{{range 1.5}}x{{end}}' net1
\
! template parsing error: template: :1:8: executing "" at <1.5>: range can't iterate over 1.5
? 1
$ inspect -f '{{range nil}}x{{end}}' net1
\
! template parsing error: template: :1:8: executing "" at <nil>: nil is not a command
? 1
$ inspect -f '{{range .Created}}x{{end}}' net1
\
! template parsing error: template: :1:8: executing "" at <.Created>: range can't iterate over <TIME>
? 1
$ inspect -f '{{range .IPAM}}x{{end}}' net1
xxx
$ inspect -f '{{range $i, $e := split "a,b,c" ","}}{{if $i}}, {{end}}{{$e}}{{end}}' net1
a, b, c
$ inspect -f '{{range $a, $b, $c := .Labels}}x{{end}}' net1
! template parsing error: template: :1: too many declarations in range
? 64
$ inspect -f '{{range $i = 3}}x{{end}}' net1
\
! template parsing error: template: :1:13: executing "" at <3>: undefined variable: $i
? 1
$ inspect -f '{{$x := 1}}{{range $x = 3}}{{$x}}{{end}}{{$x}}' net1
0122
$ inspect -f '{{$x := 1}}{{$x = 2}}{{$x}}' net1
2
$ inspect -f '{{$x := 1}}{{if true}}{{$x = 5}}{{$y := 2}}{{end}}{{$x}}' net1
5
$ inspect -f '{{$y}}' net1
! template parsing error: template: :1: undefined variable "$y"
? 64
$ inspect -f '{{$x = 1}}' net1
\
! template parsing error: template: :1:7: executing "" at <1>: undefined variable: $x
? 1
$ inspect -f '{{$x := .Name}}{{$x | upper}}' net1
NET1
$ inspect -f '{{$x := }}' net1
! template parsing error: template: :1: missing value for command
? 64
$ inspect -f '{{$x, $y := 1}}' net1
! template parsing error: template: :1: too many declarations in command
? 64
$ inspect -f '{{$.Name}} {{with .IPAM}}{{.Driver}}{{$.Name}}{{end}}' net1
net1 defaultnet1
$ inspect -f '{{$.Nope}}' net1
\
! template parsing error: template: :1:3: executing "" at <$.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{with .Nope}}x{{else}}y{{end}}' net1
\
! template parsing error: template: :1:7: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{with $x := .Name}}{{$x}}{{end}}' net1
net1
$ inspect -f '{{with .Internal}}x{{else}}{{.Name}}{{end}}' net1
net1
$ inspect -f '{{with 0}}x{{else}}z{{end}}' net1
z
$ inspect -f '{{template "nope"}}' net1
\
! template parsing error: template: :1:11: executing "" at <{{template "nope"}}>: template "nope" not defined
? 1
$ inspect -f '{{template "nope" .}}' net1
\
! template parsing error: template: :1:11: executing "" at <{{template "nope" .}}>: template "nope" not defined
? 1
$ inspect -f '{{define "t"}}{{.Foo}}{{end}}{{template "t" .}}' net1
\
! template parsing error: template: :1:16: executing "t" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect -f '{{define "t"}}{{template "t" .}}{{end}}x' net1
x
$ inspect -f '{{define "t"}}a{{end}}{{define "t"}}b{{end}}{{template "t"}}' net1
! template parsing error: template: :1: template: multiple definition of template "t"
? 64
$ inspect -f '{{define "t"}}a' net1
! template parsing error: template: :1: unexpected EOF
? 64
$ inspect -f '{{define t}}a{{end}}' net1
! template parsing error: template: :1: unexpected "t" in define clause
? 64
$ inspect -f '{{define "t" .}}a{{end}}' net1
! template parsing error: template: :1: unexpected <.> in define clause
? 64
$ inspect -f '{{template t}}' net1
! template parsing error: template: :1: unexpected "t" in template clause
? 64
$ inspect -f '{{template "t" 1 2}}' net1
\
! template parsing error: template: :1:11: executing "" at <{{template "t" 1 2}}>: template "t" not defined
? 1
$ inspect -f '{{block "b" .}}[{{.Foo}}]{{end}}' net1
\
! template parsing error: template: :1:18: executing "b" at <.Foo>: map has no entry for key "Foo"
? 1
$ inspect -f '{{define "t"}}{{$x}}{{end}}{{$x := 1}}' net1
! template parsing error: template: :1: undefined variable "$x"
? 64
$ inspect -f '{{if true}}{{define "t"}}x{{end}}{{end}}' net1
! template parsing error: template: :1: unexpected <define> in command
? 64
$ inspect -f '{{$ 1}}' net1
\
! template parsing error: template: :1:2: executing "" at <$>: can't give argument to non-function $
? 1
$ inspect -f '{{range .Labels}}{{.Foo}}{{end}}' net1
\
! template parsing error: template: :1:19: executing "" at <.Foo>: can't evaluate field Foo in type interface {}
? 1
$ inspect -f '{{range .IPAM.Config}}{{.Nope}}{{end}}' net1
\
! template parsing error: template: :1:24: executing "" at <.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{$x := 3}}{{define "x"}}{{$x}}{{end}}' net1
! template parsing error: template: :1: undefined variable "$x"
? 64
$ inspect -f '{{range $i, $_ := .Labels}}{{$i}}{{end}}' net1
ab.ce日本
$ inspect -f '{{range .Labels}}{{end}}{{.Name}}' net1
net1
$ inspect -f '{{with $a := 1}}{{with $b := 2}}{{$a}}{{$b}}{{end}}{{end}}' net1
12
$ inspect -f '{{with $a := 1}}{{end}}{{$a}}' net1
! template parsing error: template: :1: undefined variable "$a"
? 64
$ inspect -f '{{end}} x' net1
! template parsing error: template: :1: unexpected {{end}}
? 64
$ inspect -f '{{if .Name}}{{else if}}{{end}}' net1
! template parsing error: template: :1: missing value for if
? 64
$ inspect -f '{{else if .Name}}' net1
! template parsing error: template: :1: unexpected {{else}}
? 64
$ inspect -f '{{with .Name}}{{else if .X}}{{end}}' net1
! template parsing error: template: :1: unexpected <if> in input
? 64
$ inspect -f '{{if .Name}}{{else with .X}}{{end}}' net1
! template parsing error: template: :1: unexpected <with> in input
? 64
$ inspect -f '{{range .Labels}}{{else if .X}}{{end}}' net1
! template parsing error: template: :1: unexpected <if> in input
? 64
$ inspect -f '{{range .Labels}}{{else}}{{break}}{{end}}' net1
! template parsing error: template: :1: {{break}} outside {{range}}
? 64
$ inspect -f '{{range .Labels}}{{else}}{{continue}}{{end}}' net1
! template parsing error: template: :1: {{continue}} outside {{range}}
? 64
$ inspect -f '{{range .Labels}}{{define "x"}}{{break}}{{end}}{{end}}' net1
! template parsing error: template: :1: unexpected <define> in command
? 64
$ inspect -f '{{break 1}}' net1
! template parsing error: template: :1: unexpected "1" in {{break}}
? 64
$ inspect -f '{{end 1}}' net1
! template parsing error: template: :1: unexpected "1" in end
? 64
$ inspect -f '{{define}}{{end}}' net1
! template parsing error: template: :1: unexpected "}}" in define clause
? 64
$ inspect -f '{{block}}{{end}}' net1
! template parsing error: template: :1: unexpected "}}" in block clause
? 64
$ inspect -f '{{template}}' net1
! template parsing error: template: :1: unexpected "}}" in template clause
? 64
$ inspect -f '{{range}}{{end}}' net1
! template parsing error: template: :1: missing value for range
? 64
$ inspect -f '{{with}}{{end}}' net1
! template parsing error: template: :1: missing value for with
? 64
$ inspect -f '{{range .Containers}}{{printf "%T" .}}{{end}}' net1
\
$ inspect -f '{{range .Containers}}{{printf "%T %T" .MacAddress .IPv4Address}}{{end}}' net1
\
$ inspect -f '{{range .Containers}}{{len .MacAddress}}{{.IPv4Address.Bits}}{{end}}' net1
\
$ inspect -f '{{range .Containers}}{{.Nope}}{{end}}' net1
\
$ inspect -f '{{range .Containers}}{{.MacAddress | upper}}{{end}}' net1
\
$ inspect -f '{{range .Containers}}{{.MacAddress.String | len}} {{end}}' net1
\
$ inspect -f '{{range .Containers}}{{if .MacAddress}}m{{end}}{{end}}' net1
\

== raw-fall-back
$ create --label a=1 --label b.c=x --label '日本=<&>' --label e= -o foo=bar -o com.docker.network.driver.mtu=1400 --subnet 10.66.0.0/24 --ip-range 10.66.0.128/25 --aux-address r1=10.66.0.200 --aux-address b=10.66.0.7 net1
<ID1>
$ inspect -f '{{.Id}} {{.Status}}' net1
<ID1> map[IPAM:map[Subnets:map[10.66.0.0/24:map[DynamicIPsAvailable:125 IPsInUse:5]]]]
$ inspect -f '{{.Id}} {{.EnableIPv4}} {{.Peers}}' net1
\
! template parsing error: template: :1:26: executing "" at <.Peers>: map has no entry for key "Peers"
? 1
$ inspect -f '{{.Id}} {{.Labels.nope}}' net1
\
! template parsing error: template: :1:17: executing "" at <.Labels.nope>: map has no entry for key "nope"
? 1
$ inspect -f '{{.Id}} {{index .Labels "nope"}}' net1
<ID1> <no value>
$ inspect -f '{{.Id}} {{json .}}' net1
<ID1> {"Attachable":false,"ConfigFrom":{"Network":""},"ConfigOnly":false,"Containers":{},"Created":"<TIME>","Driver":"bridge","EnableIPv4":true,"EnableIPv6":false,"IPAM":{"Config":[{"AuxiliaryAddresses":{"b":"10.66.0.7","r1":"10.66.0.200"},"Gateway":"10.66.0.128","IPRange":"10.66.0.128/25","Subnet":"10.66.0.0/24"}],"Driver":"default","Options":{}},"Id":"<ID1>","Ingress":false,"Internal":false,"Labels":{"a":"1","b.c":"x","e":"","日本":"<&>"},"Name":"net1","Options":{"com.docker.network.driver.mtu":"1400","foo":"bar"},"Scope":"local","Status":{"IPAM":{"Subnets":{"10.66.0.0/24":{"DynamicIPsAvailable":125,"IPsInUse":5}}}}}
$ inspect -f '{{.Id}} {{printf "%T %T %T %T" . .Labels .IPAM.Config .EnableIPv4}}' net1
<ID1> map[string]interface {} map[string]interface {} []interface {} bool
$ inspect -f '{{.Id}} {{range $k,$v := .Status.IPAM.Subnets}}{{$k}} {{$v}} {{printf "%T %v %d" $v.IPsInUse $v.IPsInUse $v.IPsInUse}}{{end}}' net1
<ID1> 10.66.0.0/24 map[DynamicIPsAvailable:125 IPsInUse:5] json.Number 5 %!d(json.Number=5)
$ inspect -f '{{.Id}} {{eq .Name "net1"}} {{eq .EnableIPv4 true}}' net1
<ID1> true true
$ inspect -f '{{.Id}} {{upper .Name}} {{slice .Name 1}} {{index .Name 0}}' net1
<ID1> NET1 et1 110
$ inspect -f '{{.Id}} {{join .Labels ","}}' net1
<ID1> ,1,<&>,x
$ inspect -f '{{.Id}} {{join .IPAM.Config ","}}' net1
<ID1> map[AuxiliaryAddresses:map[b:10.66.0.7 r1:10.66.0.200] Gateway:10.66.0.128 IPRange:10.66.0.128/25 Subnet:10.66.0.0/24]
$ inspect -f '{{.Id}} {{split .Name "e"}}' net1
<ID1> [n t1]
$ inspect -f '{{.Id}} {{.ConfigFrom.Network}}|{{.ConfigFrom.Nope}}' net1
\
! template parsing error: template: :1:45: executing "" at <.ConfigFrom.Nope>: map has no entry for key "Nope"
? 1
$ inspect -f '{{.Id}} {{lt .Status.IPAM.x 3}}' net1
\
! template parsing error: template: :1:20: executing "" at <.Status.IPAM.x>: map has no entry for key "x"
? 1
$ inspect -f '{{.Id}} {{call .Name}}' net1
\
! template parsing error: template: :1:10: executing "" at <call .Name>: error calling call: non-function .Name of type string
? 1
$ inspect -f '{{.Id}} {{range .EnableIPv4}}{{end}}' net1
\
! template parsing error: template: :1:16: executing "" at <.EnableIPv4>: range can't iterate over true
? 1
$ inspect -f '{{.Id}} {{.Name.Foo}}' net1
\
! template parsing error: template: :1:15: executing "" at <.Name.Foo>: can't evaluate field Foo in type interface {}
? 1
$ inspect -f '{{.Id}} {{index .IPAM.Config 3}}' net1
\
! template parsing error: template: :1:10: executing "" at <index .IPAM.Config 3>: error calling index: index out of range: 3
? 1
$ inspect -f '{{.Id}} {{index .IPAM.Config 0 "Subnet"}}' net1
<ID1> 10.66.0.0/24
$ inspect -f '{{.Id}} {{printf "%v %+v %#v" .Labels .Labels .Labels}}' net1
<ID1> map[a:1 b.c:x e: 日本:<&>] map[a:1 b.c:x e: 日本:<&>] map[string]interface {}{"a":"1", "b.c":"x", "e":"", "日本":"<&>"}
$ inspect -f '{{.Id}} {{printf "%q %s %x" .IPAM.Config .IPAM.Config .IPAM.Config}}' net1
<ID1> [map["AuxiliaryAddresses":map["b":"10.66.0.7" "r1":"10.66.0.200"] "Gateway":"10.66.0.128" "IPRange":"10.66.0.128/25" "Subnet":"10.66.0.0/24"]] [map[AuxiliaryAddresses:map[b:10.66.0.7 r1:10.66.0.200] Gateway:10.66.0.128 IPRange:10.66.0.128/25 Subnet:10.66.0.0/24]] [map[417578696c69617279416464726573736573:map[62:31302e36362e302e37 7231:31302e36362e302e323030] 47617465776179:31302e36362e302e313238 495052616e6765:31302e36362e302e3132382f3235 <id2>:31302e36362e302e302f3234]]
$ inspect -f '{{.Id}} {{not .Internal}} {{and .Name .Driver}} {{or .Internal .Name}}' net1
<ID1> true bridge net1
$ inspect -f '{{.Id}} {{html .Labels}} {{js .Labels}} {{urlquery .Labels}}' net1
<ID1> map[a:1 b.c:x e: 日本:&lt;&amp;&gt;] map[a:1 b.c:x e: 日本:\u003C\u0026\u003E] map%5Ba%3A1+b.c%3Ax+e%3A+%E6%97%A5%E6%9C%AC%3A%3C%26%3E%5D
$ inspect -f '{{.Id}} {{print .Labels .Name .IPAM}}' net1
<ID1> map[a:1 b.c:x e: 日本:<&>]net1map[Config:[map[AuxiliaryAddresses:map[b:10.66.0.7 r1:10.66.0.200] Gateway:10.66.0.128 IPRange:10.66.0.128/25 Subnet:10.66.0.0/24]] Driver:default Options:map[]]
$ inspect -f '{{.Id}} {{print .IPAM.Options nil}}' net1
<ID1> map[] <nil>
$ inspect -f '{{.Id}} {{len .Name}} {{len .IPAM}} {{len .Status}}' net1
<ID1> 4 3 1
$ inspect -f '{{.Id}} {{eq .Labels.a "1"}} {{ne .Labels.a "1"}} {{lt .Labels.a "2"}}' net1
<ID1> true false true
$ inspect -f '{{.Id}} {{eq .Labels .Labels}}' net1
\
! template parsing error: template: :1:10: executing "" at <eq .Labels .Labels>: error calling eq: non-comparable type map[a:1 b.c:x e: 日本:<&>]: map[string]interface {}
? 1
$ inspect -f '{{.Id}} {{with .Labels}}{{.a}}{{end}}' net1
<ID1> 1
$ inspect -f '{{.Id}} {{truncate .Name 2}} {{pad .Name 1 1}} {{title .Name}}' net1
<ID1> ne  net1  Net1

== keys-that-are-in-no-map
$ create --ipv6 --subnet 10.66.0.0/24 --subnet fd00:66::/64 n1
<ID1>
$ inspect n1 -f '{{index .Containers "x"}}|{{(index .Containers "x").Name}}|'
{    }||
$ inspect n1 -f '{{json (index .Containers "x")}}'
{"Name":"","EndpointID":"","MacAddress":"","IPv4Address":"","IPv6Address":""}
$ inspect n1 -f '{{if index .Containers "x"}}yes{{else}}no{{end}} {{printf "%T" (index .Containers "x")}}'
yes network.EndpointResource
$ inspect n1 -f '{{index .Services "x"}} {{json (index .Services "x")}}'
{ [] 0 []} {"VIP":"","Ports":null,"LocalLBIndex":0,"Tasks":null}
$ inspect n1 -f '{{index (index .IPAM.Config 0).AuxAddress "x"}}|{{index .IPAM.Options "x"}}|{{index .Labels "x"}}|'
|||
$ inspect n1 -f '{{index .Status.IPAM.Subnets (index .IPAM.Config 0).Subnet}} {{index .Status.IPAM.Subnets (index .IPAM.Config 0).IPRange}}'
{3 253} {0 0}
$ inspect n1 -f '{{.Containers.x}}'
<no value>

== complex-numbers
$ create n1
<ID1>
$ inspect n1 -f '{{1i}} {{0i}} {{-2.5i}} {{1+2i}} {{1e3-2e-3i}} {{0x1p4i}} {{0123i}}'
(0+1i) (0+0i) (0-2.5i) (1+2i) (1000-0.002i) (0+16i) (0+123i)
$ inspect n1 -f '{{printf "%v %T %.2f %+v %x %d" 1i 1i 1.5i 1i 1i 1i}}'
(0+1i) complex128 (0.00+1.50i) (0+1i) (0x0p+00+0x1p+00i) %!d(complex128=(0+1i))
$ inspect n1 -f '{{eq 1i 1i}} {{ne 1i 2i}} {{if 0i}}yes{{else}}no{{end}} {{truncate "abc" 2+0i}}'
true true no ab
$ inspect n1 -f '{{lt 1i 2i}}'
\
! template parsing error: template: :1:2: executing "" at <lt 1i 2i>: error calling lt: invalid type for comparison
? 1
$ inspect n1 -f '{{json 1i}}'
\
! template parsing error: template: :1:2: executing "" at <json 1i>: error calling json: json: unsupported type: complex128
? 1
$ inspect n1 -f '{{0b11i}}'
! template parsing error: template: :1: illegal number syntax: "0b11i"
? 64
$ inspect n1 -f '{{1+1e400i}}'
! template parsing error: template: :1: strconv.ParseFloat: parsing "+1e400": value out of range
? 64
$ inspect n1 -f '{{0b1+2i}}'
! template parsing error: template: :1: syntax error scanning complex number
? 64

Variants whose answers were compared with Docker Engine 28.5.2; where Docker 29 differs, its answer stands.

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


Variants whose answers were compared with Docker Engine and CLI 29.7.2.

== natural-sort
$ create net10
<ID1>
$ create net2
<ID2>
$ create net
<ID3>
$ create Net3
<ID4>
$ create net-1
<ID5>
$ create 'net 1'
<ID6>
$ create net01
<ID7>
$ create net1
<ID8>
$ create net1a
<ID9>
$ create _x
<ID10>
$ create é
<ID11>
$ create 10
<ID12>
$ create 9
<ID13>
$ create abc
<ID14>
$ create a.b
<ID15>
$ ls --format '{{.Name}}'
9
10
Net3
_x
a.b
abc
bridge
host
net
net1
net1a
net01
net2
net10
net 1
net-1
none
é

== wide-names
$ create 漢字ネット
<ID1>
$ create 한국어네트워크이름
<ID2>
$ create émile
<ID3>
$ create abcdefgh
<ID4>
$ create 🐳whale
<ID5>
$ create 'a	b'
<ID6>
$ ls
NETWORK ID     NAME                 DRIVER    SCOPE
<id6>   a                    b         bridge    local
<id4>   abcdefgh             bridge    local
<id7>   bridge               bridge    local
<id8>   host                 host      local
<id9>   none                 null      local
<id3>   émile                bridge    local
<id1>   漢字ネット           bridge    local
<id2>   한국어네트워크이름   bridge    local
<id5>   🐳whale              bridge    local
$ ls --format 'table {{.Name}}\t{{.Driver}}'
NAME                 DRIVER
a                    b         bridge
abcdefgh             bridge
bridge               bridge
host                 host
none                 null
émile                bridge
漢字ネット           bridge
한국어네트워크이름   bridge
🐳whale              bridge

== table-forms
$ create --label com.example.tier=web --label b-c_d=1 --internal n1
<ID1>
$ create --ipv6 other
<ID2>
$ ls --format 'table {{.Name}}\t{{.Driver}}\t'
NAME      DRIVER
bridge    bridge
host      host
n1        bridge
none      null
other     bridge
$ ls --format 'table \t{{.Name}}\t{{.Driver}}'
          NAME      DRIVER
          bridge    bridge
          host      host
          n1        bridge
          none      null
          other     bridge
$ ls --format 'table{{.Name}}\t{{.Driver}}'
NAME      DRIVER
bridge    bridge
host      host
n1        bridge
none      null
other     bridge
$ ls --format 'tablefoo {{.Name}}'
foo NAME
foo bridge
foo host
foo n1
foo none
foo other
$ ls --format 'table'
NETWORK ID     NAME      DRIVER    SCOPE
<id3>   bridge    bridge    local
<id4>   host      host      local
<id1>   n1        bridge    local
<id5>   none      null      local
<id2>   other     bridge    local
$ ls --format 'table '
\
\
\
\
\
\
$ ls --format ' table'
table
table
table
table
table
$ ls --format 'TABLE {{.Name}}'
TABLE bridge
TABLE host
TABLE n1
TABLE none
TABLE other
$ ls --format 'table {{.Name}}\n{{.Driver}}\t{{.ID}}' --filter name=n1
NAME
DRIVER    NETWORK ID
n1
bridge    <id1>
$ ls --format 'table {{.Labels}}\t{{.Name}}'
LABELS                         NAME
                               bridge
                               host
b-c_d=1,com.example.tier=web   n1
                               none
                               other
$ ls --format 'table {{.Label "com.example.tier"}}\t{{.Label "b-c_d"}}\t{{.Name}}'
tier      b c d     NAME
                    bridge
                    host
web       1         n1
                    none
                    other
$ ls --format 'table {{.Label "com.example.the-tier"}}\t{{.Label ""}}|{{.Label "x."}}\t{{.Name}}'
the tier   |         NAME
           |         bridge
           |         host
           |         n1
           |         none
           |         other
$ ls --format 'table {{.ID}}\t{{.IPv4}}\t{{.IPv6}}\t{{.Internal}}\t{{.Scope}}' --filter type=custom
NETWORK ID     IPV4      IPV6      INTERNAL   SCOPE
<id1>   true      false     true       local
<id2>   true      true      false      local
$ ls --format 'table {{.CreatedAt}}' --filter name=n1
CREATED AT
<TIME>
$ ls --format 'table {{.Label "none"}}\t\t{{.Name}}'
none                NAME
                    bridge
                    host
                    n1
                    none
                    other
$ ls --format 'table {{.Name}}   {{.Driver}}'
NAME   DRIVER
bridge   bridge
host   host
n1   bridge
none   null
other   bridge
$ ls --format 'table {{upper .Name}}\t{{lower .Driver}}\t{{title .Scope}}\t{{json .Name}}'
NAME      DRIVER    SCOPE     NAME
BRIDGE    bridge    Local     "bridge"
HOST      host      Local     "host"
N1        bridge    Local     "n1"
NONE      null      Local     "none"
OTHER     bridge    Local     "other"
$ ls --format 'table {{pad .Name 2 3}}|{{truncate .Name 2}}|{{join (split .Name "e") "+"}}'
  NAME   |NAME|NAME
  bridge   |br|bridg+
  host   |ho|host
  n1   |n1|n1
  none   |no|non+
  other   |ot|oth+r
$ ls --format 'table {{printf "%.2s" .Name}}|{{slice .Driver 1 3}}|{{len .Name}}'
NA|RI|4
br|ri|6
ho|os|4
n1|ri|2
no|ul|4
ot|ri|5
$ ls --format 'table {{if eq .Name "n1"}}yes{{else}}no{{end}}'
no
no
no
yes
no
no
$ ls --format 'table {{.Name}}\t{{.Nope}}' --filter name=nothing
NAME      <no value>
$ ls --format 'table {{.Name}}\t{{.Nope}}'
! template parsing error: template: :1:12: executing "" at <.Nope>: can't evaluate field Nope in type *network.networkContext
? 1
$ ls --format 'table {{.Name.Foo}}\t{{.Driver}}' --filter name=nothing
\
$ ls --format 'table {{.Name}} {{.Label}}' --filter name=nothing
NAME
$ ls --format 'table {{.Name'
! template parsing error: template: :1: unclosed action
? 1
$ ls --format 'table {{.Name}}\\t{{.Driver}}'
NAME\     DRIVER
bridge\   bridge
host\     host
n1\       bridge
none\     null
other\    bridge
$ ls --format 'table {{"a\tb"}}\t{{.Driver}}'
a         b         DRIVER
a         b         bridge
a         b         host
a         b         bridge
a         b         null
a         b         bridge
$ ls --no-trunc --format 'table {{.ID}}\t{{.Name}}' --filter name=n1
NETWORK ID                                                         NAME
<ID1>   n1
$ ls --format 'table {{range $i, $e := split .Name "e"}}{{$i}}{{$e}}\t{{end}}{{.Driver}}'
\
0bridg    1         bridge
0host     host
0n1       bridge
0non      1         null
0oth      1r        bridge
$ ls -q --format table
<id3>
<id4>
<id1>
<id5>
<id2>
$ ls -q --format 'table {{.Name}}'
NAME
bridge
host
n1
none
other

== json-and-raw
$ create --label 'h=<&>"é' n1
<ID1>
$ ls --format json --filter name=n1
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"h=\u003c\u0026\u003e\"é","Name":"n1","Scope":"local"}
$ ls --format '{{json .}}' --filter name=n1
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"h=\u003c\u0026\u003e\"é","Name":"n1","Scope":"local"}
$ ls -q --format json --filter name=n1
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"h=\u003c\u0026\u003e\"é","Name":"n1","Scope":"local"}
$ ls --no-trunc --format json --filter name=n1
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"h=\u003c\u0026\u003e\"é","Name":"n1","Scope":"local"}
$ ls --format '{{json .Labels}} {{.Labels}} {{json .Internal}}' --filter name=n1
"h=<&>\"é" h=<&>"é "false"
$ ls --format raw
network_id: <id2>
name: bridge
driver: bridge
scope: local
\
network_id: <id3>
name: host
driver: host
scope: local
\
network_id: <id1>
name: n1
driver: bridge
scope: local
\
network_id: <id4>
name: none
driver: null
scope: local
\
$ ls -q --format raw
network_id: <id2>
network_id: <id3>
network_id: <id1>
network_id: <id4>
$ ls --no-trunc -q --format raw
network_id: <ID2>
network_id: <ID3>
network_id: <ID1>
network_id: <ID4>
$ ls --format RAW --filter name=n1
RAW
$ ls --format 'raw ' --filter name=n1
raw
$ ls --format ' json' --filter name=n1
json
$ ls --format 'json ' --filter name=n1
json
$ ls --format pretty --filter name=n1
pretty
$ ls --format '' --filter name=n1
NETWORK ID     NAME      DRIVER    SCOPE
<id1>   n1        bridge    local
$ ls --format ' ' --filter name=n1
\
$ ls --format '{{println .Name}}' --filter name=n1
n1
\
$ ls --format '{{.Name}}\t{{.Driver}}\n--' --filter name=n1
n1	bridge
--
$ ls --format '{{.Name}}\\t{{.Driver}}\\n' --filter name=n1
n1\	bridge\
\
$ ls --format '{{.Name}}\r\x' --filter name=n1
n1\r\x
$ ls --format '  {{.Name}}  ' --filter name=n1
n1
$ ls --format '{{"  "}}{{.Name}}{{"  "}}|' --filter name=n1
  n1  |
$ ls --format '	{{.Name}}	' --filter name=n1
	n1	
$ ls --format '{{with .Label "h"}}{{.}}{{end}}' --filter name=n1
<&>"é
$ ls --format '{{.Label "h" | printf "%s!"}} {{"h" | .Label}}' --filter name=n1
<&>"é! <&>"é
$ ls --format '{{range .Labels}}{{.}}{{end}}' --filter name=n1
! template parsing error: template: :1:8: executing "" at <.Labels>: range can't iterate over h=<&>"é
? 1
$ ls --format '{{.Header}} {{.FullHeader}}' --filter name=n1
<no value> <no value>
$ ls --format '{{eq .Internal "false"}} {{printf "%T" .Internal}} {{printf "%T" .}}' --filter name=n1
true string *network.networkContext
$ ls --format '{{html .Labels}} {{urlquery .Labels}} {{js .Labels}}' --filter name=n1
h=&lt;&amp;&gt;&#34;é h%3D%3C%26%3E%22%C3%A9 h\u003D\u003C\u0026\u003E\"é
$ ls -q --no-trunc --filter name=n1
<ID1>
$ ls -q --format '{{.Name}}' --filter name=n1
n1

== template-errors
$ create n1
<ID1>
$ ls --format '{{.Id}}'
! template parsing error: template: :1:2: executing "" at <.Id>: can't evaluate field Id in type *network.networkContext
? 1
$ ls --format '{{.name}}'
! template parsing error: template: :1:2: executing "" at <.name>: can't evaluate field name in type *network.networkContext
? 1
$ ls --format '{{.Label}}'
! template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0
? 1
$ ls --format '{{.Label "a" "b"}}'
! template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 2
? 1
$ ls --format '{{.Label 1}}'
! template parsing error: template: :1:9: executing "" at <1>: expected string; found 1
? 1
$ ls --format '{{.Label .}}'
! template parsing error: template: :1:9: executing "" at <.>: wrong type for value; expected string; got *network.networkContext
? 1
$ ls --format '{{.Name "x"}}'
! template parsing error: template: :1:2: executing "" at <.Name>: wrong number of args for Name: want 0 got 1
? 1
$ ls --format '{{.Name.Foo}}'
! template parsing error: template: :1:7: executing "" at <.Name.Foo>: can't evaluate field Foo in type string
? 1
$ ls --format '{{.Labels.foo}}'
! template parsing error: template: :1:9: executing "" at <.Labels.foo>: can't evaluate field foo in type string
? 1
$ ls --format '{{}}'
! template parsing error: template: :1: missing value for command
? 1
$ ls --format '{{.Name}'
! template parsing error: template: :1: bad character U+007D '}'
? 1
$ ls --format '{{.Name}}}'
bridge}
host}
n1}
none}
$ ls --format '}}'
}}
}}
}}
}}
$ ls --format '{{'
! template parsing error: template: :1: unclosed action
? 1
$ ls --format '{{.Name | nosuch}}'
! template parsing error: template: :1: function "nosuch" not defined
? 1
$ ls --format '{{"unterminated}}'
! template parsing error: template: :1: unterminated quoted string
? 1
$ ls --format '{{$x}}'
! template parsing error: template: :1: undefined variable "$x"
? 1
$ ls --format '{{end}}'
! template parsing error: template: :1: unexpected {{end}}
? 1
$ ls --format '{{else}}'
! template parsing error: template: :1: unexpected {{else}}
? 1
$ ls --format '{{range .Name}}{{end}}'
! template parsing error: template: :1:8: executing "" at <.Name>: range can't iterate over bridge
? 1
$ ls --format '{{template "x"}}'
! template parsing error: template: :1:11: executing "" at <{{template "x"}}>: template "x" not defined
? 1
$ ls --format '{{index .Name 99}}'
! template parsing error: template: :1:2: executing "" at <index .Name 99>: error calling index: index out of range: 99
? 1
$ ls --format '{{slice .Name 5}}'
! template parsing error: template: :1:2: executing "" at <slice .Name 5>: error calling slice: index out of range: 5
? 1
$ ls --format '{{.Name | len | printf "%d"}}'
6
4
2
4
$ ls --format '{{break}}'
! template parsing error: template: :1: {{break}} outside {{range}}
? 1
$ ls --format '{{if}}x{{end}}'
! template parsing error: template: :1: missing value for if
? 1
$ ls --format '{{join .Name ","}}'
! template parsing error: template: :1:2: executing "" at <join .Name ",">: error calling join: expected slice, got string
? 1
$ ls --format '{{split .Name}}'
! template parsing error: template: :1:2: executing "" at <split>: wrong number of args for split: want 2 got 1
? 1
$ ls --format '{{truncate .Name "x"}}'
! template parsing error: template: :1:17: executing "" at <"x">: expected integer; found "x"
? 1
$ ls --format '{{.Nope}}' --filter name=nothing
$ ls --format '{{.Name' --filter name=nothing
! template parsing error: template: :1: unclosed action
? 1
$ ls --format 'a{{.Nope}}'
! template parsing error: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *network.networkContext
? 1
$ ls --format '{{.Network}}'
! template parsing error: template: :1:2: executing "" at <.Network>: can't evaluate field Network in type *network.networkContext
? 1
$ ls --format '{{.Labels | json | json}}' --filter name=n1
"\"\""
$ ls --format '{{call .Name}}'
! template parsing error: template: :1:2: executing "" at <call .Name>: error calling call: non-function .Name of type string
? 1
$ ls --format '{{nil}}'
! template parsing error: template: :1:2: executing "" at <nil>: nil is not a command
? 1
$ ls --format '{{.Name nil}}'
! template parsing error: template: :1:2: executing "" at <.Name>: wrong number of args for Name: want 0 got 1
? 1
$ ls --format '{{1 2}}'
! template parsing error: template: :1:2: executing "" at <1>: can't give argument to non-function 1
? 1
$ ls --format '{{(.Name).X}}'
! template parsing error: template: :1:3: executing "" at <.Name>: can't evaluate field X in type string
? 1
$ ls --format '{{.Label (print "a")}}|' --filter name=n1
|
$ ls --format '{{printf "%d" .Name}}' --filter name=n1
%!d(string=n1)
$ ls --format '{{eq .Name 1}}' --filter name=n1
! template parsing error: template: :1:2: executing "" at <eq .Name 1>: error calling eq: incompatible types for comparison: string and int
? 1
$ ls --format '{{lt .Name 1}}' --filter name=n1
! template parsing error: template: :1:2: executing "" at <lt .Name 1>: error calling lt: incompatible types for comparison: string and int
? 1
$ ls --format '{{and}}'
! template parsing error: template: :1:2: executing "" at <and>: wrong number of args for and: want at least 1 got 0
? 1
$ ls --format '{{not}}'
! template parsing error: template: :1:2: executing "" at <not>: wrong number of args for not: want 1 got 0
? 1
$ ls --format '{{json}}'
! template parsing error: template: :1:2: executing "" at <json>: wrong number of args for json: want 1 got 0
? 1

== filters-more
$ create --label a --label b=1 --label c= --label x=y=z n1
<ID1>
$ create --label a=2 --internal n2
<ID2>
$ create --scope global scoped
<ID3>
$ create --scope 'odd Scope' odd
<ID4>
$ create --config-only cfg
<ID5>
$ ls --format '{{.Name}}' --filter label=a
n1
n2
$ ls --format '{{.Name}}' --filter label=a=
n1
$ ls --format '{{.Name}}' --filter label=a=2
n2
$ ls --format '{{.Name}}' --filter label=c=
n1
$ ls --format '{{.Name}}' --filter label=c
n1
$ ls --format '{{.Name}}' --filter label=x=y=z
n1
$ ls --format '{{.Name}}' --filter label=x=y
$ ls --format '{{.Name}}' --filter label=
$ ls --format '{{.Name}}' --filter label==
$ ls --format '{{.Name}}' --filter label=A
$ ls --format '{{.Name}}' --filter 'label= a '
n1
n2
$ ls --format '{{.Name}}' --filter label=a --filter label=b
n1
$ ls --format '{{.Name}}' --filter name=
bridge
cfg
host
n1
n2
none
odd
scoped
$ ls --format '{{.Name}}' --filter 'name=^n[12]$'
n1
n2
$ ls --format '{{.Name}}' --filter 'name=['
$ ls --format '{{.Name}}' --filter 'name=n1|cfg'
cfg
n1
$ ls --format '{{.Name}}' --filter 'name=(?i)CFG'
cfg
$ ls --format '{{.Name}}' --filter name=N1
$ ls --format '{{.Name}}' --filter 'name=.'
bridge
cfg
host
n1
n2
none
odd
scoped
$ ls --format '{{.Name}}' --filter 'NAME=n1'
n1
$ ls --format '{{.Name}}' --filter ' Name = n1 '
n1
$ ls --format '{{.Name}}' --filter driver=
$ ls --format '{{.Name}}' --filter driver=Bridge
$ ls --format '{{.Name}}' --filter driver=null
cfg
none
$ ls --format '{{.Name}}' --filter scope=
$ ls --format '{{.Name}}' --filter scope=global
scoped
$ ls --format '{{.Name}}' --filter 'scope=odd Scope'
odd
$ ls --format '{{.Name}}' --filter scope=odd
$ ls --format '{{.Name}} {{.Scope}}' --filter scope=global --filter scope=local
bridge local
cfg local
host local
n1 local
n2 local
none local
scoped global
$ ls --format '{{.Name}}' --filter type=custom
cfg
n1
n2
odd
scoped
$ ls --format '{{.Name}}' --filter type=
! invalid filter: 'type'=''
? 1
$ ls --format '{{.Name}}' --filter type=Custom
! invalid filter: 'type'='Custom'
? 1
$ ls --format '{{.Name}}' --filter type=custom --filter type=weird
! invalid filter: 'type'='weird'
? 1
$ ls --format '{{.Name}}' --filter dangling=0
bridge
host
none
$ ls --format '{{.Name}}' --filter dangling=1
cfg
n1
n2
odd
scoped
$ ls --format '{{.Name}}' --filter dangling=
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format '{{.Name}}' --filter dangling=TRUE
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format '{{.Name}}' --filter dangling=t
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format '{{.Name}}' --filter dangling=true --filter dangling=false
! got more than one value for filter key "dangling"
? 1
$ ls --format '{{.Name}}' --filter dangling=true --filter dangling=true
cfg
n1
n2
odd
scoped
$ ls --format '{{.Name}}' --filter id=
bridge
cfg
host
n1
n2
none
odd
scoped
$ ls --format '{{.Name}}' --filter id=zzz
$ ls --format '{{.Name}}' --filter 'id=^.{64}$' --filter type=builtin
bridge
host
none
$ ls --filter ''
NETWORK ID     NAME      DRIVER    SCOPE
<id6>   bridge    bridge    local
<id5>   cfg       null      local
<id7>   host      host      local
<id1>   n1        bridge    local
<id2>   n2        bridge    local
<id8>   none      null      local
<id4>   odd       bridge    odd Scope
<id3>   scoped    bridge    global
$ ls --format '{{.Name}}' --filter ''
bridge
cfg
host
n1
n2
none
odd
scoped
$ ls --format '{{.Name}}' --filter '=x'
! invalid filter
? 1
$ ls --format '{{.Name}}' --filter '='
! invalid filter
? 1
$ ls --format '{{.Name}}' --filter 'label!=a'
! invalid filter 'label!'
? 1
$ ls --format '{{.Name}}' --filter until=1h
! invalid filter 'until'
? 1
$ ls --format '{{.Name}}' --filter INTERNAL=true
! invalid filter 'internal'
? 1
$ ls --format '{{.Name}}' --filter idOrName=n1
! invalid filter 'idorname'
? 1
$ ls --format '{{.Name}}' --filter foo
! invalid argument "foo" for "-f, --filter" flag: bad format of filter (expected name=value)
! Usage:  netctl network ls [OPTIONS]
! Run 'netctl network ls --help' for more information
? 125
$ ls --format '{{.Name}}' --filter name=n1,label=a
$ ls --format '{{.Name}}' -f name=n1 -f name=n2 -f label=a=2
n2
$ ls --format '{{.Name}}' -fname=n1
n1
$ ls --format '{{.Name}}' -f=name=n1
n1
$ ls --format '{{.Name}}' -qf name=n1
n1


== formats-more
$ create --label a=1 --label b.c=x n1
<ID1>
$ create --ipv6 --internal n10
<ID2>
$ create --label a=2 n2
<ID3>
$ create '日本語ネット'
<ID4>
$ ls --format '{{.Name}}'
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format '{{json .}}'
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<id6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<id7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}
$ ls --format 'json'
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<id6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<id7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}
$ ls --format 'table'
NETWORK ID     NAME           DRIVER    SCOPE
<id5>   bridge         bridge    local
<id6>   host           host      local
<id1>   n1             bridge    local
<id3>   n2             bridge    local
<id2>   n10            bridge    local
<id7>   none           null      local
<id4>   日本語ネット   bridge    local
$ ls --format 'raw'
network_id: <id5>
name: bridge
driver: bridge
scope: local
\
network_id: <id6>
name: host
driver: host
scope: local
\
network_id: <id1>
name: n1
driver: bridge
scope: local
\
network_id: <id3>
name: n2
driver: bridge
scope: local
\
network_id: <id2>
name: n10
driver: bridge
scope: local
\
network_id: <id7>
name: none
driver: null
scope: local
\
network_id: <id4>
name: 日本語ネット
driver: bridge
scope: local
\
$ ls --format ''
NETWORK ID     NAME           DRIVER    SCOPE
<id5>   bridge         bridge    local
<id6>   host           host      local
<id1>   n1             bridge    local
<id3>   n2             bridge    local
<id2>   n10            bridge    local
<id7>   none           null      local
<id4>   日本語ネット   bridge    local
$ ls --format 'table {{.Name}}'
NAME
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format 'table {{.Name}}\t{{.ID}}\t{{.Labels}}\t{{.CreatedAt}}'
NAME           NETWORK ID     LABELS      CREATED AT
bridge         <id5>               <TIME>
host           <id6>               <TIME>
n1             <id1>   a=1,b.c=x   <TIME>
n2             <id3>   a=2         <TIME>
n10            <id2>               <TIME>
none           <id7>               <TIME>
日本語ネット   <id4>               <TIME>
$ ls --format 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}\t{{.IPv4}}\t{{.IPv6}}\t{{.Internal}}'
NETWORK ID     NAME           DRIVER    SCOPE     IPV4      IPV6      INTERNAL
<id5>   bridge         bridge    local     true      false     false
<id6>   host           host      local     true      false     false
<id1>   n1             bridge    local     true      false     false
<id3>   n2             bridge    local     true      false     false
<id2>   n10            bridge    local     true      true      true
<id7>   none           null      local     true      false     false
<id4>   日本語ネット   bridge    local     true      false     false
$ ls --format 'tablefoo {{.Name}}'
foo NAME
foo bridge
foo host
foo n1
foo n2
foo n10
foo none
foo 日本語ネット
$ ls --format 'table{{.Name}}'
NAME
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format 'table	{{.Name}}'
          NAME
          bridge
          host
          n1
          n2
          n10
          none
          日本語ネット
$ ls --format 'TABLE {{.Name}}'
TABLE bridge
TABLE host
TABLE n1
TABLE n2
TABLE n10
TABLE none
TABLE 日本語ネット
$ ls --format ' table {{.Name}} '
table bridge
table host
table n1
table n2
table n10
table none
table 日本語ネット
$ ls --format '  {{.Name}}  '
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format 'table {{.Foo}}'
! template parsing error: template: :1:2: executing "" at <.Foo>: can't evaluate field Foo in type *network.networkContext
? 1
$ ls --format 'table {{.Label "a"}}'
a
\
\
1
2
\
\
\
$ ls --format 'table {{.Label "com.x.my-label_b"}}'
my label b
\
\
\
\
\
\
\
$ ls --format 'table {{.Label}}'
! template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0
? 1
$ ls --format '{{.Label "a"}}'
\
\
1
2
\
\
\
$ ls --format '{{.Label}}'
! template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0
? 1
$ ls --format '{{.Label 1}}'
! template parsing error: template: :1:9: executing "" at <1>: expected string; found 1
? 1
$ ls --format '{{.Label "a" "b"}}'
! template parsing error: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 2
? 1
$ ls --format '{{.Label .Name}}'
\
\
\
\
\
\
\
$ ls --format '{{.Foo}}'
! template parsing error: template: :1:2: executing "" at <.Foo>: can't evaluate field Foo in type *network.networkContext
? 1
$ ls --format '{{.Id}}'
! template parsing error: template: :1:2: executing "" at <.Id>: can't evaluate field Id in type *network.networkContext
? 1
$ ls --format '{{.Header}}'
<no value>
<no value>
<no value>
<no value>
<no value>
<no value>
<no value>
$ ls --format '{{.FullHeader}}'
<no value>
<no value>
<no value>
<no value>
<no value>
<no value>
<no value>
$ ls --format '{{.Attachable}}'
! template parsing error: template: :1:2: executing "" at <.Attachable>: can't evaluate field Attachable in type *network.networkContext
? 1
$ ls --format '{{.Name.Foo}}'
! template parsing error: template: :1:7: executing "" at <.Name.Foo>: can't evaluate field Foo in type string
? 1
$ ls --format '{{.ID}} {{.Labels | upper}}'
<id5>
<id6>
<id1> A=1,B.C=X
<id3> A=2
<id2>
<id7>
<id4>
$ ls --format 'table {{.Name | upper}}\t{{upper .Driver}}'
NAME           DRIVER
BRIDGE         BRIDGE
HOST           HOST
N1             BRIDGE
N2             BRIDGE
N10            BRIDGE
NONE           NULL
日本語ネット   BRIDGE
$ ls --format 'table {{.Name | json}}\t{{json .Driver}}'
NAME             DRIVER
"bridge"         "bridge"
"host"           "host"
"n1"             "bridge"
"n2"             "bridge"
"n10"            "bridge"
"none"           "null"
"日本語ネット"   "bridge"
$ ls --format 'table {{truncate .Name 3}}\t{{pad .Driver 2 2}}|'
NAME        DRIVER  |
bri         bridge  |
hos         host  |
n1          bridge  |
n2          bridge  |
n10         bridge  |
non         null  |
日          bridge  |
$ ls --format 'table {{split .Name "n"}}'
NAME
[bridge]
[host]
[ 1]
[ 2]
[ 10]
[ o e]
[日本語ネット]
$ ls --format 'table {{join (split .Name "n") "-"}}'
NAME
bridge
host
-1
-2
-10
-o-e
日本語ネット
$ ls --format 'table {{title .Name}} {{lower .Scope}}'
NAME SCOPE
Bridge local
Host local
N1 local
N2 local
N10 local
None local
日本語ネット local
$ ls --format 'table {{if eq .Driver "bridge"}}B{{else}}O{{end}}\t{{.Name}}'
O         NAME
B         bridge
O         host
B         n1
B         n2
B         n10
O         none
B         日本語ネット
$ ls --format 'table {{len .Name}}'
4
6
4
2
2
3
4
18
$ ls --format 'table {{index .Name 0}}'
78
98
104
110
110
110
110
230
$ ls --format 'table {{range .Labels}}x{{end}}'
! template parsing error: template: :1:8: executing "" at <.Labels>: range can't iterate over
? 1
$ ls --format 'table {{.Name}}\n{{.ID}}'
NAME
NETWORK ID
bridge
<id5>
host
<id6>
n1
<id1>
n2
<id3>
n10
<id2>
none
<id7>
日本語ネット
<id4>
$ ls --format '{{.Name}}\n\t{{.Driver}}'
bridge
	bridge
host
	host
n1
	bridge
n2
	bridge
n10
	bridge
none
	null
日本語ネット
	bridge
$ ls --format '{{.Name}}\\t{{.Driver}}'
bridge\	bridge
host\	host
n1\	bridge
n2\	bridge
n10\	bridge
none\	null
日本語ネット\	bridge
$ ls --format '{{println .Name}}'
bridge
\
host
\
n1
\
n2
\
n10
\
none
\
日本語ネット
\
$ ls --format '\t{{.Name}}\t'
	bridge	
	host	
	n1	
	n2	
	n10	
	none	
	日本語ネット	
$ ls --format '{{"\t"}}{{.Name}}'
	bridge
	host
	n1
	n2
	n10
	none
	日本語ネット
$ ls --format '{{`\t`}}{{.Name}}'
	bridge
	host
	n1
	n2
	n10
	none
	日本語ネット
$ ls --format '{{printf "%s\t%s" .Name .ID}}'
bridge	<id5>
host	<id6>
n1	<id1>
n2	<id3>
n10	<id2>
none	<id7>
日本語ネット	<id4>
$ ls --format 'table {{printf "%s\t%s" .Name .ID}}'
NAME           NETWORK ID
bridge         <id5>
host           <id6>
n1             <id1>
n2             <id3>
n10            <id2>
none           <id7>
日本語ネット   <id4>
$ ls --format '{{foo}}'
! template parsing error: template: :1: function "foo" not defined
? 1
$ ls --format '{{.Name'
! template parsing error: template: :1: unclosed action
? 1
$ ls --format '{{.Name}}}'
bridge}
host}
n1}
n2}
n10}
none}
日本語ネット}
$ ls --format '{{nil}}'
! template parsing error: template: :1:2: executing "" at <nil>: nil is not a command
? 1
$ ls --format '{{InvalidFunction}}'
! template parsing error: template: :1: function "InvalidFunction" not defined
? 1
$ ls --format '{{printf "%T" .}}'
*network.networkContext
*network.networkContext
*network.networkContext
*network.networkContext
*network.networkContext
*network.networkContext
*network.networkContext
$ ls --format '{{printf "%T" .Name}}'
string
string
string
string
string
string
string
$ ls --format '{{printf "%T" .IPv4}}'
string
string
string
string
string
string
string
$ ls --format '{{if .IPv6}}yes{{else}}no{{end}}'
yes
yes
yes
yes
yes
yes
yes
$ ls --format '{{if eq .IPv6 "true"}}yes{{else}}no{{end}}'
no
no
no
no
yes
no
no
$ ls --format '{{eq .IPv6 true}}'
! template parsing error: template: :1:2: executing "" at <eq .IPv6 true>: error calling eq: incompatible types for comparison: string and bool
? 1
$ ls --format '{{range $i, $c := split .Labels ","}}{{$i}}{{$c}}{{end}}'
0
0
0a=11b.c=x
0a=2
0
0
0
$ ls --format '{{with .Labels}}[{{.}}]{{end}}'
\
\
[a=1,b.c=x]
[a=2]
\
\
\
$ ls --format '{{define "x"}}<{{.Name}}>{{end}}{{template "x" .}}'
<bridge>
<host>
<n1>
<n2>
<n10>
<none>
<日本語ネット>
$ ls --format 'table {{define "x"}}<{{.Name}}>{{end}}{{template "x" .}}'
<NAME>
<bridge>
<host>
<n1>
<n2>
<n10>
<none>
<日本語ネット>
$ ls --format 'pretty'
pretty
pretty
pretty
pretty
pretty
pretty
pretty
$ ls --format 'Json'
Json
Json
Json
Json
Json
Json
Json
$ ls --format 'RAW'
RAW
RAW
RAW
RAW
RAW
RAW
RAW
$ ls --format 'json '
json
json
json
json
json
json
json
$ ls --format ' json'
json
json
json
json
json
json
json
$ ls --format 'raw '
raw
raw
raw
raw
raw
raw
raw
$ ls --format ' raw'
raw
raw
raw
raw
raw
raw
raw
$ ls --format 'table '
\
\
\
\
\
\
\
\
$ ls --format ' table'
table
table
table
table
table
table
table
$ ls --format 'x'
x
x
x
x
x
x
x
$ ls --format 'x\ty'
x	y
x	y
x	y
x	y
x	y
x	y
x	y
$ ls --format 'table x'
x
x
x
x
x
x
x
x
$ ls --format 'table x\ty\tz'
x         y         z
x         y         z
x         y         z
x         y         z
x         y         z
x         y         z
x         y         z
x         y         z
$ ls --format 'table {{.Name}}\t\t{{.ID}}'
NAME                     NETWORK ID
bridge                   <id5>
host                     <id6>
n1                       <id1>
n2                       <id3>
n10                      <id2>
none                     <id7>
日本語ネット             <id4>
$ ls --format 'table \t{{.Name}}'
          NAME
          bridge
          host
          n1
          n2
          n10
          none
          日本語ネット
$ ls --format 'table {{.Name}}\t'
NAME
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format 'table {{.Name}}  {{.ID}}'
NAME  NETWORK ID
bridge  <id5>
host  <id6>
n1  <id1>
n2  <id3>
n10  <id2>
none  <id7>
日本語ネット  <id4>
$ ls --format '{{.CreatedAt}}'
<TIME>
<TIME>
<TIME>
<TIME>
<TIME>
<TIME>
<TIME>
$ ls --format 'table {{json .}}'
\
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<id6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<id7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}
$ ls --format '{{html .Labels}}'
\
\
a=1,b.c=x
a=2
\
\
\
$ ls --format '{{js .Labels}}'
\
\
a\u003D1,b.c\u003Dx
a\u003D2
\
\
\
$ ls --format '{{urlquery .Labels}}'
\
\
a%3D1%2Cb.c%3Dx
a%3D2
\
\
\
$ ls --format '{{break}}'
! template parsing error: template: :1: {{break}} outside {{range}}
? 1
$ ls --format '{{end}}'
! template parsing error: template: :1: unexpected {{end}}
? 1
$ ls --format '{{len .}}'
! template parsing error: template: :1:2: executing "" at <len .>: error calling len: len of type network.networkContext
? 1
$ ls --format '{{index . "Name"}}'
! template parsing error: template: :1:2: executing "" at <index . "Name">: error calling index: can't index item of type network.networkContext
? 1
$ ls --format '{{call .Name}}'
! template parsing error: template: :1:2: executing "" at <call .Name>: error calling call: non-function .Name of type string
? 1
$ ls --format '{{call .Label "a"}}'
! template parsing error: template: :1:7: executing "" at <.Label>: wrong number of args for Label: want 1 got 0
? 1
$ ls --format '{{lt .Name "net2"}}'
true
true
true
true
true
false
false
$ ls --format '{{.Name | .Label}}'
\
\
\
\
\
\
\
$ ls --format '{{"a" | .Label}}'
\
\
1
2
\
\
\
$ ls --format '{{and .Name .Foo}}'
! template parsing error: template: :1:12: executing "" at <.Foo>: can't evaluate field Foo in type *network.networkContext
? 1
$ ls --format '{{.Label nil}}'
! template parsing error: template: :1:9: executing "" at <nil>: cannot assign nil to string
? 1
$ ls --format '{{not .Name}}'
false
false
false
false
false
false
false
$ ls --format '{{eq . .}}'
true
true
true
true
true
true
true
$ ls --format '{{eq . nil}}'
false
false
false
false
false
false
false
$ ls --format '{{/* x */}}'
\
\
\
\
\
\
\
$ ls --format 'table {{/* x */}}'
\
\
\
\
\
\
\
\
$ ls --format '{{- .Name -}}'
bridge
host
n1
n2
n10
none
日本語ネット
$ ls --format 'table {{- .Name -}} x'
NAMEx
bridgex
hostx
n1x
n2x
n10x
nonex
日本語ネットx
$ ls -q
<id5>
<id6>
<id1>
<id3>
<id2>
<id7>
<id4>
$ ls -q --no-trunc
<ID5>
<ID6>
<ID1>
<ID3>
<ID2>
<ID7>
<ID4>
$ ls --no-trunc
NETWORK ID                                                         NAME           DRIVER    SCOPE
<ID5>   bridge         bridge    local
<ID6>   host           host      local
<ID1>   n1             bridge    local
<ID3>   n2             bridge    local
<ID2>   n10            bridge    local
<ID7>   none           null      local
<ID4>   日本語ネット   bridge    local
$ ls -q --format raw
network_id: <id5>
network_id: <id6>
network_id: <id1>
network_id: <id3>
network_id: <id2>
network_id: <id7>
network_id: <id4>
$ ls -q --format json
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<id6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<id7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}
$ ls -q --format table
<id5>
<id6>
<id1>
<id3>
<id2>
<id7>
<id4>
$ ls -q --format '{{.Name}}'
bridge
host
n1
n2
n10
none
日本語ネット
$ ls -q --format 'table {{.Name}}'
NAME
bridge
host
n1
n2
n10
none
日本語ネット
$ ls -q --format ''
<id5>
<id6>
<id1>
<id3>
<id2>
<id7>
<id4>
$ ls --no-trunc --format raw
network_id: <ID5>
name: bridge
driver: bridge
scope: local
\
network_id: <ID6>
name: host
driver: host
scope: local
\
network_id: <ID1>
name: n1
driver: bridge
scope: local
\
network_id: <ID3>
name: n2
driver: bridge
scope: local
\
network_id: <ID2>
name: n10
driver: bridge
scope: local
\
network_id: <ID7>
name: none
driver: null
scope: local
\
network_id: <ID4>
name: 日本語ネット
driver: bridge
scope: local
\
$ ls --no-trunc --format json
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<ID6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<ID7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<ID4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}
$ ls --no-trunc --format 'table {{.ID}}\t{{.Name}}'
NETWORK ID                                                         NAME
<ID5>   bridge
<ID6>   host
<ID1>   n1
<ID3>   n2
<ID2>   n10
<ID7>   none
<ID4>   日本語ネット
$ ls --quiet=true --format=table
<id5>
<id6>
<id1>
<id3>
<id2>
<id7>
<id4>
$ ls --quiet=F
NETWORK ID     NAME           DRIVER    SCOPE
<id5>   bridge         bridge    local
<id6>   host           host      local
<id1>   n1             bridge    local
<id3>   n2             bridge    local
<id2>   n10            bridge    local
<id7>   none           null      local
<id4>   日本語ネット   bridge    local
$ ls --format table --format json
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id5>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"bridge","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"host","ID":"<id6>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"host","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id1>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=1,b.c=x","Name":"n1","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id3>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"a=2","Name":"n2","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id2>","IPv4":"true","IPv6":"true","Internal":"true","Labels":"","Name":"n10","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"null","ID":"<id7>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"none","Scope":"local"}
{"CreatedAt":"<TIME>","Driver":"bridge","ID":"<id4>","IPv4":"true","IPv6":"false","Internal":"false","Labels":"","Name":"日本語ネット","Scope":"local"}

== filters-again
$ create --label a=1 --label b n1
<ID1>
$ create --label a=2 n2
<ID2>
$ create --label com.x=y n10
<ID3>
$ create --internal net_x
<ID4>
$ create --scope weird sc
<ID5>
$ create --config-only cfg
<ID6>
$ ls --format {{.Name}} --filter name=n
n1
n2
n10
net_x
none
$ ls --format {{.Name}} --filter name=^n
n1
n2
n10
net_x
none
$ ls --format {{.Name}} --filter name=^n1$
n1
$ ls --format {{.Name}} --filter name=n[12]$
n1
n2
$ ls --format {{.Name}} --filter name=(
$ ls --format {{.Name}} --filter name=*
$ ls --format {{.Name}} --filter name=N
$ ls --format {{.Name}} --filter name=(?i)N1
n1
n10
$ ls --format {{.Name}} --filter name=
bridge
cfg
host
n1
n2
n10
net_x
none
sc
$ ls --format {{.Name}} --filter name=n1 --filter name=n2
n1
n2
n10
$ ls --format {{.Name}} --filter "name= n1 "
n1
n10
$ ls --format {{.Name}} --filter NAME=n1
n1
n10
$ ls --format {{.Name}} --filter name=n1 --filter label=a=2
$ ls --format {{.Name}} --filter label=a
n1
n2
$ ls --format {{.Name}} --filter label=a=1
n1
$ ls --format {{.Name}} --filter label=a=
$ ls --format {{.Name}} --filter label=b=
n1
$ ls --format {{.Name}} --filter label=b
n1
$ ls --format {{.Name}} --filter label=
$ ls --format {{.Name}} --filter label=a --filter label=b
n1
$ ls --format {{.Name}} --filter label=a=1 --filter label=a=2
$ ls --format {{.Name}} --filter label=A
$ ls --format {{.Name}} --filter label!=a
! invalid filter 'label!'
? 1
$ ls --format {{.Name}} --filter driver=bridge
bridge
n1
n2
n10
net_x
sc
$ ls --format {{.Name}} --filter driver=Bridge
$ ls --format {{.Name}} --filter driver=null
cfg
none
$ ls --format {{.Name}} --filter driver=
$ ls --format {{.Name}} --filter driver=host --filter driver=null
cfg
host
none
$ ls --format {{.Name}} --filter driver=brid
$ ls --format {{.Name}} --filter scope=local --filter name=sc
$ ls --format {{.Name}} --filter scope=weird
sc
$ ls --format {{.Name}} --filter scope=
$ ls --format {{.Name}} --filter scope=swarm
$ ls --format {{.Name}} --filter scope=Local
$ ls --format {{.Name}} --filter type=custom
cfg
n1
n2
n10
net_x
sc
$ ls --format {{.Name}} --filter type=builtin
bridge
host
none
$ ls --format {{.Name}} --filter type=foo
! invalid filter: 'type'='foo'
? 1
$ ls --format {{.Name}} --filter type=
! invalid filter: 'type'=''
? 1
$ ls --format {{.Name}} --filter type=CUSTOM
! invalid filter: 'type'='CUSTOM'
? 1
$ ls --format {{.Name}} --filter dangling=true
cfg
n1
n2
n10
net_x
sc
$ ls --format {{.Name}} --filter dangling=1
cfg
n1
n2
n10
net_x
sc
$ ls --format {{.Name}} --filter dangling=false
bridge
host
none
$ ls --format {{.Name}} --filter dangling=0
bridge
host
none
$ ls --format {{.Name}} --filter dangling=t
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format {{.Name}} --filter dangling=
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format {{.Name}} --filter dangling=true --filter dangling=false
! got more than one value for filter key "dangling"
? 1
$ ls --format {{.Name}} --filter dangling=true --filter dangling=true
cfg
n1
n2
n10
net_x
sc
$ ls --format {{.Name}} --filter dangling=true --filter dangling=1
! got more than one value for filter key "dangling"
? 1
$ ls --format {{.Name}} --filter nosuch=1
! invalid filter 'nosuch'
? 1
$ ls --format {{.Name}} --filter NoSuch=1
! invalid filter 'nosuch'
? 1
$ ls --format {{.Name}} --filter =x
! invalid filter
? 1
$ ls --format {{.Name}} --filter =
! invalid filter
? 1
$ ls --format {{.Name}} --filter ""
bridge
cfg
host
n1
n2
n10
net_x
none
sc
$ ls --format {{.Name}} --filter "" --filter name=n1
n1
n10
$ ls --format {{.Name}} --filter until=1h
! invalid filter 'until'
? 1
$ ls --format {{.Name}} --filter idOrName=n1
! invalid filter 'idorname'
? 1
$ ls --format {{.Name}} --filter id=zz
$ ls --format {{.Name}} --filter id=
bridge
cfg
host
n1
n2
n10
net_x
none
sc
$ ls --format {{.Name}} --filter nosuch=1 --filter type=foo
! invalid filter 'nosuch'
? 1
$ ls --format {{.Name}} --filter type=foo --filter dangling=x
! invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")
? 1
$ ls --format {{.Name}} --filter dangling=x --filter nosuch=1
! invalid filter 'nosuch'
? 1
$ ls --format {{.Name}} --filter name=n --filter dangling=true --filter type=custom
n1
n2
n10
net_x
$ ls --format {{.Name}} --filter driver=bridge --filter type=builtin
bridge
$ ls --filter name=zzz
NETWORK ID   NAME      DRIVER    SCOPE
$ ls --filter name=zzz --format json
$ ls -q --filter name=zzz
$ ls --filter name=zzz --format "table {{.Foo}}\t{{.Name}}"
<no value>   NAME
$ ls --filter name=zzz --format {{.Foo}}

The trace of netlink messages is netctl's own.

== trace-of-messages
containers: c1
@host netctl -D network create --subnet 10.1.0.0/24 -o com.docker.network.bridge.name=br0 n1 2>/dev/null | wc -c
65
@host netctl --debug network connect n1 c1 2>/run/netctl/trace; cd /run/netctl; grep -vc '^[<>] ' trace; grep -o '^> RTM_NEWLINK.*kind "veth"' trace | sed 's/.*info/info/'; grep -o 'local 10.1.0.2, .*broadcast [0-9.]*' trace | head -1; rm trace
0
info {kind "veth"
local 10.1.0.2, address 10.1.0.2, broadcast 10.1.0.255
@host netctl -D network rm nosuch 2>&1
Error: network nosuch not found
exit status 1
? 1
@host netctl network -D ls 2>&1 | head -1
unknown shorthand flag: 'D' in -D
@host netctl -D network disconnect n1 c1 2>&1 | grep -c 'RTM_DELLINK.*request'
1

Identities are random, so a shell looks for those that fit. The same commands gave the same answers
on Docker Engine 28.5.2; the configuration file is read as Docker 29 reads it.

== beginning-of-an-identity
$ create a
<ID1>
@host id=$(netctl network ls -q --no-trunc -f name=a); for n in 64 63 20 12 6; do netctl network inspect -f '{{.Name}}' $(echo $id | cut -c1-$n); done
a
a
a
a
a
@host id=$(netctl network ls -q --no-trunc -f name=a); netctl network inspect $(echo $id | cut -c2-20) 2>/dev/null; netctl network inspect ${id}0 2>/dev/null
[]
[]
? 1
@host id=$(netctl network ls -q --no-trunc -f name=a | cut -c1-20); netctl network inspect "X$(echo $id | tr a-f A-F | cut -c2-)" 2>/dev/null
[]
? 1
@host id=$(netctl network ls -q --no-trunc -f name=a | cut -c1-20); netctl network rm $id | sed "s/$id/as typed/"
as typed

== names-like-identities
$ create a
<ID1>
@host id=$(netctl network ls -q -f name=a); netctl network create $id >/dev/null; netctl network inspect -f '{{eq .Name "a"}}' $id
false
@host id=$(netctl network ls -q --no-trunc -f name=^a$); netctl network create $id >/dev/null; netctl network inspect -f '{{.Name}}' $id
a
@host id=$(netctl network ls -q --no-trunc -f name=^a$); netctl network inspect -f '{{.Name}}' $(echo $id | cut -c1-13)
a
@host id=$(netctl network ls -q --no-trunc -f name=^a$); netctl network rm $(echo $id | cut -c1-12) >/dev/null; netctl network inspect -f '{{.Name}}' $(echo $id | cut -c1-12)
a
@host id=$(netctl network ls -q --no-trunc -f name=^a$); netctl network rm $id >/dev/null; netctl network inspect $id | grep -c '"Name"'
1

== ambiguous-beginnings
containers: c1
@host for i in $(seq 17); do netctl network create n$i >/dev/null; done; netctl network ls -q --no-trunc | cut -c1 | sort | uniq -d | head -1 > /run/netctl/p; cut -c1 /run/netctl/p | grep -c '[0-9a-f]'
1
@host p=$(cat /run/netctl/p); netctl network inspect $p 2>&1 | sed "s/^Error: [0-9]*/N/; s/network $p/network P/"
[]
N matches found based on ID prefix: network P is ambiguous
@host p=$(cat /run/netctl/p); netctl network inspect -f '{{.Name}}' $p 2>&1 | sed "s/^Error: [0-9]*/N/; s/network $p/network P/"
\
N matches found based on ID prefix: network P is ambiguous
@host p=$(cat /run/netctl/p); for c in rm 'rm -f'; do netctl network $c $p 2>&1 | sed "s/network $p/network P/; s/([0-9]*/(N/"; done
Error: network P is ambiguous (N matches found based on ID prefix)
exit status 1
Error: network P is ambiguous (N matches found based on ID prefix)
exit status 1
@host p=$(cat /run/netctl/p); for c in connect disconnect; do netctl network $c $p c1 2>&1 | sed "s/network $p/network P/; s/([0-9]*/(N/"; done
Error: network P is ambiguous (N matches found based on ID prefix)
Error: network P is ambiguous (N matches found based on ID prefix)
@host p=$(cat /run/netctl/p); netctl network create --config-from $p x 2>&1 | sed "s/\"$p\"/P/"
Error: configuration network P does not exist

== configuration-is-found-by-name
$ create --config-only --subnet 10.1.0.0/24 cfg
<ID1>
@host netctl network create --config-from $(netctl network ls -q -f name=cfg) n 2>&1 | sed 's/"[0-9a-f]*"/ID/'
Error: configuration network ID does not exist

== answers-to-the-prompt
$ create n1
<ID1>
@host sleep 1 | timeout --preserve-status -s INT 0.3 netctl network prune; echo "status $?"
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
status 0
@host sleep 1 | timeout --preserve-status -s TERM 0.3 netctl network prune; echo "status $?"
WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue? [y/N]
status 0
@host netctl network prune </dev/null | tail -1
Are you sure you want to continue? [y/N]
@host printf 'x\ny\n' | netctl network prune | tail -1
Are you sure you want to continue? [y/N]
@host printf y | netctl network prune | tail -3
Are you sure you want to continue? [y/N] Deleted Networks:
n1
\
$ create n1
<ID2>
@host printf '\ty\r\n' | netctl network prune | tail -2
n1
\

== configuration-file
@host mkdir /run/netctl/d; echo '{"networksFormat":"{{.Name}}!"}' > /run/netctl/d/config.json; export DOCKER_CONFIG=/run/netctl/d; netctl network ls; netctl network ls -q | wc -l; netctl network ls --format '{{.Driver}}'; netctl network ls --format '' -f name=host; netctl network ls --format table | head -1
bridge!
host!
none!
3
bridge
host
null
host!
NETWORK ID     NAME      DRIVER    SCOPE
@host echo '{"networksFormat":"table {{.Name}}\\t{{.Driver}}"}' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls
NAME      DRIVER
bridge    bridge
host      host
none      null
@host echo '{"NetworksFormat":"{{.Nope}}"}' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls
! template parsing error: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *network.networkContext
? 1
@host echo '{"networksFormat":5}' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls 2>&1 | head -2
WARNING: Error parsing config file (/run/netctl/d/config.json): networksFormat is not a string
NETWORK ID     NAME      DRIVER    SCOPE
@host echo '{"networksFormat":"{{.Name}}","pruneFilters":"x"}' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls -f name=host 2>&1
WARNING: Error parsing config file (/run/netctl/d/config.json): pruneFilters is not an array of strings
host
@host echo '{' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network prune -f 2>&1
WARNING: Error parsing config file (/run/netctl/d/config.json): it is not JSON at byte 2
@host echo '[]' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network prune -f 2>&1
WARNING: Error parsing config file (/run/netctl/d/config.json): it is not a JSON object
@host : > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls 2>&1 | head -1
NETWORK ID     NAME      DRIVER    SCOPE
@host echo null > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network ls 2>&1 | head -1
NETWORK ID     NAME      DRIVER    SCOPE
@host mkdir -p /run/netctl/e/config.json; DOCKER_CONFIG=/run/netctl/e netctl network ls 2>&1 | head -1
WARNING: Error parsing config file (/run/netctl/e/config.json): Is a directory
@host echo '{"networksFormat":"x"}' > /run/netctl/d/config.json; DOCKER_CONFIG=/nonexistent NETCTL_DOCKER_CONFIG=/run/netctl/d netctl network ls -f name=host
x
$ create --label a=1 n1
<ID1>
$ create --label a=2 n2
<ID2>
$ create n3
<ID3>
@host echo '{"pruneFilters":["label=a","label!=a=2"]}' > /run/netctl/d/config.json; DOCKER_CONFIG=/run/netctl/d netctl network prune -f
Deleted Networks:
n1
\
@host DOCKER_CONFIG=/run/netctl/d netctl network prune -f --filter label=a=2
Deleted Networks:
n2
\

"""What can stop a packet: how to break it, what a trace must find, and whether its remedy heals it."""
import socket


class Fault:
    """`breaks` is a script of the host's shell, with the lab's names, or a function of the lab."""

    def __init__(self, name, breaks, target, place=None, status=2, heals=True, families=(4, 6),
                 container="web", cause=None, nf_call=(False, True), after=""):
        self.name, self.breaks, self.target, self.place = name, breaks, target, place or {}
        self.status, self.heals, self.families, self.container = status, heals, families, container
        self.cause, self.nf_call, self.after = cause, nf_call, after

    def apply(self, lab):
        if callable(self.breaks):
            self.breaks(lab)
        elif self.breaks:
            lab.sh(self.breaks.format(
                lab=lab, ip="ip", ipt=lab.ipt, web=lab.web, db=lab.db, gateway=lab.gateway,
                service=lab.service, router=lab.router, client=lab.client, subnet=lab.subnet,
                uplink=lab.uplink, port=lab.host_end("web"), flag=lab.flag[0],
                net="ipv6" if lab.ipv6 else "ipv4", host="128" if lab.ipv6 else "32"))


def out(lab):
    return [lab.end(lab.service, 443)]


def echo(lab):
    return [lab.service]


def inward(lab):
    return ["--from", lab.client]


OUT = lambda lab: ["web", lab.end(lab.service, 443)]
IN = lambda lab: ["--from", lab.client, "web", "8080"]
HOST = lambda lab: ["--from", "host", "web", lab.end(lab.uplink, 8080)]
DB = lambda lab: ["web", lab.end(lab.db, 5432)]
FAR = lambda lab: ["web", lab.end(lab.far, 80)]
DNS = lambda lab: ["web", lab.end(lab.service, 53) + "/udp"]


def listen_on_loopback(lab):
    lab.servers.listen("web", "::1" if lab.ipv6 else "127.0.0.1", 81)
    lab.netctl("publish", "web", "8181:81")


def hold_port(lab):
    lab.servers.listen(None, lab.any, 8282)


def listen_next_door(lab):
    lab.servers.listen("db", "::1" if lab.ipv6 else "127.0.0.1", 99)


def publish_on_loopback(lab):
    lab.netctl("publish", "web", ("[::1]" if lab.ipv6 else "127.0.0.1") + ":8085:80")


def add_wire(lab):
    """A container on a macvlan network, whose router is outside."""
    lab.sh("ip link add up9 type veth peer name eth9 netns outside; ip link set up9 up; "
           "ip -n outside link set eth9 up; ip netns add mc; ip -n mc link set lo up; "
           "ip -n outside addr add 10.5.0.1/24 dev eth9; ip -n outside addr add fd00:5::1/64 dev eth9 nodad")
    lab.netctl("create", "-d", "macvlan", "-o", "parent=up9", "--subnet", "10.5.0.0/24", "--gateway", "10.5.0.1",
               "--ipv6", "--subnet", "fd00:5::/64", "--gateway", "fd00:5::1", "wire")
    lab.netctl("connect", "wire", "mc")


def on_wire(script):
    """`script`, in a lab with a macvlan network."""
    def apply(lab):
        add_wire(lab)
        lab.sh(script.format(flag=lab.flag[0], wrong="fd00:5::99" if lab.ipv6 else "10.5.0.99"))
    return apply


def nft(family, table, hook, priority, rule, policy="accept", device=""):
    return (f"nft add table {family} {table}; nft 'add chain {family} {table} c {{{{ type filter hook "
            f"{hook}{device} priority {priority}; policy {policy}; }}}}'; "
            + (f"nft 'add rule {family} {table} c {rule}'" if rule else ":"))


def in_container(name, hook, rule, policy="accept"):
    inside = f"ip netns exec {name} "
    return (f"{inside}nft add table inet own; {inside}nft 'add chain inet own c {{{{ type filter hook {hook} "
            f"priority 0; policy {policy}; }}}}'; " + (f"{inside}nft add rule inet own c {rule}" if rule else ":"))


def nat(hook, priority, rule):
    return ("nft add table inet mine; nft 'add chain inet mine c {{ type nat hook " + hook + " priority "
            + str(priority) + "; }}'; nft add rule inet mine c " + rule)


# The family of an address that a rule translates to.
IP = "$(test {net} = ipv6 && echo ip6 || echo ip)"
FORGET = "; ip -n web neigh flush dev eth0; ip -n db neigh flush dev eth0; ip neigh flush dev br-blue"
WIRE = lambda lab: ["mc", lab.end(lab.service, 443)]
INMATE = lambda lab: ["inmate", lab.end(lab.service, 443)]

UFW = """
    {ipt}-nft -P FORWARD DROP; {ipt}-nft -N ufw-before-forward; {ipt}-nft -N ufw-user-forward
    {ipt}-nft -A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    {ipt}-nft -A ufw-before-forward -j ufw-user-forward
    {ipt}-nft -A FORWARD -j ufw-before-forward"""

DOCKER = """
    {ipt}-nft -P FORWARD DROP
    for chain in DOCKER DOCKER-USER DOCKER-FORWARD; do {ipt}-nft -N $chain; done
    {ipt}-nft -A FORWARD -j DOCKER-USER; {ipt}-nft -A FORWARD -j DOCKER-FORWARD"""

FIREWALLD = """
    nft add table inet firewalld
    nft 'add chain inet firewalld filter_FORWARD {{ type filter hook forward priority 10; policy accept; }}'
    nft 'add rule inet firewalld filter_FORWARD ct state established,related accept'
    nft 'add rule inet firewalld filter_FORWARD reject with icmpx type admin-prohibited'"""

FAULTS = [
    # Forwarding
    Fault("forwarding is off", "sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0", OUT,
          {"Kind": "sysctl"}),
    Fault("a bridge's forwarding is off", "sysctl -qw net.ipv4.conf.br-blue.forwarding=0", OUT,
          {"Kind": "sysctl", "Name": "net/ipv4/conf/br-blue/forwarding"}, families=(4,)),
    Fault("forwarding of the uplink is off, inward", "sysctl -qw net.ipv4.conf.up0.forwarding=0", IN,
          {"Kind": "sysctl", "Name": "net/ipv4/conf/up0/forwarding"}, families=(4,)),
    # iptables-nft
    Fault("iptables-nft policy", "{ipt}-nft -P FORWARD DROP", OUT, {"Policy": True, "Chain": "FORWARD"}),
    Fault("iptables-nft policy, inward", "{ipt}-nft -P FORWARD DROP", IN, {"Policy": True}),
    Fault("iptables-nft rule", "{ipt}-nft -A FORWARD -s {subnet} -m comment --comment 'ticket 4711' -j DROP",
          OUT, {"Policy": False, "Chain": "FORWARD", "Comment": "ticket 4711", "Keeper": "administrator"}),
    Fault("iptables-nft reject", "{ipt}-nft -A FORWARD -s {subnet} -j REJECT", OUT, {"Chain": "FORWARD"}),
    Fault("iptables-nft reject by reset", "{ipt}-nft -A FORWARD -p tcp -s {subnet} -j REJECT --reject-with tcp-reset",
          OUT, {"Chain": "FORWARD"}),
    # legacy
    Fault("iptables-legacy policy", "{ipt}-legacy -P FORWARD DROP", OUT, {"Kind": "xtables", "Policy": True}),
    Fault("iptables-legacy policy, inward", "{ipt}-legacy -P FORWARD DROP", IN, {"Kind": "xtables"}),
    Fault("iptables-legacy rule", "{ipt}-legacy -A FORWARD -s {subnet} -j DROP", OUT,
          {"Kind": "xtables", "Policy": False, "Number": 1}),
    Fault("iptables-legacy raw", "{ipt}-legacy -t raw -A PREROUTING -s {subnet} -j DROP", OUT,
          {"Kind": "xtables", "Table": "raw"}),
    # Managers
    Fault("ufw default deny routed", UFW, OUT, {"Keeper": "ufw", "Policy": True}, heals=False),
    Fault("ufw route deny", UFW + "; {ipt}-nft -A ufw-user-forward -i br-blue -j DROP", OUT,
          {"Keeper": "ufw", "Chain": "ufw-user-forward"}, heals=False),
    Fault("Docker's policy", DOCKER, OUT, {"Keeper": "Docker", "Policy": True}),
    Fault("Docker's policy, inward", DOCKER, IN, {"Keeper": "Docker", "Policy": True}),
    Fault("a drop in DOCKER-USER", DOCKER + "; {ipt}-nft -A DOCKER-USER -s {subnet} -j DROP; "
          "{ipt}-nft -P FORWARD ACCEPT", OUT, {"Keeper": "administrator", "Chain": "DOCKER-USER"}),
    Fault("a reject in DOCKER-USER", DOCKER + "; {ipt}-nft -A DOCKER-USER -s {subnet} -j REJECT; "
          "{ipt}-nft -P FORWARD ACCEPT", OUT, {"Keeper": "administrator", "Chain": "DOCKER-USER"}),
    Fault("a drop in DOCKER-FORWARD", DOCKER + "; {ipt}-nft -A DOCKER-FORWARD -i br-blue -j DROP", OUT,
          {"Keeper": "Docker", "Chain": "DOCKER-FORWARD"}),
    Fault("firewalld", FIREWALLD, OUT, {"Keeper": "firewalld", "Table": "firewalld"}, heals=False),
    Fault("a later chain that rejects", FIREWALLD.replace("firewalld", "myfirewall"), OUT,
          {"Keeper": "administrator", "Table": "myfirewall"}),
    Fault("a later chain that rejects, inward", FIREWALLD.replace("firewalld", "myfirewall"), IN,
          {"Keeper": "administrator", "Table": "myfirewall"}),
    # Other hooks and families
    Fault("a drop in table raw", nft("inet", "mine", "prerouting", -300, "iifname br-blue drop"), OUT,
          {"Hook": "prerouting", "Table": "mine"}),
    Fault("a drop after translation", nft("inet", "mine", "postrouting", 150, "oifname up0 drop"), OUT,
          {"Hook": "postrouting", "Table": "mine"}),
    Fault("a policy before translation", nft("inet", "mine", "forward", -10, "", "drop"), OUT,
          {"Hook": "forward", "Policy": True}),
    Fault("a drop of family bridge", nft("bridge", "mine", "prerouting", -200, "iifname {port} drop"), OUT,
          {"Family": "bridge"}),
    Fault("a drop of family bridge between containers", nft("bridge", "mine", "forward", -200, "meta l4proto tcp drop"),
          DB, {"Family": "bridge", "Hook": "forward"}),
    Fault("a drop of family netdev", nft("netdev", "mine", "ingress", 0, "meta l4proto tcp drop", device=" device {port}"), OUT,
          {"Family": "netdev", "Hook": "ingress"}),
    Fault("a drop of family netdev, of the answer",
          nft("netdev", "mine", "ingress", 0, "tcp sport 443 drop", device=" device up0"), OUT,
          {"Family": "netdev", "Hook": "ingress"}),
    Fault("a drop of family netdev, inward",
          nft("netdev", "mine", "ingress", 0, "tcp dport 8080 drop", device=" device up0"), IN,
          {"Family": "netdev", "Hook": "ingress"}),
    Fault("a drop in an egress chain", nft("netdev", "mine", "egress", 0, "tcp dport 443 drop", device=" device up0"), OUT,
          {"Family": "netdev", "Hook": "egress"}),
    Fault("an answer dropped in INPUT", "{ipt}-nft -A INPUT -p tcp --sport 80 -j DROP", HOST,
          {"Chain": "INPUT", "Hook": "input"}),
    Fault("an answer dropped while forwarded", "{ipt}-nft -A FORWARD -i up0 -p tcp --sport 443 -j DROP", OUT,
          {"Chain": "FORWARD"}),
    Fault("the container's own firewall, outward", "ip netns exec web nft add table inet own; ip netns exec web "
          "nft 'add chain inet own c {{ type filter hook output priority 0; policy accept; }}'; "
          "ip netns exec web nft add rule inet own c tcp dport 443 drop", OUT, {"Namespace": "container"}),
    Fault("the container's own firewall, inward", "ip netns exec web nft add table inet own; ip netns exec web "
          "nft 'add chain inet own c {{ type filter hook input priority 0; policy accept; }}'; "
          "ip netns exec web nft add rule inet own c tcp dport 80 drop", IN, {"Namespace": "container"}),
    Fault("the container's own policy, of the answer", "ip netns exec web nft add table inet own; ip netns exec web "
          "nft 'add chain inet own c {{ type filter hook input priority 0; policy drop; }}'; "
          "ip netns exec web nft add rule inet own c icmpv6 type nd-neighbor-advert accept", OUT, {"Namespace": "container"}),
    # netctl
    Fault("a container's own address, inward", None, lambda lab: ["--from", lab.client, "web", lab.end(lab.web, 80)],
          {"Keeper": "netctl"}),
    Fault("another network's container", None, FAR, {"Keeper": "netctl"}),
    Fault("a rule in the admin chain", "nft add rule inet netctl admin iifname br-blue drop", OUT,
          {"Keeper": "administrator", "Table": "netctl", "Chain": "admin"}),
    Fault("an internal network", None, lambda lab: ["inmate", lab.end(lab.service, 443)],
          {"Kind": "route", "Namespace": "container"}),
    Fault("an isolated network", lambda lab: lab.cell(), lambda lab: ["cell", lab.end(lab.service, 443)],
          {"Kind": "route", "Namespace": "container"}),
    Fault("the table is gone", "nft flush ruleset", OUT),
    Fault("the table is gone, inward", "nft flush ruleset", IN),
    Fault("masquerading is gone", "nft flush chain inet netctl postrouting", OUT, {"Kind": "nat"}),
    Fault("containers may not reach each other", lambda lab: lab.isolated(), lambda lab: ["monk", lab.end(lab.hermit, 80)]),
    Fault("a strange rule in netctl's own chain", "nft insert rule inet netctl forward iifname br-blue drop", OUT,
          {"Keeper": "administrator", "Table": "netctl", "Chain": "forward"}),
    Fault("a strange policy of netctl's own chain", "nft 'chain inet netctl forward {{ policy drop; }}'; "
          "nft flush chain inet netctl forward", OUT, {"Keeper": "administrator", "Policy": True}),
    Fault("an internal network with a route by hand", "ip -n inmate {flag} route add default via "
          "$(test {net} = ipv6 && echo fd00:7::1 || echo 10.7.0.1)", INMATE),
    Fault("an internal network, to a container of another",
          "ip -n inmate {flag} route add default via $(test {net} = ipv6 && echo fd00:7::1 || echo 10.7.0.1)",
          lambda lab: ["inmate", lab.end(lab.db, 5432)]),
    # Translation
    Fault("a published port that somebody gives to another container",
          nat("prerouting", -150, "tcp dport 8080 dnat " + IP + " to $(test {net} = ipv6 && echo '[fd00:8::2]' || "
              "echo 10.8.0.2):80"), IN, {"Kind": "nft", "Table": "mine", "Keeper": "administrator"}),
    Fault("a published port that is redirected", nat("prerouting", -150, "tcp dport 8080 redirect to :3128"), IN,
          {"Kind": "nft", "Table": "mine"}),
    Fault("a destination that is translated",
          nat("prerouting", -150, "tcp dport 443 dnat " + IP + " to $(test {net} = ipv6 && echo '[{router}]' || "
              "echo {router}):9"), OUT,
          {"Kind": "nft", "Table": "mine"}),
    Fault("a destination that is redirected", nat("prerouting", -150, "tcp dport 443 redirect to :3128"), OUT,
          {"Kind": "nft", "Table": "mine"}),
    Fault("a source that is not the host's", nat("postrouting", 50, "oifname up0 snat " + IP + " to "
          "$(test {net} = ipv6 && echo 2001:db8:77::1 || echo 203.0.113.77)"), OUT, {"Kind": "nft", "Table": "mine"}),
    Fault("an answer dropped in raw", nft("inet", "mine", "prerouting", -300, "iifname up0 tcp sport 443 drop"), OUT,
          {"Kind": "nft", "Table": "mine"}),
    Fault("an echo's answer dropped in raw",
          nft("inet", "mine", "prerouting", -300, "iifname up0 meta l4proto {{ icmp, icmpv6 }} drop"), lambda lab: ["web", lab.service],
          {"Kind": "nft", "Table": "mine"}),
    Fault("an answer dropped in raw, inward",
          nft("inet", "mine", "prerouting", -300, "iifname br-blue tcp sport 80 drop"), IN, {"Kind": "nft", "Table": "mine"}),
    Fault("not tracked", nft("inet", "mine", "prerouting", -300, "iifname br-blue notrack"), OUT,
          {"Kind": "nft", "Rule": 'iifname "br-blue" notrack'}),
    Fault("an answer that is not tracked", nft("inet", "mine", "prerouting", -300, "iifname up0 notrack"), OUT,
          {"Kind": "nft", "Rule": 'iifname "up0" notrack'}),
    Fault("not tracked, inward", nft("inet", "mine", "prerouting", -300, "tcp dport 8080 notrack"), IN,
          {"Kind": "nft", "Rule": "tcp dport 8080 notrack"}),
    # ARP and neighbour discovery
    Fault("ARP is dropped", nft("arp", "mine", "input", 0, "", "drop") + FORGET, OUT, {"Kind": "nft", "Family": "arp"},
          families=(4,)),
    Fault("ARP is dropped, inward", nft("arp", "mine", "input", 0, "", "drop") + FORGET, IN,
          {"Kind": "nft", "Family": "arp"}, families=(4,)),
    Fault("neighbour discovery is dropped", nft("inet", "mine", "input", 0, "", "drop") + FORGET, OUT,
          {"Kind": "nft", "Table": "mine", "Policy": True}, families=(6,)),
    Fault("a policy of family bridge", nft("bridge", "mine", "forward", -200, "", "drop") + FORGET, DB,
          {"Kind": "nft", "Family": "bridge", "Policy": True}),
    Fault("a policy of family bridge, to the host", nft("bridge", "mine", "input", -200, "", "drop") + FORGET, OUT,
          {"Kind": "nft", "Family": "bridge", "Policy": True}),
    # Other containers
    Fault("a neighbour refuses", None, lambda lab: ["web", lab.end(lab.db, 99)],
          {"Kind": "listener", "Container": "db"}, heals=False),
    Fault("a neighbour listens on loopback only", listen_next_door, lambda lab: ["web", lab.end(lab.db, 99)],
          {"Kind": "listener", "Container": "db"}, heals=False),
    Fault("a neighbour's own firewall", in_container("db", "input", "tcp dport 5432 drop"), DB,
          {"Kind": "nft", "Container": "db"}),
    Fault("a neighbour's own firewall, of the answer", in_container("db", "output", "tcp sport 5432 drop"), DB,
          {"Kind": "nft", "Container": "db"}),
    Fault("a neighbour's legacy firewall", "ip netns exec db {ipt}-legacy -A INPUT -p tcp --dport 5432 -j DROP", DB,
          {"Kind": "xtables", "Container": "db"}),
    Fault("a neighbour's link is down", "ip -n db link set eth0 down", DB, {"Kind": "link", "Container": "db"}),
    Fault("a neighbour has lost its address", "ip -n db addr flush dev eth0", DB, {"Kind": "address", "Container": "db"}),
    Fault("a published port of another network's container refuses", lambda lab: lab.netctl("publish", "far", "8085:85"),
          lambda lab: ["web", lab.end(lab.uplink, 8085)], {"Kind": "listener", "Container": "far"}, heals=False),
    # Inside the container
    Fault("legacy rules of the container", "ip netns exec web {ipt}-legacy -A OUTPUT -p tcp --dport 443 -j DROP", OUT,
          {"Kind": "xtables", "Namespace": "container"}),
    Fault("legacy rules of the container, inward", "ip netns exec web {ipt}-legacy -A INPUT -p tcp --dport 80 -j DROP", IN,
          {"Kind": "xtables", "Namespace": "container"}),
    Fault("a legacy policy of the container", "ip netns exec web {ipt}-legacy -P OUTPUT DROP", OUT,
          {"Kind": "xtables", "Namespace": "container", "Policy": True}),
    Fault("lo is down, to its own address", "ip -n web link set lo down", lambda lab: ["web", lab.end(lab.web, 80)],
          {"Kind": "link", "Interface": "lo"}),
    Fault("a hop limit of one", "ip netns exec web sysctl -qw net.ipv4.ip_default_ttl=1 net.ipv6.conf.eth0.hop_limit=1",
          OUT, {"Kind": "sysctl", "Namespace": "container"}),
    Fault("the container has lost its address", "ip -n web addr flush dev eth0", OUT,
          {"Kind": "address", "Namespace": "container"}),
    Fault("the container has lost its address, inward", "ip -n web addr flush dev eth0", IN,
          {"Kind": "address", "Namespace": "container"}),
    Fault("the bridge has lost its address", "ip addr flush dev br-blue", OUT, {"Kind": "address", "Namespace": "host"}),
    Fault("the bridge has lost its address, inward", "ip addr flush dev br-blue", IN, {"Kind": "address", "Namespace": "host"}),
    Fault("the uplink has lost its address", "ip addr flush dev up0", OUT, heals=False),
    Fault("a prohibiting rule of the container", "ip -n web {flag} rule add pref 1000 to {service} prohibit", OUT,
          {"Kind": "rule", "Namespace": "container", "Priority": 1000}),
    Fault("a wrong hardware address of the gateway",
          "ip -n web neigh replace {gateway} lladdr 02:00:00:00:00:99 nud permanent dev eth0", OUT,
          {"Kind": "neighbor", "Namespace": "container"}),
    Fault("a wrong hardware address of the container",
          "ip neigh replace {web} lladdr 02:00:00:00:00:99 nud permanent dev br-blue", OUT,
          {"Kind": "neighbor", "Namespace": "host"}),
    Fault("a wrong hardware address of the container, inward",
          "ip neigh replace {web} lladdr 02:00:00:00:00:99 nud permanent dev br-blue", IN,
          {"Kind": "neighbor", "Namespace": "host"}),
    Fault("a destination that legacy rules translate",
          "{ipt}-legacy -t nat -A PREROUTING -p tcp --dport 443 -j DNAT --to-destination "
          "$(test {net} = ipv6 && echo '[{router}]' || echo {router}):9", OUT, {"Kind": "xtables", "Table": "nat"},
          heals=False),
    # macvlan
    Fault("a macvlan link is down", on_wire("ip -n mc link set eth0 down"), WIRE,
          {"Kind": "link", "Namespace": "container", "Interface": "eth0"}),
    Fault("the parent of a macvlan link is down", on_wire("ip link set up9 down"), WIRE,
          {"Kind": "link", "Namespace": "host", "Interface": "up9"}),
    Fault("a macvlan container without route", on_wire("ip -n mc {flag} route del default"), WIRE,
          {"Kind": "route", "Namespace": "container"}),
    Fault("a macvlan container without address", on_wire("ip -n mc addr flush dev eth0"), WIRE,
          {"Kind": "address", "Namespace": "container"}),
    Fault("a macvlan container with a wrong gateway", on_wire("ip -n mc {flag} route replace default via {wrong} dev eth0"), WIRE,
          {"Kind": "neighbor", "Namespace": "container"}),
    Fault("a macvlan container from its host", add_wire,
          lambda lab: ["--from", "host", "mc", lab.end("fd00:5::2" if lab.ipv6 else "10.5.0.2", 80)],
          {"Kind": "link", "Namespace": "container"}, heals=False),
    # Routes
    Fault("no route", "{ip} {flag} route del default", OUT, {"Kind": "route", "Namespace": "host"}),
    Fault("a blackhole", "{ip} {flag} route add blackhole {service}/{host}", OUT, {"Kind": "route", "Type": "blackhole"}),
    Fault("an unreachable route", "{ip} {flag} route add unreachable {service}/{host}", OUT, {"Type": "unreachable"}),
    Fault("a prohibited route", "{ip} {flag} route add prohibit {service}/{host}", OUT, {"Type": "prohibit"}),
    Fault("a prohibiting rule", "{ip} {flag} rule add pref 1000 from {subnet} prohibit", OUT, {"Kind": "rule", "Priority": 1000}),
    Fault("a blackholing rule", "{ip} {flag} rule add pref 1000 from {subnet} blackhole", OUT, {"Kind": "rule", "Priority": 1000}),
    Fault("a policy route to a silent VPN", """
        ip netns add vpn; ip link add vpn0 type veth peer name eth0 netns vpn; ip link set vpn0 up
        ip -n vpn link set eth0 up
        ip addr add 192.0.9.2/24 dev vpn0; ip addr add 2001:db8:9::2/64 dev vpn0 nodad
        ip -n vpn addr add 192.0.9.1/24 dev eth0; ip -n vpn addr add 2001:db8:9::1/64 dev eth0 nodad
        ip -n vpn route add blackhole default; ip -n vpn -6 route add blackhole default
        ip {flag} route add default via $(test {net} = ipv6 && echo 2001:db8:9::1 || echo 192.0.9.1) dev vpn0 table 77
        ip {flag} rule add pref 1000 from {subnet} lookup 77""", OUT, {"Kind": "rule", "Priority": 1000}, status=3),
    Fault("strict rp_filter of the container's packets", """
        sysctl -qw net.ipv4.conf.br-blue.rp_filter=1
        ip route add 10.9.0.2/32 via 192.0.2.1 dev up0""", OUT,
          {"Kind": "sysctl", "Name": "net/ipv4/conf/br-blue/rp_filter"}, families=(4,), heals=False),
    Fault("strict rp_filter of the answer", """
        ip link add up1 type veth peer name eth1 netns outside; ip link set up1 up; ip -n outside link set eth1 up
        ip addr add 192.0.3.2/24 dev up1; ip -n outside addr add 192.0.3.1/24 dev eth1
        sysctl -qw net.ipv4.conf.up1.rp_filter=1
        ip -n outside neigh add 192.0.3.2 lladdr $(cat /sys/class/net/up1/address 2>/dev/null || ip -j link show up1 | sed 's/.*"address":"\\([^"]*\\)".*/\\1/') dev eth1
        ip -n outside route add 192.0.2.2/32 via 192.0.3.2 dev eth1""", OUT,
          {"Kind": "sysctl", "Name": "net/ipv4/conf/up1/rp_filter"}, families=(4,)),
    Fault("a wrong gateway", "ip -n web {flag} route replace default via $(test {net} = ipv6 && echo fd00:9::99 || echo 10.9.0.99) dev eth0",
          OUT, {"Kind": "neighbor", "Namespace": "container"}),
    Fault("a gateway that is another container", "ip -n web {flag} route replace default via {db} dev eth0", OUT,
          {"Kind": "neighbor", "Namespace": "container"}),
    Fault("a container without default route", "ip -n web {flag} route del default", OUT,
          {"Kind": "route", "Namespace": "container"}),
    # Links
    Fault("the container's link is down", "ip -n web link set eth0 down", OUT,
          {"Kind": "link", "Namespace": "container", "Interface": "eth0"}),
    Fault("the container's link is down, inward", "ip -n web link set eth0 down", IN,
          {"Kind": "link", "Namespace": "container", "Interface": "eth0"}),
    Fault("lo is down", "ip -n web link set lo down", lambda lab: ["web", lab.end("::1" if lab.ipv6 else "127.0.0.1", 80)],
          {"Kind": "link", "Interface": "lo"}),
    Fault("the host's end is down", "ip link set {port} down", OUT, {"Kind": "link", "Namespace": "host"}),
    Fault("the host's end is down, inward", "ip link set {port} down", IN, {"Kind": "link", "Namespace": "host"}),
    Fault("the bridge is down", "ip link set br-blue down", OUT, {"Kind": "link", "Interface": "br-blue"}),
    Fault("off the bridge", "ip link set {port} nomaster", OUT, {"Kind": "port"}),
    Fault("off the bridge, inward", "ip link set {port} nomaster", IN, {"Kind": "port"}),
    Fault("STP does not forward", "ip link set br-blue type bridge stp_state 1 forward_delay 3000; "
          "ip link set {port} nomaster; ip link set {port} master br-blue", OUT, {"Kind": "port"}),
    Fault("a disabled port", "bridge link set dev {port} state 0", OUT, {"Kind": "port", "State": "disabled"}),
    Fault("a disabled port, inward", "bridge link set dev {port} state 0", IN, {"Kind": "port", "State": "disabled"}),
    Fault("the uplink has no carrier", "ip -n outside link set eth0 down; until ip route show dev up0 | grep -q linkdown; do :; done", OUT, {"Kind": "link", "Interface": "up0"}, heals=False),
    Fault("the uplink is down", "ip link set up0 down", OUT, heals=False),
    Fault("a silent router", "ip -n outside link set eth0 arp off; ip -n outside addr del {router}/24 dev eth0 2>/dev/null || "
          "ip -n outside addr del {router}/64 dev eth0; ip neigh flush dev up0", OUT, {"Kind": "neighbor"}, heals=False),
    # Listeners
    Fault("nothing listens", lambda lab: lab.netctl("publish", "web", "8085:85"), lambda lab: ["--from", lab.client, "web", "8085"], {"Kind": "listener", "Namespace": "container"},
          heals=False),
    Fault("nothing listens, from the host", lambda lab: lab.netctl("publish", "web", "8085:85"),
          lambda lab: ["--from", "host", "web", lab.end(lab.uplink, 8085)], {"Kind": "listener", "Namespace": "container"},
          heals=False),
    Fault("published on loopback only", publish_on_loopback, lambda lab: ["--from", lab.client, "web", "8085"],
          {"Kind": "listener", "Namespace": "host"}),
    Fault("listens on loopback only", listen_on_loopback, lambda lab: ["--from", lab.client, "web", "8181"],
          {"Kind": "listener", "Namespace": "container"}, heals=False),
    Fault("not published", lambda lab: lab.servers.listen("web", lab.any, 8181), lambda lab: ["--from", lab.client, "web", "8181"],
          {"Kind": "listener", "Namespace": "host"}),
    Fault("held by a process of the host", hold_port, lambda lab: ["--from", lab.client, "web", "8282"],
          {"Kind": "listener", "Namespace": "host"}, heals=False),
    # MTU
    Fault("an MTU that is too small", "ip link set up0 mtu 1400", lambda lab: ["--size", "1500", "web", lab.service], {"Kind": "link"}),
    Fault("a container's MTU that is too small", "ip -n web link set eth0 mtu 1300", lambda lab: ["--size", "1500", "web", lab.service],
          {"Kind": "link"}),
    Fault("a host end whose MTU is too small", "ip link set {port} mtu 1300", lambda lab: ["--size", "1500", "web", lab.service],
          {"Kind": "link"}),
    Fault("connection tracking is full", lambda lab: lab.fill_conntrack(), OUT,
          {"Kind": "sysctl", "Name": "net/netfilter/nf_conntrack_max"}, heals=False, families=(4,)),
    # Beyond
    Fault("outside is silent", "ip netns exec outside {ipt}-nft -A INPUT -p tcp --dport 443 -j DROP", OUT, status=3, heals=False),
    Fault("outside refuses", None, lambda lab: ["web", lab.end(lab.service, 444)], status=3, heals=False),
    Fault("a resolver is silent", "ip netns exec outside {ipt}-nft -A INPUT -p udp --dport 53 -j DROP", DNS, status=3, heals=False),
    Fault("a resolver is dropped", "{ipt}-nft -A FORWARD -p udp --dport 53 -j DROP", DNS, {"Chain": "FORWARD"}),
]

# What `--wait` finds of a real client that connects to the published port.
CLIENTS = [
    ("healthy", "", 0, {}),
    ("the container's own firewall", in_container("web", "input", "tcp dport 80 drop"), 2, {"Namespace": "container"}),
    ("the container's own firewall, of the answer", in_container("web", "output", "tcp sport 80 drop"), 2,
     {"Namespace": "container"}),
    ("a drop in table raw", nft("inet", "mine", "prerouting", -300, "tcp dport 8080 drop"), 2, {"Table": "mine"}),
    ("an answer dropped in table raw", nft("inet", "mine", "prerouting", -300, "iifname br-blue tcp sport 80 drop"), 2,
     {"Table": "mine"}),
    ("sent to another container", nat("prerouting", -150, "tcp dport 8080 dnat " + IP + " to "
     "$(test {net} = ipv6 && echo '[fd00:9::3]' || echo 10.9.0.3):5432"), 2, {"Table": "mine"}),
]

HEALTHY = [
    ("to the outside", OUT), ("an echo", lambda lab: ["web", lab.service]), ("a resolver", DNS),
    ("within the network", DB), ("its gateway", lambda lab: ["web", lab.gateway]),
    ("a published port", IN), ("a published port, by interface", lambda lab: ["--from", "up0", "web", lab.end(lab.uplink, 8080)]),
    ("a published port, from the host", HOST),
    ("its own loopback", lambda lab: ["web", lab.end("::1" if lab.ipv6 else "127.0.0.1", 80)]),
    ("a published port, from its own network", lambda lab: ["db", lab.end(lab.uplink, 8080)]),
    ("a large echo", lambda lab: ["--size", "1500", "web", lab.service]),
    ("a dry run", lambda lab: ["--dry-run", "web", lab.end(lab.service, 444)]),
]

"""What must be true while things change: each scene does something to the host between packets."""
import json, socket, time
import packets
from dataclasses import dataclass
from lab import *
from table import PRIVATE, PUBLIC, Probe, Table

FAR = "203.0.113.9"
GUEST = ("10.1.0.50", "fd10:1::50")


@dataclass
class Finding:
    """What was seen of a property, beside what should be."""
    property: str
    what: str
    expected: object
    result: object

    @property
    def holds(self):
        return self.result == self.expected

    def __str__(self):
        return f"{self.what}: expected {self.expected or 'nothing'}, found {self.result or 'nothing'}"


class Flow:
    """A connection or a stream of datagrams that lasts."""

    def __init__(self, wires, kind, sender, to, port):
        self.wires, self.probe = wires, Probe("", kind, sender, to, port, None)
        self.name = f"{sender} -> {kind} [{to}]:{port}"
        wires.start(self.probe)
        self.wait(2)

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.probe.result:
            self.wires.turn(end)
        return self.probe.result

    def exchange(self, patience=2):
        """Sends once more; who answered, having seen which source."""
        self.probe.result, self.probe.token = None, self.wires.token(self.probe.sender)
        try:
            self.probe.sock.send(self.probe.token)
        except OSError:
            pass  # An earlier datagram was refused.
        answer = self.wait(patience)
        return answer or self.wires.arrived.get(self.probe.token)

    def numbers(self):
        """What a TCP connection sends and awaits next."""
        repair, queue, sequence = 19, 20, 21  # linux/tcp.h
        sock, found = self.probe.sock, []
        sock.setsockopt(socket.IPPROTO_TCP, repair, 1)
        for which in 2, 1:
            sock.setsockopt(socket.IPPROTO_TCP, queue, which)
            found.append(sock.getsockopt(socket.IPPROTO_TCP, sequence) & 0xffffffff)
        sock.setsockopt(socket.IPPROTO_TCP, repair, -1)
        return found

    def hush(self):
        """The same where nothing should arrive."""
        return self.exchange(0.1)


class Scenes:
    """All scenes for a lab; those that Docker has no commands for are netctl's only."""

    def __init__(self, wires):
        self.wires, self.lab, self.backend = wires, wires.lab, wires.lab.backend
        self.findings = []
        self.unrelated_changes()
        self.leaving()
        if self.backend.name == "netctl":
            self.siblings()
            self.neighbors()
            self.freedom()
            self.borrowing()
            self.windows()
            self.path_changes()
            self.without_forwarding()
            self.several_networks()
            self.foreign_translation()
            self.unpublishing()
            self.administrator()
            self.opened_transit()

    def find(self, property, what, result, expected):
        self.findings.append(Finding(property, what, expected, result))

    def flows(self):
        wires = self.wires
        return [
            (Flow(wires, kind, sender, to[version], port), f"{server} {source[version]}")
            for version in (0, 1) for kind in ("tcp", "udp")
            for sender, to, port, server, source in (
                ("lan", HOST, 8080, "web", LAN), ("web", LAN, PUBLIC, "lan", HOST),
                ("web", ADDRESS["db"], PRIVATE, "db", ADDRESS["web"]))]

    def unrelated_changes(self):
        flows = self.flows()

        def check(property, change):
            for flow, expected in flows:
                self.find(property, f"{flow.name} after {change}", flow.exchange(), expected)

        name = "Connections go on while other networks and containers come and go"
        host = self.lab.spaces["host"]
        if self.backend.name == "netctl":
            # Whatever the kernel forgets by mistake cannot begin anew.
            host.run("nft", "add rule inet netctl admin drop")
        self.backend.create("--subnet", "10.99.0.0/24", "--ipv6", "--subnet", "fd10:99::/64", "passing")
        self.backend.attach("passing", "passer", [], ["8170:80/udp"])
        check(name, "create and connect")
        self.backend.detach("passing", "passer")
        self.backend.remove("passing")
        check(name, "disconnect and rm")
        if self.backend.name == "netctl":
            name = "After `nft flush ruleset` the next command restores everything, and connections go on"
            host.run("nft", "flush", "ruleset")
            self.backend.create("--subnet", "10.99.0.0/24", "passing")
            check(name, "flush and create")
            self.backend.remove("passing")

    def leaving(self):
        """The next owner of an address gets nothing that was meant for the one before."""
        name = "Datagrams to a container that has left do not reach the next owner of its address"
        lab, wires = self.lab, self.wires
        words = ["--ip", GUEST[0], "--ip6", GUEST[1]]
        lab.spaces["guest"] = self.backend.attach("nat", "guest", words, ["8150:80/udp"])
        wires.serve("guest", PUBLIC)
        flows = [Flow(wires, "udp", "lan", address, 8150) for address in HOST]
        for flow, source in zip(flows, LAN):
            self.find(name, flow.name, flow.exchange(), f"guest {source}")
        self.backend.detach("nat", "guest")
        lab.spaces["heir"] = self.backend.attach("nat", "heir", words, [])
        wires.serve("heir", PUBLIC)
        for flow in flows:
            self.find(name, flow.name + " after its container left", flow.hush(), None)
        self.backend.detach("nat", "heir")

    def borrowing(self):
        """Packets with the addresses and ports of a connection that is somebody else's."""
        name = "The addresses and ports of a connection open no way for others"
        lab, wires = self.lab, self.wires
        gateway_of = lambda container: lab.bridge(KIND[container])[1]

        def check(sender, target, *tuple):
            source, source_port, to, port = tuple
            token = wires.token(sender)
            wires.inject(sender, target, packets.datagram(source, to, port, token, source_port))
            end = time.monotonic() + 0.1
            while time.monotonic() < end and token not in wires.arrived:
                wires.turn(end)
            self.find(name, f"{sender} -> udp [{source}]:{source_port} -> [{to}]:{port}",
                      wires.arrived.get(token), None)

        for version in 0, 1:
            flow = Flow(wires, "udp", "web", LAN[version], PUBLIC)
            port = flow.probe.sock.getsockname()[1]
            for sender in "inner", "cell", "peer", "hermit", "bare":
                check(sender, gateway_of(sender), ADDRESS["web"][version], port, LAN[version], PUBLIC)
            for sender in "inner", "cell", "peer", "hermit", "bare":
                check(sender, gateway_of(sender), LAN[version], PUBLIC, HOST[version], port)
            # What answers a client of a published port.
            flow = Flow(wires, "udp", "lan", HOST[version], 8080)
            port = flow.probe.sock.getsockname()[1]
            for sender in "inner", "cell", "peer", "hermit", "bare":
                check(sender, gateway_of(sender), ADDRESS["web"][version], PUBLIC, LAN[version], port)
            flow = Flow(wires, "udp", "inner", ADDRESS["inmate"][version], PRIVATE)
            port = flow.probe.sock.getsockname()[1]
            for sender, target in (("attacker", lab.hardware_address("host")), ("peer", gateway_of("peer"))):
                check(sender, target, ADDRESS["inner"][version], port, ADDRESS["inmate"][version], PRIVATE)
                check(sender, target, ADDRESS["inmate"][version], PRIVATE, ADDRESS["inner"][version], port)

    def delivered(self, sender, victim, frames):
        """Which of the frames, each made with a token, arrive at the victim's link."""
        wires, seen = self.wires, set()
        sock = wires.tap(victim, seen)
        sent = []
        for what, make in frames:
            token = wires.token(sender)
            target, content, more = make(token)
            wires.inject(sender, target, content, **more)
            sent.append((what, token))
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            wires.turn(end)
        wires.forget(sock)
        return [(what, token in seen) for what, token in sent]

    def siblings(self):
        """Frames from a container straight to its sibling."""
        lab, wires = self.lab, self.wires
        forbidden = "A container sends its siblings no router advertisement, DHCP answer, BPDU, and " \
            "nothing under another's address"
        allowed = "A container may send its siblings everything else"
        for sender, victim in ("web", "db"), ("inner", "inmate"):
            (four, six), (own4, own6) = ADDRESS[victim], ADDRESS[sender]
            gate4, gate6 = gateway(KIND[sender])
            third4, third6 = ADDRESS["db" if sender == "inner" else "inmate"]
            mine, there = wires.hardware_address(sender), wires.hardware_address(victim)
            free4, free6 = own4[:-1] + "77", own6[:-1] + "77"
            arp = dict(kind=packets.ARP)

            def ip(own, to, **more):
                return lambda token: (there, packets.datagram(own, to, PRIVATE, token), more)

            def resolve(address, operation=2, target=there, **more):
                return lambda token: (target, packets.arp(
                    operation, mine, address, there, four, token), arp | more)

            def advertise(address, teller=own6, **more):
                return lambda token: (there, packets.advertisement(
                    teller, six, address, mine, token), more)

            def discover(asking, **more):
                return lambda token: (there, packets.solicitation(asking, six, six, mine, token), more)

            def route(teller="fe80::66", target=there, **more):
                return lambda token: (target, packets.router(teller, "ff02::1", token), more)

            def dhcp(own, to, ports, **more):
                source, target = ports
                return lambda token: (there, packets.datagram(own, to, target, token, source), more)

            def bridge(token):
                content, length = packets.bpdu(token)
                return "01:80:c2:00:00:00", content, dict(kind=length)

            everybody, group = "ff:ff:ff:ff:ff:ff", "33:33:00:00:00:01"
            tagged = [("", ()), (" in a priority tag", (0,)), (" in a VLAN", (7,)),
                      (" in two tags", (0, 0)), (" in three tags", (0, 0, 0))]
            bad = [("BPDU", bridge)]
            for how, tags in tagged:
                bad += [
                    ("gateway's IPv4 source" + how, ip(gate4, four, tags=tags)),
                    ("gateway's IPv6 source" + how, ip(gate6, six, tags=tags)),
                    ("third container's IPv4 source" + how, ip(third4, four, tags=tags)),
                    ("third container's IPv6 source" + how, ip(third6, six, tags=tags)),
                    ("ARP for the gateway" + how, resolve(gate4, tags=tags)),
                    ("ARP request of the gateway" + how, resolve(gate4, 1, everybody, tags=tags)),
                    ("ARP for a third container" + how, resolve(third4, tags=tags)),
                    ("advertisement of the gateway" + how, advertise(gate6, tags=tags)),
                    ("advertisement of a third container" + how, advertise(third6, "fe80::66", tags=tags)),
                    ("advertisement of the sibling" + how, advertise(six, tags=tags)),
                    ("solicitation of the gateway" + how, discover(gate6, tags=tags)),
                    ("router advertisement" + how, route(tags=tags)),
                    ("router advertisement to all" + how, route(target=group, tags=tags)),
                    ("router advertisement of its own" + how, route(own6, tags=tags)),
                    ("DHCP answer" + how, dhcp(own4, four, (67, 1068), tags=tags)),
                    ("DHCP answer to a client" + how, dhcp(own4, four, (1067, 68), tags=tags)),
                    ("DHCPv6 answer" + how, dhcp(own6, six, (547, 1546), tags=tags)),
                    ("DHCPv6 answer to a client" + how, dhcp(own6, six, (1547, 546), tags=tags))]
            for what, arrives in self.delivered(sender, victim, bad):
                self.find(forbidden, f"{sender} -> {victim}: {what}", arrives, False)
            good = [
                ("own IPv4 source", ip(own4, four)), ("own IPv6 source", ip(own6, six)),
                ("IPv4 source in a VLAN", ip(own4, four, tags=(7,))),
                ("address that nobody has", ip(free4, four)), ("IPv6 address that nobody has", ip(free6, six)),
                ("link-local source", ip("fe80::66", six)),
                ("ARP for its own address", resolve(own4)), ("ARP for a free address", resolve(free4)),
                ("ARP probe", lambda token: (everybody, packets.arp(
                    1, mine, "0.0.0.0", "00:00:00:00:00:00", four, token), arp)),
                ("advertisement of itself", advertise(own6)), ("advertisement of a free address", advertise(free6)),
                ("solicitation", discover(own6)), ("DHCP request", dhcp(own4, four, (68, 67))),
                ("DHCPv6 request", dhcp(own6, six, (546, 547))),
                ("frame of a bridge inside", ip(free4, four, source="02:00:00:00:00:99"))]
            for what, arrives in self.delivered(sender, victim, good):
                self.find(allowed, f"{sender} -> {victim}: {what}", arrives, True)

    def neighbors(self):
        """Where the host takes its neighbours to be, whatever a container tells it."""
        name = "A container does not tell the host that it is the neighbour with another's address"
        lab, wires, host = self.lab, self.wires, self.lab.spaces["host"]
        for sender, victim in ("web", "db"), ("inner", "inmate"), ("hermit", "monk"), ("web", "peer"):
            bridge, gate = lab.bridge(KIND[sender])
            mine, there = wires.hardware_address(sender), wires.hardware_address(victim)
            (four, six), (own4, own6) = ADDRESS[victim], ADDRESS[sender]
            gate4, gate6 = gateway(KIND[sender])

            def places():
                found = json.loads(host.run("ip", "-j", "neighbour", "show", "dev", bridge))
                return {entry["dst"]: entry.get("lladdr") for entry in found}

            for source in mine, there, "02:00:00:00:00:99":
                if KIND[sender] == KIND[victim]:
                    for address in four, six:
                        Flow(wires, "icmp", "host", address, 0)
                for operation in 1, 2:
                    wires.inject(sender, gate, packets.arp(operation, mine, four, gate, gate4), source,
                                 kind=packets.ARP)
                for claim in (
                        packets.advertisement(own6, gate6, six, mine),
                        packets.advertisement("fe80::66", gate6, six, mine, b"x"),
                        packets.advertisement("fe80::66", "ff02::1", six, mine),
                        packets.solicitation(six, gate6, gate6, mine)):
                    wires.inject(sender, gate, claim, source)
                Flow(wires, "icmp", "host", own4, 0)
                for address in four, six:
                    self.find(name, f"{sender} with {source}: place of {address}",
                              places().get(address) in (None, there), True)

    def freedom(self):
        """Where a network's option allows it, a container is what it likes."""
        name = "port_security=off lets a container be anybody, strict nobody but itself"
        lab, wires = self.lab, self.wires
        for number, (level, expected) in enumerate((("off", True), ("strict", False)), 91):
            four, six = f"10.{number}.0", f"fd10:{number}:"
            self.backend.create("--subnet", four + ".0/24", "--ipv6", "--subnet", six + ":/64",
                                "-o", f"io.netctl.bridge.port_security={level}", level)
            actor, witness = level + "-actor", level + "-witness"
            for place, container in (2, actor), (3, witness):
                lab.spaces[container] = self.backend.attach(
                    level, container, ["--ip", f"{four}.{place}", "--ip6", f"{six}:{place}"], [])
            mine, there = wires.hardware_address(actor), wires.hardware_address(witness)
            group = "33:33:00:00:00:01"
            frames = [
                ("free address", lambda token: (
                    there, packets.datagram(four + ".77", four + ".3", PRIVATE, token), {})),
                ("free IPv6 address", lambda token: (
                    there, packets.datagram(six + ":77", six + ":3", PRIVATE, token), {})),
                ("hardware address", lambda token: (
                    there, packets.datagram(four + ".2", four + ".3", PRIVATE, token),
                    dict(source="02:00:00:00:00:99"))),
                ("ARP", lambda token: (there, packets.arp(
                    2, mine, four + ".77", there, four + ".3", token), dict(kind=packets.ARP))),
                ("gateway", lambda token: (
                    there, packets.datagram(four + ".1", four + ".3", PRIVATE, token), {})),
                ("router", lambda token: (group, packets.router("fe80::66", "ff02::1", token), {}))]
            for what, arrives in self.delivered(actor, witness, frames):
                self.find(name, f"{level}: {what}", arrives, expected)
            own = [("itself", lambda token: (
                there, packets.datagram(four + ".2", four + ".3", PRIVATE, token), {}))]
            for what, arrives in self.delivered(actor, witness, own):
                self.find(name, f"{level}: {what}", arrives, True)
            wires.serve(actor, PUBLIC)
            for version, address in enumerate((four + ".2", six + ":2")):
                Flow(wires, "icmp", "host", address, 0)
                probe = Probe("", "icmp", actor, LAN[version], 0, f"pong {LAN[version]}")
                wires.run([probe])
                self.find(name, f"{level}: {probe}", probe.result, probe.expected)
            for container in actor, witness:
                self.backend.detach(level, container)
            self.backend.remove(level)

    def windows(self):
        """conntrack calls a segment beyond the window invalid, and the host would answer it itself."""
        name = "A segment beyond the window ends no connection"
        lab, wires = self.lab, self.wires
        wire, bridge = lab.hardware_address("host"), lab.bridge("nat")[1]
        far = lambda number: (number + (1 << 28)) & 0xffffffff
        for version in 0, 1:
            host, lan, web = HOST[version], LAN[version], ADDRESS["web"][version]
            flow = Flow(wires, "tcp", "web", lan, PUBLIC)
            port, (sent, received) = flow.probe.sock.getsockname()[1], flow.numbers()
            wires.inject("lan", wire, packets.segment(
                lan, host, port, b"late", PUBLIC, far(received), sent))
            wires.inject("web", bridge, packets.segment(
                web, lan, PUBLIC, b"late", port, far(sent), received))
            self.find(name, flow.name, flow.exchange(), f"lan {host}")
            flow = Flow(wires, "tcp", "lan", host, 8080)
            port, (sent, received) = flow.probe.sock.getsockname()[1], flow.numbers()
            wires.inject("lan", wire, packets.segment(
                lan, host, 8080, b"late", port, far(sent), received))
            wires.inject("web", bridge, packets.segment(
                web, lan, port, b"late", PUBLIC, far(received), sent))
            self.find(name, flow.name, flow.exchange(), f"web {lan}")

    def without_forwarding(self):
        """A host whose networks are all internal forwards nothing."""
        host, table = self.lab.spaces["host"], Table.__new__(Table)
        table.lab, table.probes, table.circumstances = self.lab, [], ", with forwarding off too"
        table.reflection()
        table.groups()
        switches = "ipv4/ip_forward", "ipv6/conf/all/forwarding"
        for switch in switches:
            host.set(switch, "0")
        self.wires.run(table.probes)
        self.findings += table.probes
        self.path_changes(", with forwarding off too")
        for switch in switches:
            host.set(switch, "1")

    def path_changes(self, circumstances=""):
        lab, wires, host = self.lab, self.wires, self.lab.spaces["host"]

        def route(address):
            return json.loads(host.run("ip", "-j", "route", "get", address))[0]

        def mtu(address):
            found = route(address)
            return next((metric["mtu"] for metric in found.get("metrics", []) if "mtu" in metric), None)

        host.batch(f"route replace {FAR} via {LAN[0]}")
        name = "A container changes no path of the host's but those to itself" + circumstances
        for version in 0, 1:
            for sender in "inner", "web", "peer":
                flow = Flow(wires, "udp", "host", LAN[version], PUBLIC)
                port = flow.probe.sock.getsockname()[1]
                source, own = ADDRESS[sender][version], gateway(KIND[sender])[version]
                target = lab.bridge(KIND[sender])[1]
                for about in (packets.echo_reply(HOST[version], LAN[version]),
                              packets.datagram(HOST[version], LAN[version], PUBLIC, b"", port)):
                    for to in own, HOST[version]:
                        wires.inject(sender, target, packets.too_big(source, to, about, 1300))
                        wires.inject(sender, target, packets.too_big(LAN[version], to, about, 1300))
                flow.exchange()
                self.find(name, f"{sender}: path MTU to {LAN[version]}", mtu(LAN[version]), None)
        for sender in "inner", "web", "peer":
            source, own = ADDRESS[sender][0], gateway(KIND[sender])[0]
            # A hop must be a neighbour, and what tells of it the hop until now.
            Flow(wires, "icmp", "host", ATTACKER[0], 0)
            about = packets.echo_reply(HOST[0], FAR)
            for teller in LAN[0], source:
                wires.inject(sender, lab.bridge(KIND[sender])[1], packets.redirect(
                    teller, own, about, ATTACKER[0]))
            Flow(wires, "icmp", "host", source, 0)
            self.find(name, f"{sender}: hop to {FAR}", route(FAR)["gateway"], LAN[0])
        name = "A container says what fits into the path to itself" + circumstances
        for version in 0, 1:
            web = ADDRESS["web"][version]
            flow = Flow(wires, "udp", "host", web, PRIVATE)
            own, port = flow.probe.sock.getsockname()[:2]
            about = packets.datagram(own, web, PRIVATE, b"", port)
            wires.inject("web", lab.bridge("nat")[1], packets.too_big(web, own, about, 1300))
            flow.exchange()
            self.find(name, f"path MTU to {web}", mtu(web), 1300)

    def several_networks(self):
        """A container answers through the network that has its default route."""
        name = "A container answers from its address on any of its networks"
        lab, wires = self.lab, self.wires
        addresses = ("10.5.0.77", "fd10:5::77")
        words = ["--ip", addresses[0], "--ip6", addresses[1]]
        lab.spaces["nomad"] = self.backend.attach("routed", "nomad", words, [])
        self.backend("connect", "--gw-priority", "9", "nat", "nomad")
        for version in 0, 1:
            for sender in "bare", "attacker", "host":
                probe = Probe("", "icmp", sender, addresses[version], 0, f"pong {addresses[version]}")
                wires.run([probe])
                self.find(name, str(probe), probe.result, probe.expected)
        for network in "nat", "routed":
            self.backend("disconnect", network, "nomad")

    def foreign_translation(self):
        name = "Nobody's translation of addresses leads into an internal network"
        host = self.lab.spaces["host"]
        inner = ADDRESS["inner"]
        host.run("nft", "-f", "-", input=f"""
            table inet somebody {{
              chain prerouting {{
                type nat hook prerouting priority -110;
                tcp dport 9999 dnat ip to {inner[0]}:80
                tcp dport 9999 dnat ip6 to [{inner[1]}]:80
              }}
            }}""")
        probes = [Probe("", "tcp", "lan", address, 9999, None) for address in HOST]
        self.wires.run(probes)
        for probe in probes:
            self.find(name, str(probe), probe.result, None)
        host.run("nft", "delete table inet somebody")

    def unpublishing(self):
        name = "Unpublishing a port ends its streams of datagrams"
        flows = [Flow(self.wires, "udp", "lan", address, 8080) for address in HOST]
        for flow, source in zip(flows, LAN):
            self.find(name, flow.name, flow.exchange(), f"web {source}")
        self.backend("unpublish", "web", "8080:80/udp")
        for flow in flows:
            self.find(name, flow.name + " after unpublish", flow.hush(), None)
        name = "Publishing a port takes over streams of datagrams that were under way"
        self.backend("publish", "db", "8080:80/udp")
        for flow, source in zip(flows, LAN):
            self.find(name, flow.name, flow.exchange(), f"db {source}")

    def administrator(self):
        host, name = self.lab.spaces["host"], "The chain admin decides before netctl, for every new connection"
        host.run("nft", "add rule inet netctl admin ip saddr 192.168.77.66 meta l4proto tcp ct original proto-dst 8080 drop")
        host.run("nft", "add rule inet netctl admin ip saddr 192.168.77.66 ip daddr 10.1.0.3 tcp dport 81 accept")
        rules = host.run("nft", "list", "chain", "inet", "netctl", "admin")
        for sender, address, port, expected in (
                ("attacker", HOST[0], 8080, None), ("lan", HOST[0], 8080, f"web {LAN[0]}"),
                ("attacker", ADDRESS["db"][0], PRIVATE, f"db {ATTACKER[0]}"),
                ("attacker", ADDRESS["web"][0], PRIVATE, None)):
            flow = Flow(self.wires, "tcp", sender, address, port) if expected else \
                Probe("", "tcp", sender, address, port, None)
            if expected:
                self.find(name, flow.name, flow.exchange(), expected)
            else:
                self.wires.run([flow])
                self.find(name, str(flow), flow.result, None)
        name = "netctl changes neither the chain admin nor any other table"
        host.run("nft", "-f", "-", input=OTHER_TABLES)
        before = self.others()
        for words in (("create", "--subnet", "10.98.0.0/24", "brief"), ("connect", "brief", "web"),
                      ("publish", "web", "8160:80"), ("unpublish", "web", "8160:80"),
                      ("disconnect", "brief", "web"), ("rm", "brief"), ("prune", "-f")):
            self.backend(*words)
            self.find(name, "other tables after " + words[0], self.others(), before)
            self.find(name, "chain admin after " + words[0],
                      host.run("nft", "list", "chain", "inet", "netctl", "admin"), rules)
        host.run("nft", "flush chain inet netctl forward")
        self.backend("create", "--subnet", "10.98.0.0/24", "brief")
        self.find(name, "chain admin after a rebuild",
                  host.run("nft", "list", "chain", "inet", "netctl", "admin"), rules)
        self.find(name, "other tables after a rebuild", self.others(), before)
        self.backend("rm", "brief")

    def others(self):
        host = self.lab.spaces["host"]
        tables = [line.split(maxsplit=1)[1] for line in host.run("nft", "list", "tables").splitlines()]
        return "".join(host.run("nft", f"list table {table}") for table in tables if not table.endswith(" netctl"))

    def opened_transit(self):
        name = "An administrator can let the host forward what is not netctl's"
        host = self.lab.spaces["host"]
        probe = Probe("", "tcp", "lan", SECOND[0], PUBLIC, None)
        self.wires.run([probe])
        self.find(name, "before", probe.result, None)
        host.run("nft", "add rule inet netctl admin iifname eth0 oifname eth1 accept")
        flow = Flow(self.wires, "tcp", "lan", SECOND[0], PUBLIC)
        self.find(name, "with a rule in the chain admin", flow.exchange(), f"second {LAN[0]}")
        flow = Flow(self.wires, "tcp", "second", LAN[0], PRIVATE)
        host.run("nft", "delete element inet netctl closed { ipv4 }")
        flow = Flow(self.wires, "tcp", "second", LAN[0], PUBLIC)
        self.find(name, "without the family in the set closed", flow.exchange(), f"lan {SECOND[0]}")


OTHER_TABLES = """
table ip filter {
  chain FORWARD { type filter hook forward priority 0; policy accept; counter packets 7 bytes 9 jump USER; }
  chain USER { ip saddr 203.0.113.0/24 counter packets 1 bytes 2 drop; }
}
table inet netctl2 {
  set bridges { type ifname; elements = { "br-x" }; }
  chain forward { type filter hook forward priority 5; iifname @bridges tcp dport 22 drop; }
}
"""

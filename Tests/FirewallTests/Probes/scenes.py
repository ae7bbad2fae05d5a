"""What must be true while things change: each scene does something to the host between packets."""
import socket, time
from dataclasses import dataclass
from lab import *
from table import PRIVATE, PUBLIC, Probe

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
        self.probe.result, self.probe.token = None, self.wires.token()
        try:
            self.probe.sock.send(self.probe.token)
        except OSError:
            pass  # An earlier datagram was refused.
        answer = self.wait(patience)
        return answer or self.wires.arrived.get(self.probe.token)

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
        return "".join(host.run("nft", f"list table {table}") for table in tables if table != "inet netctl")

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

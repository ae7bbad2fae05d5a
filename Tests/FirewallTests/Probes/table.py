"""The table of probes: what must be true, and the traffic that shows it."""
import packets
from dataclasses import dataclass
from typing import Any
from lab import *

PUBLIC, PRIVATE, LOOPBACK_ONLY, ANYWHERE = 80, 81, 9, 7


@dataclass
class Probe:
    """One packet or connection, and who should receive it from which source; None: nobody.

    `*` stands for any source.
    """
    property: str
    kind: str
    sender: str
    to: str
    port: int
    expected: str | None
    source: str = ""        # of a frame
    target: str = ""        # hardware address of a frame
    make: str = "datagram"  # what is in a frame
    hardware: str = ""      # source of a frame, if not the sender's
    sock: Any = None
    result: str | None = None

    @property
    def version(self):
        return 6 if ":" in self.to else 4

    @property
    def holds(self):
        if self.expected is None or self.result is None:
            return self.expected == self.result
        if self.expected.endswith(" *"):
            return self.result.split()[0] == self.expected.split()[0]
        return self.result == self.expected

    def __str__(self):
        spoof = f" as {self.source}" if self.source else ""
        spoof += f" with {self.hardware}" if self.hardware else ""
        place = self.to if self.kind == "icmp" else f"[{self.to}]:{self.port}"
        return f"{self.sender}{spoof} -> {self.kind} {place}: " \
               f"expected {self.expected or 'nothing'}, found {self.result or 'nothing'}"


class Table:
    """All probes for a lab."""

    def __init__(self, lab, bridged):
        self.lab, self.bridged, self.probes = lab, bridged, []
        self.circumstances = ""
        self.masquerade()
        self.same_network()
        self.published()
        self.associations()
        self.gateway_modes()
        self.other_networks()
        self.internal()
        self.direct()
        self.loopback()
        self.spoofing()
        self.reflection()
        self.groups()
        self.host()
        self.strangers()

    def add(self, property, kinds, sender, to, port, expected):
        """Probes in both families, unless an address is of one."""
        for version in 0, 1:
            address = to if isinstance(to, str) else to[version]
            if isinstance(to, str) and (":" in to) != (version == 1):
                continue
            if version and not has_ipv6(sender):
                continue
            answer = expected
            if isinstance(expected, tuple):
                who, source = expected
                answer = f"{who} {source if isinstance(source, str) else source[version]}"
            for kind in kinds.split():
                wanted = answer
                if kind == "icmp" and answer:
                    wanted = f"pong {address}"
                self.probes.append(Probe(property, kind, sender, address, port, wanted))

    def frame(self, property, sender, source, to, port, expected, target, **more):
        pairs = zip([source] if isinstance(source, str) else source, [to] if isinstance(to, str) else to)
        for origin, address in pairs:
            self.probes.append(Probe(property, "frame", sender, address, port, expected,
                                     source=origin, target=target, **more))

    def gateway_of(self, name):
        return self.lab.bridge(KIND[name])[1]

    def masquerade(self):
        name = "Containers reach the outside under the host's address"
        for sender in "web", "trusty", "hermit", "bound", "old":
            self.add(name, "tcp udp icmp", sender, LAN, PUBLIC, ("lan", HOST))
        self.add("Containers reach the outside through every uplink, under its address",
                 "tcp udp icmp", "web", SECOND, PUBLIC, ("second", UPLINK))
        self.add("host_ipv4 and host_ipv6 choose the address outside",
                 "tcp udp icmp", "bold", LAN, PUBLIC, ("lan", OTHER))
        name = "Without masquerading containers keep their address outside, and get replies"
        for sender in "bare", "open":
            self.add(name, "tcp udp icmp", sender, LAN, PUBLIC, ("lan", ADDRESS[sender]))

    def same_network(self):
        name = "Containers of one network reach each other under their own addresses"
        for sender, receiver in ("web", "db"), ("inner", "inmate"), ("cell", "mate"):
            self.add(name, "tcp udp icmp", sender, ADDRESS[receiver], PRIVATE, (receiver, ADDRESS[sender]))
        name = "enable_icc=false: containers of one network do not reach each other"
        self.add(name, "tcp udp icmp", "hermit", ADDRESS["monk"], PRIVATE, None)
        self.add(name, "tcp udp icmp", "monk", ADDRESS["hermit"], PUBLIC, None)
        for target in self.lab.hardware_address("monk"), self.gateway_of("hermit"):
            self.frame(name, "hermit", ADDRESS["hermit"], ADDRESS["monk"], PRIVATE, None, target)

    def published(self):
        name = "A published port is reached from where it was published to, and sees the client's address"
        for address in HOST, OTHER:
            self.add(name, "tcp udp", "lan", address, 8080, ("web", LAN))
        self.add(name, "tcp udp", "second", UPLINK, 8080, ("web", SECOND))
        for port, receiver in (8090, "trusty"), (8100, "hermit"), (8110, "bold"), (8115, "bare"):
            self.add(name, "tcp", "lan", HOST, port, (receiver, LAN))
        self.add(name, "tcp", "lan", HOST[0], 8120, ("old", LAN))
        name = "A port published to one address is reached at no other"
        self.add(name, "tcp", "lan", OTHER, 8083, ("web", LAN))
        self.add(name, "tcp", "lan", HOST, 8083, None)
        self.add(name, "tcp", "second", UPLINK, 8083, None)
        name = "host_binding_ipv4 chooses the address that ports are published to"
        self.add(name, "tcp", "lan", OTHER[0], 8130, ("bound", LAN))
        self.add(name, "tcp", "lan", HOST[0], 8130, None)
        name = "Hairpin: containers reach published ports through the host's addresses"
        for sender in "web", "db", "peer", "bold":
            self.add(name, "tcp udp", sender, HOST, 8080, "web *")
        self.add(name, "tcp udp", "peer", gateway("other"), 8080, "web *")
        # Such a frame is bridged with bridge-nf-call, and isolated ports keep it from each other.
        if not self.bridged:
            for sender in "hermit", "monk":
                self.add(name, "tcp", sender, HOST, 8100, "hermit *")
        name = "The host reaches published ports by its own addresses"
        for address in HOST, OTHER, gateway("nat"):
            self.add(name, "tcp udp", "host", address, 8080, "web *")
        name = "The host reaches published ports by 127.0.0.1 and ::1"
        loopback = ("127.0.0.1",) if self.bridged else ("127.0.0.1", "::1")
        for address in loopback:
            self.add(name, "tcp udp", "host", address, 8080, "web *")
            self.add(name, "tcp udp", "host", address, 8082 if ":" in address else 8081, "web *")
        self.add(name, "tcp", "host", "127.0.0.1", 8120, "old *")

    def associations(self):
        # Docker's proxy needs a kernel that knows SCTP.
        if self.lab.backend.name != "netctl":
            return
        name = "SCTP ports are published, and others kept, as those of TCP and UDP"
        for address in HOST, OTHER:
            self.add(name, "sctp", "lan", address, 8080, ("web", LAN))
        self.add(name, "sctp", "second", UPLINK, 8080, ("web", SECOND))
        for sender in "host", "db", "peer":
            self.add(name, "sctp", sender, HOST, 8080, "web *")
        self.add(name, "sctp", "host", "127.0.0.1", 8080, "web *")
        self.add(name, "sctp", "web", LAN, PUBLIC, ("lan", HOST))
        self.add(name, "sctp", "lan", HOST, 8081, None)
        self.add(name, "sctp", "lan", HOST, 8083, None)
        self.add(name, "sctp", "attacker", ADDRESS["web"], PUBLIC, None)
        self.add(name, "sctp", "attacker", ADDRESS["db"], PUBLIC, None)

    def gateway_modes(self):
        self.add("nat-unprotected: every port is reached from outside by the container's address",
                 "tcp udp icmp", "attacker", ADDRESS["bold"], PRIVATE, ("bold", ATTACKER))
        name = "routed: published ports and ICMP are reached by the container's address, nothing else"
        self.add(name, "tcp icmp", "attacker", ADDRESS["open"], PUBLIC, ("open", ATTACKER))
        self.add(name, "tcp udp", "attacker", ADDRESS["open"], PRIVATE, None)
        name = "trusted_host_interfaces: published ports are reached by the container's address from there only"
        self.add(name, "tcp", "second", ADDRESS["trusty"], PUBLIC, ("trusty", SECOND))
        self.add(name, "tcp udp icmp", "second", ADDRESS["trusty"], PRIVATE, None)
        self.add(name, "tcp", "attacker", ADDRESS["trusty"], PUBLIC, None)
        self.add(name, "tcp", "second", ADDRESS["web"], PUBLIC, None)

    def other_networks(self):
        """All pairs of kinds, but for what the modes of the receiver open."""
        for sender in KIND:
            for receiver in KIND:
                if KIND[sender] == KIND[receiver]:
                    continue
                name = "Networks are isolated from each other, in all pairs of kinds"
                if receiver == "bold":
                    internal = "--internal" in NETWORKS[KIND[sender]][0]
                    if not internal:
                        continue
                self.pair(name, sender, receiver)

    def pair(self, name, sender, receiver):
        kinds = "tcp udp" if receiver == "open" else "tcp udp icmp"
        address = ADDRESS[receiver] if has_ipv6(receiver) else ADDRESS[receiver][0]
        self.add(name, kinds, sender, address, PRIVATE, None)
        if receiver != "open" or "--internal" in NETWORKS[KIND[sender]][0]:
            self.add(name, "tcp", sender, address, PUBLIC, None)

    def internal(self):
        name = "An internal network forwards nothing"
        for sender in "inner", "cell", "cell4":
            self.add(name, "tcp udp icmp", sender, LAN, PUBLIC, None)
            self.frame(name, sender, ADDRESS[sender], LAN, PUBLIC, None, self.gateway_of(sender))
        for receiver in "inner", "cell":
            self.add(name, "tcp udp icmp", "attacker", ADDRESS[receiver], PRIVATE, None)
        name = "An internal network reaches the host at its own gateway address only"
        self.add(name, "tcp udp icmp", "inner", gateway("internal"), ANYWHERE, ("host", ADDRESS["inner"]))
        for address in HOST, UPLINK, gateway("nat"):
            self.add(name, "tcp udp icmp", "inner", address, ANYWHERE, None)
            self.frame(name, "inner", ADDRESS["inner"], address, ANYWHERE, None, self.gateway_of("inner"))
        name = "An internal network reaches no published ports"
        for address in HOST, gateway("internal"):
            self.add(name, "tcp udp", "inner", address, 8080, None)
        name = "An isolated network reaches no address of the host"
        for sender in "cell", "cell4":
            self.add(name, "tcp udp icmp", sender, HOST, ANYWHERE, None)
            self.frame(name, sender, ADDRESS[sender], HOST, ANYWHERE, None, self.gateway_of(sender))
            self.frame(name, sender, "fe80::2", link_local(self.gateway_of(sender)), ANYWHERE, None,
                       self.gateway_of(sender))

    def direct(self):
        name = "Who has a route to a container's address reaches nothing unpublished there"
        for receiver in "web", "db", "trusty", "hermit", "bare", "old", "bound", "peer":
            address = ADDRESS[receiver] if has_ipv6(receiver) else ADDRESS[receiver][0]
            self.add(name, "tcp udp icmp", "attacker", address, PRIVATE, None)
            self.add(name, "tcp udp", "attacker", address, PUBLIC, None)
        self.add("A gateway address is reached from its networks only",
                 "tcp udp icmp", "attacker", gateway("nat"), ANYWHERE, None)

    def loopback(self):
        wire = self.lab.hardware_address("host")
        name = "Ports published to loopback are reached from no wire"
        self.add(name, "tcp udp", "lan", HOST[0], 8081, None)
        self.add(name, "tcp udp", "lan", HOST[1], 8082, None)
        self.add(name, "tcp udp", "peer", HOST[0], 8081, None)
        self.add(name, "tcp udp", "peer", gateway("other")[1], 8082, None)
        for sender, source, target in (("attacker", ATTACKER, wire),
                                       ("peer", ADDRESS["peer"], self.gateway_of("peer"))):
            self.frame(name, sender, source[0], "127.0.0.1", 8081, None, target)
            self.frame(name, sender, source[1], "::1", 8082, None, target)
            self.frame(name, sender, source[0], "127.0.0.1", 8080, None, target)
        name = "Services on the host's loopback addresses are reached from no wire"
        for sender, source, target in (("attacker", ATTACKER, wire),
                                       ("web", ADDRESS["web"], self.gateway_of("web"))):
            self.frame(name, sender, source, ("127.0.0.1", "::1"), LOOPBACK_ONLY, None, target)
        name = "No wire brings a loopback source"
        for sender, to, target in (("attacker", HOST, wire), ("web", gateway("nat"), self.gateway_of("web"))):
            self.frame(name, sender, ("127.0.0.2", "::1"), to, ANYWHERE, None, target)

    def spoofing(self):
        target = self.gateway_of("web")
        name = "Containers send to the outside under their own source only"
        for source in ADDRESS["peer"], ("203.0.113.5", "2001:db8::5"):
            self.frame(name, "web", source, LAN, PUBLIC, None, target)
        name = "A source of another network opens no way into it"
        for sender, receiver, source in (("peer", "web", "db"), ("bold", "web", "db"), ("cell", "inner", "inmate")):
            self.frame(name, sender, ADDRESS[source], ADDRESS[receiver], PRIVATE, None, self.gateway_of(sender))
        for receiver, source in (("web", "db"), ("inner", "inmate"), ("hermit", "monk")):
            self.frame(name, "attacker", ADDRESS[source], ADDRESS[receiver], PRIVATE, None,
                       self.lab.hardware_address("host"))
        name = "Nothing leaves with a private source: segments of no connection are dropped"
        self.frame(name, "web", ADDRESS["web"], LAN, PUBLIC, None, target, make="reset")

    def reflection(self):
        """What the host answers goes to the source, true or not."""
        name = "The host answers no false source of a container" + self.circumstances
        for sender in "inner", "web", "cell":
            for victim in LAN, ADDRESS["peer"], ADDRESS["inmate" if sender == "web" else "web"]:
                for make in "echo", "datagram":
                    self.frame(name, sender, victim, gateway(KIND[sender]), ANYWHERE, None,
                               self.gateway_of(sender), make=make)

        name = "The host answers no container under a sibling's address" + self.circumstances
        siblings = ("inner", "inmate"), ("web", "db"), ("hermit", "monk"), ("cell", "mate")
        made_up = "02:00:00:00:00:01"
        for sender, victim in siblings:
            # A port that takes one hardware address only leaves no other to try.
            masks = ["", made_up]
            if KIND[sender] == "separate":
                masks.append(self.lab.hardware_address(victim))
            to = [gateway(KIND[sender]), HOST] if sender != "inner" else [gateway(KIND[sender])]
            for make in "echo", "datagram", "syn":
                for address in to:
                    for mask in masks:
                        self.frame(name, sender, ADDRESS[victim], address, ANYWHERE, None,
                                   self.gateway_of(sender), make=make, hardware=mask)
            for make in "echo", "datagram", "syn":
                self.frame(name, sender, packets.link_local(self.lab.hardware_address(victim)),
                           gateway(KIND[sender])[1], ANYWHERE, None, self.gateway_of(sender),
                           make=make)
        name = "Nothing is led outside under a sibling's address" + self.circumstances
        for sender, victim in ("web", "db"), ("hermit", "monk"):
            for mask in ["", made_up] + [self.lab.hardware_address(victim)] * (sender == "hermit"):
                self.frame(name, sender, ADDRESS[victim], LAN, PUBLIC, None,
                           self.gateway_of(sender), hardware=mask)

        name = "The host tells no false source why it cannot forward a packet" + self.circumstances
        nobody = ("198.51.100.1", "2001:db8:ffff::1")
        for sender in "inner", "cell", "cell4", "web", "hermit":
            neighbor = tuple(address[:-1] + "77" for address in gateway(KIND[sender]))
            for source in LAN, ADDRESS["peer"], ADDRESS["monk"]:
                # Redirects, and no route or what the neighbour of the uplink says.
                ways = [("datagram", neighbor), ("datagram", nobody)]
                for to in SECOND, ADDRESS["open"]:
                    ways += [("short_lived", to), ("dead", to), ("short_lived_answer", to)]
                for make, to in ways:
                    self.frame(name, sender, source, to, PUBLIC, None, self.gateway_of(sender),
                               make=make)

    def groups(self):
        name = "An internal network reaches no group and no broadcast address of the host" \
            + self.circumstances
        for sender in "inner", "cell", "cell4":
            for source, to in (
                    (0, "255.255.255.255"), (0, "224.0.0.1"), (0, "192.168.77.255"), (0, "0.0.0.0"),
                    (0, subnets(KIND[sender])[0].replace("0/24", "255")),
                    (1, "ff02::1"), (1, "ff02::2"), (1, "fd10:1::"), (1, subnets("internal")[1][:-3])):
                for target in self.gateway_of(sender), "ff:ff:ff:ff:ff:ff":
                    self.frame(name, sender, ADDRESS[sender][source], to, ANYWHERE, None, target)

    def strangers(self):
        name = "Frames inside a bridge of somebody else's pass"
        self.add(name, "tcp udp icmp", "guest1", STRANGERS[1], PUBLIC, ("guest2", STRANGERS[0]))
        self.add(name, "tcp udp icmp", "guest2", STRANGERS[0], PUBLIC, ("guest1", STRANGERS[1]))
        name = "The host does not become a router for others"
        for address in LAN, SECOND:
            self.add(name, "tcp udp icmp", "guest1", address, PUBLIC, None)

    def host(self):
        self.add("The host reaches its containers on every port",
                 "tcp udp icmp", "host", ADDRESS["web"], PRIVATE, ("web", gateway("nat")))
        self.add("Containers reach the host's services",
                 "tcp udp icmp", "web", HOST, ANYWHERE, ("host", ADDRESS["web"]))
        name = "The host does not become a router for others"
        self.add(name, "tcp udp icmp", "lan", SECOND, PUBLIC, None)
        self.add(name, "tcp udp icmp", "second", LAN, PUBLIC, None)


def link_local(hardware):
    octets = [int(part, 16) for part in hardware.split(":")]
    octets[0] ^= 2
    octets[3:3] = [0xff, 0xfe]
    return "fe80::" + ":".join(f"{octets[i]:02x}{octets[i + 1]:02x}" for i in range(0, 8, 2))


def serve(traffic):
    """The services that the probes talk to."""
    for name in [*KIND, "lan", "second", "guest1", "guest2"]:
        traffic.serve(name, PUBLIC)
        traffic.serve(name, PRIVATE)
    if traffic.lab.backend.name == "netctl":
        for name in "web", "db", "lan":
            traffic.serve_associations(name, PUBLIC)
    traffic.serve("host", ANYWHERE)
    for address in "127.0.0.1", "::1":
        traffic.serve("host", LOOPBACK_ONLY, address)
    for name in "lan", "web", "peer", "inmate", "db", "monk", "mate":
        traffic.sniff(name)

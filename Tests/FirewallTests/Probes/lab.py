"""The lab: a host with two uplinks, a LAN with a client and an attacker, networks of every kind.

    second --- eth1 host eth0 --- switch --- lan, attacker
"""
import os
from namespaces import Namespace, run

HOST, OTHER = ("192.168.77.1", "fd77::1"), ("192.168.77.2", "fd77::2")
LAN, ATTACKER = ("192.168.77.9", "fd77::9"), ("192.168.77.66", "fd77::66")
UPLINK, SECOND = ("192.168.78.1", "fd78::1"), ("192.168.78.9", "fd78::9")

# On a bridge that is not netctl's.
STRANGERS = [("192.168.79.11", "fd79::11"), ("192.168.79.12", "fd79::12")]

BRIDGE = "com.docker.network.bridge."


def both(option, value):
    return [word for family in ("ipv4", "ipv6") for word in ("-o", f"{BRIDGE}{option}_{family}={value}")]


def option(name, value):
    return ["-o", f"{BRIDGE}{name}={value}"]


# Kind: options, whether it has IPv6, and its containers with what each publishes.
NETWORKS = {
    "nat": ([], True, {"web": [
        "8080:80", "8080:80/udp", "127.0.0.1:8081:80", "127.0.0.1:8081:80/udp", "[::1]:8082:80",
        "[::1]:8082:80/udp", "192.168.77.2:8083:80", "[fd77::2]:8083:80"], "db": []}),
    "trusted": (option("trusted_host_interfaces", "eth1"), True, {
        "trusty": ["8090:80", "127.0.0.1:8091:81", "[::1]:8091:81"]}),
    "internal": (["--internal"], True, {"inner": [], "inmate": []}),
    "separate": (option("enable_icc", "false"), True, {"hermit": ["8100:80"], "monk": []}),
    "routed": (both("gateway_mode", "routed"), True, {"open": ["80"]}),
    "unprotected": (
        both("gateway_mode", "nat-unprotected") + ["-o", "com.docker.network.host_ipv4=192.168.77.2"]
        + ["-o", "com.docker.network.host_ipv6=fd77::2"], True, {"bold": ["8110:80"]}),
    "isolated": (["--internal"] + both("gateway_mode", "isolated"), True, {"cell": [], "mate": []}),
    "unmasked": (option("enable_ip_masquerade", "false"), True, {"bare": ["8115:80"]}),
    "isolated4": (["--internal"] + option("gateway_mode_ipv4", "isolated"), False, {"cell4": []}),
    "ipv4": ([], False, {"old": ["8120:80"]}),
    "bound": (option("host_binding_ipv4", "192.168.77.2"), True, {"bound": ["8130:80"]}),
    "other": ([], True, {"peer": []}),
}
NUMBERS = {kind: number for number, kind in enumerate(NETWORKS, 1)}
KIND = {name: kind for kind, (_, _, names) in NETWORKS.items() for name in names}


def gateway(kind):
    number = NUMBERS[kind]
    return f"10.{number}.0.1", f"fd10:{number}::1"


ADDRESS = {
    name: (f"10.{NUMBERS[kind]}.0.{host}", f"fd10:{NUMBERS[kind]}::{host}")
    for kind, (_, _, names) in NETWORKS.items() for host, name in enumerate(names, 2)}
ADDRESS |= {"host": HOST, "lan": LAN, "attacker": ATTACKER, "second": SECOND}


def has_ipv6(name):
    return name not in KIND or NETWORKS[KIND[name]][1]


class Netctl:
    """netctl on a host of its own."""
    name = "netctl"

    def __init__(self, binary):
        self.binary = binary
        self.host = Namespace.add("host")
        run("mount", "-t", "tmpfs", "tmpfs", "/mnt")
        self.environment = dict(os.environ, NETCTL_STATE_DIR="/mnt/state")

    def __call__(self, *words):
        return self.host.run(self.binary, "network", *words, env=self.environment)

    def create(self, *words):
        self("create", *words)

    def attach(self, network, container, addresses, ports):
        namespace = Namespace.add(container)
        # A kernel that knows no SCTP leads it on all the same.
        ports = ports + [f"{port}/sctp" for port in ports if port == "8080:80"]
        self("connect", *addresses, *published(ports), network, container)
        return namespace

    def detach(self, network, container):
        self("disconnect", network, container)

    def remove(self, network):
        self("rm", network)

    def close(self):
        pass


class Docker:
    """A Docker Engine, reached by the environment's DOCKER_HOST, whose namespace is given."""
    name = "docker"

    def __init__(self, namespace):
        self.program, self.host = os.environ.get("DOCKER", "docker"), namespace
        self.containers = []

    def __call__(self, *words):
        return run(self.program, *words)

    def create(self, *words):
        self("network", "create", *words)

    def attach(self, network, container, addresses, ports):
        self("run", "-d", "--name", container, "--network", network, *addresses,
             *published(ports), "bb", "sleep", "36000")
        self.containers.append(container)
        process = self("inspect", "-f", "{{.State.Pid}}", container).strip()
        return Namespace(f"/proc/{process}/ns/net")

    def detach(self, network, container):
        self("network", "disconnect", network, container)

    def remove(self, network):
        self("network", "rm", network)

    def close(self):
        self("rm", "-f", *self.containers)
        self("network", "prune", "-f")
        for link in ("eth0", "eth1"):
            self.host.run("ip", "link", "del", link)


def published(ports):
    return [word for port in ports for word in ("-p", port)]


class Lab:
    """Everything, with its namespaces by name."""

    def __init__(self, backend):
        self.backend = backend
        self.spaces = {"host": backend.host}
        self.wire()
        for kind in NETWORKS:
            self.fill(kind)

    def wire(self):
        spaces = self.spaces
        for name in ("switch", "lan", "attacker", "second"):
            spaces[name] = Namespace.add(name)
        spaces["switch"].batch("link add br0 type bridge", "link set br0 up")
        for name in ("host", "lan", "attacker"):
            self.cable("switch", name, "eth0")
            spaces["switch"].batch(f"link set to-{name} master br0")
        self.cable("second", "host", "eth1")
        self.address("host", "eth0", HOST)
        self.address("host", "eth0", OTHER, "preferred_lft 0")
        self.address("host", "eth1", UPLINK)
        self.address("lan", "eth0", LAN)
        self.address("attacker", "eth0", ATTACKER)
        self.address("second", "to-host", SECOND)
        spaces["host"].batch("link add foreign type bridge", "link set foreign up")
        self.address("host", "foreign", ("192.168.79.1", "fd79::1"))
        for number, addresses in enumerate(STRANGERS, 1):
            name = f"guest{number}"
            spaces[name] = Namespace.add(name)
            self.cable("host", name, "eth0")
            spaces["host"].batch(f"link set to-{name} master foreign")
            self.address(name, "eth0", addresses)
            self.routes(name, ("192.168.79.1", "fd79::1"), "default", "::/0")
        containers = ["10.0.0.0/8", "fd10::/16"]
        self.routes("lan", HOST, "192.168.79.0/24", "fd79::/64", "192.168.78.0/24", "fd78::/64", *(
            subnet for kind in ("routed", "unmasked") for subnet in subnets(kind)))
        self.routes("attacker", HOST, *containers)
        self.routes("second", UPLINK, "192.168.79.0/24", "fd79::/64", "192.168.77.0/24", "fd77::/64", *containers)

    def cable(self, one, other, name):
        descriptor = self.spaces[other].descriptor
        self.spaces[one].run(
            "ip", "link", "add", f"to-{other}", "type", "veth", "peer", "name", name, "netns",
            f"/proc/self/fd/{descriptor}", pass_fds=[descriptor])
        self.spaces[one].batch(f"link set to-{other} up")
        self.spaces[other].batch(f"link set {name} up")

    def address(self, name, link, addresses, lifetime=""):
        self.spaces[name].batch(
            f"address add {addresses[0]}/24 dev {link}",
            f"address add {addresses[1]}/64 dev {link} nodad {lifetime}")

    def routes(self, name, hops, *subnets):
        self.spaces[name].batch(*(
            f"route add {subnet} via {hops[':' in subnet]}" for subnet in subnets))

    def fill(self, kind):
        options, ipv6, containers = NETWORKS[kind]
        four, six = subnets(kind)
        family = ["--ipv6", "--subnet", six] if ipv6 else []
        self.backend.create("--subnet", four, *family, *options, kind)
        for name, ports in containers.items():
            address = ADDRESS[name]
            words = ["--ip", address[0]] + (["--ip6", address[1]] if ipv6 else [])
            self.spaces[name] = self.backend.attach(kind, name, words, ports)
            if "--internal" in options:
                self.make_way_out(name)

    def make_way_out(self, name):
        """What root in a container of an internal network would try."""
        kind = KIND[name]
        four, six = subnets(kind)
        bridge = self.bridge(kind)[1]
        hops = [four.replace("0/24", "254"), six.replace("::/64", "::fe")]
        for hop in hops if has_ipv6(name) else hops[:1]:
            self.spaces[name].batch(
                f"neighbour replace {hop} lladdr {bridge} dev eth0",
                f"route replace default via {hop} dev eth0 onlink")

    def bridge(self, kind):
        """Name and hardware address of a network's bridge."""
        words = ("network", "inspect") if self.backend.name == "docker" else ("inspect",)
        name = "br-" + self.backend(*words, "-f", "{{.Id}}", kind)[:12]
        with self.spaces["host"].entered():
            return name, run("ip", "-br", "link", "show", name).split()[2]

    def hardware_address(self, name, link="eth0"):
        return self.spaces[name].run("ip", "-br", "link", "show", link).split()[2]


def subnets(kind):
    return f"10.{NUMBERS[kind]}.0.0/24", f"fd10:{NUMBERS[kind]}::/64"

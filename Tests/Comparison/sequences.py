"""Random sequences of commands, on few names and few addresses, so that they meet each other."""
import shlex

NAMES = "n1", "n2", "n3", "n4", "n10", "N1"
CONTAINERS = "c1", "c2", "c3", "nosuch"
BRIDGE = "com.docker.network.bridge."
IPV4 = ("10.1.0.0/24", "10.1.0.0/16", "10.1.0.128/25", "10.2.0.0/24", "10.2.0.0/29",
        "10.3.0.0/30", "10.4.0.0/31", "10.5.0.0/32", "10.0.0.0/24", "10.0.0.0/8",
        "172.17.5.0/24", "172.18.0.0/16", "172.19.4.0/24", "192.168.0.0/20", "10.1.0.1/24",
        "224.0.0.0/24", "10.6.0.0/24,10.7.0.0/24", "10.8.0.0/24,")
IPV6 = ("fd00:1::/64", "fd00:1::/80", "fd00:2::/64", "fd00:3::/126", "fd00:4::/127",
        "fd00:5::/128", "fe80::/64", "fe80::/80", "ff05::/64", "fd00:1::1/64")


class Command:
    """A command: its verb, options that may be left out one by one, and names that it needs."""

    def __init__(self, verb, options, names):
        self.verb, self.options, self.names = verb, options, names

    def words(self):
        return [self.verb, *(word for option in self.options for word in option), *self.names]

    def shorter_ones(self):
        for index in range(len(self.options)):
            options = self.options[:index] + self.options[index + 1:]
            yield Command(self.verb, options, self.names)
        if len(self.names) > 1 and self.verb in ("inspect", "rm"):
            for index in range(len(self.names)):
                yield Command(self.verb, self.options, self.names[:index] + self.names[index + 1:])

    def option(self, name):
        return [option[1] for option in self.options if option[0] == name and option[1:]]

    def is_document(self):
        return self.verb == "inspect" and not self.option("-f")

    def has_any_order(self):
        """Docker prunes in no order; containers are in that of IDs."""
        return self.verb == "prune" or any("\\n" in text for text in self.option("-f"))

    def __str__(self):
        return shlex.join(self.words())


def sequence(random):
    """The commands of one sequence; they begin with a network or two."""
    commands = [create(random) for _ in range(random.randint(1, 3))]
    verbs = (create, create, connect, connect, connect, disconnect, remove, prune, inspect, inspect,
             list_)
    while len(commands) < 14:
        commands.append(random.choice(verbs)(random))
    return commands


def some(random, share, *words):
    return [list(words)] if random.random() < share else []


def network(random, share=0.85):
    """A network by name or ID, one that may not be there."""
    name = random.choice(NAMES[:4])
    if random.random() < share:
        return name
    return random.choice(("bridge", "host", "none", "nosuch", f"ID({name})", f"ID({name}, 12)",
                          f"ID({name}, 5)", random.choice(NAMES)))


def inside(random, subnet):
    """An address of a subnet, more often than not."""
    if random.random() < 0.1:
        return random.choice(("10.9.9.9", "fd00:9::9"))
    address = subnet.split(",")[0].split("/")[0]
    end = random.choice((0, 1, 2, 5, 9, 129, 130, 255))
    if ":" in address:
        return address.rstrip("1") + format(end, "x") if end else address
    return address.rsplit(".", 1)[0] + f".{end}"


def create(random):
    options, kind = [], random.random()
    v4 = random.choice(IPV4) if random.random() < 0.5 else None
    v6 = random.choice(IPV6) if random.random() < 0.2 else None
    if kind < 0.08:
        options += some(random, 1, "--config-only")
    elif kind < 0.16:
        options += some(random, 1, "--config-from", network(random, 0.9))
        v4 = v4 if random.random() < 0.1 else None
        v6 = v6 if random.random() < 0.1 else None
    for subnet in filter(None, (v4, v6)):
        options += some(random, 1, "--subnet", subnet)
        options += some(random, 0.25, "--gateway", inside(random, subnet))
        options += some(random, 0.25, "--aux-address",
                        f"{random.choice('ab')}={inside(random, subnet)}")
        if random.random() < 0.25:
            options.append(["--ip-range", ip_range(random, subnet)])
    options += some(random, 0.5 if v6 else 0.15, "--ipv6")
    options += some(random, 0.08, "--ipv4=false")
    options += some(random, 0.2, "--internal")
    options += some(random, 0.1, "--attachable")
    options += some(random, 0.02, "--ingress")
    options += some(random, 0.25, "--label",
                    random.choice(("a", "a=1", "b=", "b=x=y", "a b", "=x")))
    options += some(random, 0.12, "--scope",
                    random.choice(("local", "global", "global", "swarm", "x")))
    options += some(random, 0.06, "-d",
                    random.choice(("host", "null", "overlay", "nosuch", "", "none")))
    options += some(random, 0.06, "--ipam-driver",
                    random.choice(("null", "nosuch", "", "default")))
    options += some(random, 0.06, "--ipam-opt", random.choice(("a=1", "a", "=x")))
    good = ("enable_icc=false", "enable_ip_masquerade=0", "inhibit_ipv4=true", "name=br-x1",
            "name=br-x2", "name=docker0", "name=lo", "gateway_mode_ipv4=routed",
            "gateway_mode_ipv4=isolated", "gateway_mode_ipv6=isolated",
            "host_binding_ipv4=127.0.0.1", "trusted_host_interfaces=lo")
    for option in random.sample(good, random.choice((0, 0, 0, 1, 2))):
        options.append(["-o", BRIDGE + option])
    options += some(random, 0.1, "-o", random.choice((
        BRIDGE + "enable_icc=x", BRIDGE + "gateway_mode_ipv4=x", BRIDGE + "host_binding_ipv4=x",
        "com.docker.network.driver.mtu=-1", "com.docker.network.driver.mtu=x",
        "com.docker.network.driver.mtu=1400", "com.docker.network.enable_ipv6=true",
        "com.docker.network.enable_ipv4=false", "com.docker.network.enable_ipv6=x",
        "com.docker.network.host_ipv6=", "com.docker.network.host_ipv4=192.0.2.1",
        "com.docker.network.advertise_addr_nmsgs=9", "com.docker.network.advertise_addr_ms=x",
        "com.docker.network.container_iface_prefix=lan", "foo=bar", "foo")))
    random.shuffle(options)
    names = [random.choice(NAMES) if random.random() < 0.95
             else random.choice(("bridge", "none", "default", "", " ", "a/b"))]
    return Command("create", options, names)


def ip_range(random, subnet):
    address, length = subnet.split(",")[0].split("/")
    if ":" in address:
        return f"{address.rstrip('1')}/{random.choice((length, '80', '126', '48'))}"
    wider = {"8": "10.0.0.0/7", "16": "10.0.0.0/15"}.get(
        length, address.rsplit(".", 2)[0] + ".0.0/16")
    base = address.rsplit(".", 1)[0]
    return random.choice(
        (f"{base}.0/{max(int(length), 24)}", f"{base}.0/30", f"{base}.128/25", wider))


def connect(random):
    options = some(random, 0.15, "--ip", inside(random, random.choice(IPV4)))
    options += some(random, 0.08, "--ip6", inside(random, random.choice(IPV6)))
    options += some(random, 0.1, "--alias", random.choice(("a", "a,b", "a,", "", "x y")))
    options += some(random, 0.08, "--link", random.choice(("c2", "c2:x", "nosuch:y", "a:b:c", "")))
    options += some(random, 0.1, "--link-local-ip", random.choice((
        "169.254.3.4", "fe80::7", "10.1.1.1", "169.254.3.5,fe80::8")))
    options += some(random, 0.1, "--gw-priority",
                    random.choice(("1", "-5", "x", "9223372036854775808")))
    options += some(random, 0.08, "--driver-opt", random.choice((
        "com.docker.network.endpoint.ifname=lan0", "com.docker.network.endpoint.ifname=eth0",
        "a=b", "a",
        "com.docker.network.endpoint.sysctls=net.ipv4.conf.eth0.log_martians=1",
        "com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1")))
    random.shuffle(options)
    return Command("connect", options, [network(random), random.choice(CONTAINERS)])


def disconnect(random):
    options = some(random, 0.3, "-f")
    return Command("disconnect", options, [network(random), random.choice(CONTAINERS)])


def remove(random):
    names = [network(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    return Command("rm", some(random, 0.3, "-f"), names)


def prune(random):
    options = some(random, 0.9, "-f")
    options += some(random, 0.4, "--filter", random.choice((
        "label=a", "label=a=1", "label!=a", "label!=b=", "until=1h", "until=x y", "name=n1",
        "label", "until=2030-01-01")))
    return Command("prune", options, [])


def inspect(random):
    templates = (
        "{{.Name}} {{.ID}} {{.Scope}} {{.Driver}} {{.EnableIPv4}} {{.EnableIPv6}} {{.Internal}}"
        " {{.Attachable}} {{.ConfigOnly}} {{.ConfigFrom.Network}}",
        "{{json .Options}} {{json .Labels}} {{json .ConfigFrom}} {{.IPAM.Driver}}"
        " {{json .IPAM.Options}}",
        "{{len .Containers}} {{.Peers}} {{.Services}}", "{{.Id}}", "{{.Nosuch}}", "{{.Labels.a}}",
        '{{index .Labels "a"}}|{{index .Options "x"}}|{{index .Containers "x"}}|', "{{.Name",
        "{{1i}} {{.Name}}",
        '{{range .Containers}}{{.Name}} {{.IPv4Address}} {{.IPv6Address}}{{"\\n"}}{{end}}',
        "{{range .IPAM.Config}}{{len .Subnet}}{{end}}", "{{with .Labels}}{{.}}{{else}}none{{end}}")
    options = some(random, 0.6, "-f", random.choice(templates))
    return Command("inspect", options,
                   [network(random) for _ in range(random.choice((1, 1, 2)))])


def list_(random):
    formats = ("{{.Name}} {{.ID}} {{.Driver}} {{.Scope}} {{.IPv4}} {{.IPv6}} {{.Internal}}",
               "json", "raw", "table {{.Name}}\\t{{.Scope}}", "table",
               "{{.Name}} {{.Label \"a\"}}", "{{.Nosuch}}", "{{json .Name}} {{upper .Driver}}",
               "{{pad .Name 1 2}}|", "{{.Label}}")
    filters = ("name=n1", "name=^n", "driver=bridge", "driver=null", "scope=local",
               "scope=global", "scope=x", "label=a", "label=a=1", "label=b=", "type=custom",
               "type=builtin", "type=x", "dangling=x", "dangling=false", "nosuch=1", "id=a",
               "name=", "label", "label=")
    options = some(random, 0.5, "--format", random.choice(formats)) + some(random, 0.1, "-q")
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        options += some(random, 1, "-f", random.choice(filters))
    return Command("ls", options + some(random, 0.2, "--no-trunc"), [])

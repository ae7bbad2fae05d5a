#!/usr/bin/env python3
"""Times the way of a packet through netctl's rules beside those of Docker 28 and 29.

    packets.py NETCTL [--rounds N]

A container sends through a bridge, the host and a veth pair to another namespace, and is
answered, all on one processor. Every round measures each ruleset in turn: a bare masquerade rule (what any container
network needs), netctl's as it installs it itself, and those that Docker 28 (iptables) and Docker 29
(nftables) make for as many networks with a container each. Figures are medians, in nanoseconds of
the processor for a packet, without what it takes to send it over a link to nobody; in
brackets, the median of the ratio to the masquerade rule in the same round.
"""
import argparse, ctypes, os, socket, statistics, struct, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../FirewallTests/Probes"))
from namespaces import Namespace, leave_the_machine, run
import packets

OUTSIDE, UPLINK = "192.0.2.9", "192.0.2.1"
SIZE, SAME, NEW = 18, 20000, 2000
libc = ctypes.CDLL(None, use_errno=True)


def bridge(number):
    return f"br{number}"


def subnet(number, host):
    return f"10.{number // 250}.{number % 250}.{host}"


def masquerade(networks, ports):
    return "table ip m { chain p { type nat hook postrouting priority 100; oifname \"out\" masquerade; }; }"


def docker28(networks, ports):
    """The rules in the order in which Docker 28.5 has them, the newest network first."""
    every, newest = range(networks), range(networks - 1, -1, -1)
    middle, leads = networks // 2, range(10000, 10000 + ports)
    filters = (
        ["*filter", ":FORWARD DROP"]
        + [f":{chain} -" for chain in ("DOCKER", "DOCKER-BRIDGE", "DOCKER-CT", "DOCKER-FORWARD",
                                       "DOCKER-ISOLATION-STAGE-1", "DOCKER-ISOLATION-STAGE-2",
                                       "DOCKER-USER")]
        + ["-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD"]
        + [f"-A DOCKER -d {subnet(middle, 2)}/32 ! -i {bridge(middle)} -o {bridge(middle)}"
           f" -p udp -m udp --dport {port} -j ACCEPT" for port in leads]
        + [f"-A DOCKER ! -i {bridge(n)} -o {bridge(n)} -j DROP" for n in every]
        + [f"-A DOCKER-BRIDGE -o {bridge(n)} -j DOCKER" for n in every]
        + [f"-A DOCKER-CT -o {bridge(n)} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
           for n in every]
        + [f"-A DOCKER-FORWARD -j {chain}" for chain in
           ("DOCKER-CT", "DOCKER-ISOLATION-STAGE-1", "DOCKER-BRIDGE")]
        + [f"-A DOCKER-FORWARD -i {bridge(n)} -j ACCEPT" for n in every]
        + [f"-A DOCKER-ISOLATION-STAGE-1 -i {bridge(n)} ! -o {bridge(n)}"
           " -j DOCKER-ISOLATION-STAGE-2" for n in every]
        + [f"-A DOCKER-ISOLATION-STAGE-2 -o {bridge(n)} -j DROP" for n in newest])
    nat = (
        ["*nat", ":DOCKER -", "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
         "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER"]
        + [f"-A POSTROUTING -s {subnet(n, 0)}/24 ! -o {bridge(n)} -j MASQUERADE" for n in newest]
        + [f"-A DOCKER -i {bridge(n)} -j RETURN" for n in newest]
        + [f"-A DOCKER ! -i {bridge(middle)} -p udp -m udp --dport {port} -j DNAT"
           f" --to-destination {subnet(middle, 2)}:{port}" for port in leads])
    raw = ["*raw"] + [f"-A PREROUTING -d {subnet(n, 2)}/32 ! -i {bridge(n)} -j DROP" for n in every]
    return "\n".join(raw + ["COMMIT"] + filters + ["COMMIT"] + nat + ["COMMIT", ""])


def docker29(networks, ports):
    every, middle = range(networks), networks // 2
    leads = range(10000, 10000 + ports)

    def jumps(chain):
        return ", ".join(f'"{bridge(n)}" : jump {chain}__{bridge(n)}' for n in every)

    chains, maps = [], []
    for n in every:
        name, opened = bridge(n), leads if n == middle else []
        accepts = "\n".join(
            f"ip daddr {subnet(n, 2)} udp dport {port} counter accept" for port in opened)
        chains.append(f"""
chain filter-forward-in__{name} {{ ct state established,related counter accept
  iifname "{name}" counter accept
  {accepts}
  counter drop
}}
chain filter-forward-out__{name} {{ ct state established,related counter accept
  counter accept
}}
chain nat-postrouting-in__{name} {{ }}
chain nat-postrouting-out__{name} {{ oifname != "{name}" ip saddr {subnet(n, 0)}/24 counter masquerade; }}""")
    for chain in ("filter-forward-in", "filter-forward-out", "nat-postrouting-in", "nat-postrouting-out"):
        maps.append(f"map {chain}-jumps {{ type ifname : verdict; elements = {{ {jumps(chain)} }}; }}")
    direct = "\n".join(
        f'ip daddr {subnet(n, 2)} iifname != "{bridge(n)}" counter drop' for n in every)
    dnat = "\n".join(f'iifname != "{bridge(middle)}" udp dport {port} counter dnat to '
                     f"{subnet(middle, 2)}:{port}" for port in leads)
    return "table ip docker-bridges {" + "\n".join(chains + maps) + f"""
chain nat-prerouting-and-output {{
{dnat}
}}
chain filter-FORWARD {{ type filter hook forward priority filter; policy accept;
  oifname vmap @filter-forward-in-jumps
  iifname vmap @filter-forward-out-jumps
}}
chain nat-OUTPUT {{ type nat hook output priority -100; policy accept;
  ip daddr != 127.0.0.0/8 fib daddr type local counter jump nat-prerouting-and-output
}}
chain nat-POSTROUTING {{ type nat hook postrouting priority srcnat; policy accept;
  iifname vmap @nat-postrouting-out-jumps
  oifname vmap @nat-postrouting-in-jumps
}}
chain nat-PREROUTING {{ type nat hook prerouting priority dstnat; policy accept;
  fib daddr type local counter jump nat-prerouting-and-output
}}
chain raw-PREROUTING {{ type filter hook prerouting priority raw; policy accept;
{direct}
}}
}}
"""


class Netctl:
    """What netctl installs for networks and ports."""

    def __init__(self, binary):
        self.binary = binary

    def __call__(self, networks, ports):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            scratch = Namespace.add("scratch")
            environment = dict(os.environ, NETCTL_STATE_DIR=folder + "/state")
            for number in range(networks):
                scratch.run(self.binary, "network", "create", "--subnet", subnet(number, 0) + "/24",
                            "-o", "com.docker.network.bridge.name=" + bridge(number), str(number),
                            env=environment)
            middle = str(networks // 2)
            run("ip", "netns", "add", "inside")
            published = [f"-p=10000-{9999 + ports}:10000-{9999 + ports}/udp"] if ports else []
            scratch.run(self.binary, "network", "connect", *published, middle, "inside",
                        env=environment)
            rules = scratch.run("nft", "list", "ruleset")
            for name in "inside", "scratch":
                run("ip", "netns", "del", name)
            os.close(scratch.descriptor)
            return rules


class Batch:
    """Frames that the kernel is given with few calls."""

    class Vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    class Message(ctypes.Structure):
        _fields_ = [("name", ctypes.c_void_p), ("name_length", ctypes.c_uint),
                    ("vector", ctypes.c_void_p), ("vectors", ctypes.c_size_t),
                    ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
                    ("flags", ctypes.c_int), ("sent", ctypes.c_uint)]

    def __init__(self, space, link, frames):
        self.count, self.frames = len(frames), [ctypes.create_string_buffer(f, len(f)) for f in frames]
        self.vectors = (self.Vector * self.count)(
            *(self.Vector(ctypes.addressof(f), len(f)) for f in self.frames))
        step = ctypes.sizeof(self.Vector)
        base = ctypes.addressof(self.vectors)
        self.messages = (self.Message * self.count)(
            *(self.Message(None, 0, base + i * step, 1, None, 0, 0, 0) for i in range(self.count)))
        with space.entered():
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            self.socket.setsockopt(263, 20, 1)  # SOL_PACKET, PACKET_QDISC_BYPASS
            self.socket.bind((link, 0))

    def time(self):
        """Sends all; the nanoseconds of the processor for one."""
        start = time.thread_time()
        self.send()
        return (time.thread_time() - start) * 1e9 / self.count

    def send(self):
        sent, size = 0, ctypes.sizeof(self.Message)
        while sent < self.count:
            done = libc.sendmmsg(self.socket.fileno(),
                                 ctypes.byref(self.messages, sent * size),
                                 min(1024, self.count - sent), 0)
            if done < 0:
                raise OSError(ctypes.get_errno(), "sendmmsg")
            sent += done


def datagram(source, destination, source_port, port):
    header = struct.pack("!HHHH", source_port, port, 8 + SIZE, 0)
    return packets.packet(source, destination, 17, header + bytes(SIZE), 6)


class Lab:
    """The container, its host with the bridge of the network in the middle, and the outside."""
    NAMES = "host", "outside", "container"

    def __init__(self, number):
        self.inside = subnet(number, 2)
        self.host, self.outside, self.container = (
            Namespace.add(name) for name in self.NAMES)

        def link(name, space, peer):
            self.host.run("ip", "link", "add", name, "type", "veth", "peer", "name", peer, "netns",
                          f"/proc/self/fd/{space.descriptor}", pass_fds=[space.descriptor])
            self.host.batch(f"link set {name} up")
            space.batch(f"link set {peer} up")
        self.host.batch(f"link add {bridge(number)} type bridge", f"link set {bridge(number)} up",
                        f"address add {subnet(number, 1)}/24 dev {bridge(number)}")
        link("in", self.container, "eth0")
        link("out", self.outside, "eth0")
        self.host.batch(f"link set in master {bridge(number)}", f"address add {UPLINK}/24 dev out")
        # netctl's rules know the container by the hardware address that it gives it.
        mine = "02:42:" + ":".join(f"{int(part):02x}" for part in self.inside.split("."))
        self.container.batch(f"link set eth0 address {mine}", f"address add {self.inside}/24 dev eth0",
                             f"route add default via {subnet(number, 1)}")
        self.outside.batch(f"address add {OUTSIDE}/24 dev eth0")
        self.host.set("ipv4/ip_forward", "1")
        self.container.batch("link add nowhere type veth peer name gone", "link set nowhere up",
                             "link set gone up")
        self.receivers = {}
        def hardware(space, name):
            return space.run("ip", "-br", "link", "show", name).split()[2]
        gateway = hardware(self.host, bridge(number))
        same = [packets.frame(gateway, mine, datagram(self.inside, OUTSIDE, 5000, 7))] * SAME
        self.same = Batch(self.container, "eth0", same)
        self.unsent = Batch(self.container, "nowhere", same)
        self.new = Batch(self.container, "eth0", [
            packets.frame(gateway, mine, datagram(self.inside, OUTSIDE, 1024 + i, 7)) for i in range(NEW)])
        wire, far = hardware(self.host, "out"), hardware(self.outside, "eth0")
        self.published = Batch(self.outside, "eth0", [
            packets.frame(wire, far, datagram(OUTSIDE, UPLINK, 1024 + i, 10500)) for i in range(NEW)])
        self.answers = Batch(self.outside, "eth0", [
            packets.frame(wire, far, datagram(OUTSIDE, UPLINK, 7, 5000))] * SAME)
        for name, space, port in (("out", self.outside, 7), ("in", self.container, 10500),
                                  ("client", self.container, 5000)):
            with space.entered():
                receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
                receiver.bind(("0.0.0.0", port))
            self.receivers[name] = receiver

    def close(self):
        for name in self.NAMES:
            run("ip", "netns", "del", name)

    def load(self, kind, rules):
        self.host.run("nft", "flush", "ruleset")
        program = ["iptables-nft-restore"] if kind == "Docker 28" else ["nft", "-f", "-"]
        self.host.run(*program, input=rules)

    def forget(self):
        """Makes the kernel forget all connections."""
        with self.host.entered():
            sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
        with sock:
            sock.send(struct.pack("=IHHIIBBH", 20, 1 << 8 | 2, 5, 1, 0, 0, 0, 0))
            sock.recv(4096)

    def passed(self, link):
        text = self.host.run("cat", "/proc/thread-self/net/dev")
        line = next(line for line in text.splitlines() if line.strip().startswith(link + ":"))
        return int(line.split(":")[1].split()[9])

    def establish(self):
        server, client = self.receivers["out"], self.receivers["client"]
        for sock in server, client:
            sock.setblocking(False)
            try:
                while True:
                    sock.recv(100)
            except BlockingIOError:
                sock.settimeout(5)
        client.sendto(b"x", (OUTSIDE, 7))
        _, peer = server.recvfrom(100)
        server.sendto(b"y", peer)
        client.recv(100)

    def time(self, batch, link):
        """Nanoseconds of the processor for a packet, from the sender until it has left by the link;
        None when the kernel did some of the work elsewhere."""
        before = self.passed(link)
        elapsed = batch.time()
        passed = self.passed(link) - before
        return elapsed - self.unsent.time() if passed >= batch.count else None

    def whole(self, prepare, batch, link):
        for _ in range(50):
            prepare()
            if (found := self.time(batch, link)) is not None:
                return found
        raise SystemExit("packets are lost")

    def established(self, batch, link):
        def prepare():
            self.forget()
            self.establish()
        return self.whole(prepare, batch, link)

    def leaving(self):
        return self.established(self.same, "out")

    def answered(self):
        return self.established(self.answers, "in")

    def first(self):
        return self.whole(self.forget, self.new, "out")

    def first_published(self):
        return self.whole(self.forget, self.published, "in")


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("netctl")
    arguments.add_argument("--rounds", type=int, default=11)
    chosen = arguments.parse_args()
    leave_the_machine()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    kinds = {"masquerade": masquerade, "netctl": Netctl(chosen.netctl), "Docker 28": docker28,
             "Docker 29": docker29}
    print("| packet | networks | ports | " + " | ".join(kinds) + " |")
    print("|---" * (3 + len(kinds)) + "|")
    for networks, ports in (1, 0), (100, 0), (1000, 0), (1, 1000):
        rules = {kind: make(networks, ports) for kind, make in kinds.items()}
        lab = Lab(networks // 2)
        measure(lab, rules, networks, ports, chosen.rounds)
        lab.close()


def measure(lab, rules, networks, ports, rounds):
    tests = {"established": lab.leaving, "established, to the container": lab.answered,
             "first": lab.first}
    if ports:
        tests["first to a published port"] = lab.first_published
    found = {(test, kind): [] for test in tests for kind in rules}
    for _ in range(rounds):
        for kind, text in rules.items():
            lab.load(kind, text)
            for test, run in tests.items():
                if test == "first to a published port" and kind == "masquerade":
                    continue
                found[test, kind].append(run())
    for test in tests:
        base = found[test, "masquerade"]
        cells = []
        for kind in rules:
            times = found[test, kind]
            ratio = f" ({statistics.median(t / b for t, b in zip(times, base)):.2f})" if base else ""
            cells.append(f"{statistics.median(times):.0f}{ratio}" if times else "")
        print(f"| {test} | {networks} | {ports} | " + " | ".join(cells) + " |", flush=True)


main()

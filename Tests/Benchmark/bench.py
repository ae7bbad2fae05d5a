#!/usr/bin/env python3
"""Times netctl beside the least that iproute2 and nft need for the same links, addresses and rules.

    bench.py NETCTL [--rounds N] [--quick]

Everything happens in namespaces of its own, with the state directory on tmpfs and, for the durable
write, in a folder on disk. Figures are medians of whole processes, from start to exit, in
milliseconds; subject and floor are measured in turn.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

NULL = (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)


def timed(*argv, env=None):
    """Runs a program to its end; the milliseconds it took."""
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, env or os.environ, file_actions=[NULL])
    status = os.waitpid(pid, 0)[1]
    elapsed = (time.perf_counter() - start) * 1e3
    if status:
        raise SystemExit(f"failed: {' '.join(argv)}")
    return elapsed


class Host:
    """netctl with a state directory of its own in the current namespace."""

    def __init__(self, binary, state):
        self.binary, self.state = binary, state
        self.env = dict(os.environ, NETCTL_STATE_DIR=state)

    def run(self, *argv):
        return timed(self.binary, "network", *argv, env=self.env)

    def fill(self, count):
        for number in range(count):
            self.run("create", "--subnet", subnet(number), f"net{number}")

    def empty(self):
        subprocess.run([self.binary, "network", "prune", "-f"], env=self.env, check=True,
                       stdout=subprocess.DEVNULL)


def subnet(number, step=0):
    return f"10.{number // 250 + step}.{number % 250}.0/24"


def which(name):
    return shutil.which(name) or sys.exit(f"{name} is missing")


class Floor:
    """ip -batch and nft -f with the same work."""

    def __init__(self, folder):
        self.folder, self.ip, self.nft = folder, which("ip"), which("nft")

    def batch(self, name, *lines):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def create(self, number):
        bridge = f"fl{number}"
        links = self.batch("links", f"link add {bridge} type bridge",
                           f"addr add 10.200.{number % 250}.1/24 broadcast + dev {bridge}",
                           f"link set {bridge} up")
        rules = self.batch("rules", *(f"add element inet netctl {element}" for element in (
            f"bridges {{ {bridge} }}", f"outgoing {{ {bridge} }}", f"self {{ {bridge} . {bridge} }}",
            f"allow {{ {bridge} . {bridge} }}", f"gateways4 {{ 10.200.{number % 250}.1 }}",
            f"masq {{ ipv4 . {bridge} }}", f"ingress {{ ipv4 . {bridge} : drop }}",
            f"ingress {{ ipv6 . {bridge} : drop }}")))
        return timed(self.ip, "-batch", links) + timed(self.nft, "-f", rules)

    def connect(self, bridge, namespace, number):
        outside = self.batch(
            "outside",
            f"link add flv{number} master {bridge} type veth peer name fl0 netns {namespace}",
            f"link set flv{number} up")
        inside = self.batch(
            "inside", f"addr add 10.0.0.{2 + number % 250}/16 broadcast + dev fl0", "link set fl0 up",
            "route add default via 10.0.0.1 dev fl0 metric 7")
        return (timed(self.ip, "-batch", outside)
                + timed(self.ip, "-n", namespace, "-batch", inside))


def median(values):
    return statistics.median(values)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, netctl, floor=None):
        row = (what, f"{median(netctl):.2f}", f"{min(netctl):.2f}",
               f"{median(floor):.2f}" if floor else "",
               f"{median(netctl) / median(floor):.2f}" if floor else "")
        self.rows.append(row)
        print("  {:46} {:>9} {:>9} {:>9} {:>7}".format(*row), flush=True)

    @staticmethod
    def head(title):
        print(f"\n{title}\n  {'':46} {'median':>9} {'least':>9} {'floor':>9} {'ratio':>7}")


def networks(binary, folder, counts, rounds, table):
    """create, rm, ls, inspect and connect beside 0, 100 and 1,000 networks."""
    floor = Floor(folder)
    for count in counts:
        host = Host(binary, os.path.join(folder, f"state-{count}"))
        host.fill(count)
        host.run("create", "--subnet", "10.90.0.0/16", "target")
        subprocess.run(["ip", "netns", "add", "bench"], check=True)
        create, floors, remove, listing, template, inspect = [], [], [], [], [], []
        connect, disconnect = [], []
        for number in range(rounds):
            create.append(host.run("create", "--subnet", "10.91.0.0/24", "one"))
            floors.append(floor.create(number))
            remove.append(host.run("rm", "one"))
            subprocess.run(["ip", "link", "del", f"fl{number}"], check=True)
            listing.append(host.run("ls"))
            template.append(host.run("ls", "--format", "{{.Name}} {{.Driver}} {{.Labels}}"))
            inspect.append(host.run("inspect", "target"))
            connect.append(host.run("connect", "target", "bench"))
            disconnect.append(host.run("disconnect", "target", "bench"))
        table.head(f"{count} other networks, state in memory")
        table.add("create", create, floors)
        table.add("rm", remove)
        table.add("ls", listing)
        table.add("ls with a template", template)
        table.add("inspect of one", inspect)
        table.add("connect", connect)
        table.add("disconnect", disconnect)
        subprocess.run(["ip", "netns", "del", "bench"], check=True)
        host.empty()


def endpoints(binary, folder, counts, rounds, table):
    """connect and disconnect on a network with 1, 100 and 1,000 endpoints."""
    floor = Floor(folder)
    host = Host(binary, os.path.join(folder, "state-endpoints"))
    host.run("create", "--subnet", "10.0.0.0/16", "-o", "com.docker.network.bridge.name=benchbr", "n")
    present = 0
    for count in counts:
        while present < count:
            subprocess.run(["ip", "netns", "add", f"e{present}"], check=True)
            host.run("connect", "n", f"e{present}")
            present += 1
        connect, floors, disconnect = [], [], []
        for number in range(rounds):
            for name in ("bench", "bench-floor"):
                subprocess.run(["ip", "netns", "add", name], check=True)
            connect.append(host.run("connect", "n", "bench"))
            floors.append(floor.connect("benchbr", "bench-floor", number))
            disconnect.append(host.run("disconnect", "n", "bench"))
            subprocess.run(["ip", "link", "del", f"flv{number}"], check=True)
            for name in ("bench", "bench-floor"):
                subprocess.run(["ip", "netns", "del", name], check=True)
        table.head(f"{count} other endpoints on the network, state in memory")
        table.add("connect", connect, floors)
        table.add("disconnect", disconnect)
    inspect = [host.run("inspect", "n") for _ in range(rounds)]
    table.add(f"inspect with {present} endpoints", inspect)


def durable(binary, folder, disk, rounds, table):
    """create with its durable write on disk."""
    floor = Floor(folder)
    host = Host(binary, disk)
    host.run("create", "--subnet", "10.92.0.0/24", "first")
    create, floors = [], []
    for number in range(rounds):
        create.append(host.run("create", "--subnet", "10.91.0.0/24", "one"))
        floors.append(floor.create(number))
        host.run("rm", "one")
        subprocess.run(["ip", "link", "del", f"fl{number}"], check=True)
    table.head("state on disk")
    table.add("create, durable", create, floors)
    host.empty()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("netctl")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--quick", action="store_true", help="10 and 100 instead of 100 and 1,000")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    binary = os.path.abspath(options.netctl)
    if os.geteuid() != 0:
        sys.exit("root is needed to make network namespaces")
    if not options.inside:
        disk = tempfile.mkdtemp(prefix="netctl-bench-")
        try:
            arguments = [binary, f"--rounds={options.rounds}", f"--inside={disk}"]
            sys.exit(subprocess.run(
                ["unshare", "--mount", "--net", "--propagation", "private", sys.executable, __file__]
                + arguments + ["--quick"] * options.quick).returncode)
        finally:
            shutil.rmtree(disk)
    for path in ("/run/netns", "/var/lib/netctl"):
        os.makedirs(path, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", path], check=True)
    folder = "/var/lib/netctl"
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)

    table = Table()
    few, many = (10, 100) if options.quick else (100, 1000)
    table.head("start to exit")
    table.add("netctl --version", [timed(binary, "--version") for _ in range(4 * options.rounds)],
              [timed("/bin/true") for _ in range(4 * options.rounds)])
    endpoints(binary, folder, (1, few, many), options.rounds, table)
    networks(binary, folder, (0, few, many), options.rounds, table)
    durable(binary, folder, os.path.join(options.inside, "state"), options.rounds, table)


if __name__ == "__main__":
    main()

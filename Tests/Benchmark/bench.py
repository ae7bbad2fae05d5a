#!/usr/bin/env python3
"""Times netctl beside the least that the kernel, iproute2 and nft need for the same work.

    bench.py NETCTL [--rounds N] [--quick]

Everything happens in network namespaces of its own, with the state directory on tmpfs and, for the
durable write, in a folder on disk. Figures are medians of whole processes, from start to exit, in
milliseconds; netctl and the floor are measured in turn, before everything else that wants the
processors. Work at once is timed from the start of the first process to the exit of the last.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

NULL = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
PRIORITY = 1


def spawn(*argv, env=None):
    return os.posix_spawn(argv[0], argv, env or os.environ, file_actions=NULL)


def finish(pid, argv, expected=(0,)):
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) not in expected:
        sys.exit(f"failed: {' '.join(argv)}")


def timed(*argv, env=None, expected=(0,)):
    """Runs a program to its end; the milliseconds it took."""
    start = time.perf_counter()
    finish(spawn(*argv, env=env), argv, expected)
    return (time.perf_counter() - start) * 1e3


def timed_at_once(commands, env=None):
    start = time.perf_counter()
    started = [(spawn(*argv, env=env), argv) for argv in commands]
    for pid, argv in started:
        finish(pid, argv)
    return (time.perf_counter() - start) * 1e3


def timed_beside(argv, others, env=None):
    """Runs a program, and others one after another until it ends; the milliseconds of the program,
    and those of each of the others."""
    start, times = time.perf_counter(), []
    pid = spawn(*argv, env=env)
    for other in others:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        times.append(timed(*other, env=env))
    finish(pid, argv)
    return (time.perf_counter() - start) * 1e3, times


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def settle():
    """Waits until the kernel has finished the deletion of links."""
    ip("link", "set", "lo", "up")


class Host:
    """netctl with a state directory of its own in the current namespace."""

    def __init__(self, binary, state):
        self.binary, self.env = binary, dict(os.environ, NETCTL_STATE_DIR=state)

    def command(self, words):
        return (self.binary, "network", *words.split())

    def run(self, words, expected=(0,)):
        return timed(*self.command(words), env=self.env, expected=expected)

    def at_once(self, commands):
        return timed_at_once([self.command(words) for words in commands], env=self.env)

    def fill(self, count, first=0):
        for number in range(first, count):
            self.run(f"create --subnet {subnet(number)} net{number}")


def subnet(number):
    return f"10.{number // 250}.{number % 250}.0/24"


class Floor:
    """ip -batch and nft -f with the same work."""

    def __init__(self, folder):
        self.folder, self.ip, self.nft = folder, shutil.which("ip"), shutil.which("nft")

    def batch(self, name, lines):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def create(self, number):
        bridge = f"fl{number}"
        links = self.batch("links", [f"link add {bridge} type bridge",
                                     f"addr add 10.200.{number % 250}.1/24 broadcast + dev {bridge}",
                                     f"link set {bridge} up"])
        rules = self.batch("rules", (f"add element inet netctl {element}" for element in (
            f"bridges {{ {bridge} }}", f"outgoing {{ {bridge} }}", f"self {{ {bridge} . {bridge} }}",
            f"allow {{ {bridge} . {bridge} }}", f"gateways4 {{ 10.200.{number % 250}.1 }}",
            f"masq {{ ipv4 . {bridge} }}", f"ingress {{ ipv4 . {bridge} : drop }}",
            f"ingress {{ ipv6 . {bridge} : drop }}")))
        elapsed = timed(self.ip, "-batch", links) + timed(self.nft, "-f", rules)
        ip("link", "del", bridge)
        settle()
        return elapsed

    def connect(self, bridge, namespace, number):
        address = f"10.255.{number // 250}.{2 + number % 250}"
        outside = self.batch("outside", [
            f"link add flv{number} master {bridge} type veth peer name fl0 netns {namespace}",
            f"link set flv{number} up"])
        inside = self.batch("inside", [f"addr add {address}/16 broadcast + dev fl0",
                                       "link set fl0 up",
                                       "route add default via 10.255.0.1 dev fl0 metric 7"])
        elapsed = (timed(self.ip, "-batch", outside)
                   + timed(self.ip, "-n", namespace, "-batch", inside))
        ip("link", "del", f"flv{number}")
        return elapsed

    def delete(self, bridges, others):
        """Deletes bridges, and makes others meanwhile."""
        links = self.batch("links", (f"link del {bridge}" for bridge in bridges))
        return timed_beside((self.ip, "-batch", links),
                            ((self.ip, "link", "add", other, "up", "type", "bridge")
                             for other in others))


class Table:
    @staticmethod
    def head(title):
        print(f"\n{title}\n  {'':46} {'median':>9} {'least':>9} {'floor':>9} {'ratio':>7}", flush=True)

    @staticmethod
    def add(what, netctl, floor=None):
        median = statistics.median(netctl)
        below = statistics.median(floor) if floor else None
        print(f"  {what:46} {median:9.2f} {min(netctl):9.2f} "
              + (f"{below:9.2f} {median / below:7.2f}" if floor else ""), flush=True)


def few_networks(host, floor, options):
    """Commands beside nothing else."""
    rows = {}

    def add(row, elapsed):
        rows.setdefault(row, []).append(elapsed)

    host.run("create --subnet 10.90.0.0/16 target")
    for number in range(options.rounds):
        for name in ("bench", "bench-floor"):
            ip("netns", "add", name)
        add("--version", timed(host.binary, "--version"))
        add("(floor) --version", timed("/bin/true"))
        add("ls", host.run("ls"))
        add("ls with a template", host.run("ls --format {{.Name}}{{.Driver}}{{.Labels}}"))
        add("inspect of one", host.run("inspect target"))
        for row, words in (("create --subnet", "create --subnet 10.91.0.0/24 one"),
                           ("create, automatic", "create one")):
            add(row, host.run(words))
            add("(floor) " + row, floor.create(number))
            add("rm", host.run("rm one"))
            settle()
        add("connect", host.run("connect target bench"))
        bridge = subprocess.run(["ip", "-br", "link", "show", "type", "bridge"], check=True,
                                capture_output=True, text=True).stdout.split()[0]
        add("(floor) connect", floor.connect(bridge, "bench-floor", number))
        add("disconnect", host.run("disconnect target bench"))
        add("connect -p", host.run("connect -p 8080:80 target bench"))
        add("disconnect -p", host.run("disconnect target bench"))
        host.run("unpublish bench 8080:80")
        add("verify", host.run("verify", expected=(0, 1)))
        add("reload", host.run("reload"))
        for name in ("bench", "bench-floor"):
            ip("netns", "del", name)
        settle()
    Table.head("one other network, state in memory")
    for row, times in rows.items():
        if not row.startswith("("):
            Table.add(row, times, rows.get("(floor) " + row))
    return statistics.median(rows["create, automatic"])


def many_networks(host, floor, options, automatic):
    """create, ls, inspect and verify beside many networks; the removal of all."""
    many = 100 if options.quick else 1000
    for count in (many, 3 * many):
        host.fill(count, count - many if count == many else many)
        rows = {}
        for number in range(options.rounds):
            for row, words in (("create --subnet", "create --subnet 10.91.0.0/24 one"),
                               ("create, automatic", "create one")):
                rows.setdefault(row, []).append(host.run(words))
                host.run("rm one")
                settle()
            for row in ("ls", "inspect target"):
                rows.setdefault(row, []).append(host.run(row))
        rows["verify"] = [host.run("verify", expected=(0, 1))]
        Table.head(f"{count} other networks")
        for row, times in rows.items():
            # Beside one with no other network.
            Table.add(row, times, [automatic] if row == "create, automatic" else None)
    for number in range(many, 3 * many):
        host.run(f"rm net{number}")
    host.run("rm target")
    settle()
    bridges = [f"flo{number}" for number in range(many)]
    for bridge in bridges:
        ip("link", "add", bridge, "up", "type", "bridge")
    Table.head("removal")
    deletion, added = floor.delete(bridges, (f"flm{number}" for number in range(10000)))
    pruning, created = timed_beside(
        host.command("prune -f"),
        (host.command(f"create --subnet {subnet(25000 + number)} meanwhile{number}")
         for number in range(10000)), host.env)
    Table.add(f"prune of {many}", [pruning], [deletion])
    Table.add("create meanwhile", created, added)
    Table.add("the slowest of these", [max(created)], [max(added)])


def concurrency(host, floor, options):
    """Many processes at once."""
    count, removals, floors, connections = 20, [], [], []
    host.run("create --subnet 10.90.0.0/16 target")
    for _ in range(max(3, options.rounds // 5)):
        host.fill(count)
        for number in range(count):
            ip("link", "add", f"flo{number}", "up", "type", "bridge")
            ip("netns", "add", f"e{number}")
        removals.append(host.at_once([f"rm net{number}" for number in range(count)]))
        settle()
        floors.append(timed_at_once(
            [(floor.ip, "link", "del", f"flo{number}") for number in range(count)]))
        settle()
        connections.append(host.at_once([f"connect target e{number}" for number in range(count)]))
        for number in range(count):
            host.run(f"disconnect target e{number}")
            ip("netns", "del", f"e{number}")
        settle()
    Table.head(f"{count} processes at once")
    Table.add("rm", removals, floors)
    Table.add("connect", connections)
    host.run("rm target")


def endpoints(host, floor, options):
    """Commands beside many endpoints on the network."""
    host.run("create --subnet 10.254.0.0/15 -o com.docker.network.bridge.name=benchbr n")
    present, many = 0, 100 if options.quick else 1000
    for count in (1, many // 10, many):
        for number in range(present, count):
            ip("netns", "add", f"e{number}")
            host.run(f"connect n e{number}")
        present = count
        rows = {"connect": [], "disconnect": [], "inspect": []}
        floors = []
        for number in range(options.rounds):
            for name in ("bench", "bench-floor"):
                ip("netns", "add", name)
            rows["connect"].append(host.run("connect n bench"))
            floors.append(floor.connect("benchbr", "bench-floor", number))
            rows["disconnect"].append(host.run("disconnect n bench"))
            rows["inspect"].append(host.run("inspect n"))
            for name in ("bench", "bench-floor"):
                ip("netns", "del", name)
            settle()
        rows["verify"] = [host.run("verify", expected=(0, 1)) for _ in range(5)]
        rows["reload"] = [host.run("reload") for _ in range(5)]
        Table.head(f"{count} other endpoints on the network")
        for row, times in rows.items():
            Table.add(row, times, floors if row == "connect" else None)


def ports(host, options):
    """A container with many published ports."""
    host.run("create --subnet 10.90.0.0/16 target")
    ip("netns", "add", "bench")
    host.run("connect target bench")
    Table.head("ports of one container")
    for what, words in (("publish of 100", ["1000-1099:1000-1099"]),
                        ("publish of 26,385", ["6384-32768:6384-32768"]),
                        ("publish of 131,070", ["1-65535:1-65535", "1-65535:1-65535/udp"])):
        if options.quick and "131" in what:
            continue
        Table.add(what, [sum(host.run("publish bench " + word) for word in words)])
        Table.add("unpublish", [sum(host.run("unpublish bench " + word) for word in words)])


def durable(host, floor, options):
    """create with its durable write on disk."""
    host.run("create --subnet 10.92.0.0/24 first")
    create, floors = [], []
    for number in range(options.rounds):
        create.append(host.run("create --subnet 10.91.0.0/24 one"))
        host.run("rm one")
        settle()
        floors.append(floor.create(number))
    Table.head("state on disk")
    Table.add("create --subnet, durable", create, floors)


def inside(scenario, options):
    """Runs one scenario in a namespace of its own."""
    for path in ("/run/netns", "/var/lib/netctl", "/etc/netns"):
        os.makedirs(path, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", path], check=True)
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    ip("link", "set", "lo", "up")
    floor = Floor("/var/lib/netctl")
    host = Host(options.netctl, "/var/lib/netctl/state")
    if scenario == "networks":
        many_networks(host, floor, options, few_networks(host, floor, options))
    elif scenario == "concurrency":
        concurrency(host, floor, options)
    elif scenario == "endpoints":
        endpoints(host, floor, options)
    elif scenario == "ports":
        ports(host, options)
    elif scenario == "durable":
        durable(Host(options.netctl, options.disk), floor, options)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("netctl")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--quick", action="store_true", help="100 instead of 1,000")
    parser.add_argument("--only", help="one of networks, concurrency, endpoints, ports, durable")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--disk", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.netctl = os.path.abspath(options.netctl)
    if os.geteuid() != 0:
        sys.exit("root is needed to make network namespaces")
    if options.inside:
        return inside(options.inside, options)
    disk = tempfile.mkdtemp(prefix="netctl-bench-")
    try:
        for scenario in ("networks", "concurrency", "endpoints", "ports", "durable"):
            if options.only in (None, scenario):
                subprocess.run(["unshare", "--mount", "--net", "--propagation", "private",
                                sys.executable, __file__, *sys.argv[1:], f"--inside={scenario}",
                                f"--disk={disk}/state"], check=True)
    finally:
        shutil.rmtree(disk)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures how soon a cluster of hosts knows of an endpoint, and what its agents cost.

    overlay.py NETCTL NETCTL-SERVER [--hosts N] [--endpoints N] [--rounds N]

Hosts are network namespaces on a bridge, each with records, an agent and a socket of its own; one
more has etcd, without TLS. A sender asks for an address every millisecond, without a pause, from a
container that is on the network all the time. What is measured begins with the start of the command
and ends when the first answer arrives:

    connect   the address belongs to nobody before
    move      the address has just been given back on another host

Times are in milliseconds. The machine's processors are shared by all hosts.
"""
import argparse, ctypes, json, os, select, shutil, signal, socket, statistics, struct, subprocess, sys, tempfile, time

PREFIX = f"ov{os.getpid() % 10000}"
libc = ctypes.CDLL(None, use_errno=True)


def run(*words, **options):
    return subprocess.run(words, check=True, text=True, capture_output=True, **options).stdout


def inside(name, *words):
    return ["nsenter", f"--net=/run/netns/{name}", *words]


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xffff)
    return ~(total + (total >> 16)) & 0xffff


def echo(identity, number):
    header = struct.pack("!BBHHH", 8, 0, 0, identity, number)
    return struct.pack("!BBHHH", 8, 0, checksum(header), identity, number)


def send_without_end(address, interval):
    """Asks for an address; prints when the first answer came, once for each line of the input."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    raw.setblocking(False)
    # ICMP_FILTER: answers only.
    raw.setsockopt(255, 1, struct.pack("I", ~1 & 0xffffffff))
    identity, number, wanted, sent_at = os.getpid() & 0xffff, 0, None, {}
    print("ready", flush=True)
    following = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= following:
            number = number + 1 & 0xffff
            sent_at[number] = now
            try:
                raw.sendto(echo(identity, number), (address, 0))
            except OSError:
                pass
            following = max(following + interval, now)
        ready, _, _ = select.select([raw, sys.stdin], [], [], max(0, following - time.monotonic()))
        if raw in ready:
            try:
                packet = raw.recv(256)
            except OSError:
                continue
            got, answer = struct.unpack("!HH", packet[24:28])
            # An answer to what was sent before the question came is not meant.
            if wanted is not None and got == identity and sent_at.get(answer, 0) >= wanted:
                print(time.monotonic(), flush=True)
                wanted = None
        if sys.stdin in ready:
            line = sys.stdin.readline()
            if not line:
                return
            wanted = float(line)


class Sender:
    def __init__(self, container, address, interval=0.001):
        self.process = subprocess.Popen(
            inside(container, sys.executable, "-B", os.path.abspath(__file__), "--send", address,
                   "--interval", str(interval)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def expect(self, moment):
        self.process.stdin.write(f"{moment}\n")
        self.process.stdin.flush()

    def answered(self, limit=10):
        if not select.select([self.process.stdout], [], [], limit)[0]:
            raise TimeoutError("no answer")
        return float(self.process.stdout.readline())

    def end(self):
        self.process.kill()
        self.process.wait()


class Host:
    def __init__(self, cluster, number):
        self.cluster, self.number = cluster, number
        self.name = f"{PREFIX}h{number}"
        self.address = f"10.77.{100 + number // 200}.{number % 200 + 1}"
        cluster.attach(self.name, self.address)
        folder = f"{cluster.folder}/{self.name}"
        os.makedirs(folder)
        with open(f"{folder}/daemon.json", "w") as file:
            json.dump({"cluster-store": f"etcd://{cluster.store}:2379",
                       "cluster-advertise": self.address}, file)
        self.environment = dict(
            os.environ, NETCTL_STATE_DIR=f"{folder}/state", NETCTL_RUN_DIR=f"{folder}/run",
            NETCTL_CONFIG=f"{folder}/daemon.json")
        self.folder, self.agent = folder, None

    def start_agent(self):
        self.agent = subprocess.Popen(
            inside(self.name, self.cluster.netctl, "agent"), env=self.environment,
            stderr=open(f"{self.folder}/log", "a"))

    def is_registered(self):
        return subprocess.run(
            inside(self.name, self.cluster.netctl, "agent", "status"), env=self.environment,
            capture_output=True).returncode == 0

    def wait(self, limit=60):
        end = time.monotonic() + limit
        while not self.is_registered():
            if time.monotonic() > end or self.agent.poll() is not None:
                raise TimeoutError(open(f"{self.folder}/log").read())
            time.sleep(0.02)

    def status(self):
        return json.loads(run(*inside(self.name, self.cluster.netctl, "agent", "status", "--format", "json"),
                              env=self.environment))

    def network(self, *words):
        return run(*inside(self.name, self.cluster.netctl, "network", *words), env=self.environment)

    def stop_agent(self, number=signal.SIGTERM):
        self.agent.send_signal(number)
        self.agent.wait()

    def memory(self):
        """Resident memory of the agent in megabytes."""
        with open(f"/proc/{self.agent.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

    def processor(self):
        """Processor time of the agent in seconds."""
        with open(f"/proc/{self.agent.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Cluster:
    store = "10.77.255.254"

    def __init__(self, netctl, server):
        self.folder = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.namespaces, self.etcd, self.hosts = [], None, []
        os.makedirs(f"{self.folder}/bin")
        os.makedirs(f"{self.folder}/libexec/netctl")
        # As they are installed.
        self.netctl = shutil.copy(netctl, f"{self.folder}/bin/netctl")
        shutil.copy(server, f"{self.folder}/libexec/netctl/netctl-server")
        self.underlay = f"{PREFIX}u"
        self.add_namespace(self.underlay)
        run(*inside(self.underlay, "ip", "link", "add", "under", "type", "bridge"))
        run(*inside(self.underlay, "ip", "link", "set", "under", "up"))
        self.attach(f"{PREFIX}kv", self.store)
        self.start_store()

    def start_store(self):
        url = f"http://{self.store}"
        self.etcd = subprocess.Popen(inside(
            f"{PREFIX}kv", "etcd", "--name", "m", "--data-dir", f"{self.folder}/kv", "--logger", "zap",
            "--log-level", "error", "--log-outputs", f"{self.folder}/kv.log",
            "--listen-client-urls", f"{url}:2379", "--advertise-client-urls", f"{url}:2379",
            "--listen-peer-urls", f"{url}:2380", "--initial-advertise-peer-urls", f"{url}:2380",
            "--initial-cluster", f"m={url}:2380"))
        self.wait_for_store()

    def wait_for_store(self):
        for _ in range(500):
            if subprocess.run(inside(f"{PREFIX}kv", "etcdctl", "--endpoints", f"{self.store}:2379",
                                     "endpoint", "health"), capture_output=True,
                              env=dict(os.environ, ETCDCTL_API="3")).returncode == 0:
                return
            time.sleep(0.02)
        raise TimeoutError("etcd")

    def add_namespace(self, name):
        run("ip", "netns", "add", name)
        self.namespaces.append(name)
        run(*inside(name, "ip", "link", "set", "lo", "up"))

    def attach(self, name, address):
        self.add_namespace(name)
        port = f"p{len(self.namespaces)}"
        run("ip", "link", "add", port, "netns", self.underlay, "type", "veth", "peer", "name", "eth0",
            "netns", name)
        run(*inside(self.underlay, "ip", "link", "set", port, "master", "under", "up"))
        run(*inside(name, "ip", "address", "add", f"{address}/16", "dev", "eth0"))
        run(*inside(name, "ip", "link", "set", "eth0", "up"))

    def container(self, name):
        name = f"{PREFIX}{name}"
        self.add_namespace(name)
        return name

    def add_hosts(self, count):
        hosts = [Host(self, number) for number in range(len(self.hosts), len(self.hosts) + count)]
        self.hosts += hosts
        for host in hosts:
            host.start_agent()
        for host in hosts:
            host.wait()

    def end(self):
        for host in self.hosts:
            if host.agent and host.agent.poll() is None:
                host.agent.kill()
                host.agent.wait()
        if self.etcd:
            self.etcd.kill()
            self.etcd.wait()
        for name in self.namespaces:
            subprocess.run(["ip", "netns", "delete", name])
        shutil.rmtree(self.folder, ignore_errors=True)


def show(name, seconds):
    values = sorted(1000 * value for value in seconds)
    def at(part):
        return values[min(len(values) - 1, int(part * len(values)))]
    print(f"{name:<34}{at(0.5):9.1f}{at(0.95):9.1f}{values[-1]:9.1f}   n={len(values)}", flush=True)


def measure(cluster, rounds, senders):
    """Connects, from the start of the command until every sender has an answer."""
    first, second = cluster.hosts[:2]
    address = "10.0.0.200"
    moving = [cluster.container("m1"), cluster.container("m2")]
    commands, answers, moves = [], [], []
    for _ in range(rounds):
        begin = time.monotonic()
        for sender in senders:
            sender.expect(begin)
        first.network("connect", "--ip", address, "n", moving[0])
        commands.append(time.monotonic() - begin)
        answers.append(max(sender.answered() for sender in senders) - begin)
        # The move: given back here, and taken there at once.
        first.network("disconnect", "n", moving[0])
        begin = time.monotonic()
        for sender in senders:
            sender.expect(begin)
        second.network("connect", "--ip", address, "n", moving[1])
        moves.append(max(sender.answered() for sender in senders) - begin)
        second.network("disconnect", "n", moving[1])
    show("connect, the command", commands)
    show("connect, until all peers are answered", answers)
    show("move, until all peers are answered", moves)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("netctl", nargs="?")
    parser.add_argument("server", nargs="?")
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--endpoints", type=int, default=0, help="others on the network")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--senders", type=int, default=1)
    parser.add_argument("--send")
    parser.add_argument("--interval", type=float, default=0.001)
    options = parser.parse_args()
    if options.send:
        return send_without_end(options.send, options.interval)
    cluster = Cluster(options.netctl, options.server)
    senders = []
    try:
        begin = time.monotonic()
        cluster.add_hosts(options.hosts)
        print(f"{options.hosts} hosts registered after {time.monotonic() - begin:.2f} s")
        begin = time.monotonic()
        cluster.hosts[0].network("create", "-d", "overlay", "n")
        print(f"{'':<34}{'median':>9}{'95 %':>9}{'max':>9}   ms")
        show("create, the command", [time.monotonic() - begin])
        peers = []
        for number in range(options.senders):
            host = cluster.hosts[2 + number * (options.hosts - 2) // options.senders]
            peer = cluster.container(f"s{number}")
            host.network("connect", "n", peer)
            peers.append(peer)
        times = []
        for number in range(options.endpoints):
            host = cluster.hosts[number % options.hosts]
            container = cluster.container(f"c{number}")
            begin = time.monotonic()
            host.network("connect", "n", container)
            times.append(time.monotonic() - begin)
        if times:
            show(f"connect of {options.endpoints} others, the command", times)
        senders = [Sender(peer, "10.0.0.200", options.interval) for peer in peers]
        before = [host.processor() for host in cluster.hosts]
        measure(cluster, options.rounds, senders)
        spent = [host.processor() - start for host, start in zip(cluster.hosts, before)]
        changes = 4 * options.rounds
        print(f"processor time of an agent for a change: {1000 * statistics.median(spent) / changes:.2f} ms")
        memory = [host.memory() for host in cluster.hosts]
        print(f"memory of an agent: {statistics.median(memory):.1f} MB, at most {max(memory):.1f}")
        for sender in senders:
            sender.end()
        senders = []
        last = cluster.hosts[-1]
        last.stop_agent()
        begin = time.monotonic()
        last.start_agent()
        last.wait()
        print(f"one agent restarted in {time.monotonic() - begin:.2f} s")
        for host in cluster.hosts:
            host.agent.kill()
        for host in cluster.hosts:
            host.agent.wait()
        begin = time.monotonic()
        for host in cluster.hosts:
            host.start_agent()
        for host in cluster.hosts:
            host.wait(120)
        print(f"all agents restarted together in {time.monotonic() - begin:.2f} s")
    finally:
        for sender in senders:
            sender.end()
        cluster.end()


main()

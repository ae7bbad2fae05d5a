"""A cluster of hosts, each a network namespace with records, an agent and a socket of its own, on one
underlay, with etcd in a namespace of its own; and a sender that never stops.
"""
import json, os, select, shutil, signal, socket, struct, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../FirewallTests/Probes"))
from namespaces import leave_the_machine

PREFIX = f"ov{os.getpid() % 10000}"


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
            inside(container, sys.executable, "-B", os.path.abspath(__file__), address,
                   str(interval)),
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
        self.environment = dict(
            os.environ, NETCTL_STATE_DIR=f"{folder}/state", NETCTL_RUN_DIR=f"{folder}/run",
            NETCTL_CONFIG=f"{folder}/daemon.json")
        self.folder, self.agent = folder, None
        self.configure()

    def configure(self, options={}):
        scheme = "etcds" if "kv.certfile" in options else "etcd"
        with open(f"{self.folder}/daemon.json", "w") as file:
            json.dump({"cluster-store": f"{scheme}://{self.cluster.store}:2379",
                       "cluster-advertise": self.address, "cluster-store-opts": options}, file)

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
        # Names in /run/netns and hosts files in /etc/netns end with this process.
        leave_the_machine()
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

    def start_store(self, *options, scheme="http", client=()):
        url = f"http://{self.store}"
        self.client = ("--endpoints", f"{scheme}://{self.store}:2379", *client)
        self.etcd = subprocess.Popen(inside(
            f"{PREFIX}kv", "etcd", "--name", "m", "--data-dir", f"{self.folder}/kv", "--logger", "zap",
            "--log-level", "error", "--log-outputs", f"{self.folder}/kv.log",
            "--listen-client-urls", f"{scheme}://{self.store}:2379",
            "--advertise-client-urls", f"{scheme}://{self.store}:2379",
            "--listen-peer-urls", f"{url}:2380", "--initial-advertise-peer-urls", f"{url}:2380",
            "--initial-cluster", f"m={url}:2380", *options))
        self.wait_for_store()

    def wait_for_store(self):
        for _ in range(500):
            if subprocess.run(inside(f"{PREFIX}kv", "etcdctl", *self.client, "endpoint", "health"), capture_output=True,
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


if __name__ == "__main__":
    send_without_end(sys.argv[1], float(sys.argv[2]))

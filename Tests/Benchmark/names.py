#!/usr/bin/env python3
"""Compares netctl's name server with dnsmasq, unbound and aardvark-dns.

    names.py NETCTL SERVER [--namespaces N] [--names N] [--seconds N]

Each answers A queries for the same names; netctl in each of the containers' namespaces, dnsmasq and
unbound in the one that asks, aardvark-dns at the gateway of its network; those that are not installed
are left out. dnsperf asks 5,000 times a
second, and then as often as it gets answers. Processor time is that of all threads of the server
in the kernel's scheduler, per answer; memory is what it shares with nobody. All happens in a network
and mount namespace of its own.
"""
import argparse, os, re, shutil, signal, subprocess, sys, tempfile, time

RATE = 5000


def run(*words, **options):
    return subprocess.run(words, check=True, text=True, capture_output=True, **options).stdout


def isolate():
    """Starts this script again in namespaces of its own."""
    if os.environ.get("NETCTL_BENCH_INSIDE") == "1":
        return
    os.environ["NETCTL_BENCH_INSIDE"] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, "-B", *sys.argv])


def prepare():
    run("mount", "--make-rprivate", "/")
    for folder in "/var/lib/netctl /etc/netctl /run/netctl /run/netns /etc/netns /srv".split():
        os.makedirs(folder, exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", folder)
    run("ip", "link", "set", "lo", "up")


class Server:
    def __init__(self, name, address, namespace, *argv):
        self.name, self.address, self.namespace = name, address, namespace
        enter = ["ip", "netns", "exec", namespace] if namespace and name != "netctl" else []
        self.process = subprocess.Popen(
            [*enter, *argv], stdout=subprocess.DEVNULL, stderr=open(f"/srv/{name}.log", "w"))

    @property
    def identifier(self):
        # aardvark-dns goes on in another process.
        try:
            with open("/srv/aardvark/aardvark.pid") as file:
                return int(file.read())
        except FileNotFoundError:
            return self.process.pid

    def processor_time(self):
        total = 0
        for thread in os.listdir(f"/proc/{self.identifier}/task"):
            with open(f"/proc/{self.identifier}/task/{thread}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e3

    def private_memory(self):
        with open(f"/proc/{self.identifier}/smaps_rollup") as file:
            return sum(int(n) for n in re.findall(r"Private_\w+: +(\d+)", file.read())) / 1024

    def ask(self, queries, seconds, *options):
        """Latencies in microseconds, and processor time per answer."""
        before = self.processor_time()
        words = ["dnsperf", "-s", self.address, "-d", queries, "-l", str(seconds), "-v", *options]
        output = run("ip", "netns", "exec", "c0", *words)
        used = self.processor_time() - before
        found = re.findall(r"^> (\w+) \S+ \S+ ([\d.]+)$", output, re.M)
        wrong = [code for code, _ in found if code != "NOERROR"]
        lost = re.search(r"Queries lost: +(\d+)", output)[1]
        if wrong or int(lost):
            print(f"{self.name}: {len(wrong)} failed, {lost} lost", file=sys.stderr)
        return sorted(float(time) * 1e6 for _, time in found), used / max(1, len(found))

    def wait(self, name):
        for _ in range(300):
            answer = subprocess.run(
                ["ip", "netns", "exec", "c0", "dig", f"@{self.address}", "+short", "+tries=1",
                 "+time=1", name], text=True, capture_output=True).stdout
            if answer.startswith("10."):
                return
            time.sleep(0.05)
        sys.exit(f"{self.name} does not answer: {open(f'/srv/{self.name}.log').read()}")

    def end(self):
        os.kill(self.identifier, signal.SIGTERM)
        self.process.wait()


def connect(netctl, count, names):
    """The addresses of the names: each container has its own and aliases."""
    run(netctl, "network", "create", "--subnet", "10.9.0.0/20", "--gateway", "10.9.0.1", "blue")
    found = {}
    for number in range(count):
        aliases = [f"alias{n}" for n in range(number, names - count, count)]
        run("ip", "netns", "add", f"c{number}")
        run("ip", "-n", f"c{number}", "link", "set", "lo", "up")
        address = f"10.9.{(number + 2) >> 8}.{(number + 2) & 255}"
        options = [f"--alias={alias}" for alias in aliases]
        run(netctl, "network", "connect", "--ip", address, *options, "blue", f"c{number}")
        found.update({name: address for name in [f"c{number}", *aliases]})
    return found


def servers(netctl, names):
    """Each server with its program and what starts it."""
    yield "netctl", netctl, lambda: Server("netctl", "127.0.0.11", "c0", netctl, "dns")
    with open("/srv/hosts", "w") as file:
        file.writelines(f"{address} {name}\n" for name, address in names.items())
    yield "dnsmasq", "dnsmasq", lambda: Server(
        "dnsmasq", "127.0.0.11", "c0", "dnsmasq", "--keep-in-foreground", "--user=root",
        "--no-resolv", "--no-hosts", "--addn-hosts=/srv/hosts", "--listen-address=127.0.0.11",
        "--bind-interfaces", "--pid-file=/srv/dnsmasq.pid", "--conf-file=/dev/null")
    with open("/srv/unbound.conf", "w") as file:
        file.write(
            "server:\n interface: 127.0.0.11\n do-daemonize: no\n username: \"\"\n chroot: \"\"\n"
            " use-syslog: no\n pidfile: \"\"\n access-control: 0.0.0.0/0 allow\n num-threads: 1\n")
        file.writelines(f' local-data: "{n}. 600 IN A {a}"\n' for n, a in names.items())
        file.write("remote-control:\n control-enable: no\n")
    yield "unbound", "unbound", lambda: Server(
        "unbound", "127.0.0.11", "c0", "unbound", "-d", "-p", "-c", "/srv/unbound.conf")
    os.makedirs("/srv/aardvark")
    grouped = {}
    for name, address in names.items():
        grouped.setdefault(address, []).append(name)
    with open("/srv/aardvark/blue", "w") as file:
        file.write("10.9.0.1\n")
        for number, (address, group) in enumerate(grouped.items()):
            file.write(f"{number:064x} {address}  {','.join(group)}\n")
    yield "aardvark-dns", "aardvark-dns", lambda: Server(
        "aardvark-dns", "10.9.0.1", None, "/usr/lib/podman/aardvark-dns", "--config",
        "/srv/aardvark", "--port", "53", "run")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("netctl")
    parser.add_argument("server")
    parser.add_argument("--namespaces", type=int, default=300)
    parser.add_argument("--names", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=8)
    arguments = parser.parse_args()
    isolate()
    prepare()
    with tempfile.TemporaryDirectory(dir="/srv") as folder:
        netctl = f"{folder}/bin/netctl"
        for source, target in (
            (arguments.netctl, netctl),
            (arguments.server, f"{folder}/libexec/netctl/netctl-server")):
            os.makedirs(os.path.dirname(target))
            shutil.copy(source, target)
        names = connect(netctl, arguments.namespaces, arguments.names)
        with open("/srv/queries", "w") as file:
            file.writelines(f"{name} A\n" for name in names)
        print("server        µs/query   p50   p99 at 5,000/s   µs/query  queries/s   private MB")
        for name, program, start in servers(netctl, names):
            if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/podman"):
                print(f"{name}: not installed")
                continue
            server = start()
            server.wait("c1")
            server.ask("/srv/queries", 1)
            times, cost = server.ask("/srv/queries", arguments.seconds, "-Q", str(RATE))
            flood, flood_cost = server.ask("/srv/queries", arguments.seconds)
            print(
                f"{name:13} {cost:8.1f} {times[len(times) // 2]:6.0f}"
                f" {times[len(times) * 99 // 100]:6.0f} {flood_cost:21.1f}"
                f" {len(flood) / arguments.seconds:10.0f} {server.private_memory():11.1f}",
                flush=True)
            server.end()


main()

#!/usr/bin/env python3
"""Asks the name servers of netctl and of a Docker Engine the same questions, and compares answers.

    DOCKER_HOST=unix://... DOCKER=docker names.py NETCTL SERVER

The engine needs an image `bb` that has `sleep`. Both get the same networks, containers and
addresses; one container is the server that unknown names are passed on to. Status, flags, the
question that is repeated, answers and how long they may be kept have to be the same, apart from
what EXPECTED names with its reason. Docker leaves out EDNS where it answers itself, which is not
compared. netctl works in namespaces of its own.
"""
import os, re, shutil, subprocess, sys, tempfile, time

NETWORKS = {
    "u1": ["--subnet", "10.91.0.0/24"],
    "u2": ["--subnet", "10.92.0.0/24", "--ipv6", "--subnet", "fd92::/64"],
    "v6": ["--ipv4=false", "--ipv6", "--subnet", "fd93::/64"],
}
# The networks of each container, with the options of the connection.
CONTAINERS = {
    "up": {"u1": ["--ip", "10.91.0.53"]},
    "web": {
        "u1": ["--ip", "10.91.0.10"],
        "u2": ["--ip", "10.92.0.10", "--ip6", "fd92::10"],
        "v6": ["--ip6", "fd93::10"],
    },
    "db": {
        "u1": ["--ip", "10.91.0.11", "--alias", "sql", "--alias", "pool", "--alias", "a.b"],
        "u2": ["--ip", "10.92.0.11", "--ip6", "fd92::11", "--alias", "second"],
    },
    "Cache_1": {"u1": ["--ip", "10.91.0.12", "--alias", "pool"]},
    "six": {"v6": ["--ip6", "fd93::11", "--alias", "vi"]},
    "other": {"u2": ["--ip", "10.92.0.13", "--ip6", "fd92::13", "--alias", "hidden"]},
    "linked": {"u1": ["--ip", "10.91.0.16", "--link", "db:lnk"]},
    "left": {"u1": ["--ip", "10.91.0.15"]},
    "gone": {"u1": ["--ip", "10.91.0.14"]},
}
UPSTREAM = "10.91.0.53"
RECORDS = [
    "--host-record=outside.example,198.51.100.7,2001:db8::7", "--host-record=single,198.51.100.8",
    "--txt-record=outside.example,hello", "--mx-host=outside.example,mail.example,10",
    "--txt-record=big.example," + ",".join("x" * 200 for _ in range(6)),
    "--address=/nx.example/", "--local=/example/", "--cname=other.example,outside.example",
    "--ptr-record=7.100.51.198.in-addr.arpa,outside.example",
]
NAMES = """db DB Db. db.u1 DB.U1 db.u2 db.v6 db.nosuch sql sql.u1 sql.u2 second second.u2 second.u1
pool pool.u1 a.b a.b.u1 Cache_1 cache_1 six six.v6 vi other hidden web web.u1 web.u2 web.v6 linked
lnk left gone up u1 u2 localhost host.docker.internal gateway.docker.internal single db.single
outside.example nx.example refused.test {db} {db}.u1 {db_short} {db_long}""".split()
QUESTIONS = [f"{name} {kind}" for name in NAMES for kind in ("A", "AAAA")] + """
db MX|sql MX|nosuch MX|outside.example MX|db TXT|db SRV|db NS|db ANY|db HTTPS|db CAA|db SOA
outside.example TXT|big.example TXT|+bufsize=4096 big.example TXT|+tcp big.example TXT
+tcp db A|+tcp pool A|+tcp outside.example A|+tcp nx.example A|+noedns db A|+noedns outside.example A
+noedns six A|+norecurse db A|+norecurse outside.example A|+cd +ad db A|-c CH db A|-c CH version.bind TXT
-x 10.91.0.11|-x 10.92.0.11|-x fd92::11|-x fd93::11|-x 10.91.0.1|-x 10.91.0.14|-x 10.91.0.99
-x 198.51.100.7|-x 192.0.2.1|+opcode=STATUS db A|+opcode=NOTIFY db A|db.u1.example A|. A|. NS
""".strip().replace("\n", "|").split("|")
ASKERS = {"web": QUESTIONS, "linked": ["lnk A", "lnk.u1 A", "db A", "-x 10.91.0.11"]}

# What differs, by a part of the question, and why.
EXPECTED = {
    "DB.U1": "Docker compares a network's name in its own case, which random cases of resolvers break",
    "-c CH": "containers have names on the Internet alone, whatever the class for Docker",
    "+opcode=NOTIFY": "Docker answers it like a query",
}


def run(*words, **options):
    done = subprocess.run(words, text=True, capture_output=True, **options)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout.strip()


class Subject:
    def ask(self, container, question):
        words = question
        for mark, value in (("{db_short}", self.identity[:10]), ("{db_long}", self.identity[:14]),
                            ("{db}", self.identity[:12])):
            words = words.replace(mark, value)
        output = subprocess.run(
            [*self.entering(container), "dig", "@127.0.0.11", "+tries=1", "+time=12", "+noall",
             "+comments", "+question", "+answer", *words.split()],
            text=True, capture_output=True).stdout
        return self.normal(output)

    def normal(self, text):
        status = re.search(r"opcode: (\w+), status: (\w+)", text)
        flags = re.search(r"flags:([ \w]*); QUERY: (\d+), ANSWER: (\d+)", text)
        if not status or not flags:
            return "no answer: " + text.strip().split("\n")[-1]
        lines = [re.sub(r"\s+", " ", line) for line in text.split("\n") if line.strip()]
        asked = [line for line in lines if line.startswith(";") and not line.startswith(";;")
                 and "EDNS" not in line]
        answers = sorted(line for line in lines if not line.startswith(";"))
        text = " ".join([status[2], flags[1].strip().replace(" ", "+"), *asked[:1], *answers])
        for digits in (14, 12, 10):
            text = text.replace(self.identity[:digits], f"ID{digits}")
        return text

    def start_upstream(self):
        words = [*self.entering("up"), "dnsmasq", "--keep-in-foreground", "--user=root",
                 "--no-resolv", "--no-hosts", "--conf-file=/dev/null", f"--listen-address={UPSTREAM}",
                 "--bind-interfaces", "--pid-file", *RECORDS]
        self.upstream = subprocess.Popen(words, stderr=subprocess.DEVNULL)


class Docker(Subject):
    name = "docker"

    def __init__(self):
        self.docker = os.environ.get("DOCKER", "docker")
        self.close()
        for network, options in NETWORKS.items():
            run(self.docker, "network", "create", *options, network)
        for container, networks in CONTAINERS.items():
            for number, (network, options) in enumerate(networks.items()):
                if number == 0:
                    options = [word.replace("--alias", "--network-alias") for word in options]
                    run(self.docker, "run", "-d", "--name", container, "--dns", UPSTREAM,
                        "--network", network, *options, "bb", "sleep", "100000")
                else:
                    run(self.docker, "network", "connect", *options, network, container)
        run(self.docker, "network", "disconnect", "u1", "left")
        run(self.docker, "kill", "gone")
        self.identity = run(self.docker, "inspect", "-f", "{{.Id}}", "db")
        self.processes = {
            name: run(self.docker, "inspect", "-f", "{{.State.Pid}}", name) for name in CONTAINERS}
        self.start_upstream()

    def entering(self, container):
        return ["nsenter", f"--net=/proc/{self.processes[container]}/ns/net"]

    def close(self):
        if hasattr(self, "upstream"):
            self.upstream.kill()
        subprocess.run([self.docker, "rm", "-f", *CONTAINERS], capture_output=True)
        subprocess.run([self.docker, "network", "rm", *NETWORKS], capture_output=True)


class Netctl(Subject):
    name = "netctl"

    def __init__(self, netctl, server, folder):
        self.netctl = f"{folder}/bin/netctl"
        for source, target in (
            (netctl, self.netctl), (server, f"{folder}/libexec/netctl/netctl-server")):
            os.makedirs(os.path.dirname(target))
            shutil.copy(source, target)
        for network, options in NETWORKS.items():
            run(self.netctl, "network", "create", "-o", f"io.netctl.dns={UPSTREAM}", *options,
                network)
        self.server = subprocess.Popen([self.netctl, "dns"])
        while not os.path.exists("/run/netctl/dns.sock"):
            time.sleep(0.01)
        for container, networks in CONTAINERS.items():
            run("ip", "netns", "add", container)
            run("ip", "-n", container, "link", "set", "lo", "up")
            for network, options in networks.items():
                run(self.netctl, "network", "connect", *options, network, container)
        run(self.netctl, "network", "disconnect", "u1", "left")
        run("ip", "netns", "delete", "gone")
        self.identity = next(
            line.split()[0] for line in run(
                self.netctl, "network", "inspect", "u1", "-f",
                "{{range $id, $c := .Containers}}{{$id}} {{$c.Name}}\n{{end}}").split("\n")
            if line.endswith(" db"))
        self.start_upstream()

    def entering(self, container):
        return ["ip", "netns", "exec", container]

    def close(self):
        self.upstream.kill()
        self.server.kill()
        self.server.wait()


def isolate():
    """Starts this script again in namespaces of its own."""
    if os.environ.get("NETCTL_COMPARISON_INSIDE") != "1":
        os.environ["NETCTL_COMPARISON_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, "-B", *sys.argv])
    run("mount", "--make-rprivate", "/")
    for folder in "/var/lib/netctl /etc/netctl /run/netctl /run/netns /etc/netns /srv".split():
        os.makedirs(folder, exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", folder)
    run("ip", "link", "set", "lo", "up")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    isolate()
    docker = Docker()
    netctl = Netctl(sys.argv[1], sys.argv[2], tempfile.mkdtemp(dir="/srv"))
    time.sleep(0.5)
    counts = {"same": 0, "expected": 0, "different": 0}
    try:
        for asker, questions in ASKERS.items():
            for question in questions:
                theirs, ours = docker.ask(asker, question), netctl.ask(asker, question)
                reason = next((why for part, why in EXPECTED.items() if part in question), None)
                kind = "same" if theirs == ours else "expected" if reason else "different"
                counts[kind] += 1
                if kind == "different":
                    print(f"{asker}: {question}\n  docker  {theirs}\n  netctl  {ours}", flush=True)
    finally:
        docker.close()
        netctl.close()
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    sys.exit(1 if counts["different"] else 0)


main()

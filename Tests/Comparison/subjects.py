"""Those who are asked: a Docker Engine through its command line, and netctl in a namespace."""
import collections, json, os, re, shutil, subprocess, tempfile
from namespaces import Namespace, run

CONTAINERS = "c1", "c2", "c3"


class Answer(collections.namedtuple("Answer", "status output errors")):
    def __str__(self):
        return "\n".join([f"status {self.status}"] + [
            f"{mark} {line}" for mark, text in ((" ", self.output), ("!", self.errors))
            for line in text.splitlines()])


class Subject:
    """`identities` has the ID of each network that was created, by its name."""

    def reset(self):
        self.identities, self.numbers, self.blocks = {}, {}, {}

    def answer(self, command):
        words = [self.resolved(word) for word in command.words()]
        self.short = {short: word for word, short in zip(command.words(), words)
                      if word != short and len(short) < 12}
        done = self.run(words)
        if command.verb == "create" and done.returncode == 0:
            self.identities[command.names[0]] = done.stdout.strip()
        return Answer(done.returncode, self.normal(done.stdout, command),
                      self.normal(done.stderr, command))

    def resolved(self, word):
        """Words `ID(name)` and `ID(name, 5)` are the ID of a network and its first digits."""
        match = re.fullmatch(r"ID\((\w+)(?:, (\d+))?\)", word)
        if not match:
            return word
        identity = self.identities.get(match[1], "0123456789abcdef" * 4)
        return identity[:int(match[2] or 64)]

    def normal(self, text, command):
        if command.is_document():
            text = self.document(text)
        for short, word in self.short.items():
            text = re.sub(rf"\b{short}\b", word, text)
        text = re.sub(r"Error response from daemon: ", "Error: ", text)
        text = re.sub(r"\bdocker(?=: |\b network)", "netctl", text)
        text = re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z| \+0000 UTC)", "TIME", text)
        text = re.sub(r"\b(?:[0-9a-f]{64}|(?!\d{12}\b)[0-9a-f]{12})\b", self.numbered, text)
        text = re.sub(r"\bfd[0-9a-f]{2}:[0-9a-f:]+::", self.local, text)
        if command.has_any_order():
            text = "\n".join(sorted(text.split("\n")))
        return text.rstrip()

    def numbered(self, match):
        """The IDs are numbered as they appear; the short form is the same ID."""
        word = match[0]
        number = self.numbers.setdefault(word[:12], len(self.numbers) + 1)
        return f"ID{number}" if len(word) > 12 else f"id{number}"

    def local(self, match):
        """So are blocks of unique local addresses that the subject drew."""
        if re.match(r"fd00:\d", match[0]):
            return match[0]
        return f"ULA{self.blocks.setdefault(match[0], len(self.blocks) + 1)}::"

    @staticmethod
    def document(text):
        """What `inspect` shows without what version 28 does not have."""
        try:
            networks = json.loads(text)
        except ValueError:
            return text
        for network in networks:
            network.pop("Status", None)
            containers = network.get("Containers") or {}
            for endpoint in containers.values():
                endpoint["EndpointID"] = endpoint["MacAddress"] = ""
            network["Containers"] = {one["Name"]: one for one in containers.values()}
            configurations = network["IPAM"].get("Config")
            for one in configurations or []:
                one.pop("Gateway", None)
            if configurations and not network["ConfigOnly"]:
                families = network["EnableIPv4"], network["EnableIPv6"]
                network["IPAM"]["Config"] = sorted(
                    (one for one in configurations if families[":" in one["Subnet"]]),
                    key=lambda one: ":" in one["Subnet"])
            elif configurations:
                configurations.sort(key=lambda one: one["Subnet"])
        return json.dumps(networks, indent=1, sort_keys=True)


class Docker(Subject):
    def __init__(self):
        self.docker = os.environ.get("DOCKER", "docker")
        for name in CONTAINERS:
            self.start(name)

    def start(self, name):
        subprocess.run([self.docker, "rm", "-f", name], capture_output=True)
        run(self.docker, "run", "-d", "--name", name, "--network", "none", "bb", "sleep", "1000000")

    def reset(self):
        super().reset()
        found = json.loads(run(self.docker, "container", "inspect", *CONTAINERS))
        for name, container in zip(CONTAINERS, found):
            for network in container["NetworkSettings"]["Networks"]:
                done = self.run(["disconnect", network, name])
                # A failed connection stays in the engine's mind.
                if done.returncode:
                    self.start(name)
                    self.run(["disconnect", "none", name])
                    break
        # A configuration goes after the networks that were made from it.
        for _ in range(2):
            custom = run(self.docker, "network", "ls", "-q", "--filter", "type=custom").split()
            if custom:
                subprocess.run([self.docker, "network", "rm", *custom], capture_output=True)

    def run(self, words):
        return subprocess.run([self.docker, "network", *words], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)

    def close(self):
        self.reset()
        run(self.docker, "rm", "-f", *CONTAINERS)


class Netctl(Subject):
    def __init__(self, netctl):
        self.netctl, self.host = netctl, None
        self.folder = tempfile.mkdtemp(prefix="netctl-comparison-")

    def reset(self):
        super().reset()
        self.leave()
        self.host = Namespace.add("host")
        for name in CONTAINERS:
            os.close(Namespace.add(name).descriptor)

    def leave(self):
        if self.host:
            os.close(self.host.descriptor)
            for name in ("host", *CONTAINERS):
                run("ip", "netns", "delete", name)
            self.host = None
        shutil.rmtree(self.folder)
        os.mkdir(self.folder, 0o700)

    def run(self, words):
        environment = dict(os.environ, NETCTL_STATE_DIR=self.folder)
        with self.host.entered():
            return subprocess.run([self.netctl, "network", *words], capture_output=True, text=True,
                                  stdin=subprocess.DEVNULL, env=environment)

    def close(self):
        self.leave()
        os.rmdir(self.folder)

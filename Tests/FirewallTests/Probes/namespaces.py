"""Network namespaces: to be in one for a moment, and to run programs there."""
import contextlib, ctypes, json, os, subprocess

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWNET = 0x20000, 0x40000000


def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def leave_the_machine():
    """Goes into new mount and network namespaces, with no named namespaces in sight."""
    check(libc.unshare(CLONE_NEWNS | CLONE_NEWNET))
    run("mount", "--make-rprivate", "/")
    for folder in "/run/netns", "/etc/netns":
        os.makedirs(folder, exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", folder)


def run(*words, **options):
    """Runs a program; its output. A refusal ends the probes."""
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr or done.stdout}")
    return done.stdout


class Namespace:
    """A namespace that is held open."""

    def __init__(self, path):
        self.path, self.descriptor = path, os.open(path, os.O_RDONLY)

    @staticmethod
    def add(name):
        run("ip", "netns", "add", name)
        namespace = Namespace(f"/run/netns/{name}")
        namespace.run("ip", "link", "set", "lo", "up")
        return namespace

    @contextlib.contextmanager
    def entered(self):
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        check(libc.setns(self.descriptor, CLONE_NEWNET))
        try:
            yield
        finally:
            check(libc.setns(home, CLONE_NEWNET))
            os.close(home)

    def run(self, *words, **options):
        with self.entered():
            return run(*words, **options)

    def batch(self, *commands):
        """Several commands of ip(8)."""
        self.run("ip", "-batch", "-", input="\n".join(commands) + "\n")

    def set(self, name, value):
        with self.entered(), open("/proc/sys/net/" + name, "w") as file:
            file.write(value)

    def link_with(self, address):
        """Name and hardware address of the link that has the address."""
        for link in json.loads(self.run("ip", "-j", "address")):
            if any(entry["local"] == address for entry in link["addr_info"]):
                return link["ifname"], link["address"]
        raise SystemExit(f"nothing has {address}")

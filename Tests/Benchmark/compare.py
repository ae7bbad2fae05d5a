#!/usr/bin/env python3
"""Compares the run times of two netctl executables.

    compare.py OLD NEW [--rounds N] [--networks N] [--only WORD]

Each executable has a host of its own: a network namespace and a state directory on tmpfs. Every
command runs on both in turn, and which of them comes first changes with each round. A ratio is the
median of the rounds' ratios of NEW to OLD, from start to exit: what else the machine does meets
both alike. Times are medians in milliseconds. The last column counts the rounds that NEW won.
"""
import argparse, ctypes, os, shutil, statistics, subprocess, sys, time

CLONE_NEWNET = 0x40000000
NULL = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)]
LIBC = ctypes.CDLL(None, use_errno=True)


class Side:
    """One executable with its host and two containers."""

    def __init__(self, name, binary):
        self.binary = os.path.abspath(shutil.which(binary) or binary)
        self.container, self.neighbor = f"{name}-c", f"{name}-d"
        self.env = dict(os.environ, NETCTL_STATE_DIR=f"/run/netctl-compare/{name}")
        subprocess.run(["ip", "netns", "add", name], check=True)
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        self.name, self.host = name, os.open(f"/run/netns/{name}", os.O_RDONLY)

    def run(self, *words, expected=(0,)):
        """Runs a command in the host's namespace; the milliseconds it took."""
        words = [word.replace("@c", self.container).replace("@d", self.neighbor) for word in words]
        if LIBC.setns(self.host, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        start = time.perf_counter()
        pid = os.posix_spawn(self.binary, [self.binary, *words], self.env, file_actions=NULL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        elapsed = (time.perf_counter() - start) * 1e3
        if status not in expected:
            sys.exit(f"failed with {status}: {self.binary} {' '.join(words)}")
        return elapsed

    def settle(self):
        """Waits until the kernel has finished the deletion of links."""
        subprocess.run(["ip", "-n", self.name, "link", "set", "lo", "up"], check=True)

    def containers(self, verb):
        for container in (self.container, self.neighbor):
            subprocess.run(["ip", "netns", verb, container], check=True)


# Rows of one round, in order: the name of a row that is timed, and the command.
ROUND = [
    ("--version", "--version"),
    ("ls", "network ls"),
    ("inspect", "network inspect n4"),
    ("create --subnet", "network create --subnet 10.91.0.0/24 s4"),
    ("create", "network create auto"),
    ("create --ipv6", "network create --subnet 10.92.0.0/24 --ipv6 --subnet fd00:92::/64 s6"),
    ("connect", "network connect n4 @c"),
    ("connect, IPv6", "network connect n6 @d"),
    ("inspect with an endpoint", "network inspect n4"),
    ("verify", "network verify"),
    ("reload", "network reload"),
    ("disconnect", "network disconnect n4 @c"),
    ("disconnect, IPv6", "network disconnect n6 @d"),
    ("connect -p", "network connect -p 8080:80 n4 @c"),
    ("publish", "network publish @c 8081:81"),
    ("unpublish", "network unpublish @c 8081:81"),
    ("disconnect -p", "network disconnect --force n4 @c"),
    (None, "network unpublish @c 8080:80"),
    ("rm", "network rm s4"),
    (None, "network rm auto s6"),
]


def compare(sides, options):
    for side in sides:
        side.run("network", "create", "--subnet", "10.93.0.0/24", "n4")
        side.run("network", "create", "--subnet", "10.94.0.0/24", "--ipv6", "--subnet",
                 "fd00:94::/64", "n6")
        for number in range(options.networks):
            side.run("network", "create", "--subnet", f"10.{number // 250}.{number % 250}.0/24",
                     f"net{number}")
    times = {}
    for number in range(options.rounds):
        for side in sides:
            side.containers("add")
        order = sides if number % 2 else sides[::-1]
        for row, command in ROUND:
            for side in order:
                # verify reports findings with status 1.
                elapsed = side.run(*command.split(), expected=(0, 1) if not row or row in (
                    "verify", "reload") else (0,))
                times.setdefault(row, {}).setdefault(side.name, []).append(elapsed)
                if row in (None, "rm", "disconnect", "disconnect, IPv6", "disconnect -p"):
                    side.settle()
        for side in sides:
            side.containers("del")
            side.settle()
    print(f"{'':28} {'OLD':>8} {'NEW':>8} {'ratio':>7} {'faster':>8}")
    for row, measured in times.items():
        if row is None or options.only not in row:
            continue
        old, new = measured["old"], measured["new"]
        ratios = [after / before for before, after in zip(old, new)]
        print(f"{row:28} {statistics.median(old):8.2f} {statistics.median(new):8.2f} "
              f"{statistics.median(ratios):7.2f} {sum(r < 1 for r in ratios):4}/{len(ratios)}",
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--networks", type=int, default=0, help="other networks on each host")
    parser.add_argument("--only", default="", help="print rows that contain this")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("root is needed to make network namespaces")
    if not options.inside:
        os.execvp("unshare", ["unshare", "--mount", "--net", "--propagation", "private",
                              sys.executable, "-B", __file__, "--inside", *sys.argv[1:]])
    # Before everything else that wants the processors.
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    for path in ("/run/netns", "/run/netctl-compare"):
        os.makedirs(path, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", path], check=True)
    compare([Side("old", options.old), Side("new", options.new)], options)


if __name__ == "__main__":
    main()

"""Kills a trace before each of its operations, refuses each of them, and looks at what is left."""
import os
import subprocess
import tempfile

from lab import run

INTERPOSER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../FaultTests/Interposer/interposer.c")


def build():
    path = os.path.join(tempfile.mkdtemp(), "libfaults.so")
    run("clang", "-shared", "-fPIC", "-O1", "-o", path, INTERPOSER)
    return path


def check_disturbed(lab):
    """A packet that a rule stops: nothing is left, and no other place is ever named."""
    library = build()
    lab.trace("web", lab.service)
    lab.sh("nft add table inet mine; nft 'add chain inet mine c { type filter hook forward priority -10; }'; "
           "nft add rule inet mine c iifname br-blue drop")
    words = ["web", lab.end(lab.service, 443)]
    _, expected = lab.trace(*words)
    log = os.path.join(tempfile.mkdtemp(), "log")
    disturbed(lab, library, words, NETCTL_TEST_LOG=log)
    with open(log) as file:
        operations = file.read().splitlines()
    before = lab.picture()
    problems = []
    if len(operations) < 20:
        problems.append(f"only {len(operations)} operations")
    for kind in ["stop", "refuse"]:
        for point, operation in enumerate(operations, 1):
            result = disturbed(lab, library, words, NETCTL_TEST_FAULT=kind, NETCTL_TEST_POINT=str(point))
            allowed = {"stop": [-9, -15, 9, 137], "refuse": [0, 1, 2, 3, 4]}[kind]
            found = result.stdout.strip()
            if kind == "refuse" and result.returncode == 2 and found != f"{expected['Place']['Table']}":
                problems.append(f"refuse {operation}: {found}")
            if kind == "refuse" and result.returncode in (0, 3):
                problems.append(f"refuse {operation}: status {result.returncode} {found}")
            if kind == "refuse" and result.returncode not in allowed:
                problems.append(f"refuse {operation}: status {result.returncode} {result.stderr}")
    # The kernel removes the tables of a socket some milliseconds after it was closed.
    for _ in range(100):
        if "netctl-trace" not in lab.sh("nft list tables; ip netns exec web nft list tables").stdout:
            break
    after = lab.picture()
    if before != after:
        problems.append("the host has changed: " + lab.difference(before, after))
    return problems


def disturbed(lab, library, words, **variables):
    command = [lab.binary, "network", "trace", "--format", "{{with .Place}}{{.Table}}{{end}}", *words]
    return subprocess.run(
        command, capture_output=True, text=True,
        env=dict(os.environ, LD_PRELOAD=library, LD_BIND_NOW="1", NETCTL_TEST_SEED="7", **variables))

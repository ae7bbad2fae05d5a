#!/usr/bin/env python3
"""Breaks a host in every way of the table, and checks what `netctl network trace` finds.

    run.py [-4|-6] [--bridge-nf-call] [--busy] [--compare] [--disturb] [--only TEXT] NETCTL
"""
import argparse
import os
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from disturb import check_disturbed
from faults import CLIENTS, FAULTS, Fault, HEALTHY
from lab import Lab, Tap


def check(lab, fault):
    # The neighbours of a host that has worked so far are known.
    lab.trace("web", lab.service)
    if lab.busy:
        lab.make_noise()
    fault.apply(lab)
    words = fault.target(lab)
    before = lab.picture() if lab.compares else None
    status, report = lab.trace(*words)
    problems = []
    if before is not None and lab.picture() != before:
        problems.append("the host has changed: " + lab.difference(before, lab.picture()))
    if status != fault.status:
        problems.append(f"status {status}, not {fault.status}")
    place = report["Place"] or {}
    for key, value in fault.place.items():
        if place.get(key) != value:
            problems.append(f"{key} is {place.get(key)!r}, not {value!r}")
    if fault.status == 2 and report["Seconds"] > 1.5:
        problems.append(f"took {report['Seconds']} s")
    if fault.heals:
        problems += check_remedy(lab, words, report["Remedy"])
    if problems:
        problems.append(report["Message"])
        problems.append(str(place))
    return problems


def check_remedy(lab, words, remedy):
    """It heals, and changes nothing more when it is typed again."""
    if not remedy:
        return ["no remedy"]
    problems = [f"{command}: {result.stderr.strip()}" for command in remedy
                if (result := type_in(command)).returncode != 0]
    # A link that was set up carries packets after a moment.
    for _ in range(5):
        again, after = lab.trace(*words)
        if again == 0:
            break
    if again != 0:
        problems.append(f"after the remedy {remedy}: status {again}: {after['Message']} {after['Remedy']}")
    before = lab.rules()
    for command in remedy:
        type_in(command)
    if lab.rules() != before:
        problems.append(f"{remedy}, typed again: {lab.difference(before, lab.rules())}")
    if lab.trace(*words)[0] != 0:
        problems.append(f"{remedy}, typed again, breaks it")
    return problems


def type_in(command):
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True,
                          env=dict(os.environ, PATH="/mnt/bin:" + os.environ["PATH"]))


def check_healthy(lab):
    problems = []
    if lab.busy:
        lab.make_noise()
    before = lab.picture()
    for name, target in HEALTHY:
        status, report = lab.trace(*target(lab))
        if status != 0:
            problems.append(f"{name}: {status} {report['Message']}")
    after = lab.picture()
    if before != after:
        problems.append("the host has changed: " + lab.difference(before, after))
    return problems


def check_wire(lab):
    """Nothing of an injected probe, of its answer or of a dry run leaves the host."""
    lab.trace("web", lab.service)
    lab.netctl("publish", "web", "8089:89")
    with lab.tap() as tap:
        for words in [
                ["--from", lab.client, "web", "8080"], ["--from", lab.client, "web", "8089"],
                ["--from", lab.client, "web", "8099"], ["--from", lab.client, "web", "8080/udp"],
                ["--dry-run", "web", lab.end(lab.service, 443)], ["--dry-run", "web", lab.service],
                ["--dry-run", "web", lab.end(lab.service, 53) + "/udp"]]:
            lab.trace(*words)
        # A container that got no reset repeats its answer after a second.
        time.sleep(1.2)
        frames = tap.frames()
    return [f"seen outside: {frame.hex()}" for frame in frames]


def check_client(lab, name, breaks, status, place):
    """A real client is followed, and nothing is sent."""
    lab.trace("web", lab.service)
    Fault(name, breaks, None).apply(lab)
    stop = lab.connect_from_outside((lab.uplink, 8080))
    found, report = lab.trace("--wait=5", "web", "8080")
    stop()
    problems = [f"{key} is {(report['Place'] or {}).get(key)!r}, not {value!r}" for key, value in place.items()
                if (report["Place"] or {}).get(key) != value]
    if found != status:
        problems.append(f"status {found}, not {status}")
    return problems + ([report["Message"], str(report["Place"])] if problems else [])


def check_unreachable(lab):
    """The host says that a container is unreachable after three seconds: not to the outside."""
    lab.trace("web", lab.service)
    lab.sh("ip -n web addr flush dev eth0; ip neigh flush dev br-blue")
    with lab.tap() as tap:
        status, report = lab.trace("--from", lab.client, "web", "8080")
        time.sleep(3.5)
        frames = tap.frames(errors=True)
    problems = [f"seen outside: {frame.hex()}" for frame in frames]
    if status != 2 or (report["Place"] or {}).get("Kind") != "address":
        problems.append(f"{status} {report['Message']}")
    return problems


def check_refused(lab):
    """What would leave the host all the same is refused, and nothing is sent."""
    lab.sh("ip link add up9 type veth peer name eth9 netns outside; ip link set up9 up; "
           "ip -n outside link set eth9 up; ip netns add mc")
    lab.netctl("create", "-d", "macvlan", "-o", "parent=up9", "--subnet", "10.5.0.0/24", "--gateway", "10.5.0.1",
               "--ipv6", "--subnet", "fd00:5::/64", "--gateway", "fd00:5::1", "wire")
    lab.netctl("connect", "wire", "mc")
    problems = []
    with lab.tap() as outside, Tap("outside", "eth9") as peer:
        for words, message in [
                (["--dry-run", "mc", lab.end(lab.service, 443)], "a dry run cannot stop packets that leave by eth0"),
                (["--from", "host", "web", lab.end(lab.service, 8080)], "an address of neither this host")]:
            result = lab.netctl("trace", *words, check=False)
            if result.returncode != 1 or message not in result.stderr:
                problems.append(f"{words}: {result.returncode} {result.stdout}{result.stderr}")
        problems += [f"sent: {frame.hex()}" for frame in outside.frames() + peer.frames()]
    return problems


def in_a_lab(arguments, body):
    """Runs a body in namespaces of its own and returns its problems."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            assert libc.unshare(0x40000000 | 0x00020000) == 0
            problems = body(Lab(arguments.netctl, arguments.ipv6, arguments.bridge_nf_call, arguments.busy, arguments.compare))
        except Exception:
            problems = [traceback.format_exc()]
        os.write(write, "\n".join(problems).encode()[:60000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-4", dest="ipv6", action="store_false")
    parser.add_argument("-6", dest="ipv6", action="store_true")
    parser.add_argument("--bridge-nf-call", action="store_true")
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--disturb", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("netctl", type=os.path.abspath)
    arguments = parser.parse_args()
    failed = 0
    cases = [(fault.name, lambda lab, fault=fault: check(lab, fault)) for fault in FAULTS
             if (6 if arguments.ipv6 else 4) in fault.families]
    cases += [("healthy", check_healthy), ("what is seen outside", check_wire),
              ("what is refused", check_refused), ("an unreachable container", check_unreachable)]
    cases += [(f"a client: {case[0]}", lambda lab, case=case: check_client(lab, *case)) for case in CLIENTS]
    if arguments.disturb:
        cases = [("disturbed", check_disturbed)]
    cases = [case for case in cases if arguments.only in case[0]]
    for name, body in cases:
        text = in_a_lab(arguments, body)
        if text:
            failed += 1
            print(f"FAIL  {name}:\n    " + text.replace("\n", "\n    "), flush=True)
        else:
            print(f"pass  {name}", flush=True)
    print(f"{len(cases) - failed} of {len(cases)} hold")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()

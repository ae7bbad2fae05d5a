#!/usr/bin/env python3
"""Sends real traffic through a lab of namespaces and prints which properties of the firewall hold.

    probes.py [--bridge-nf-call] NETCTL
    DOCKER=docker DOCKER_HOST=unix://... probes.py [--bridge-nf-call] --docker NAMESPACE

The second form asks a Docker Engine that runs in a network namespace of its own.
"""
import argparse, os, sys, time
import lab, namespaces, scenes, table, traffic


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bridge-nf-call", action="store_true",
                           help="let bridged frames meet the host's rules")
    subject = arguments.add_mutually_exclusive_group(required=True)
    subject.add_argument("--docker", metavar="NAMESPACE")
    subject.add_argument("netctl", metavar="NETCTL", nargs="?")
    chosen = arguments.parse_args()

    namespace = namespaces.Namespace(f"/run/netns/{chosen.docker}") if chosen.docker else None
    namespaces.leave_the_machine()
    backend = lab.Docker(namespace) if namespace else lab.Netctl(chosen.netctl)
    try:
        sys.exit(report(backend, chosen.bridge_nf_call))
    finally:
        backend.close()


def report(backend, bridged):
    if bridged or os.path.exists("/proc/sys/net/bridge"):
        for name in "iptables", "ip6tables":
            backend.host.set(f"bridge/bridge-nf-call-{name}", "1" if bridged else "0")
    place = lab.Lab(backend)
    wires = traffic.Traffic(place)
    table.serve(wires)
    probes = table.Table(place, bridged).probes
    start = time.monotonic()
    wires.run(probes)
    probes += scenes.Scenes(wires).findings
    took = time.monotonic() - start
    properties = {}
    for probe in probes:
        properties.setdefault(probe.property, []).append(probe)
    for name, rows in properties.items():
        failed = [probe for probe in rows if not probe.holds]
        print(f"{'FAIL' if failed else 'pass'}  {name} ({len(rows) - len(failed)} of {len(rows)})")
        for probe in failed:
            print(f"      {probe}")
    held = sum(probe.holds for probe in probes)
    whole = sum(all(probe.holds for probe in rows) for rows in properties.values())
    print(f"{held} of {len(probes)} probes and {whole} of {len(properties)} properties hold"
          f" ({took:.1f} s)")
    return 0 if held == len(probes) else 1


main()

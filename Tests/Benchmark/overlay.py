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
import argparse, os, statistics, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../OverlayTests/Lab"))
from cluster import Cluster, Sender

def show(name, seconds):
    values = sorted(1000 * value for value in seconds)
    def at(part):
        return values[min(len(values) - 1, int(part * len(values)))]
    print(f"{name:<34}{at(0.5):9.1f}{at(0.95):9.1f}{values[-1]:9.1f}   n={len(values)}", flush=True)


def measure(cluster, rounds, senders):
    """Connects, from the start of the command until every sender has an answer."""
    first, second = cluster.hosts[:2]
    address = "10.0.200.200"
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
    parser.add_argument("netctl")
    parser.add_argument("server")
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--endpoints", type=int, default=0, help="others on the network")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--senders", type=int, default=1)
    parser.add_argument("--interval", type=float, default=0.001)
    options = parser.parse_args()
    cluster = Cluster(options.netctl, options.server)
    senders = []
    try:
        begin = time.monotonic()
        cluster.add_hosts(options.hosts)
        print(f"{options.hosts} hosts registered after {time.monotonic() - begin:.2f} s")
        begin = time.monotonic()
        cluster.hosts[0].network("create", "-d", "overlay", "--subnet", "10.0.0.0/16", "n")
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
        senders = [Sender(peer, "10.0.200.200", options.interval) for peer in peers]
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

#!/usr/bin/env python3
"""Runs random sequences of network commands on netctl and on a Docker Engine, and compares them.

    DOCKER_HOST=unix://... DOCKER=docker compare.py NETCTL [--sequences N] [--seed S]

The engine needs an image `bb` that has `sleep`, and loses all its custom networks. Its containers
c1 to c3 are network namespaces of the same names for netctl, which works in a namespace of its
own. Status, output and errors have to be the same, apart from what differences.py names. A
sequence whose answers differ is cut down to one in which nothing can be left out, and printed with
its seed: `--seed` of it with `--sequences 1` runs it again.
"""
import argparse, collections, os, random, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../FirewallTests/Probes"))
import differences, sequences, shrinking, subjects
from namespaces import leave_the_machine


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("netctl", metavar="NETCTL")
    arguments.add_argument("--sequences", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    chosen = arguments.parse_args()

    netctl = os.path.abspath(chosen.netctl)
    leave_the_machine()
    pair = subjects.Docker(), subjects.Netctl(netctl)
    try:
        sys.exit(run(pair, chosen.seed, chosen.sequences))
    finally:
        for subject in pair:
            subject.close()


def run(pair, first, count):
    print(f"{count} sequences from seed {first}", flush=True)
    known, commands, failed, start = collections.Counter(), 0, 0, time.monotonic()
    shown = {}
    for seed in range(first, first + count):
        sequence = sequences.sequence(random.Random(seed))
        outcome = play(pair, sequence)
        known += outcome.known
        commands += outcome.played
        if outcome.difference:
            failed += 1
            command, *answers = outcome.difference
            same = shown.setdefault((command.verb, *answers), seed)
            if same != seed:
                print(f"\n== seed {seed}: as {same}", flush=True)
                continue
            smallest = shrinking.smallest(
                sequence[:outcome.played], lambda shorter: play(pair, shorter).difference)
            show(seed, smallest, play(pair, smallest).difference)
    print(f"{commands} commands in {count} sequences ({time.monotonic() - start:.0f} s),"
          f" {failed} sequences differ")
    for name, times in known.most_common():
        print(f"{times:6}  {name}")
    return 1 if failed else 0


class Outcome:
    """How far a sequence went, the known differences that were met, and the first other one."""

    def __init__(self):
        self.played, self.known, self.difference = 0, collections.Counter(), None


def play(pair, sequence):
    outcome = Outcome()
    for subject in pair:
        subject.reset()
    for command in sequence:
        outcome.played += 1
        answers = [subject.answer(command) for subject in pair]
        name = differences.between(command, *answers)
        if name is None:
            continue
        if name not in differences.NAMES:
            outcome.difference = command, *answers
            return outcome
        outcome.known[name] += 1
        # The two hosts are no longer alike.
        if answers[0].status != answers[1].status:
            return outcome
    return outcome


def show(seed, sequence, difference):
    print(f"\n== seed {seed}")
    for command in sequence:
        print(f"$ {command}")
    if difference:
        for name, answer in zip(("Docker", "netctl"), difference[1:]):
            print(f"-- {name}: {answer}")
    sys.stdout.flush()


main()

"""Leaves out of a sequence what its difference does not need."""


def smallest(sequence, differs):
    """The sequence without commands and options that can be left out; `differs` says of one whether
    its answers still differ."""
    while True:
        shorter = next((one for one in shorter_ones(sequence) if differs(one)), None)
        if shorter is None:
            return sequence
        sequence = shorter


def shorter_ones(sequence):
    half = len(sequence) // 2
    if half > 1:
        yield sequence[half:]
    for index in range(len(sequence)):
        yield sequence[:index] + sequence[index + 1:]
    for index, command in enumerate(sequence):
        for less in command.shorter_ones():
            yield sequence[:index] + [less] + sequence[index + 1:]

"""What may differ between netctl, which is as Docker 29, and the Docker Engine 28 that is asked.

A new row needs a line in README's table of differences, or in Docker's release notes.
"""
import re

# What Docker 28 says, and the words of 29.
WORDS_OF_29 = [
    (r"user specified configurations", "user-specified configurations"),
    (r"no configured subnet or ip-range contain the IP address",
     "no configured subnet contains IP address"),
    (r"user specified IP address is supported on user defined networks only",
     "user-specified IP address is supported on user-defined networks only"),
    (r"network-scoped alias is supported only for containers in user defined networks",
     "network-scoped aliases are only supported for user-defined networks"),
    (r'(failed to parse value as time or duration: )("[^"]*")',
     r"\1invalid seconds \2: invalid syntax"),
]

# README: messages that quote a Go function.
QUOTING_GO = [
    (r'strconv\.\w+: parsing "[^"]*": (?:invalid syntax|value out of range)', "…"),
    (r"must be (?:true or false|an integer(?: between \S+ and \S+)?)", "…"),
    (r"invalid subnet: invalid CIDR address:.*|invalid subnet \".*\" for --subnet: .*", "…"),
]

# README: all automatic subnets are in use.
REMEDY = r"\nThis in \S+ gives more: .*"

POOLS = "README: a line of daemon.json that gives more subnets"
GLOBAL = "28 has the text of local pools for --scope global --ipv6, 29 one of its own"
DANGLING = "28 takes every custom network for dangling, 29 those without endpoints"
STATIC = "28 allows chosen addresses on chosen subnets only, 29 on all"
NAMES = {
    "README: a sentence in place of what quotes a Go function",
    "README: connect names the cause",
    POOLS,
    GLOBAL,
    DANGLING,
    STATIC,
}


def between(command, docker, netctl):
    """The name of the difference of two answers, None for none."""
    if docker == netctl:
        return None
    words = words_of_29(docker)
    if words == netctl:
        return None
    if without_go(words) == without_go(netctl):
        return "README: a sentence in place of what quotes a Go function"
    if re.sub(REMEDY, "", netctl.errors) != netctl.errors:
        shortened = netctl._replace(errors=re.sub(REMEDY, "", netctl.errors))
        return between(command, docker, shortened) or POOLS
    if command.verb == "create" and "global" in command.option("--scope"):
        if ("all predefined address pools" in docker.errors
                and netctl.errors == "Error: invalid address pool"):
            return GLOBAL
    if command.verb == "ls" and docker.status == netctl.status == 0:
        if any(text.startswith("dangling=") for text in command.option("-f")):
            return DANGLING
    if command.verb == "connect":
        refused = re.search("failed to (?:add interface|set gateway)", docker.errors)
        if refused and netctl.status == 1:
            return "README: connect names the cause"
        if "only when connecting to networks with user configured subnets" in docker.errors:
            return STATIC
    return f"{command.verb} differs"


def words_of_29(answer):
    errors = answer.errors
    for pattern, words in WORDS_OF_29:
        errors = re.sub(pattern, words, errors)
    return answer._replace(errors=errors)


def without_go(answer):
    errors = answer.errors
    for pattern, words in QUOTING_GO:
        errors = re.sub(pattern, words, errors)
    return answer._replace(errors=errors)

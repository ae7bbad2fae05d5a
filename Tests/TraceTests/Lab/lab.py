"""A host with an uplink, containers on networks of netctl, and somebody outside.

    client, service --- outside ---(up0) host ---(br-blue) web, db
                                              ---(br-green) far
                                              ---(br-inner) inmate
"""
import ctypes
import json
import os
import re
import selectors
import socket
import struct
import subprocess
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
NEWNET = 0x40000000


def run(*words, check=True, **options):
    result = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, **options)
    if check and result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}: {result.stderr or result.stdout}")
    return result


class Inside:
    """Runs its body in a named namespace, or in the host for None."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        if self.name:
            handle = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
            assert LIBC.setns(handle, NEWNET) == 0
            os.close(handle)

    def __exit__(self, *_):
        assert LIBC.setns(self.home, NEWNET) == 0
        os.close(self.home)


class Servers:
    """Listeners in any namespace; TCP connections are closed, datagrams returned."""

    def __init__(self):
        self.selector = selectors.DefaultSelector()
        threading.Thread(target=self.serve, daemon=True).start()

    def listen(self, namespace, address, port, kind=socket.SOCK_STREAM):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with Inside(namespace):
            listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        if kind == socket.SOCK_STREAM:
            listener.listen(64)
        listener.setblocking(False)
        self.selector.register(listener, selectors.EVENT_READ)
        return listener

    def close(self, listener):
        self.selector.unregister(listener)
        listener.close()

    def serve(self):
        while True:
            for key, _ in self.selector.select(0.05):
                try:
                    if key.fileobj.type == socket.SOCK_STREAM:
                        key.fileobj.accept()[0].close()
                    else:
                        data, sender = key.fileobj.recvfrom(2000)
                        key.fileobj.sendto(data, sender)
                except OSError:
                    pass


class Tap:
    """What comes to a link, but for the questions of neighbours."""

    def __init__(self, namespace, link):
        with Inside(namespace):
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.bind((link, 0))
        self.socket.setblocking(False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def frames(self, errors=False):
        """The frames that were seen; of ICMPv6, only errors if they are asked for."""
        found = []
        while True:
            try:
                frame = self.socket.recv(2000)
            except BlockingIOError:
                return found
            # Neighbours and multicast listeners speak up whenever they like.
            if frame[0] & 1:
                continue
            kind = frame[12:14]
            is_control = kind == b"\x86\xdd" and frame[20] == 58
            if kind == b"\x08\x00" or kind == b"\x86\xdd" and (not is_control or errors and frame[54] < 128):
                found.append(frame)


class Lab:
    """Everything, for one family."""

    def __init__(self, binary, ipv6, nf_call, busy=False, compares=False):
        self.binary, self.ipv6, self.nf_call = binary, ipv6, nf_call
        self.busy, self.compares = busy, compares
        self.servers = Servers()
        self.flag = ["-6"] if ipv6 else ["-4"]
        self.ipt = "ip6tables" if ipv6 else "iptables"
        self.service = "2001:db8:1::1" if ipv6 else "198.51.100.1"
        self.client = "2001:db8:1::9" if ipv6 else "198.51.100.9"
        self.router = "2001:db8:2::1" if ipv6 else "192.0.2.1"
        self.uplink = "2001:db8:2::2" if ipv6 else "192.0.2.2"
        self.web, self.db = ("fd00:9::2", "fd00:9::3") if ipv6 else ("10.9.0.2", "10.9.0.3")
        self.far = "fd00:8::2" if ipv6 else "10.8.0.2"
        self.gateway = "fd00:9::1" if ipv6 else "10.9.0.1"
        self.subnet = "fd00:9::/64" if ipv6 else "10.9.0.0/24"
        self.any = "::" if ipv6 else "0.0.0.0"
        self.build()

    def sh(self, script, check=True):
        return run("sh", "-ec", script, check=check)

    def build(self):
        value = "1" if self.nf_call else "0"
        self.sh(f"""
            mount --make-rprivate /
            for folder in /run/netns /etc/netns /mnt; do mkdir -p $folder; mount -t tmpfs tmpfs $folder; done
            for file in /proc/sys/net/bridge/bridge-nf-call-ip*; do
                if [ -e $file ]; then echo {value} >$file; fi
            done
            ip link set lo up
            sysctl -qw net.ipv6.conf.default.accept_dad=0
            for name in outside web db far inmate; do ip netns add $name; ip -n $name link set lo up; done
            ip netns exec outside sysctl -qw net.ipv6.conf.default.accept_dad=0
            ip link add up0 type veth peer name eth0 netns outside
            ip link set up0 up
            ip -n outside link set eth0 up
            ip addr add 192.0.2.2/24 dev up0
            ip addr add 2001:db8:2::2/64 dev up0 nodad
            ip -n outside addr add 192.0.2.1/24 dev eth0
            ip -n outside addr add 2001:db8:2::1/64 dev eth0 nodad
            for address in 198.51.100.1/32 198.51.100.9/32 2001:db8:1::1/128 2001:db8:1::9/128; do
                ip -n outside addr add $address dev lo
            done
            ip route add default via 192.0.2.1 dev up0
            ip -6 route add default via 2001:db8:2::1 dev up0
        """)
        os.environ["NETCTL_STATE_DIR"] = "/mnt/state"
        os.mkdir("/mnt/bin")
        os.symlink(self.binary, "/mnt/bin/netctl")
        for name, number, words in [("blue", 9, []), ("green", 8, []), ("inner", 7, ["--internal"])]:
            self.netctl("create", "--subnet", f"10.{number}.0.0/24", "--ipv6", "--subnet",
                        f"fd00:{number}::/64", "-o", f"com.docker.network.bridge.name=br-{name}",
                        *words, name)
        self.netctl("connect", "-p", "8080:80", "blue", "web")
        self.netctl("connect", "blue", "db")
        self.netctl("connect", "green", "far")
        self.netctl("connect", "inner", "inmate")
        for namespace, port in [("web", 80), ("db", 5432), ("far", 80), ("outside", 443)]:
            self.servers.listen(namespace, self.any, port)
        self.servers.listen("outside", self.service, 53, socket.SOCK_DGRAM)
        self.servers.listen("web", self.any, 80, socket.SOCK_DGRAM)

    def netctl(self, *words, check=True):
        return run(self.binary, "network", *words, check=check)

    def end(self, address, port=None):
        if port is None:
            return address
        return f"[{address}]:{port}" if self.ipv6 else f"{address}:{port}"

    def trace(self, *words):
        """The exit status and the JSON of a trace."""
        result = self.netctl("trace", "--format", "json", *words, check=False)
        try:
            return result.returncode, json.loads(result.stdout)
        except ValueError:
            raise AssertionError(f"trace {' '.join(words)}: {result.returncode} {result.stderr}")

    def isolated(self):
        """A network whose containers may not reach each other."""
        for name in ["hermit", "monk"]:
            self.sh(f"ip netns add {name}; ip -n {name} link set lo up")
        self.netctl("create", "--subnet", "10.6.0.0/24", "--ipv6", "--subnet", "fd00:6::/64", "-o",
                    "com.docker.network.bridge.enable_icc=false", "lonely")
        self.netctl("connect", "lonely", "hermit")
        self.netctl("connect", "lonely", "monk")
        self.hermit = "fd00:6::2" if self.ipv6 else "10.6.0.2"
        self.servers.listen("hermit", self.any, 80)

    def tap(self):
        return Tap("outside", "eth0")

    def cell(self):
        """A container on an internal network without gateway."""
        self.sh("ip netns add cell; ip -n cell link set lo up")
        mode = "com.docker.network.bridge.gateway_mode_ipv"
        self.netctl("create", "--internal", "--ipv6", "-o", f"{mode}4=isolated", "-o", f"{mode}6=isolated", "alone")
        self.netctl("connect", "alone", "cell")

    def fill_conntrack(self):
        """As many assured connections as the kernel tracks; it forgets others for new ones."""
        def attribute(kind, data):
            return struct.pack("HH", len(data) + 4, kind) + data + b"\0" * (-len(data) % 4)

        def nest(kind, *parts):
            return attribute(kind | 0x8000, b"".join(parts))

        def ends(kind, *values):
            source, destination, ports = values
            return nest(kind, nest(1, attribute(1, source), attribute(2, destination)),
                        nest(2, attribute(1, b"\6"), attribute(2, ports[:2]), attribute(3, ports[2:])))

        with open("/proc/sys/net/netfilter/nf_conntrack_max") as file:
            limit = int(file.read())
        netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
        server, batch = socket.inet_aton("10.78.0.1"), b""
        for number in range(limit + 200):
            client, port = socket.inet_aton(f"10.77.{number >> 16 & 255}.{number >> 8 & 255}"), 1000 + (number & 255)
            # Status: seen reply, assured, confirmed. State: established.
            body = (struct.pack("BBH", 2, 0, 0) + ends(1, client, server, struct.pack(">HH", port, 80))
                    + ends(2, server, client, struct.pack(">HH", 80, port)) + attribute(7, struct.pack(">I", 600))
                    + attribute(3, struct.pack(">I", 0xe)) + nest(4, nest(1, attribute(1, b"\3"))))
            # IPCTNL_MSG_CT_NEW with NLM_F_REQUEST and NLM_F_CREATE
            batch += struct.pack("IHHII", 16 + len(body), 1 << 8, 0x401, number, 0) + body
            if number % 200 == 199:
                netlink.send(batch)
                batch = b""
        if batch:
            netlink.send(batch)

    def connect_from_outside(self, end, kind=socket.SOCK_STREAM):
        """A client outside that tries ten times a second until the returned function is called."""
        stop = threading.Event()

        def connect():
            with Inside("outside"):
                while not stop.is_set():
                    client = socket.socket(socket.AF_INET6 if self.ipv6 else socket.AF_INET, kind)
                    client.bind((self.client, 0))
                    client.settimeout(0.3)
                    try:
                        client.connect(end)
                        if kind == socket.SOCK_DGRAM:
                            client.send(b"a datagram that is its own")
                            client.recv(100)
                    except OSError:
                        pass
                    client.close()
                    stop.wait(0.1)

        thread = threading.Thread(target=connect, daemon=True)
        thread.start()
        return lambda: (stop.set(), thread.join())

    def make_noise(self):
        """Three other containers connect to the same places without pause."""
        for name in ["noise1", "noise2", "noise3"]:
            self.sh(f"ip netns add {name}; ip -n {name} link set lo up")
            self.netctl("connect", "blue", name)
            threading.Thread(target=self.connect_forever, args=[name], daemon=True).start()

    def connect_forever(self, name):
        family = socket.AF_INET6 if self.ipv6 else socket.AF_INET
        with Inside(name):
            while True:
                for end in [(self.service, 443), (self.uplink, 8080), (self.db, 5432)]:
                    client = socket.socket(family)
                    client.setblocking(False)
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    client.connect_ex(end)
                    time.sleep(0.001)
                    client.close()

    @staticmethod
    def difference(before, after):
        lines = set("\n".join(before).splitlines()) ^ set("\n".join(after).splitlines())
        return "; ".join(sorted(lines)[:6])

    def host_end(self, container):
        """The host's end of a container's link."""
        link = json.loads(run("ip", "-n", container, "-j", "link", "show", "eth0").stdout)[0]
        index = link["link_index"]
        return next(link["ifname"] for link in json.loads(run("ip", "-j", "link").stdout)
                    if link["ifindex"] == index)

    def rules(self):
        """Everything that a remedy could add more than once, here and in the containers."""
        texts = []
        for inside in ["", "ip netns exec web ", "ip netns exec db "]:
            for command in ["nft -a list ruleset", "ip rule", "ip -6 rule", "iptables-legacy-save", "ip6tables-legacy-save"]:
                texts.append(self.sh(f"{inside}{command} 2>/dev/null || :").stdout)
        return [re.sub(r"counter packets \d+ bytes \d+|\[\d+:\d+\]|# (Gen|Comp).*", "", text) for text in texts]

    def picture(self):
        """All of the host that a trace must leave as it was."""
        commands = ["nft list ruleset", "ip -d addr", "ip rule", "ip -6 rule", "ip route show table all",
                    "ip -6 route show table all", "bridge -d link", "iptables-legacy-save 2>/dev/null || :"]
        texts = [self.sh(command).stdout for command in commands]
        for folder, _, files in os.walk("/proc/sys/net"):
            for name in files:
                if "nf_conntrack_count" in name or "stable_secret" in name:
                    continue
                try:
                    with open(os.path.join(folder, name)) as file:
                        texts.append(f"{folder}/{name} {file.read()}")
                except OSError:
                    pass
        return [re.sub(r"(expires|valid_lft|preferred_lft) \d+sec|counter packets \d+ bytes \d+|\[\d+:\d+\]|# .*|_timer +[\d.]+", "", text) for text in texts]

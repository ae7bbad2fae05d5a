"""Services that say who they are and whom they see, and clients of them."""
import errno, os, selectors, socket, struct, time
import packets

FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}
ANY = {4: "0.0.0.0", 6: "::"}
# Sent again after this time where an answer is expected; nobody answers after the last.
AGAIN, PATIENCE = 0.3, 6.0
# How long nothing must come where nothing is expected.
SILENCE = 0.3


class Traffic:
    """All sockets of all namespaces, looked after by one loop."""

    def __init__(self, lab):
        self.lab, self.selector = lab, selectors.DefaultSelector()
        self.arrived, self.senders, self.serial = {}, {}, os.getpid() << 20
        self.handshakes, self.addresses = {}, {}

    def watch(self, sock, ready, events=selectors.EVENT_READ):
        sock.setblocking(False)
        self.selector.register(sock, events, ready)
        return sock

    def turn(self, deadline):
        for key, _ in self.selector.select(max(0, deadline - time.monotonic())):
            if key.fd >= 0 and key.fileobj.fileno() >= 0:
                key.data(key.fileobj)

    def token(self, sender):
        self.serial += 1
        token = f"probe-{self.serial:016d}".encode()
        self.senders[token] = sender
        self.handshakes[packets.handshake(token)] = token
        return token

    def socket(self, where, *kind):
        with self.lab.spaces[where].entered():
            return socket.socket(*kind)

    def forget(self, sock):
        if sock.fileno() >= 0:
            self.selector.unregister(sock)
            sock.close()

    # Services

    def serve(self, name, port, address=None):
        """A service for TCP and UDP on an address, or on all."""
        for version in [6 if ":" in address else 4] if address else [4, 6]:
            for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
                sock = self.socket(name, FAMILY[version], kind)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if version == 6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                with self.lab.spaces[name].entered():
                    sock.bind((address or ANY[version], port))
                if kind == socket.SOCK_STREAM:
                    sock.listen(64)
                    self.watch(sock, lambda sock, name=name: self.accept(sock, name))
                else:
                    self.watch(sock, lambda sock, name=name: self.answer(sock, name))

    def accept(self, sock, name):
        connection, _ = sock.accept()
        self.watch(connection, lambda sock: self.answer(sock, name))

    def answer(self, sock, name):
        try:
            if sock.type == socket.SOCK_STREAM:
                data, peer = sock.recv(2048), sock.getpeername()
            else:
                data, peer = sock.recvfrom(2048)
            if data:
                seen = f"{name} {peer[0].split('%')[0]}"
                self.arrived[data[:22]] = seen
                answer = data[:22] + seen.encode()
                if sock.type == socket.SOCK_STREAM:
                    sock.send(answer)
                else:
                    sock.sendto(answer, peer)
                return
        except OSError:
            if sock.type == socket.SOCK_DGRAM:
                return
        if sock.type == socket.SOCK_STREAM:
            self.forget(sock)

    def sniff(self, name):
        """Notes what arrives at a namespace in TCP segments, connection or not, and in ICMP."""
        for version, protocol in ((4, socket.IPPROTO_TCP), (6, socket.IPPROTO_TCP),
                                  (4, socket.IPPROTO_ICMP), (6, socket.IPPROTO_ICMPV6)):
            sock = self.socket(name, FAMILY[version], socket.SOCK_RAW, protocol)
            self.watch(sock, lambda sock: self.note(sock, name))

    def note(self, sock, name):
        data, peer = sock.recvfrom(4096)
        if sock.proto == socket.IPPROTO_TCP:
            header = data[20:] if sock.family == socket.AF_INET else data
            answered = struct.unpack("!I", header[8:12])[0] - 1
            token = self.handshakes.get(answered)
            if token and self.senders[token] != name:
                self.arrived[token] = f"{name} {peer[0]}"
                return
        at = data.find(b"probe-")
        # An error goes back to who sent what it is about.
        if at >= 0 and self.senders.get(data[at:at + 22]) != name:
            self.arrived[data[at:at + 22]] = f"{name} {peer[0]}"

    def serve_associations(self, name, port):
        """Notes the SCTP packets that arrive at a port in good order; a kernel need not know SCTP."""
        for version in 4, 6:
            sock = self.socket(name, FAMILY[version], socket.SOCK_RAW, socket.IPPROTO_SCTP)
            self.watch(sock, lambda sock, version=version: self.note_association(sock, version, name, port))

    def note_association(self, sock, version, name, port):
        data, peer = sock.recvfrom(4096)
        content = data[20:] if version == 4 else data
        at = content.find(b"probe-")
        if at >= 0 and packets.association_port(content) == port:
            self.arrived[content[at:at + 22]] = f"{name} {peer[0]}"

    # Probes

    def start(self, probe):
        """Sends what a probe sends; its result comes later."""
        probe.result, probe.token, probe.started = None, self.token(probe.sender), time.monotonic()
        try:
            getattr(self, "send_" + probe.kind)(probe)
        except OSError as error:
            if error.errno not in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL,
                                   errno.EACCES, errno.EPERM, errno.EINVAL):
                raise

    def send_tcp(self, probe):
        sock = self.socket(probe.sender, FAMILY[probe.version], socket.SOCK_STREAM)
        sock.setblocking(False)
        probe.sock = self.watch(sock, lambda sock: self.connected(sock, probe), selectors.EVENT_WRITE)
        with self.lab.spaces[probe.sender].entered():
            code = sock.connect_ex((probe.to, probe.port))
        if code not in (0, errno.EINPROGRESS):
            self.forget(sock)

    def connected(self, sock, probe):
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            return self.forget(sock)
        sock.send(probe.token)
        self.selector.modify(sock, selectors.EVENT_READ, lambda sock: self.hear(sock, probe))

    def send_udp(self, probe):
        if not probe.sock:
            probe.sock = self.watch(
                self.socket(probe.sender, FAMILY[probe.version], socket.SOCK_DGRAM),
                lambda sock: self.hear(sock, probe))
            with self.lab.spaces[probe.sender].entered():
                probe.sock.connect((probe.to, probe.port))
        probe.sock.send(probe.token)

    def send_sctp(self, probe):
        sock = self.socket(probe.sender, FAMILY[probe.version], socket.SOCK_RAW, socket.IPPROTO_SCTP)
        with sock, self.lab.spaces[probe.sender].entered():
            sock.sendto(packets.association(probe.port, probe.token), (probe.to, 0))

    def send_icmp(self, probe):
        protocol = socket.IPPROTO_ICMP if probe.version == 4 else socket.IPPROTO_ICMPV6
        if not probe.sock:
            probe.sock = self.watch(
                self.socket(probe.sender, FAMILY[probe.version], socket.SOCK_RAW, protocol),
                lambda sock: self.hear(sock, probe))
        probe.sock.sendto(
            packets.echo_request(probe.version, self.serial & 0xffff, probe.token), (probe.to, 0))

    def hear(self, sock, probe):
        try:
            data, peer = sock.recvfrom(4096)
        except OSError:
            data = b""
        if probe.kind == "icmp":
            reply = data[20:21] == b"\0" if probe.version == 4 else data[:1] == b"\x81"
            if reply and probe.token in data:
                probe.result = f"pong {peer[0]}"
        elif data[:22] == probe.token:
            probe.result = data[22:].decode()
        elif not data and probe.kind == "tcp":
            self.forget(sock)

    def send_frame(self, probe):
        """A datagram or a stray RST in a frame; whoever receives it notes that."""
        make = getattr(packets, probe.make)
        content = make(probe.source, probe.to, probe.port, probe.token)
        self.inject(probe.sender, probe.target, content, probe.hardware)

    def inject(self, sender, target, content, source=None, **more):
        """Sends a frame with this packet in it, from the sender's hardware address or another."""
        sock = self.socket(sender, socket.AF_PACKET, socket.SOCK_RAW)
        with sock, self.lab.spaces[sender].entered():
            sock.bind(("eth0", 0))
            sock.send(packets.frame(target, source or self.hardware_address(sender), content, **more))

    def hardware_address(self, name):
        if name not in self.addresses:
            self.addresses[name] = self.lab.hardware_address(name)
        return self.addresses[name]

    def tap(self, name, seen):
        """Adds the tokens of all frames that arrive at a container's link to `seen`."""
        everything = 3
        sock = self.socket(name, socket.AF_PACKET, socket.SOCK_RAW, socket.htons(everything))
        with self.lab.spaces[name].entered():
            sock.bind(("eth0", everything))

        def note(sock):
            data, place = sock.recvfrom(4096)
            at = data.find(b"probe-")
            if at >= 0 and place[2] != socket.PACKET_OUTGOING:
                seen.add(data[at:at + 22])

        return self.watch(sock, note)

    def is_answered(self, probe):
        return probe.result or self.arrived.get(probe.token)

    def run(self, probes):
        """Sends all; gives each its result: who received it from which source, or None."""
        for probe in probes:
            self.start(probe)
            self.turn(time.monotonic())
        silence, again = time.monotonic() + SILENCE, time.monotonic() + AGAIN
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            waiting = [probe for probe in probes if probe.expected and not self.is_answered(probe)]
            if not waiting and time.monotonic() > silence:
                break
            if time.monotonic() > again:
                again += AGAIN
                for probe in waiting:
                    if probe.kind != "tcp":
                        getattr(self, "send_" + probe.kind)(probe)
            self.turn(min(again, end) if waiting else silence)
        for probe in probes:
            # A datagram that arrives counts, also when its answer does not.
            probe.result = probe.result or self.arrived.get(probe.token)
            if probe.sock:
                self.forget(probe.sock)
                probe.sock = None

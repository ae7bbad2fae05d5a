"""Frames made by hand."""
import ipaddress, struct, zlib


def link_local(hardware):
    """The address that the kernel makes of a hardware address (RFC 4291, appendix A)."""
    data = bytes.fromhex(hardware.replace(":", ""))
    identifier = bytes([data[0] ^ 2]) + data[1:3] + b"\xff\xfe" + data[3:]
    return str(ipaddress.IPv6Address(b"\xfe\x80" + bytes(6) + identifier))


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xffff)
    return ~(total + (total >> 16)) & 0xffff


def packet(source, destination, protocol, transport, checksum_at, hops=64):
    """An IP packet with a transport header whose checksum is filled in."""
    source, destination = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    pseudo = source.packed + destination.packed + struct.pack("!II", len(transport), protocol)
    if protocol == 1:
        pseudo = b""
    value = checksum(pseudo + transport) or 0xffff
    transport = transport[:checksum_at] + struct.pack("!H", value) + transport[checksum_at + 2:]
    if source.version == 6:
        return struct.pack("!IHBB", 6 << 28, len(transport), protocol, hops) \
            + source.packed + destination.packed + transport
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(transport), 1, 0, hops, protocol, 0,
                         source.packed, destination.packed)
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + transport


def datagram(source, destination, port, payload, source_port=40000, hops=64):
    header = struct.pack("!HHHH", source_port, port, 8 + len(payload), 0)
    return packet(source, destination, 17, header + payload, 6, hops)


def short_lived(source, destination, port, payload):
    """A datagram that the first router may not lead on."""
    return datagram(source, destination, port, payload, hops=1)


def dead(source, destination, port, payload):
    """A datagram that nobody should have sent."""
    return datagram(source, destination, port, payload, hops=0)


def short_lived_answer(source, destination, port, payload):
    """An answer of no connection that the first router may not lead on."""
    kind, protocol = (129, 58) if ":" in destination else (0, 1)
    header = struct.pack("!BBHHH", kind, 0, 0, 7, 1)
    return packet(source, destination, protocol, header + payload, 2, hops=1)


def echo(source, destination, port, payload):
    """An ICMP echo request."""
    version = 6 if ":" in destination else 4
    header = struct.pack("!BBHHH", 8 if version == 4 else 128, 0, 0, 7, 1)
    return packet(source, destination, 1 if version == 4 else 58, header + payload, 2)


def segment(source, destination, port, payload, source_port, sequence, acknowledged):
    """A TCP segment with data, as of an established connection."""
    header = struct.pack("!HHIIBBHHH", source_port, port, sequence, acknowledged, 5 << 4, 0x18, 1024, 0, 0)
    return packet(source, destination, 6, header + payload, 16)


def too_big(source, destination, about, mtu):
    """The packet `about` does not fit into so many bytes, says `source`."""
    if about[0] >> 4 == 6:
        return packet(source, destination, 58, struct.pack("!BBHI", 2, 0, 0, mtu) + about, 2)
    return packet(source, destination, 1, struct.pack("!BBHHH", 3, 4, 0, 0, mtu) + about[:28], 2)


def redirect(source, destination, about, hop):
    """Packets such as `about` had better go to `hop`, says `source`."""
    return packet(source, destination, 1,
                  struct.pack("!BBH4s", 5, 1, 0, ipaddress.ip_address(hop).packed) + about[:28], 2)


def echo_reply(source, destination):
    kind, protocol = (129, 58) if ":" in destination else (0, 1)
    return packet(source, destination, protocol, struct.pack("!BBHHH", kind, 0, 0, 7, 1), 2)


def reset(source, destination, port, payload):
    """A TCP RST that belongs to no connection."""
    header = struct.pack("!HHIIBBHHH", 40001, port, 1, 1, 5 << 4, 0x04, 0, 0, 0)
    return packet(source, destination, 6, header + payload, 16)


def crc32c(data):
    """The checksum of SCTP (RFC 9260, appendix A)."""
    value = 0xffffffff
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82f63b78 if value & 1 else 0)
    return value ^ 0xffffffff


def association(port, payload):
    """An SCTP INIT, with the payload in a parameter that nobody knows; the kernel adds the IP header."""
    parameter = struct.pack("!HH", 0x8888, 4 + len(payload)) + payload
    parameter += bytes(-len(parameter) % 4)
    chunk = struct.pack("!BBHIIHHI", 1, 0, 20 + len(parameter), 1, 65536, 1, 1, 1) + parameter
    header = struct.pack("!HHI", 40002, port, 0)
    return header + struct.pack("<I", crc32c(header + bytes(4) + chunk)) + chunk


def association_port(content):
    """The port that an SCTP packet is for; None when its checksum is wrong."""
    found, = struct.unpack("<I", content[8:12])
    if found == crc32c(content[:8] + bytes(4) + content[12:]):
        return struct.unpack("!H", content[2:4])[0]


def handshake(payload):
    """A sequence number that tells to which probe an answer belongs."""
    return zlib.crc32(payload)


def syn(source, destination, port, payload):
    """The first segment of a connection."""
    header = struct.pack("!HHIIBBHHH", 40003, port, handshake(payload), 0, 5 << 4, 0x02, 1024, 0, 0)
    return packet(source, destination, 6, header, 16)


def hardware(text):
    return bytes.fromhex(text.replace(":", ""))


IPV4, IPV6, ARP, TAG = 0x0800, 0x86dd, 0x0806, b"\x81\0"


def frame(target, source, content, kind=None, tags=()):
    """An Ethernet frame between hardware addresses, with these VLANs in tags."""
    if kind is None:
        kind = IPV6 if content[0] >> 4 == 6 else IPV4
    tagged = b"".join(TAG + struct.pack("!H", tag) for tag in tags)
    return hardware(target) + hardware(source) + tagged + struct.pack("!H", kind) + content


def arp(operation, sender, address, target, wanted, payload=b""):
    """An ARP packet: the address is at the hardware address `sender`."""
    return struct.pack("!HHBBH", 1, IPV4, 6, 4, operation) + hardware(sender) \
        + ipaddress.ip_address(address).packed + hardware(target) \
        + ipaddress.ip_address(wanted).packed + payload


def advertisement(source, destination, address, where, payload=b""):
    """The address is at the hardware address `where`: override, solicited."""
    body = struct.pack("!BBHI", 136, 0, 0, 0x60000000) + ipaddress.ip_address(address).packed
    if where:
        body += b"\x02\x01" + hardware(where)
    return packet(source, destination, 58, body + option(payload), 2, 255)


def solicitation(source, destination, address, where, payload=b""):
    """Where is the address? asks a source that is at the hardware address `where`."""
    body = struct.pack("!BBHI", 135, 0, 0, 0) + ipaddress.ip_address(address).packed
    return packet(source, destination, 58, body + b"\x01\x01" + hardware(where) + option(payload), 2, 255)


def router(source, destination, payload):
    """A router advertisement."""
    body = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0)
    return packet(source, destination, 58, body + option(payload), 2, 255)


def option(payload):
    """An option of neighbour discovery that nobody knows; empty without a payload."""
    if not payload:
        return b""
    payload += bytes(-(len(payload) + 2) % 8)
    return bytes([253, (len(payload) + 2) // 8]) + payload


def bpdu(payload):
    """A configuration BPDU in an LLC frame; the length stands for the type."""
    content = b"\x42\x42\x03\0\0\0\0\0" + bytes(30) + payload
    return content, len(content)


def echo_request(version, identifier, payload):
    """An ICMP echo request; the kernel fills in the checksum of ICMPv6."""
    kind = 8 if version == 4 else 128
    header = struct.pack("!BBHHH", kind, 0, 0, identifier, 1)
    value = checksum(header + payload) if version == 4 else 0
    return struct.pack("!BBHHH", kind, 0, value, identifier, 1) + payload

"""Frames made by hand."""
import ipaddress, struct


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


def frame(target, content):
    """An Ethernet frame to the hardware address `target`."""
    kind = 0x86dd if content[0] >> 4 == 6 else 0x0800
    return bytes.fromhex(target.replace(":", "")) + b"\x02\0\0\0\0\x01" \
        + struct.pack("!H", kind) + content


def echo_request(version, identifier, payload):
    """An ICMP echo request; the kernel fills in the checksum of ICMPv6."""
    kind = 8 if version == 4 else 128
    header = struct.pack("!BBHHH", kind, 0, 0, identifier, 1)
    value = checksum(header + payload) if version == 4 else 0
    return struct.pack("!BBHHH", kind, 0, value, identifier, 1) + payload

import Addressing
import KernelModel
import Netlink

/// A conntrack entry.
struct Connection {
  /// The ends of one direction and the protocol number.
  struct Tuple {
    var source: IPAddress?
    var destination: IPAddress?
    var number: UInt8?
    var sourcePort: UInt16?
    var destinationPort: UInt16?
  }

  /// The original tuple, the ID and the zone, if any, as received from the kernel: together they
  /// identify the entry.
  let original: [UInt8]
  let id: [UInt8]
  let zone: [UInt8]?
  private let tuples: (original: Tuple, reply: Tuple)

  /// The destination of its first packet.
  var destination: IPAddress? { tuples.original.destination }

  init?(_ message: NetlinkMessage) {
    guard message.type == ConntrackMessage.new else { return nil }
    let attributes = message.attributes(after: netfilterHeaderLength)
    guard let original = attributes.first(where: { $0.type == ConnectionAttribute.original }),
      let reply = attributes.first(where: { $0.type == ConnectionAttribute.reply }),
      let id = attributes.first(where: { $0.type == ConnectionAttribute.id })
    else { return nil }
    self.original = Array(original.payload)
    self.id = Array(id.payload)
    self.zone = attributes.first { $0.type == ConnectionAttribute.zone }.map { Array($0.payload) }
    self.tuples = (Tuple(original), Tuple(reply))
  }

  /// Whether the filter matches, apart from `isToHost`, which the entry alone cannot tell.
  func matches(_ filter: ConnectionFilter) -> Bool {
    if let transport = filter.transport, tuples.original.number != transport.rawValue {
      return false
    }
    return tuples.original.matches(filter.original) && tuples.reply.matches(filter.reply)
  }
}

extension Connection.Tuple {
  fileprivate init(_ attribute: Attribute) {
    for part in attribute.attributes {
      switch part.type {
      case TupleAttribute.addresses:
        for address in part.attributes {
          let family = IPAddress(bytes: address.payload)?.family
          if let family, address.type == TupleAttribute.source(family) {
            source = IPAddress(bytes: address.payload)
          } else {
            destination = IPAddress(bytes: address.payload)
          }
        }
      case TupleAttribute.ports:
        for port in part.attributes {
          switch port.type {
          case TupleAttribute.number: number = port.integer()
          case TupleAttribute.sourcePort: sourcePort = port.bigEndian()
          case TupleAttribute.destinationPort: destinationPort = port.bigEndian()
          default: continue
          }
        }
      default: continue
      }
    }
  }

  fileprivate func matches(_ direction: ConnectionFilter.Direction) -> Bool {
    (direction.source == nil || direction.source == source)
      && (direction.destination == nil || direction.destination == destination)
      && (direction.sourcePort == nil || direction.sourcePort == sourcePort)
      && (direction.destinationPort == nil || direction.destinationPort == destinationPort)
  }
}

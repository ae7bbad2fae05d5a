import Addressing
import KernelModel
import Netlink

extension ConnectionFilter {
  /// The part of it that the kernel compares correctly: it does not know whether an address is
  /// local, and compares IPv6 addresses the wrong way round.
  var comparedByKernel: ConnectionFilter {
    guard family == .ipv6 else {
      return ConnectionFilter(family, transport, original: original, reply: reply)
    }
    return ConnectionFilter(
      family, transport, original: original.withoutAddresses, reply: reply.withoutAddresses)
  }

  /// Writes the attributes that the kernel filters by.
  func write(to writer: inout MessageWriter) {
    let (originalParts, replyParts) = (parts(of: original), parts(of: reply))
    guard !originalParts.isEmpty || !replyParts.isEmpty else { return }
    writer.nest(ConnectionAttribute.filter) { (writer: inout MessageWriter) in
      writer.attribute(ConnectionAttribute.originalFlags, originalParts.rawValue)
      writer.attribute(ConnectionAttribute.replyFlags, replyParts.rawValue)
    }
    if !originalParts.isEmpty { write(original, ConnectionAttribute.original, to: &writer) }
    if !replyParts.isEmpty { write(reply, ConnectionAttribute.reply, to: &writer) }
  }

  private func parts(of direction: Direction) -> FilterParts {
    guard direction != Direction() else { return [] }
    var parts: FilterParts = transport == nil ? [] : .number
    if direction.source != nil { parts.insert(.source) }
    if direction.destination != nil { parts.insert(.destination) }
    if direction.sourcePort != nil { parts.insert(.sourcePort) }
    if direction.destinationPort != nil { parts.insert(.destinationPort) }
    return parts
  }

  private func write(_ direction: Direction, _ type: UInt16, to writer: inout MessageWriter) {
    writer.nest(type) { (writer: inout MessageWriter) in
      if direction.source != nil || direction.destination != nil {
        writer.nest(TupleAttribute.addresses) { (writer: inout MessageWriter) in
          if let address = direction.source {
            writer.attribute(TupleAttribute.source(family), bytes: address.bytes)
          }
          if let address = direction.destination {
            writer.attribute(TupleAttribute.destination(family), bytes: address.bytes)
          }
        }
      }
      guard let transport else { return }
      writer.nest(TupleAttribute.ports) { (writer: inout MessageWriter) in
        writer.attribute(TupleAttribute.number, transport.rawValue)
        if let port = direction.sourcePort {
          writer.attribute(TupleAttribute.sourcePort, bigEndian: port)
        }
        if let port = direction.destinationPort {
          writer.attribute(TupleAttribute.destinationPort, bigEndian: port)
        }
      }
    }
  }
}

extension ConnectionFilter.Direction {
  fileprivate var withoutAddresses: Self {
    Self(sourcePort: sourcePort, destinationPort: destinationPort)
  }
}

import LinuxSystem

/// Formats messages as human-readable lines.
package struct MessageDescriber: Sendable {
  private let schemas: [UInt16: MessageSchema]

  /// Takes the schemas by message type.
  package init(_ schemas: [UInt16: MessageSchema]) {
    self.schemas = schemas
  }

  /// One line for each message in `bytes`, valid or not.
  package func lines(_ direction: NetlinkDirection, _ bytes: ArraySlice<UInt8>) -> [String] {
    let mark = direction == .sent ? ">" : "<"
    var rest = bytes
    var lines: [String] = []
    var messages = MessageSequence(bytes)
    while let message = messages.next() {
      rest = rest.dropFirst(Wire.aligned(Wire.headerLength + message.payload.count))
      lines.append("\(mark) \(describe(message, direction))")
    }
    if !rest.isEmpty { lines.append("\(mark) no message: \(AttributeSchema.hexadecimal(rest))") }
    return lines
  }

  private func describe(_ message: NetlinkMessage, _ direction: NetlinkDirection) -> String {
    let schema = schemas[message.type]
    let name = Self.commonNames[message.type] ?? schema?.name ?? "type \(message.type)"
    let flags = flags(message, name: name, direction)
    let head =
      "\(name) seq \(message.sequence) len \(Wire.headerLength + message.payload.count)"
      + (flags.isEmpty ? "" : " [\(flags)]")
    let body =
      switch message.type {
      case MessageType.error, MessageType.done: verdict(message)
      default: schema?.describe(message) ?? AttributeSchema.hexadecimal(message.payload)
      }
    return body.isEmpty ? head : "\(head): \(body)"
  }

  private func verdict(_ message: NetlinkMessage) -> String {
    guard let verdict = Acknowledgement(message) else {
      return AttributeSchema.hexadecimal(message.payload)
    }
    guard let errno = verdict.errno else { return "ok" }
    var text = "\(errno.rawValue) (\(errno))"
    if let sentence = verdict.message { text += ", \(AttributeSchema.quoted(sentence))" }
    if let offset = verdict.attributeOffset { text += ", at byte \(offset)" }
    return text
  }

  // The upper flags have different meanings in GET and NEW requests.
  private func flags(
    _ message: NetlinkMessage, name: String, _ direction: NetlinkDirection
  ) -> String {
    var names = Self.commonFlags
    if message.type == MessageType.error || message.type == MessageType.done {
      names += [(.capped, "capped"), (.hasExtendedAcknowledgement, "explained")]
    } else if direction == .sent && isQuery(name) {
      names += [(.dump, "dump")]
    } else if direction == .sent {
      names += [
        (.replace, "replace"), (.exclusive, "exclusive"), (.create, "create"),
        (.append, "append"),
      ]
    }
    return names.filter { message.flags.contains($0.flag) }.map(\.name).joined(separator: " ")
  }

  private func isQuery(_ name: String) -> Bool {
    name.split(separator: "_").contains { $0.hasPrefix("GET") }
  }

  private static let commonNames: [UInt16: String] = [
    MessageType.error: "NLMSG_ERROR", MessageType.done: "NLMSG_DONE",
  ]
  private static let commonFlags: [(flag: MessageFlags, name: String)] = [
    (.request, "request"), (.multipart, "multi"), (.acknowledge, "ack"),
    (.dumpInterrupted, "interrupted"),
  ]
}

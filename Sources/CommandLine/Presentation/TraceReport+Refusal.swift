import Addressing
import NetworkModel
import PacketTrace

/// Sentences about packets that were refused, not dropped.
extension TraceReport {
  func refused(_ side: TraceSide, _ others: [ListenerFacts]) -> String {
    let target = isInbound || side == .peer ? path.lastForm : observation.probe
    let port = "\(target.destinationPort)/\(request.protocol.name)"
    let subject: String
    switch side {
    case .container: subject = "The container refuses"
    case .host: subject = "This host refuses"
    case .peer: subject = "\(name(.peer)) refuses"
    }
    if others.isEmpty { return "\(subject): nothing listens on port \(port)." }
    let list = others.map(text).joined(separator: ", ")
    if others.allSatisfy(\.address.isLoopback) {
      return "\(subject): the service listens on \(others[0].address) only (\(list)). "
        + "Make it listen on \(target.destination) or on all addresses."
    }
    return "\(subject): nothing listens on \(target.destinationText) (\(list))."
  }

  func text(_ listener: ListenerFacts) -> String {
    let address = PacketForm.text(listener.address, listener.port)
    guard let process = listener.process else { return "a socket on \(address)" }
    return "\(escaped(listener.command ?? "")) (\(process)) on \(address)"
  }

  func diverted(_ step: RuleStep?, _ form: PacketForm) -> String {
    guard let step else {
      return "\(form.destinationText) is not an address of \(name(.container)): the packet would "
        + "have left this host."
    }
    return "\(cause(step).capitalizedFirst) sent the packet to \(form.destinationText)"
      + (isInbound
        ? ", which is not an address of \(name(.container))." : ", where it was not answered.")
  }

  func notPublished(_ holder: ListenerFacts?) -> String {
    let start =
      "Port \(request.port)/\(request.protocol.name) of \(observation.probe.destination) is "
    if let port = publishedElsewhere {
      return "Port \(request.port)/\(request.protocol.name) is published at \(port.host) only, and "
        + "the packet went to \(observation.probe.destination)."
    }
    if let holder {
      return start
        + "not published: the host's own \(text(holder)) received the packet. Stop it, or "
        + "publish another port."
    }
    return start
      + "not published for \(name(.container)): the packet was delivered to this host itself."
  }

  func refusedOutside(_ link: LinkFacts?, _ kind: AnswerKind) -> String {
    let way = link.map { " by \(escaped($0.name))" } ?? ""
    let start = link?.leadsToContainer == true ? "It reached a container" : "It left this host"
    let end = link?.leadsToContainer == true ? "" : " Nothing on this host stopped it."
    switch kind {
    case .reset: return "\(start)\(way), and \(destination) refused it (TCP reset).\(end)"
    case .error(let error):
      let verb = error.isTimeExceeded ? "discarded it at its hop limit" : "refused it"
      return "\(start)\(way), and \(error.sender) \(verb) (ICMP type \(error.type), code "
        + "\(error.code)\(error.meaning.map { ": \($0)" } ?? "")).\(end)"
    case .positive: return "\(start)\(way)."
    }
  }

  func silentOutside(
    _ link: LinkFacts?, _ rule: PolicyRuleFacts?, _ neighbor: NeighborFacts?
  ) -> String {
    let way = link.map { " by \(escaped($0.name))" } ?? ""
    if link?.leadsToContainer == true {
      return "It was handed to another container\(way), and was not answered."
    }
    if let rule {
      return
        "It left this host\(way), and was not answered. Policy rule \(rule.priority) "
        + "(\(escaped(rule.text))) chose that route."
    }
    let hint =
      neighbor.map {
        "The hardware address of \($0.address) was set by hand; it may be wrong."
      } ?? "Nothing on this host stopped it."
    let source =
      observation.host.owns(path.lastSource) ? " with a source address of this host," : ""
    return "It left this host\(way)\(source) and was not answered. \(hint)"
  }
}

extension ICMPError {
  /// What type and code say (RFC 792, RFC 4443); nil for those that are seldom seen.
  fileprivate var meaning: String? {
    if isTimeExceeded { return "time exceeded" }
    if isPortUnreachable { return "port unreachable" }
    switch (sender.family, type, code) {
    case (.ipv4, 3, 0), (.ipv6, 1, 0): return "no route to the destination"
    case (.ipv4, 3, 1), (.ipv6, 1, 3): return "host unreachable"
    case (.ipv4, 3, 9), (.ipv4, 3, 10), (.ipv4, 3, 13), (.ipv6, 1, 1):
      return "administratively prohibited"
    default: return nil
    }
  }
}

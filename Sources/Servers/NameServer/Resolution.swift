import Addressing
import DNSMessage
import Naming
import NetworkModel

/// What happens to a question.
enum Resolution: Hashable {
  /// The server knows the answer, as long as the records do not change and these containers live.
  case answer(DNSReply, of: [ContainerID])
  /// Others have to be asked.
  case forward
}

extension NameScope {
  /// How long an answer may be kept, in seconds (Docker).
  static let lifetime: UInt32 = 600

  /// What happens to a question of the container. Containers that are not alive have no names. With
  /// `ndots` the container's resolver was told when a name without a dot is complete, so that such
  /// a name is nobody's outside (Docker).
  func resolution(
    of question: DNSQuestion, ndots: Bool, isAlive: (ContainerID) -> Bool
  ) -> Resolution {
    guard let name = question.askedName else { return .forward }
    switch question.type {
    case .a, .aaaa:
      let family: AddressFamily = question.type == .a ? .ipv4 : .ipv6
      let found = matches(name, family).filter { isAlive($0.container) }
      if !found.isEmpty {
        return .answer(
          DNSReply(.success, answers: found.map { .address($0.address.bytes) }),
          of: found.map(\.container))
      }
      let owners = owners(of: name, isAlive)
      let gateways = owners.isEmpty ? hostGateways(named: name) : []
      if !gateways.isEmpty {
        let answers = gateways.filter { $0.family == family }
        return .answer(DNSReply(.success, answers: answers.map { .address($0.bytes) }), of: [])
      }
      return !owners.isEmpty || ndots && question.name.labelCount == 1
        ? .answer(DNSReply(.success), of: owners) : .forward
    case .mx:
      let owners = owners(of: name, isAlive)
      return owners.isEmpty ? .forward : .answer(DNSReply(.success), of: owners)
    case .ptr:
      guard let address = IPAddress(reverseName: name), let owner = owner(of: address),
        isAlive(owner.container), let target = DNSName(owner.name)
      else { return .forward }
      return .answer(DNSReply(.success, answers: [.name(target)]), of: [owner.container])
    default: return .forward
    }
  }

  private func owners(of name: String, _ isAlive: (ContainerID) -> Bool) -> [ContainerID] {
    AddressFamily.allCases.flatMap { matches(name, $0) }.map(\.container).filter(isAlive)
  }
}

extension DNSQuestion {
  /// The name that is asked for on the Internet; nil for what no container could have.
  fileprivate var askedName: String? {
    guard classNumber == 1, let name = name.text, !name.isEmpty else { return nil }
    return name
  }
}

import Addressing
import DNSMessage
import Naming
import NetworkModel

/// What happens to a question.
enum Resolution: Hashable {
  /// The server knows the answer.
  case answer(DNSReply)
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
    guard question.classNumber == 1, let name = question.name.text, !name.isEmpty else {
      return .forward
    }
    switch question.type {
    case .a, .aaaa:
      let family: AddressFamily = question.type == .a ? .ipv4 : .ipv6
      let found = matches(name, family).filter { isAlive($0.container) }
      if !found.isEmpty {
        return .answer(
          DNSReply(.success, answers: found.shuffled().map { .address($0.address.bytes) }))
      }
      let isKnown = isKnown(name, isAlive)
      let gateways = isKnown ? [] : hostGateways(named: name)
      if !gateways.isEmpty {
        return .answer(
          DNSReply(
            .success,
            answers: gateways.filter { $0.family == family }.map { .address($0.bytes) }))
      }
      return isKnown || ndots && question.name.labelCount == 1
        ? .answer(DNSReply(.success)) : .forward
    case .mx: return isKnown(name, isAlive) ? .answer(DNSReply(.success)) : .forward
    case .ptr:
      guard let address = IPAddress(reverseName: name), let owner = owner(of: address),
        isAlive(owner.container), let target = DNSName(owner.name)
      else { return .forward }
      return .answer(DNSReply(.success, answers: [.name(target)]))
    default: return .forward
    }
  }

  private func isKnown(_ name: String, _ isAlive: (ContainerID) -> Bool) -> Bool {
    AddressFamily.allCases.contains { family in
      matches(name, family).contains { isAlive($0.container) }
    }
  }
}

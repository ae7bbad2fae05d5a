import NetworkModel

/// Where a command's transactions take identities from, and what else has to be random.
final class IdentitySource {
  private var random: any RandomNumberGenerator

  init(_ random: any RandomNumberGenerator) {
    self.random = random
  }

  func networkID() -> NetworkID { NetworkID(using: &random) }

  func endpointID() -> EndpointID { EndpointID(using: &random) }

  func word() -> UInt64 { random.next() }
}

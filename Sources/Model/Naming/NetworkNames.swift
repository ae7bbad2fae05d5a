package import Addressing
package import NetworkModel

/// The names of the containers on one network, as each container on it resolves them: the name
/// under which a container was connected, its aliases on this network and its short ID (Docker).
///
/// Letters are compared without regard to case, as DNS does (RFC 4343).
package struct NetworkNames: Sendable {
  /// A container on the network.
  package struct Member: Hashable, Sendable {
    /// The endpoint.
    package let endpoint: EndpointID
    /// The container.
    package let container: ContainerID
    /// Its addresses on this network.
    package let addresses: [IPAddress]
    /// Its names, the most telling one first.
    package let names: [String]
    /// The names that hosts files list: the same, also with the network's name behind a dot.
    let listedNames: [String]
  }

  /// The network's name.
  package let network: String
  /// Whether its containers have no names but those of `--link`, as on the default network.
  package let hasLinksOnly: Bool
  /// The containers, in the order of their endpoints.
  package let members: [Member]
  /// The lines of hosts files, of each container on this network alone.
  let lines: [String]
  private let membersByName: [String: [Int]]
  private let membersByAddress: [IPAddress: Int]

  /// The names on a network with these endpoints, on this host and `elsewhere`.
  package init(
    of network: Network, _ endpoints: [Endpoint], elsewhere: [RemoteEndpoint] = []
  ) {
    self.init(
      network.name, hasLinksOnly: network.hasLinksOnly, endpoints, elsewhere: elsewhere)
  }

  package init(
    _ network: String, hasLinksOnly: Bool, _ endpoints: [Endpoint],
    elsewhere: [RemoteEndpoint] = []
  ) {
    let present =
      endpoints.compactMap { endpoint in
        endpoint.interface.map { interface in
          Named(
            endpoint: endpoint.id, container: endpoint.container.id,
            addresses: interface.addresses, names: endpoint.names)
        }
      }
      + elsewhere.map { endpoint in
        Named(
          endpoint: endpoint.id, container: endpoint.container, addresses: endpoint.addresses,
          names: endpoint.names)
      }
    var (members, membersByName): ([Member], [String: [Int]]) = ([], [:])
    var membersByAddress: [IPAddress: Int] = [:]
    for (number, endpoint) in present.enumerated() {
      for name in endpoint.names { membersByName[name.foldedCase, default: []].append(number) }
    }
    for (number, endpoint) in present.enumerated() {
      let names = endpoint.names
      // A name that is somebody's own with its dot has precedence.
      let qualified = names.map { "\($0).\(network)" }
        .filter { ContainerName.isUsable($0) && membersByName[$0.foldedCase] == nil }
      let addresses = endpoint.addresses.map(\.address)
      for address in addresses { membersByAddress[address] = number }
      members.append(
        Member(
          endpoint: endpoint.endpoint, container: endpoint.container, addresses: addresses,
          names: names, listedNames: names + qualified))
    }
    self.network = network
    self.hasLinksOnly = hasLinksOnly
    self.members = members
    self.membersByName = membersByName
    self.membersByAddress = membersByAddress
    lines =
      hasLinksOnly
      ? []
      : members.flatMap { member in
        member.addresses.flatMap { HostsFile.lines(of: $0, member.listedNames) }
      }
  }

  /// The containers that have a name here.
  func members(named name: String) -> [Member] {
    membersByName[name.foldedCase]?.map { members[$0] } ?? []
  }

  /// The container that has an address here.
  func member(at address: IPAddress) -> Member? {
    membersByAddress[address].map { members[$0] }
  }

  /// The containers that the target of a `--link` means: a name, an ID, or a prefix of an ID that
  /// is at least as long as a short one.
  func members(linkedAs target: String) -> [Member] {
    let named = members(named: target)
    if !named.isEmpty { return named }
    let shortest = 12
    guard isIdentityPrefix(target), target.utf8.count >= shortest else { return [] }
    return members.filter { $0.container.description.hasPrefix(target) }
  }
}

/// An endpoint with its names, on whichever host.
private struct Named {
  let endpoint: EndpointID
  let container: ContainerID
  let addresses: [IPPrefix]
  let names: [String]
}

extension Endpoint {
  /// The container's names on this network.
  package var names: [String] {
    ContainerName.all(container.name, settings.aliases, container.id)
  }
}

extension RemoteEndpoint {
  /// The container's names on this network.
  var names: [String] { ContainerName.all(containerName, aliases, container) }
}

/// What can be a container's name.
package enum ContainerName {
  /// The longest name that DNS can ask for, in bytes (RFC 1035 without the last dot).
  private static let longest = 253

  /// The names of a container. A path is none, and neither is what no line of a hosts file can hold.
  static func all(_ name: String, _ aliases: [String], _ id: ContainerID) -> [String] {
    var names: [String] = []
    for candidate in (name.contains("/") ? [] : [name]) + aliases + [id.short]
    where isUsable(candidate) && !names.contains(candidate) {
      names.append(candidate)
    }
    return names
  }

  /// Whether a name can stand in a hosts file and be asked for. `localhost` is never anybody's name
  /// (RFC 6761).
  package static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= longest && name.foldedCase != "localhost"
      && !name.utf8.contains { $0 <= UInt8(ascii: " ") || $0 == 0x7f || $0 == UInt8(ascii: "#") }
  }
}

extension String {
  /// The text with ASCII letters in lower case.
  package var foldedCase: String {
    let isUpper = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    guard utf8.contains(where: isUpper) else { return self }
    return String(decoding: utf8.map { isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

package import Addressing
package import NetworkModel

/// What one container can resolve: which name leads where for it, and which address has which name.
///
/// The rule is Docker's. A name is looked for on the container's networks in the order in which
/// they would own its default route; the first network that has an address of the wanted family
/// decides. A name may be followed by a dot and the name of the one network to look on. The names
/// of `--link`, which are the linking container's alone, come before those that everybody sees.
package struct NameScope: Sendable {
  /// A network of the container.
  package struct Attachment: Sendable {
    /// The container's endpoint on it.
    package let endpoint: Endpoint
    /// The names on it.
    package let names: NetworkNames
    /// The containers that the endpoint's links name, by alias in lower case.
    fileprivate let linked: [String: [NetworkNames.Member]]

    fileprivate init(_ endpoint: Endpoint, _ names: NetworkNames) {
      self.endpoint = endpoint
      self.names = names
      var linked: [String: [NetworkNames.Member]] = [:]
      for link in endpoint.settings.links.map(Link.init) {
        let members = names.members(linkedAs: link.target)
        guard let first = members.first else { continue }
        linked[link.alias.foldedCase] = members
        // On the default network, where nobody has a name, a link brings all of the target's.
        guard names.hasLinksOnly else { continue }
        for name in first.names where linked[name.foldedCase] == nil {
          linked[name.foldedCase] = members
        }
      }
      self.linked = linked
    }
  }

  /// An address that a name leads to.
  package struct Match: Hashable, Sendable {
    package let address: IPAddress
    /// The network on which it is reached.
    package let network: String
    /// The container that has it.
    package let container: ContainerID
  }

  /// The container's networks, the one that is asked first in front.
  package let attachments: [Attachment]
  private let hostGateways: [IPAddress]

  /// The names of the host, by which Docker's and Podman's users know it.
  private static let hostNames = ["host.docker.internal", "host.containers.internal"]

  /// Takes the container's endpoints, each with the names on its network, and the addresses at
  /// which it reaches the host by name.
  package init(
    _ networks: [(endpoint: Endpoint, names: NetworkNames)], hostGateways: [IPAddress] = []
  ) {
    self.hostGateways = hostGateways
    attachments = networks.filter { $0.endpoint.interface != nil }
      .map { Attachment($0.endpoint, $0.names) }
      .sorted { $0.endpoint.route.precedes($1.endpoint.route) }
  }

  /// Whether a container on any of the networks has this name, with whatever addresses.
  package func knows(_ name: String) -> Bool {
    AddressFamily.allCases.contains { !matches(name, $0).isEmpty }
  }

  /// The addresses of one family that a name leads to, all on the same network.
  package func matches(_ name: String, _ family: AddressFamily) -> [Match] {
    for (name, network) in Self.readings(of: name) {
      for isLinked in [true, false] {
        for attachment in attachments where network == nil || network == attachment.foldedNetwork {
          let found = attachment.matches(name, isLinked: isLinked, family)
          if !found.isEmpty { return found }
        }
      }
    }
    return []
  }

  /// The addresses of the host, if it has this name; a container of that name hides it.
  package func hostGateways(named name: String) -> [IPAddress] {
    guard !hostGateways.isEmpty, let reading = Self.readings(of: name).first,
      Self.hostNames.contains(reading.name)
    else { return [] }
    return hostGateways
  }

  /// The name of a container with this address: its own name, a dot and that of the network.
  package func owner(of address: IPAddress) -> (name: String, container: ContainerID)? {
    for attachment in attachments where !attachment.names.hasLinksOnly {
      guard let member = attachment.names.member(at: address), let name = member.names.first else {
        continue
      }
      return ("\(name).\(attachment.names.network)", member.container)
    }
    return nil
  }

  /// The lines of the container's hosts file.
  package var hostsLines: [String] {
    attachments.isEmpty
      ? []
      : containerLines + hostGateways.flatMap { HostsFile.lines(of: $0, Self.hostNames) }
  }

  private var containerLines: [String] {
    if attachments.count == 1, attachments[0].endpoint.settings.links.isEmpty {
      return attachments[0].names.lines
    }
    var lines: [String] = []
    for attachment in attachments {
      for member in attachment.names.members {
        let candidates =
          attachment.aliases(of: member)
          + (attachment.names.hasLinksOnly ? [] : member.listedNames)
        for address in member.addresses {
          let names = candidates.uniqued().filter { name in
            matches(name, address.family).contains { $0.address == address }
          }
          lines += HostsFile.lines(of: address, names)
        }
      }
    }
    return lines
  }

  /// All names, without those that end in a network's name, in bytewise order.
  package var names: [String] {
    let own = attachments.flatMap { attachment in
      attachment.names.members.flatMap { member in
        attachment.aliases(of: member) + (attachment.names.hasLinksOnly ? [] : member.names)
      }
    }
    return Set(own).sorted()
  }

  // The whole name, and then each part before a dot with the network behind it, the last dot first.
  private static func readings(of text: String) -> [(name: String, network: String?)] {
    let folded = text.hasSuffix(".") ? String(text.dropLast()).foldedCase : text.foldedCase
    var readings: [(String, String?)] = [(folded, nil)]
    for dot in folded.indices.reversed() where folded[dot] == "." {
      readings.append((String(folded[..<dot]), String(folded[folded.index(after: dot)...])))
    }
    return readings
  }
}

extension NameScope.Attachment {
  fileprivate var foldedNetwork: String { names.network.foldedCase }

  fileprivate func matches(
    _ name: String, isLinked: Bool, _ family: AddressFamily
  ) -> [NameScope.Match] {
    let members: [NetworkNames.Member]
    if isLinked {
      members = linked[name] ?? []
    } else {
      // A link hides a container of the same name.
      members = names.hasLinksOnly || linked[name] != nil ? [] : names.members(named: name)
    }
    return members.flatMap { member in
      member.addresses.filter { $0.family == family }.map {
        NameScope.Match(address: $0, network: names.network, container: member.container)
      }
    }
  }

  /// The names that the endpoint's links give a container, in the order of the links.
  fileprivate func aliases(of member: NetworkNames.Member) -> [String] {
    endpoint.settings.links.map(Link.init).flatMap { link -> [String] in
      guard names.members(linkedAs: link.target).contains(where: { $0.endpoint == member.endpoint })
      else { return [] }
      let alias = ContainerName.isUsable(link.alias) ? [link.alias] : []
      return names.hasLinksOnly
        ? alias + [member.container.short] + member.names
        : alias + alias.map { "\($0).\(names.network)" }.filter(ContainerName.isUsable)
    }
  }
}

/// A value of `--link`: `TARGET[:ALIAS]`.
private struct Link {
  let target: String
  let alias: String

  init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    target = String(parts[0])
    alias = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : target
  }
}

extension Array where Element: Hashable {
  /// The elements without repetitions, each where it stood first.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

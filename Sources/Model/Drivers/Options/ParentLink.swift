package import Addressing
import KernelModel
import NetworkModel

/// The link of the host that a network's interfaces are on, as the option `parent` names it.
package struct ParentLink: Hashable, Sendable {
  /// The key of the option.
  static let key = "parent"

  private enum Kind: Hashable, Sendable {
    /// One that is not netctl's to make; if there is none, for the reason that `NAME.VID` is wrong.
    case existing
    /// The traffic of another link with an 802.1Q tag.
    case vlan(id: UInt16, base: InterfaceName)
    /// A dummy link of the network's own.
    case dummy
  }

  /// The link's name.
  package let name: InterfaceName
  private let kind: Kind

  private static let loopback = "lo"
  private static let vlanIDs = 1...4094

  /// Parses the option of a driver; without it, the network has a dummy link, whose name starts
  /// with `dummyPrefix`. Throws for the loopback interface, and for a name that no link can have.
  init(
    _ options: [String: String], of network: NetworkID, driver: DriverName, dummyPrefix: String
  ) throws(OptionError) {
    let text = options[Self.key] ?? ""
    try Self.check(options, driver)
    do {
      name = try InterfaceName(text.isEmpty ? dummyPrefix + network.short : text)
    } catch {
      throw .interfaceName(key: Self.key, value: text, error)
    }
    if text.isEmpty {
      kind = .dummy
    } else if case (let base, let id)? = Self.vlan(text), let base = try? InterfaceName(base),
      let id = Int(id), Self.vlanIDs.contains(id)
    {
      kind = .vlan(id: UInt16(id), base: base)
    } else {
      kind = .existing
    }
  }

  /// Refuses the loopback interface.
  static func check(_ options: [String: String], _ driver: DriverName) throws(OptionError) {
    if options[key] == loopback { throw .loopbackParent(driver) }
  }

  /// The options with the name of the parent, or of the link that its traffic is on.
  static func resolvingName<Failure: Error>(
    in options: [String: String], by name: (String) throws(Failure) -> InterfaceName?
  ) throws(Failure) -> [String: String] {
    guard let text = options[key], !text.isEmpty else { return options }
    var options = options
    if let link = try name(text) {
      options[key] = link.description
    } else if let (base, id) = vlan(text), let link = try name(base) {
      options[key] = "\(link).\(id)"
    }
    return options
  }

  private static func vlan(_ text: String) -> (base: String, id: String)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }

  /// Whether it is a dummy link of the network's own.
  var isDummy: Bool { kind == .dummy }

  /// The link of the host that has to exist for this one to be made; nil for none.
  package var base: InterfaceName? {
    if case .vlan(_, let base) = kind { base } else { nil }
  }

  /// The link as a device of a network, whose interfaces have an MTU if it is not nil; nil if it is
  /// not netctl's to make.
  func device(of network: NetworkID, mtu: UInt32?) -> NetworkDevice? {
    switch kind {
    case .existing: nil
    case .vlan(let id, let base):
      NetworkDevice(
        name: name, kind: .vlan(id: id, parent: base), owner: .parent(name.description),
        adoptsExisting: true)
    case .dummy:
      NetworkDevice(
        name: name, kind: .dummy, owner: .network(network.description), adoptsExisting: false,
        mtu: mtu)
    }
  }

  /// Refuses a link that does not exist, if netctl cannot make it. `isPresent` tells whether the
  /// host has a link of a name, which may be one that no link can have.
  package func checkCreation<Failure: Error>(
    isPresent: (String) throws(Failure) -> Bool
  ) throws(Failure) -> NetworkProblem? {
    if isDummy { return nil }
    let text = name.description
    guard text.contains(".") else { return .invalidVLANName(text) }
    guard let (base, number) = Self.vlan(text) else { return .vlanNameFormat(text) }
    guard let id = Int(number) else { return .invalidVLANID(number) }
    guard try isPresent(base) else { return .parentNotFound(base) }
    return Self.vlanIDs.contains(id) ? nil : .vlanIDOutOfRange(id)
  }
}

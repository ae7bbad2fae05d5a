package import Addressing
package import KernelModel
package import NetworkModel

/// A driver whose networks consist of kernel objects that netctl makes itself. It decides and
/// changes nothing: a value is one network's definition with its options parsed, which is mapped to
/// the desired kernel state.
///
/// The static members are what is known of the driver before there is a network. What only some
/// drivers can do is a protocol of its own, such as `PortPublishing`.
package protocol NetworkDriver: Sendable {
  /// The name, as in `--driver`.
  static var name: DriverName { get }
  /// A short description.
  static var summary: String { get }
  /// Whether it only has the predefined network, so that no other can be created.
  static var isSingleInstance: Bool { get }
  /// The options of its networks that users set, ordered by key.
  static var options: [OptionDescription] { get }
  /// Which containers may be connected to its networks.
  static var admission: Admission { get }
  /// The features of the kernel without which its networks do not work.
  static var requiredFeatures: Set<KernelFeature> { get }
  /// Whether several of its networks may have a subnet in common, as long as no address is in use
  /// twice.
  static var sharesSubnets: Bool { get }
  /// Whether its networks need addresses.
  static var needsAddresses: Bool { get }
  /// The existing link that the options name, and the kind it must have; nil for none. Docker
  /// parses these options first, and looks at the link before it allocates addresses.
  static func chosenLink(
    _ options: [String: String]
  ) throws(OptionError) -> (name: String, kind: LinkKind)?
  /// The families for which no gateway is allocated.
  static func familiesWithoutGateway(
    _ options: [String: String], isInternal: Bool
  ) throws(OptionError) -> Set<AddressFamily>
  /// One of the options in `changed` that is fixed when a network is created, or with `isUsed`
  /// while a container is on it; nil if all of them can change.
  static func fixedOption(
    among changed: Set<String>, of old: [String: String], _ new: [String: String], isUsed: Bool
  ) -> String?
  /// The options with the names of the host's links that they name; `name` gives the name of the
  /// link that a text means, nil if there is none.
  static func resolvingLinkNames<Failure: Error>(
    in options: [String: String], by name: (String) throws(Failure) -> InterfaceName?
  ) throws(Failure) -> [String: String]
  /// Refuses subnets that no network of this driver can have together.
  static func check(_ subnets: [SubnetConfiguration]) throws(NetworkProblem)

  /// The driver of a network. Throws for an invalid option.
  init(_ network: Network) throws(OptionError)
  /// The driver of a network on a host with these settings. Throws for an invalid option.
  init(_ network: Network, on host: HostSettings) throws(OptionError)
  /// The name; that of the type, except for plugins.
  var driverName: DriverName { get }
  /// Refuses subnets that the network's device cannot have.
  func checkSubnets() throws(NetworkProblem)
  /// Refuses gateways that its containers cannot have.
  func checkGateways() throws(NetworkProblem)
  /// The kernel state of the network itself.
  var desiredNetwork: DesiredNetwork { get }
  /// Whether the network's device exists only while an endpoint needs it.
  var isCreatedOnDemand: Bool { get }
  /// How interfaces in containers are named; nil for a network without links.
  var interfaces: InterfaceNaming? { get }
  /// The default routes that a container with these addresses may have through the network.
  func offeredRoutes(from addresses: [IPPrefix]) -> OfferedRoutes
  /// The kernel state of an endpoint; nil for a network without links.
  func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint?
}

/// Which containers may be connected to a driver's networks.
package enum Admission: Sendable {
  /// Any.
  case anyContainer
  /// Those that are on no other network.
  case exclusive
  /// None.
  case none
}

/// How a network's endpoints are named.
package struct InterfaceNaming: Sendable {
  /// The prefix of interface names in containers.
  let prefix: String
  /// Whether an endpoint has a host end besides.
  let hasHostEnd: Bool
  /// Whether an interface has a hardware address of its own, and not that of a link of the host.
  package let hasOwnAddress: Bool

  package init(prefix: String, hasHostEnd: Bool, hasOwnAddress: Bool = true) {
    self.prefix = prefix
    self.hasHostEnd = hasHostEnd
    self.hasOwnAddress = hasOwnAddress
  }

  /// Names that an engine never gives: it fails when one it is about to give exists.
  package var avoidingEngines: InterfaceNaming {
    InterfaceNaming(prefix: prefix == "eth" ? "net" : prefix, hasHostEnd: hasHostEnd)
  }

  /// The name of an endpoint's host end; nil for none.
  package func hostName(of endpoint: EndpointID) -> InterfaceName? {
    hasHostEnd ? endpoint.hostInterfaceName : nil
  }

  /// The first name in a container that is not taken.
  package func name(besides taken: Set<InterfaceName>) throws(OptionError) -> InterfaceName {
    for number in 0..<taken.count {
      let name = try name(number)
      if !taken.contains(name) { return name }
    }
    return try name(taken.count)
  }

  private func name(_ number: Int) throws(OptionError) -> InterfaceName {
    let name = "\(prefix)\(number)"
    do {
      return try InterfaceName(name)
    } catch {
      throw .interfaceName(key: EndpointOptions.interfaceNameKey, value: name, error)
    }
  }
}

/// A driver's members that most drivers do not need.
extension NetworkDriver {
  package init(_ network: Network, on host: HostSettings) throws(OptionError) {
    try self.init(network)
  }
  package static var isSingleInstance: Bool { false }
  package static var options: [OptionDescription] { [] }
  package static var admission: Admission { .anyContainer }
  package static var requiredFeatures: Set<KernelFeature> { [] }
  package static var sharesSubnets: Bool { false }
  package static var needsAddresses: Bool { true }
  package static func chosenLink(
    _ options: [String: String]
  ) throws(OptionError) -> (name: String, kind: LinkKind)? { nil }
  package static func familiesWithoutGateway(
    _ options: [String: String], isInternal: Bool
  ) throws(OptionError) -> Set<AddressFamily> { [] }
  package static func fixedOption(
    among changed: Set<String>, of old: [String: String], _ new: [String: String], isUsed: Bool
  ) -> String? { nil }
  package static func resolvingLinkNames<Failure: Error>(
    in options: [String: String], by name: (String) throws(Failure) -> InterfaceName?
  ) throws(Failure) -> [String: String] { options }
  package static func check(_ subnets: [SubnetConfiguration]) throws(NetworkProblem) {}
  package var driverName: DriverName { Self.name }
  package func checkSubnets() throws(NetworkProblem) {}
  package func checkGateways() throws(NetworkProblem) {}
  package var isCreatedOnDemand: Bool { false }
  package var interfaces: InterfaceNaming? { nil }
  package func offeredRoutes(from addresses: [IPPrefix]) -> OfferedRoutes { OfferedRoutes() }
}

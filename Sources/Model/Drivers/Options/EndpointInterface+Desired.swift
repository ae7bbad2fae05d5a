import Addressing
import KernelModel
import NetworkModel

/// What drivers derive alike from an endpoint's interface.
extension EndpointInterface {
  /// All its addresses, with the lengths of their subnets.
  var assignedAddresses: [IPPrefix] {
    addresses
      + linkLocalAddresses.compactMap { address in
        IPPrefix(address: address, length: address.family == .ipv4 ? 16 : 64)
      }
  }

  /// Whether it has an IPv6 address.
  var hasIPv6: Bool {
    address(.ipv6) != nil || linkLocalAddresses.contains { $0.family == .ipv6 }
  }

  /// A setting of IPv6 on it.
  func ipv6Sysctl(_ name: String, _ value: String, for purpose: Sysctl.Purpose = .function)
    -> Sysctl
  {
    Sysctl(["net", "ipv6", "conf", self.name, name], value, for: purpose)
  }

  /// What switches IPv6 off on it.
  var disablingIPv6: Sysctl {
    Sysctl(
      ["net", "ipv6", "conf", name, "disable_ipv6"], "1", isOptional: true, for: .protection)
  }

  /// Its name. Throws for a record with an invalid one.
  func checkedName() throws(OptionError) -> InterfaceName { try Self.checked(name) }

  /// The name of its host end; nil without one.
  func checkedHostName() throws(OptionError) -> InterfaceName? {
    try hostName.map { (name) throws(OptionError) in try Self.checked(name) }
  }

  private static func checked(_ name: String) throws(OptionError) -> InterfaceName {
    do {
      return try InterfaceName(name)
    } catch {
      throw .interfaceName(key: EndpointOptions.interfaceNameKey, value: name, error)
    }
  }
}

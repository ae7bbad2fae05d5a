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
  func ipv6Sysctl(
    _ setting: SysctlKey.InterfaceSetting, _ value: String, for purpose: Sysctl.Purpose = .function
  ) -> Sysctl {
    Sysctl(.interface(.ipv6, name, setting), value, for: purpose)
  }

  /// What switches IPv6 off on it.
  var disablingIPv6: Sysctl {
    Sysctl(
      .interface(.ipv6, name, .disableIPv6), "1", isOptional: true, for: .protection)
  }
}

package import Addressing
package import PFlag

/// The command line of `netctl network create`.
package enum CreateOptions {
  package static let attachable = Flag.bool(
    "attachable", help: "Enable manual container attachment")
  /// `--aux-address name=address`
  package static let auxiliaryAddress = Flag.map(
    "aux-address", help: "Auxiliary IPv4 or IPv6 addresses used by Network driver")
  package static let configFrom = Flag.string(
    "config-from", values: .configuration, help: "The network from which to copy the configuration")
  package static let configOnly = Flag.bool(
    "config-only", help: "Create a configuration only network")
  package static let driver = Flag.string(
    "driver", short: "d", default: "bridge", values: .driver, help: "Driver to manage the Network")
  package static let gateway = Flag.ipSlice(
    "gateway", help: "IPv4 or IPv6 Gateway for the master subnet",
    parse: AddressSyntax.address)
  package static let ingress = Flag.bool("ingress", help: "Create swarm routing-mesh network")
  package static let isInternal = Flag.bool(
    "internal", help: "Restrict external access to the network")
  /// `--ignore-existing`
  package static let ignoreExisting = Flag.bool(
    "ignore-existing", help: "Do not error if the network exists as requested")
  /// `--ip-range`, its host bits cleared
  package static let ipRange = Flag.ipNetSlice(
    "ip-range", help: "Allocate container ip from a sub-range",
    parse: AddressSyntax.network)
  package static let ipamDriver = Flag.string(
    "ipam-driver", default: "default", values: .addressDriver, help: "IP Address Management Driver")
  /// `--ipam-opt key=value`
  package static let ipamOption = Flag.map(
    "ipam-opt", help: "Set IPAM driver specific options")
  /// `--ipv4`; Docker distinguishes "not given" from "true"
  package static let ipv4 = Flag.bool(
    "ipv4", default: true, help: "Enable or disable IPv4 address assignment")
  /// `--ipv6`; Docker distinguishes "not given" from "false"
  package static let ipv6 = Flag.bool(
    "ipv6", help: "Enable or disable IPv6 address assignment")
  /// `--label`, as typed; `labels` gives them as pairs
  package static let label = Flag.list(
    "label", help: "Set metadata on a network", convert: ValueRule.label)
  /// `--opt key=value`
  package static let option = Flag.map(
    "opt", short: "o", values: .networkOption, help: "Set driver specific options")
  package static let scope = Flag.string(
    "scope", values: .scope, help: "Control the network's scope")
  /// `--subnet`, as typed
  package static let subnet = Flag.strings(
    "subnet", help: "Subnet in CIDR format that represents a network segment")

  package static let command = Command<NetctlVerb>(
    "create", usage: "[OPTIONS] NETWORK", summary: "Create a network",
    flags: [
      attachable.declaration, auxiliaryAddress.declaration, configFrom.declaration,
      configOnly.declaration, driver.declaration, gateway.declaration,
      ignoreExisting.declaration, ingress.declaration, isInternal.declaration,
      ipRange.declaration, ipamDriver.declaration, ipamOption.declaration, ipv4.declaration,
      ipv6.declaration, label.declaration, option.declaration, scope.declaration,
      subnet.declaration,
    ],
    arguments: .exactly(1), words: [.anything], action: .create)

  /// The labels by key; the last of equal keys wins.
  package static func labels(_ typed: [String]) -> [String: String] {
    let pairs = typed.map(KeyValue.init(cutting:)).map { ($0.key, $0.value) }
    return Dictionary(pairs, uniquingKeysWith: { _, last in last })
  }
}

public import Addressing
public import PFlag

/// The command line of `netctl network create`.
public enum CreateSyntax {
  /// `--attachable`
  public static let attachable = Flag.bool(
    "attachable", help: "Enable manual container attachment")
  /// `--aux-address name=address`
  public static let auxiliaryAddress = Flag.map(
    "aux-address", help: "Auxiliary IPv4 or IPv6 addresses used by Network driver")
  /// `--config-from`
  public static let configFrom = Flag.string(
    "config-from", values: .configuration, help: "The network from which to copy the configuration")
  /// `--config-only`
  public static let configOnly = Flag.bool(
    "config-only", help: "Create a configuration only network")
  /// `--driver`
  public static let driver = Flag.string(
    "driver", short: "d", default: "bridge", values: .driver, help: "Driver to manage the Network")
  /// `--gateway`
  public static let gateway = Flag.ipSlice(
    "gateway", help: "IPv4 or IPv6 Gateway for the master subnet",
    parse: AddressSyntax.address)
  /// `--ingress`
  public static let ingress = Flag.bool("ingress", help: "Create swarm routing-mesh network")
  /// `--internal`
  public static let isInternal = Flag.bool(
    "internal", help: "Restrict external access to the network")
  /// `--ip-range`, its host bits cleared
  public static let ipRange = Flag.ipNetSlice(
    "ip-range", help: "Allocate container ip from a sub-range",
    parse: AddressSyntax.network)
  /// `--ipam-driver`
  public static let ipamDriver = Flag.string(
    "ipam-driver", default: "default", values: .addressDriver, help: "IP Address Management Driver")
  /// `--ipam-opt key=value`
  public static let ipamOption = Flag.map(
    "ipam-opt", help: "Set IPAM driver specific options")
  /// `--ipv4`; Docker tells "not given" from "given as true"
  public static let ipv4 = Flag.bool(
    "ipv4", default: true, help: "Enable or disable IPv4 address assignment")
  /// `--ipv6`; Docker tells "not given" from "given as false"
  public static let ipv6 = Flag.bool(
    "ipv6", help: "Enable or disable IPv6 address assignment")
  /// `--label`, as typed; `labels(in:)` gives them as pairs
  public static let label = Flag.list(
    "label", help: "Set metadata on a network", convert: ValueRule.label)
  /// `--opt key=value`
  public static let option = Flag.map(
    "opt", short: "o", values: .networkOption, help: "Set driver specific options")
  /// `--scope`
  public static let scope = Flag.string(
    "scope", values: .scope, help: "Control the network's scope")
  /// `--subnet`, as typed
  public static let subnet = Flag.strings(
    "subnet", help: "Subnet in CIDR format that represents a network segment")

  /// The command.
  public static let command = Command<NetctlVerb>(
    "create", usage: "[OPTIONS] NETWORK", summary: "Create a network",
    flags: [
      attachable.declaration, auxiliaryAddress.declaration, configFrom.declaration,
      configOnly.declaration, driver.declaration, gateway.declaration, ingress.declaration,
      isInternal.declaration, ipRange.declaration, ipamDriver.declaration,
      ipamOption.declaration, ipv4.declaration, ipv6.declaration, label.declaration,
      option.declaration, scope.declaration, subnet.declaration,
    ],
    arguments: .exactly(1), words: [.anything], action: .create)

  /// The labels by key; of equal keys the last one counts.
  public static func labels(in flags: ParsedFlags) -> [String: String] {
    let pairs = flags[label].map(KeyValue.init(cutting:)).map { ($0.key, $0.value) }
    return Dictionary(pairs, uniquingKeysWith: { _, last in last })
  }
}

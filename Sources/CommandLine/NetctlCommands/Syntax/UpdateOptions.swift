package import Addressing
package import PFlag

/// The command line of `netctl network update`.
package enum UpdateOptions {
  /// `--aux-address name=address`; without an address it is taken away
  package static let auxiliaryAddress = Flag.map(
    "aux-address", help: "Reserve an address, or with NAME= no longer")
  package static let gateway = Flag.ipSlice(
    "gateway", help: "IPv4 or IPv6 Gateway for a subnet that has none",
    parse: AddressSyntax.address)
  package static let isInternal = Flag.bool(
    "internal", help: "Restrict external access to the network")
  /// `--ip-range`, its host bits cleared
  package static let ipRange = Flag.ipNetSlice(
    "ip-range", help: "Allocate container ip from a sub-range, or from a whole subnet",
    parse: AddressSyntax.network)
  package static let ipv4 = Flag.bool("ipv4", help: "Add an IPv4 subnet if there is none")
  package static let ipv6 = Flag.bool("ipv6", help: "Add an IPv6 subnet if there is none")
  package static let labelAdd = Flag.list(
    "label-add", help: "Add or change a label", convert: ValueRule.label)
  package static let labelRemove = Flag.strings("label-rm", help: "Remove a label by its key")
  /// `--opt key=value`
  package static let option = Flag.map(
    "opt", short: "o", values: .changedOption, help: "Set driver specific options")
  package static let optionRemove = Flag.strings("opt-rm", help: "Remove an option by its key")
  /// `--subnet`, as typed
  package static let subnet = Flag.strings(
    "subnet", help: "Add a subnet in CIDR format of a family that has none")

  package static let command = Command<NetctlVerb>(
    "update", usage: "[OPTIONS] NETWORK", summary: "Change a network and what is connected to it",
    flags: [
      auxiliaryAddress.declaration, gateway.declaration, isInternal.declaration,
      ipRange.declaration, ipv4.declaration, ipv6.declaration, labelAdd.declaration,
      labelRemove.declaration, option.declaration, optionRemove.declaration, subnet.declaration,
    ],
    arguments: .exactly(1), words: [.customNetwork], action: .update)
}

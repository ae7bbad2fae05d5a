package import Addressing
import Drivers
package import PFlag

/// The command line of `netctl network connect`.
package enum ConnectOptions {
  package static let alias = Flag.strings(
    "alias", help: "Add network-scoped alias for the container")
  /// `--driver-opt key=value`, as typed; `driverOptions(in:)` gives them as pairs
  package static let driverOption = Flag.strings(
    "driver-opt", values: .endpointOption, help: "driver options for the network")
  /// `--gw-priority`
  package static let gatewayPriority = Flag.int(
    "gw-priority",
    help: "Highest gw-priority provides the default gateway. "
      + "Accepts positive and negative values.")
  package static let ip = Flag.ip(
    "ip", help: "IPv4 address (e.g., \"172.30.100.104\")", parse: AddressSyntax.address)
  package static let ip6 = Flag.ip(
    "ip6", help: "IPv6 address (e.g., \"2001:db8::33\")", parse: AddressSyntax.address)
  /// `--link container[:alias]`, as typed
  package static let link = Flag.list(
    "link", values: .linkedContainer, help: "Add link to another container",
    convert: ValueRule.link)
  package static let linkLocalIP = Flag.ipSlice(
    "link-local-ip", help: "Add a link-local address for the container",
    parse: AddressSyntax.address)
  /// `--mac-address`, as typed
  package static let macAddress = Flag.string(
    "mac-address", help: "MAC address of the interface (e.g., \"92:d0:c6:0a:29:33\")")
  /// `--publish`, each occurrence as many ports as it names
  package static let publish = Flag.list(
    "publish", short: "p", help: "Publish a container's port(s) to the host",
    convert: PortSyntax.requests)

  package static let command = Command<NetctlVerb>(
    "connect", usage: "[OPTIONS] NETWORK CONTAINER", summary: "Connect a container to a network",
    flags: [
      alias.declaration, driverOption.declaration, gatewayPriority.declaration, ip.declaration,
      ip6.declaration, link.declaration, linkLocalIP.declaration, macAddress.declaration,
      publish.declaration,
    ],
    arguments: .exactly(2), words: [.joinableNetwork, .container], action: .connect)

  /// The driver options by key, with blanks around key and value trimmed; the last of equal keys
  /// wins.
  ///
  /// Docker checks them only when the command runs, so this is not a flag error.
  package static func driverOptions(
    in flags: ParsedFlags
  ) throws(DriverOptionError) -> [String: String] {
    var options: [String: String] = [:]
    var last: String?
    for text in flags[driverOption] {
      // Commas separate options, and the sysctls of one.
      if let last, EndpointOptions.isContinuation(text, of: last) {
        options[last, default: ""] += "," + text
        continue
      }
      let pair = KeyValue(cutting: text).trimmed
      guard pair.isPair, !pair.key.isEmpty else { throw .notKeyAndValue(text) }
      options[pair.key] = pair.value
      last = pair.key
    }
    return options
  }
}

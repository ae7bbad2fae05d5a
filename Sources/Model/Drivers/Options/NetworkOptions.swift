package import Addressing
import Naming

/// The options of networks that do not depend on the driver.
package enum NetworkOptions {
  /// The options that say whether a network has a family, like `--ipv4` and `--ipv6`.
  package static let familyKeys: [AddressFamily: String] = [
    .ipv4: "com.docker.network.enable_ipv4", .ipv6: "com.docker.network.enable_ipv6",
  ]

  /// The options, ordered by key.
  package static let descriptions = [
    OptionDescription(
      NetworkResolverOption.key, .any, "Name servers that are asked for its containers, or false")
  ]
}

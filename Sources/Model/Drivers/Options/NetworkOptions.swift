import Naming

/// The options of networks that do not depend on the driver.
package enum NetworkOptions {
  /// The options, ordered by key.
  package static let descriptions = [
    OptionDescription(
      NetworkResolverOption.key, .any, "Name servers that are asked for its containers, or false")
  ]
}

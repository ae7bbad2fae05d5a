package import OrderedJSON

/// A key of the configuration with the value that is in force.
package struct ConfigurationEntry: Sendable {
  /// Where a value comes from.
  package enum Origin: Equatable, Sendable {
    /// Nothing sets it.
    case `default`
    /// netctl has chosen it.
    case automatic
    /// This line of the file, counted from 1.
    case line(Int)
  }

  /// The key.
  package let key: String
  /// The value; `null` where there is none.
  package var value: JSONValue
  /// Where it comes from.
  package var origin: Origin
}

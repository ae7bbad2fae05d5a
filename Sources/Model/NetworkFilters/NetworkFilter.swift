import GoRegexp
package import NetworkModel

/// The filters of `ls`: conditions of one kind are alternatives, except labels; different kinds
/// must all hold.
package struct NetworkFilter: Sendable {
  private var drivers: [String] = []
  private var identities: [Pattern] = []
  private var names: [Pattern] = []
  private var labels: [LabelCondition] = []
  private var scopes: [String] = []
  private var types: Set<NetworkType> = []

  /// Whether only networks without endpoints (true) or with endpoints (false) match; nil for all.
  public private(set) var isDangling: Bool?

  /// The supported filters.
  package static let names = ["dangling", "driver", "id", "label", "name", "scope", "type"]

  private enum NetworkType: String {
    case custom, builtin
  }

  /// Parses the filters, whose names are already in lower case. Throws for an unknown name and an
  /// invalid value.
  package init(_ terms: [(name: String, value: String)]) throws(FilterError) {
    var dangling: Set<String> = []
    var types: [String] = []
    for (name, value) in terms {
      switch name {
      case "driver": drivers.append(value)
      case "id": identities.append(Pattern(value))
      case "name": names.append(Pattern(value))
      case "label": labels.append(LabelCondition(value))
      case "scope": scopes.append(value)
      case "type": types.append(value)
      case "dangling": dangling.insert(value)
      default: throw .unknown(name)
      }
    }
    isDangling = try Self.dangling(dangling)
    for value in types {
      guard let type = NetworkType(rawValue: value) else { throw .invalidType(value) }
      self.types.insert(type)
    }
  }

  /// Whether a network matches everything but `isDangling`, which requires reading its endpoints.
  package func matches(_ network: Network) -> Bool {
    isAny(drivers) { $0 == network.driver.rawValue }
      && isAny(identities) { $0.matches(network.id.description) }
      && isAny(names) { $0.matches(network.name) }
      && labels.allSatisfy { $0.matches(network.labels) }
      && isAny(scopes) { $0 == network.scope }
      && isAny(Array(types)) { ($0 == .builtin) == network.isPredefined }
  }

  private func isAny<Condition>(
    _ conditions: [Condition], _ holds: (Condition) -> Bool
  ) -> Bool {
    conditions.isEmpty || conditions.contains(where: holds)
  }

  private static func dangling(_ values: Set<String>) throws(FilterError) -> Bool? {
    guard let value = values.first else { return nil }
    guard values.count == 1 else { throw .severalValues("dangling") }
    switch value {
    case "true", "1": return true
    case "false", "0": return false
    default: throw .notABoolean("dangling")
    }
  }
}

/// An invalid filter.
package enum FilterError: Error, Hashable, Sendable {
  /// There is no such filter.
  case unknown(String)
  /// Neither `custom` nor `builtin`.
  case invalidType(String)
  /// Neither true nor false.
  case notABoolean(String)
  /// Two values of a filter that can have one.
  case severalValues(String)
  /// Neither a time nor a duration.
  case invalidTime(String)
}

/// An unanchored regular expression or a substring; an invalid expression only matches as a
/// substring.
private struct Pattern: Sendable {
  let text: String
  let expression: Regexp?

  init(_ text: String) {
    self.text = text
    self.expression = try? Regexp(text)
  }

  func matches(_ subject: String) -> Bool {
    text.isEmpty || subject.hasBytes(of: text) || expression?.matches(subject) == true
  }
}

/// `key` or `key=value`. A condition without a key never matches.
struct LabelCondition: Sendable {
  private let key: String
  private let value: String?

  init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    key = String(parts.first ?? "")
    value = parts.count > 1 ? String(parts[1]) : nil
  }

  func matches(_ labels: [String: String]) -> Bool {
    guard let present = labels[key] else { return false }
    return value == nil || value == present
  }
}

extension String {
  /// Whether `text` occurs in this string, byte by byte.
  fileprivate func hasBytes(of text: String) -> Bool {
    let (bytes, sought) = (Array(utf8), Array(text.utf8))
    guard bytes.count >= sought.count else { return false }
    return (0...bytes.count - sought.count).contains { bytes[$0...].starts(with: sought) }
  }
}

import AddressPools
import Addressing
import Drivers
import KernelModel
import LinuxSystem
import NetworkModel
import OrderedJSON
import Spelling

/// Reads the members of a configuration file. What is wrong with one does not affect the others.
struct ConfigurationReader {
  private let object: JSONObject
  private let locator: JSONLocator
  private let isListing: Bool
  private(set) var problems: [ConfigurationProblem] = []
  /// Every key that netctl has, with its value; only if they are to be listed.
  private(set) var entries: [ConfigurationEntry] = []
  private var keys: [String] = []

  init(_ object: JSONObject, _ locator: JSONLocator, isListing: Bool = false) {
    self.object = object
    self.locator = locator
    self.isListing = isListing
  }

  // MARK: Members

  /// The value of a key; nil where it is missing or `null`, or an empty string, which is none to
  /// Docker.
  func value(_ key: String) -> JSONValue? {
    guard let value = object[key], value != .null, value != .string("") else { return nil }
    return value
  }

  /// Whether the file sets a key.
  func has(_ key: String) -> Bool { value(key) != nil }

  /// Tells that netctl has a key, and the value that is in force.
  mutating func enter(_ key: String, _ value: @autoclosure () -> JSONValue) {
    keys.append(key)
    guard isListing else { return }
    let line = has(key) ? locator.line(of: [.member(key)]) : nil
    entries.append(
      ConfigurationEntry(key: key, value: value(), origin: line.map { .line($0) } ?? .default))
  }

  mutating func report(_ path: [JSONLocator.Step], _ fault: ConfigurationProblem.Fault) {
    problems.append(
      ConfigurationProblem(line: locator.line(of: path), key: Self.text(of: path), fault))
  }

  mutating func report(_ key: String, _ fault: ConfigurationProblem.Fault) {
    report([.member(key)], fault)
  }

  private static func text(of path: [JSONLocator.Step]) -> String {
    path.reduce("") { text, step in
      switch step {
      case .member(let name): text.isEmpty ? name : "\(text).\(name)"
      case .element(let number): "\(text)[\(number)]"
      }
    }
  }

  // MARK: Values

  mutating func bool(_ key: String, _ variable: inout Bool) {
    if let value = value(key) {
      if let bool = value.bool {
        variable = bool
      } else {
        report(key, .unexpected(value: value.text(), .boolean))
      }
    }
    enter(key, JSONValue(variable))
  }

  /// A string that `parse` understands.
  mutating func parsed<Value>(
    _ key: String, _ form: ConfigurationProblem.Form, _ parse: (String) -> Value?
  ) -> Value? {
    guard let value = value(key) else { return nil }
    if let parsed = value.string.flatMap(parse) { return parsed }
    report(key, .unexpected(value: value.text(), form))
    return nil
  }

  mutating func address(_ key: String, _ family: AddressFamily) -> IPAddress? {
    parsed(key, family == .ipv4 ? .ipv4Address : .ipv6Address) { text in
      IPAddress(text).flatMap { $0.family == family ? $0 : nil }
    }
  }

  mutating func prefix(
    _ key: String, _ family: AddressFamily, _ form: ConfigurationProblem.Form
  ) -> IPPrefix? {
    parsed(key, form) { text in
      (try? IPPrefix(parsing: text)).flatMap { $0.family == family ? $0 : nil }
    }
  }

  /// An array of strings that `parse` understands.
  mutating func list<Value>(
    _ key: String, _ form: ConfigurationProblem.Form, _ parse: (String) -> Value?
  ) -> [Value]? {
    guard let value = value(key) else { return nil }
    guard let elements = value.array else {
      report(key, .unexpected(value: value.text(), form))
      return nil
    }
    var values: [Value] = []
    for (number, element) in elements.enumerated() {
      guard let parsed = element.string.flatMap(parse) else {
        report(
          [.member(key), .element(number)], .unexpected(value: element.text(), form.ofElements))
        return nil
      }
      values.append(parsed)
    }
    return values
  }

  // They become words of a file.
  mutating func words(_ key: String) -> [String]? {
    let words = list(key, .words) { word in
      word.isEmpty || word.utf8.contains { $0 <= UInt8(ascii: " ") } ? nil : word
    }
    enter(key, words.map { JSONValue($0) } ?? .null)
    return words
  }

  // MARK: Unknown keys

  mutating func checkNames() {
    let others = object.names.filter { !keys.contains($0) }
    if others.isEmpty { return }
    let known = keys + DockerKeys.names
    for name in others where !known.contains(name) {
      report(name, .unknownKey(suggestions: NameSuggestion.nearest(to: name, among: known)))
    }
  }

  /// Reports members of an object inside the document that are not among `known`.
  mutating func checkNames(
    of object: JSONObject, at path: [JSONLocator.Step], among known: [String]
  ) {
    for name in object.names where !known.contains(name) {
      report(
        path + [.member(name)],
        .unknownKey(suggestions: NameSuggestion.nearest(to: name, among: known)))
    }
  }
}

extension ConfigurationProblem.Form {
  /// What an element of the array has to be.
  var ofElements: ConfigurationProblem.Form {
    switch self {
    case .addresses, .addressesOrFalse: .address
    case .words: .word
    default: self
    }
  }
}

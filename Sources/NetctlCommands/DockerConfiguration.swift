import OrderedJSON

/// What netctl honours of Docker's `config.json`.
struct DockerConfiguration {
  /// The format of `ls` when none is given; empty when the file says nothing.
  let networksFormat: String
  private let pruneFilters: [String]

  /// Reads the file. One that is absent or cannot be read says nothing.
  init(_ bytes: [UInt8]?) {
    let object = bytes.flatMap { try? JSONValue(parsing: $0) }?.object
    networksFormat = Self.member("networksFormat", of: object)?.string ?? ""
    pruneFilters = Self.member("pruneFilters", of: object)?.array?.compactMap(\.string) ?? []
  }

  // Go finds members whatever the case of their names.
  private static func member(_ name: String, of object: JSONObject?) -> JSONValue? {
    object?[name] ?? object?.members.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The filters of `prune`: those given, and those of the file that no given one contradicts.
  func pruneTerms(
    with given: [(name: String, value: String)]
  ) -> [(name: String, value: String)] {
    let opposites = ["label": "label!", "label!": "label"]
    let configured = pruneFilters.compactMap { text -> (name: String, value: String)? in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let opposite = opposites[String(parts[0])] else { return nil }
      let value = String(parts[1])
      return given.contains { $0.name == opposite && $0.value == value }
        ? nil : (String(parts[0]), value)
    }
    return configured + given
  }
}

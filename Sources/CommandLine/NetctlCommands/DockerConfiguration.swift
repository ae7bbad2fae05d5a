import OrderedJSON

/// Docker's `config.json`, where the user has one.
public struct DockerConfigurationFile {
  /// The path.
  public let path: String
  /// What is in it, nil if it cannot be read.
  public let contents: [UInt8]?
  /// Why it cannot be read.
  public let failure: String

  /// Takes what was found at the path.
  public init(path: String, contents: [UInt8]?, failure: String = "") {
    self.path = path
    self.contents = contents
    self.failure = failure
  }
}

/// What netctl honours of Docker's `config.json`.
struct DockerConfiguration {
  /// The format of `ls` when none is given; empty when the file says nothing.
  private(set) var networksFormat = ""
  private var pruneFilters: [String] = []
  /// What is wrong with the file, nil if nothing is. What else it says is honoured.
  private(set) var problem: String?

  /// Reads the file. One that is absent or empty says nothing.
  init(_ file: DockerConfigurationFile?) {
    guard let file else { return }
    guard let contents = file.contents else {
      problem = file.failure
      return
    }
    guard !contents.isEmpty else { return }
    do throws(JSONSyntaxError) {
      let document = try JSONValue(parsing: contents)
      guard document != .null else { return }
      guard let object = document.object else {
        problem = "it is no JSON object"
        return
      }
      read(object)
    } catch {
      problem = "it is not JSON at byte \(error.offset)"
    }
  }

  private mutating func read(_ object: JSONObject) {
    if let format = Self.member("networksFormat", of: object), format != .null {
      if format.string == nil { problem = "networksFormat is no text" }
      networksFormat = format.string ?? ""
    }
    if let filters = Self.member("pruneFilters", of: object), filters != .null {
      if filters.array?.allSatisfy({ $0.string != nil }) != true {
        problem = "pruneFilters is no list of texts"
      }
      pruneFilters = filters.array?.compactMap(\.string) ?? []
    }
  }

  // Go finds members whatever the case of their names.
  private static func member(_ name: String, of object: JSONObject) -> JSONValue? {
    object[name] ?? object.members.first { $0.name.lowercased() == name.lowercased() }?.value
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

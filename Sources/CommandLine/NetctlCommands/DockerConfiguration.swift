import OrderedJSON

/// Docker's `config.json`, if the user has one.
package struct DockerConfigurationFile {
  package let path: String
  /// Its contents; nil if it cannot be read.
  package let contents: [UInt8]?
  /// Why it cannot be read.
  package let failure: String

  /// Takes what was found at the path.
  package init(path: String, contents: [UInt8]?, failure: String = "") {
    self.path = path
    self.contents = contents
    self.failure = failure
  }
}

/// The parts of Docker's `config.json` that netctl supports.
struct DockerConfiguration {
  /// The default format of `ls`; empty if not set.
  private(set) var networksFormat = ""
  private var pruneFilters: [String] = []
  /// What is wrong with the file; nil if nothing is. The rest of it is used nevertheless.
  private(set) var problem: String?

  /// Parses the file. A missing or empty one sets nothing.
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
        problem = "it is not a JSON object"
        return
      }
      read(object)
    } catch {
      problem = "it is not JSON at byte \(error.offset)"
    }
  }

  private mutating func read(_ object: JSONObject) {
    if let format = object.value(named: "networksFormat"), format != .null {
      if format.string == nil { problem = "networksFormat is not a string" }
      networksFormat = format.string ?? ""
    }
    if let filters = object.value(named: "pruneFilters"), filters != .null {
      if filters.array?.allSatisfy({ $0.string != nil }) != true {
        problem = "pruneFilters is not an array of strings"
      }
      pruneFilters = filters.array?.compactMap(\.string) ?? []
    }
  }

  /// The filters of `prune`: the given ones, and those of the file that they do not contradict.
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

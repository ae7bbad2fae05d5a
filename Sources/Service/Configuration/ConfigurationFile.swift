import LinuxSystem
import OrderedJSON
import SystemErrors

/// The configuration file, `daemon.json`, and what it says.
package struct ConfigurationFile: Sendable {
  /// Where netctl looks unless it is told otherwise.
  package static let standardPath = "/etc/netctl/daemon.json"

  /// Where it is, or would be.
  package let path: String
  /// What is in force; a value that is wrong counts as not set.
  package let configuration: Configuration
  /// What is wrong, in the order of the keys' names.
  package let problems: [ConfigurationProblem]
  private let bytes: [UInt8]

  /// A file that does not exist, and this configuration.
  package init(
    path: String = ConfigurationFile.standardPath, _ configuration: Configuration = Configuration()
  ) {
    self.path = path
    self.configuration = configuration
    problems = []
    bytes = []
  }

  /// Reads a file. Unless somebody named it, it may be missing; then nothing is set.
  package init(reading path: String, isNamed: Bool) {
    let contents: [UInt8]
    do throws(Errno) {
      contents = try RegularFile.contents(of: path)
    } catch {
      let isMissing = error == .noSuchFileOrDirectory || error == .notDirectory
      self.init(
        path: path, [], Configuration(),
        isMissing && !isNamed ? [] : [ConfigurationProblem(.unreadable(error))])
      return
    }
    self.init(path: path, contents: contents)
  }

  /// Takes the contents of a file.
  package init(path: String, contents: [UInt8]) {
    // Docker accepts a byte order mark, and a file with nothing in it.
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let bytes = contents.starts(with: mark) ? Array(contents.dropFirst(mark.count)) : contents
    guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else {
      self.init(path: path, [], Configuration(), [])
      return
    }
    let locator = JSONLocator(bytes)
    do throws(JSONSyntaxError) {
      let document = try JSONValue(parsing: bytes)
      guard let object = document.object else {
        let fault = ConfigurationProblem.Fault.unexpected(value: document.text(), .object)
        self.init(path: path, bytes, Configuration(), [ConfigurationProblem(line: 1, fault)])
        return
      }
      var reader = ConfigurationReader(object, locator)
      let configuration = reader.configuration()
      self.init(path: path, bytes, configuration, reader.problems)
    } catch {
      let line = locator.line(atOffset: error.offset)
      self.init(
        path: path, bytes, Configuration(), [ConfigurationProblem(line: line, .notJSON(error))])
    }
  }

  private init(
    path: String, _ bytes: [UInt8], _ configuration: Configuration,
    _ problems: [ConfigurationProblem]
  ) {
    self.path = path
    self.bytes = bytes
    self.configuration = configuration
    self.problems = problems
  }

  /// The line of a key, counted from 1; nil if the file does not set it.
  package func line(of key: String) -> Int? { JSONLocator(bytes).line(of: [.member(key)]) }

  /// Every key with the value that is in force.
  package var entries: [ConfigurationEntry] {
    let object = (try? JSONValue(parsing: bytes))?.object ?? JSONObject()
    var reader = ConfigurationReader(object, JSONLocator(bytes), isListing: true)
    _ = reader.configuration()
    return reader.entries
  }
}

import LinuxSystem
import OrderedJSON

/// The directories in which Docker's engine finds plugins by their names.
package struct PluginDirectory: Sendable {
  private let sockets: String
  private let specifications: [String]

  /// Takes the directories of sockets, and of files that say where plugins listen.
  package init(
    sockets: String = "/run/docker/plugins",
    specifications: [String] = ["/etc/docker/plugins", "/usr/lib/docker/plugins"]
  ) {
    self.sockets = sockets
    self.specifications = specifications
  }

  /// The names of the plugins that are there, sorted.
  package var names: [String] {
    var names = Set(names(in: sockets, suffixes: [".sock"]))
    for folder in specifications {
      names.formUnion(self.names(in: folder, suffixes: Self.suffixes))
    }
    return names.sorted()
  }

  private static let suffixes = [".spec", ".json"]

  /// Where the plugin with a name listens.
  func address(of name: String) throws(PluginError) -> PluginAddress {
    let notFound = PluginError(.notFound, "plugin \"\(name)\" not found")
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0) else { throw notFound }
    for path in [name, "\(name)/\(name)"].map({ "\(sockets)/\($0).sock" })
    where Directory.isSocket(path) {
      return .local(path: path)
    }
    for folder in specifications {
      for suffix in Self.suffixes {
        for file in [name, "\(name)/\(name)"].map({ "\(folder)/\($0)\(suffix)" })
        where Directory.exists(file) {
          return try address(in: file, isDocument: suffix == ".json", of: name)
        }
      }
    }
    throw notFound
  }

  private func address(
    in file: String, isDocument: Bool, of plugin: String
  ) throws(PluginError) -> PluginAddress {
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try RegularFile.contents(of: file)
    } catch {
      throw PluginError(.unreachable, "open \(file): \(error.goDescription)").legacy
    }
    do throws(PluginError) {
      let url =
        isDocument
        ? try PluginAnswer(bytes, type: "plugins.Plugin").string("Addr")
        : String(decoding: bytes, as: UTF8.self).trimmingWhitespace
      // Docker then asks for the host `plugin.moby.localhost`.
      return try PluginAddress(url: url, of: plugin)
    } catch {
      throw error.legacy
    }
  }

  private func names(in folder: String, suffixes: [String]) -> [String] {
    guard let entries = try? Directory.open(folder).names() else { return [] }
    var names: [String] = []
    for entry in entries {
      for suffix in suffixes {
        if entry.hasSuffix(suffix) {
          names.append(String(entry.dropLast(suffix.count)))
        } else if Directory.exists("\(folder)/\(entry)/\(entry)\(suffix)") {
          names.append(entry)
        }
      }
    }
    return names.filter { !$0.isEmpty }
  }
}

extension PluginError {
  /// The error in words of Docker for plugins that it does not manage.
  var legacy: PluginError { of("legacy plugin") }
}

extension Errno {
  /// The message as Go writes it.
  var goDescription: String { description.prefix(1).lowercased() + description.dropFirst() }
}

extension String {
  /// The text without blanks and line ends around it.
  var trimmingWhitespace: String {
    let isBlank = { (byte: UInt8) in [0x20, 0x09, 0x0a, 0x0d].contains(byte) }
    let start = utf8.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) }.map { start.index(after: $0) } ?? start.startIndex
    return String(decoding: start[..<end], as: UTF8.self)
  }
}

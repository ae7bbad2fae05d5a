import CommandLineTestSupport
import LinuxSystem

/// The manual pages and the README of the checkout.
enum Documentation {
  /// The directory of the checkout.
  static let root = (0..<3).reduce(#filePath) { path, _ in TestEnvironment.folder(of: path) }

  /// The sessions of all manual pages and of the README, those of a file as one.
  static let sessions: [DocumentedSession] = {
    let names = (try? Directory.open(root + "/man").names()) ?? []
    let pages = names.compactMap { name in
      contents(of: name, in: "man").map { DocumentedSession(manual: $0, file: name) }
    }
    return pages + [DocumentedSession(blocks: readmeBlocks, file: "README.md")]
  }()

  /// The fenced blocks of the README.
  static let readmeBlocks = CodeBlock.all(in: contents(of: "README.md") ?? "")

  /// A file's text; nil when it cannot be read.
  static func contents(of name: String, in folder: String = ".") -> String? {
    guard let folder = try? Directory.open(root + "/" + folder),
      let bytes = try? folder.contents(of: name)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

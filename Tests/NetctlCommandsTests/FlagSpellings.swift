import Foundation

/// The flags of each command, as `-d` and `--driver`, in each of the places that list them.
///
/// The program itself goes by the name `netctl`; `--help` is left out.
enum FlagSpellings {
  /// What a manual page lists, in its order; `--help` is in none.
  static func inManual(_ page: String) throws -> [String] {
    try lines(of: "man/\(page)").filter { $0.hasPrefix(".It Fl ") }
      .flatMap { line in line.matches(of: /Fl (-?[\w-]+)/).map { "-" + $0.1 } }
  }

  /// The commands that a manual page refers to.
  static func references(inManual page: String) throws -> Set<String> {
    Set(
      try lines(of: "man/\(page)")
        .compactMap { $0.wholeMatch(of: /\.It Xr ([\w-]+) 8/).map { String($0.1) } })
  }

  /// The manual pages of section 8.
  static func manualPages() throws -> Set<String> {
    let names = try FileManager.default.contentsOfDirectory(atPath: path(of: "man"))
    return Set(names.filter { $0.hasSuffix(".8") })
  }

  /// What a help text lists.
  static func inHelp(_ text: String) -> Set<String> {
    var flags: Set<String> = []
    for line in text.split(separator: "\n") {
      guard let match = line.prefixMatch(of: /(?:  (-\w), |      )(--[\w-]+)/) else { continue }
      flags.formUnion([match.1, match.2].compactMap { $0 }.map(String.init))
    }
    return flags
  }

  private static func lines(of path: String) throws -> [String] {
    try contents(of: path).split(separator: "\n").map(String.init)
  }

  private static func contents(of path: String) throws -> String {
    try String(contentsOfFile: self.path(of: path), encoding: .utf8)
  }

  private static func path(of file: String) -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent(file).path
  }
}

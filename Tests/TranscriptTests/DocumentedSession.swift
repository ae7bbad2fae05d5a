import CommandLineTestSupport
import LinuxSystem
import Testing

/// A session that a manual page or the README shows: commands of a root shell behind `# `, each
/// with what it prints.
struct DocumentedSession: Sendable {
  /// One command and its lines of output.
  struct Step: Sendable {
    var command: String
    var output: [String] = []
  }

  /// The file it stands in.
  let file: String
  /// The commands of all its examples, in order; they are run on one host.
  let steps: [Step]

  /// The sessions of the manual pages.
  static let all: [DocumentedSession] = {
    let root = (0..<3).reduce(#filePath) { path, _ in TestEnvironment.folder(of: path) }
    guard let folder = try? Directory.open(root + "/man"), let names = try? folder.names() else {
      return []
    }
    return names.compactMap { name in
      guard let bytes = try? folder.contents(of: name) else { return nil }
      return DocumentedSession(manual: String(decoding: bytes, as: UTF8.self), file: name)
    }
  }()

  /// The session of a manual page: its literal displays.
  init(manual text: String, file: String) {
    var displays: [[String]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(".Bd -literal") {
        isInside = true
        displays.append([])
      } else if line == ".Ed" {
        isInside = false
      } else if isInside {
        displays[displays.count - 1].append(
          String(line).replacing("\\e", with: "\\").replacing("\\&", with: ""))
      }
    }
    self.init(file: file, lines: displays.flatMap(\.self))
  }

  private init(file: String, lines: [String]) {
    var steps: [Step] = []
    for line in lines {
      if steps.last?.command.hasSuffix("\\") == true {
        steps[steps.count - 1].command += "\n" + line
      } else if line.hasPrefix("# ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if !steps.isEmpty {
        steps[steps.count - 1].output.append(line)
      }
    }
    self.file = file
    self.steps = steps
  }

  /// All steps as one shell script, in which a line end and a line of `mark` follow what each prints.
  var script: String {
    steps.map { step in
      // A person's next command comes later than a process in the background gets its namespace.
      let wait = step.command.hasSuffix("&") ? Self.awaitNamespace : ""
      return "\(step.command)\n\(wait)printf '\\n%s\\n' '\(Self.mark)'\n"
    }.joined()
  }

  /// What each step printed, from the output of the script.
  static func outputs(in text: String) -> [[String]] {
    var outputs: [[String]] = []
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == mark {
        // An output that ends its last line leaves an empty one before the mark.
        outputs.append(lines.last == "" ? lines.dropLast() : lines)
        lines = []
      } else {
        lines.append(String(line))
      }
    }
    return outputs
  }

  /// Lines with what differs from run to run replaced.
  static func comparable(_ lines: [String], _ placeholders: inout Placeholders) -> [String] {
    lines.map { line in
      placeholders.replace(in: line)
        .replacing(#/[0-9.\/]+ ?ms\b/#, with: "<MS>")
        .replacing(#/ +$/#, with: "")
    }
  }

  private static let mark = "-- end of the step --"

  private static let awaitNamespace = """
    until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done

    """
}

extension DocumentedSession: CustomTestStringConvertible {
  var testDescription: String { file }
}

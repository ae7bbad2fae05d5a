import CommandLineTestSupport
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
  /// What the shell's characters are.
  private let locale: String

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
    self.init(file: file, lines: displays.flatMap(\.self), locale: "C")
  }

  /// The session of a Markdown file: its `console` blocks.
  init(blocks: [CodeBlock], file: String) {
    let lines = blocks.filter { $0.language == "console" }.flatMap(\.lines)
    self.init(file: file, lines: lines, locale: "C.UTF-8")
  }

  private init(file: String, lines: [String], locale: String) {
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
    self.locale = locale
  }

  /// A step that did not print what the file shows.
  struct Difference: Equatable {
    let command: String
    let shown: [String]
    let printed: [String]
  }

  /// Runs the steps as one script of the host's shell, and tells which of them printed something
  /// else than what is shown. What differs from run to run is compared by its form.
  func differences(on host: PrivateHost) throws -> [Difference] {
    let outputs = Self.outputs(in: try host.run(script: script).output)
    try #require(outputs.count == steps.count)
    var (shown, printed) = (Placeholders(), Placeholders())
    return zip(steps, outputs).compactMap { step, output in
      let difference = Difference(
        command: step.command, shown: Self.comparable(step.output, &shown),
        printed: Self.comparable(output, &printed))
      return difference.shown == difference.printed ? nil : difference
    }
  }

  // A line end and a line of `mark` follow what each step prints.
  private var script: String {
    "export LC_ALL=\(locale)\n"
      + steps.map { step in
        // A person's next command comes later than a process in the background gets its namespace.
        let wait = step.command.hasSuffix("&") ? Self.awaitNamespace : ""
        return "\(step.command)\n\(wait)printf '\\n%s\\n' '\(Self.mark)'\n"
      }.joined()
  }

  // What each step printed, from the output of the script.
  private static func outputs(in text: String) -> [[String]] {
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

  // Lines with what differs from run to run replaced: also durations, the numbers of interfaces and
  // blanks at the end.
  private static func comparable(
    _ lines: [String], _ placeholders: inout Placeholders
  ) -> [String] {
    lines.map { line in
      placeholders.replace(in: line)
        .replacing(#/[0-9.\/]+ ?ms\b/#, with: "<MS>")
        .replacing(#/@if\d+ */#, with: "@if<N> ")
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

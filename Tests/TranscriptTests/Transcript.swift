import CommandLineTestSupport
import LinuxSystem
import Testing

/// One case of a transcript: what to run on a fresh host, and what Docker answered.
///
/// A file holds cases of this form:
///
///     == case-name
///     containers: c1 c2       bare network namespaces to make first
///     $ create --label a=b n1 a `network` subcommand, in words as a shell splits them
///     $~ inspect ...          the same; the lines of its output are sorted
///     $$ --debug network ls   the arguments of netctl itself
///     < y                     a line of the command's standard input
///     @exec c1 ip addr | sort a busybox applet inside a container; the rest filters its output
///     @host ip -br link       a command of the host's shell
///     <expected output>       a line of nothing but `\` is an empty one
///     ! <expected line of standard error, without the program's own prefix>
///     ? <exit status, where it is not 0>
struct Transcript: Sendable {
  /// The case's name behind that of its file.
  let name: String
  var containers: [String] = []
  var steps: [Step] = []

  /// One command of a case.
  struct Step: Sendable {
    enum Kind: Sendable {
      case network, sortedNetwork, program, inContainer, onHost
    }

    let kind: Kind
    let line: String
    let command: String
    var input = ""
    var output: [String] = []
    var errors: [String] = []
    var status: Int32 = 0
  }

  /// The cases of all files, those of a file in its order.
  static let all: [Transcript] = {
    let path = TestEnvironment.folder(of: #filePath) + "/Fixtures"
    guard let folder = try? Directory.open(path), let names = try? folder.names() else {
      return []
    }
    return names.filter { $0.hasSuffix(".t") }.sorted().flatMap { name -> [Transcript] in
      guard let bytes = try? folder.contents(of: name) else { return [] }
      return cases(
        in: String(decoding: bytes, as: UTF8.self), file: String(name.dropLast(2)))
    }
  }()

  private static let marks: [(mark: String, kind: Step.Kind)] = [
    ("$ ", .network), ("$~ ", .sortedNetwork), ("$$ ", .program), ("@exec ", .inContainer),
    ("@host ", .onHost),
  ]

  /// The cases of a file.
  static func cases(in text: String, file: String) -> [Transcript] {
    var cases: [Transcript] = []
    for line in text.split(separator: "\n").map(String.init) {
      if line.hasPrefix("== ") {
        cases.append(Transcript(name: "\(file) \(line.dropFirst(3))"))
      } else if !cases.isEmpty {
        cases[cases.count - 1].append(line)
      }
    }
    return cases
  }

  private mutating func append(_ line: String) {
    if let (mark, kind) = Self.marks.first(where: { line.hasPrefix($0.mark) }) {
      steps.append(Step(kind: kind, line: line, command: String(line.dropFirst(mark.count))))
    } else if steps.isEmpty {
      guard line.hasPrefix("containers:") else { return }
      containers = line.dropFirst("containers:".count).split(separator: " ").map(String.init)
    } else {
      steps[steps.count - 1].append(line)
    }
  }
}

extension Transcript.Step {
  fileprivate mutating func append(_ line: String) {
    if line.hasPrefix("! ") {
      errors.append(String(line.dropFirst(2)))
    } else if line.hasPrefix("? ") {
      status = Int32(line.dropFirst(2)) ?? -1
    } else if line.hasPrefix("< ") {
      input += line.dropFirst(2) + "\n"
    } else {
      output.append(line == "\\" ? "" : line)
    }
  }
}

extension Transcript: CustomTestStringConvertible {
  var testDescription: String { name }
}

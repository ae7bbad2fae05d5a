import CommandLineTestSupport
import Testing

@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct DocumentationTests {
  @Test("what the documentation shows is what happens", arguments: Documentation.sessions)
  func documentedSessionsAreTrue(_ session: DocumentedSession) throws {
    let host = try PrivateHost.open(containers: [])

    let differences = try session.differences(on: host)

    #expect(differences == [])
  }

  @Test func everyPageAboutACommandShowsASession() {
    let silent = Documentation.sessions.filter(\.steps.isEmpty).map(\.file)

    #expect(silent == [])
    #expect(Documentation.sessions.count > 1)
  }

  @Test(
    "output that is not as shown is noticed",
    arguments: [
      [], ["a"], ["b", "a"], ["a", "c"], ["a", "b", "c"], ["a", "b", ""], ["a 1 ms", "b"],
    ])
  func otherOutputIsNoticed(_ shown: [String]) throws {
    let command = #"printf 'a\nb\n'"#
    let host = try PrivateHost.open(containers: [])

    let differences = try session(command, shows: shown).differences(on: host)

    #expect(differences.map(\.command) == [command])
  }

  @Test("a value of another run is no difference, one of another form is")
  func formsOfVaryingValuesAreCompared() throws {
    let command = "echo eth0@if3 2ad81ff1ac9e 02:42:0a:09:01:02 1.5 ms"
    let host = try PrivateHost.open(containers: [])
    let other = session(command, shows: ["eth0@if12 0ad81ff1ac9e 0a:42:0a:09:01:02 12 ms"])
    let malformed = session(command, shows: ["eth0@if3 2ad81ff1ac9 02:42:0a:09:01:02 1.5 ms"])

    #expect(try other.differences(on: host) == [])
    #expect(try malformed.differences(on: host).count == 1)
  }

  @Test("the README shows sessions, lines for `make` and drawings, and nothing else")
  func blocksOfTheReadmeAreOfKnownKinds() {
    for block in Documentation.readmeBlocks {
      let isSession = block.lines.first?.hasPrefix("# ") == true
      switch block.language {
      case "console": #expect(isSession, "\(block.lines)")
      case "sh": #expect(!isSession, "\(block.lines)")
      case "text": #expect(block.lines.contains { $0.contains("│") }, "\(block.lines)")
      default: Issue.record("a block of \(block.language): \(block.lines)")
      }
    }
    #expect(!Documentation.readmeBlocks.isEmpty)
  }

  @Test("`make` knows how to do what the README asks of it")
  func targetsOfTheReadmeExist() throws {
    let lines = Self.shellBlocks.filter { !Self.isOfNetworks($0) }.flatMap(\.lines)
      .map { String($0.prefix { $0 != "#" }).replacing(#/ +$/#, with: "") }
    for line in lines where Self.notChecked[line] == nil {
      let dryRun = line.replacing(#/^make\b/#, with: "make --dry-run")
      try #require(dryRun != line, "\(line) is not checked, and no reason is given")

      let result = try ChildProcess.run(["sh", "-c", "cd '\(Documentation.root)' && \(dryRun)"])

      #expect(result.status == 0, "\(line): \(result.errors)")
    }
    #expect(Self.notChecked.keys.filter { !lines.contains($0) } == [])
  }

  @Test("scripts of the README end as they should and leave nothing", arguments: ["ping", "false"])
  func scriptsLeaveNothing(_ program: String) throws {
    let scripts = Self.shellBlocks.filter(Self.isScript)
    try #require(!scripts.isEmpty)
    for script in scripts {
      let host = try PrivateHost.open(containers: [])
      let before = try host.inside(["ip", "link"]).output

      let text = script.lines.joined(separator: "\n").replacing("ping", with: program)
      let result = try host.inside(["sh", "-s"], input: text)

      #expect((result.status == 0) == (program == "ping"), "\(result.output)\(result.errors)")
      #expect(result.errors == "")
      let networks = try host.inside([TestEnvironment.binary, "network", "ls", "--quiet"]).output
      #expect(networks.split(separator: "\n").count == 3)
      #expect(try host.inside(["ip", "netns"]).output == "")
      #expect(try host.inside(["ip", "link"]).output == before)
    }
  }

  @Test("the picture of a session is what a new run makes")
  func pictureOfASessionIsTrue() throws {
    let drawn = try ChildProcess.run([
      Documentation.root + "/Tests/Scripts/draw-session", TestEnvironment.binary,
    ])

    #expect(drawn.errors == "")
    #expect(drawn.output == Documentation.contents(of: "session.svg", in: "Tests/Scripts"))
  }

  private static let shellBlocks = Documentation.readmeBlocks.filter { $0.language == "sh" }

  private static func isOfNetworks(_ block: CodeBlock) -> Bool {
    block.lines.contains { $0.contains("netctl network ") }
  }

  private static func isScript(_ block: CodeBlock) -> Bool {
    block.lines.first == "#!/bin/sh"
  }

  /// Lines of the README's `sh` blocks that no test can run, and why.
  private static let notChecked = [
    "swift build --build-tests": "waits for the end of the `swift test` that runs this",
    "swift test --skip-build --filter AddressPoolsTests": "so does this",
  ]

  private func session(_ command: String, shows lines: [String]) -> DocumentedSession {
    DocumentedSession(
      blocks: [CodeBlock(language: "console", lines: ["# " + command] + lines)], file: "")
  }
}

import CommandLineTestSupport
import Testing

/// What a person sees after pressing Tab.
@Suite(.serialized, .enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct CompletionTests {
  /// A word that only one thing can complete: what is typed before Tab, and the line after it.
  struct Line: Sendable, CustomTestStringConvertible {
    let typed: String
    let completed: String

    var testDescription: String { typed }
  }

  /// What is typed before Tab, and what is and what is not on the screen after it.
  struct List: Sendable, CustomTestStringConvertible {
    let typed: String
    let shown: [String]
    let hidden: [String]

    var testDescription: String { typed }
  }

  static let lines = [
    Line(typed: "netctl net", completed: "netctl network"),
    Line(typed: "netctl network insp", completed: "netctl network inspect"),
    Line(typed: "netctl network disconnect ", completed: "netctl network disconnect blue"),
    Line(typed: "netctl network disconnect blue ", completed: "netctl network disconnect blue web"),
    Line(typed: "netctl network connect blue d", completed: "netctl network connect blue db"),
    Line(
      typed: "netctl network connect blue netns:d",
      completed: "netctl network connect blue netns:db"),
    Line(
      typed: "netctl network connect blue /run/netns/d",
      completed: "netctl network connect blue /run/netns/db"),
    Line(
      typed: "netctl network create --config-from ",
      completed: "netctl network create --config-from plan"),
    Line(
      typed: "netctl network create --driver=b",
      completed: "netctl network create --driver=bridge"),
    Line(
      typed: "netctl network create -o com.docker.network.bridge.enable_ip",
      completed: "netctl network create -o com.docker.network.bridge.enable_ip_masquerade="),
    Line(
      typed: "netctl network ls --filter label=tier=",
      completed: "netctl network ls --filter label=tier=web"),
    Line(typed: "netctl network unpublish web 8", completed: "netctl network unpublish web 80/tcp"),
    Line(typed: "netctl network rm --f", completed: "netctl network rm --force"),
    Line(
      typed: "netctl network ls --format js", completed: "netctl network ls --format json"),
    Line(
      typed: "netctl system config --format js", completed: "netctl system config --format json"),
    Line(typed: "netctl help network pru", completed: "netctl help network prune"),
    Line(
      typed: "netctl network create -d 'br", completed: "netctl network create -d 'bridge'"),
    Line(
      typed: "netctl network ls -q --filter 'type=cu",
      completed: "netctl network ls -q --filter 'type=custom'"),
    Line(
      typed: "netctl network ls --format '{{.Na",
      completed: "netctl network ls --format '{{.Name}}'"),
    Line(
      typed: #"netctl network ls --format "table {{.Na"#,
      completed: #"netctl network ls --format "table {{.Name}}""#),
    Line(
      typed: "netctl network connect blue '/run/netns/d",
      completed: "netctl network connect blue '/run/netns/db'"),
    Line(typed: "netctl network inspect 'a:", completed: "netctl network inspect 'a:b'"),
    Line(typed: #"netctl network inspect \$"#, completed: #"netctl network inspect \$dollar"#),
    Line(typed: #"netctl network inspect \~"#, completed: #"netctl network inspect \~tilde"#),
    Line(typed: #"netctl network inspect \!"#, completed: #"netctl network inspect \!bang"#),
    Line(typed: ##"netctl network inspect \#"##, completed: ##"netctl network inspect \#hash"##),
    Line(
      typed: "netctl network create --label '' -d br",
      completed: "netctl network create --label '' -d bridge"),
    Line(
      typed: "netctl network connect --alias '' blue d",
      completed: "netctl network connect --alias '' blue db"),
    Line(
      typed: "netctl network connect --link w", completed: "netctl network connect --link web"),
    Line(
      typed: "netctl network connect --link d", completed: "netctl network connect --link db"),
    Line(
      typed: "netctl network inspect -f '{{.IPA",
      completed: "netctl network inspect -f '{{.IPAM}}'"),
    Line(
      typed: "netctl network inspect -f '{{.IPAM.Co",
      completed: "netctl network inspect -f '{{.IPAM.Config}}'"),
    Line(typed: "netctl version -f '{{.Ke", completed: "netctl version -f '{{.KernelVersion}}'"),
    Line(
      typed: "netctl version -f '{{.Features.vx",
      completed: "netctl version -f '{{.Features.vxlan}}'"),
  ]

  static let lists = [
    List(
      typed: "netctl network ", shown: ["connect", "create", "inspect", "prune", "rm"],
      hidden: ["__complete"]),
    List(typed: "netctl network rm ", shown: ["red", "plan"], hidden: ["bridge", "none", "blue"]),
    List(
      typed: "netctl network connect ", shown: ["blue", "bridge", "none", "red"],
      hidden: ["plan", "host"]),
    List(typed: "netctl network connect blue ", shown: ["db", "pid:"], hidden: ["web"]),
    List(typed: "netctl network port web ", shown: ["53/udp", "80/tcp"], hidden: ["8080"]),
    List(
      typed: "netctl network ls --filter ", shown: ["driver=", "label=", "type="], hidden: ["until"]
    ),
    List(
      typed: "netctl network prune --filter ", shown: ["label=", "until="], hidden: ["driver="]),
    List(typed: "netctl network ls --filter type=", shown: ["builtin", "custom"], hidden: []),
    List(typed: "netctl network ls --", shown: ["--no-trunc", "--quiet"], hidden: ["--verbose"]),
  ]

  @Test(arguments: Shell.allCases)
  func tabCompletesTheWord(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    for line in Self.lines {
      terminal.type(line.typed + "\t")
      let isCompleted = terminal.wait { $0.currentLine == "> " + line.completed }

      try #require(isCompleted, "\(line.typed): \(terminal.screen.text)")
      try terminal.clear()
    }
  }

  @Test(arguments: Shell.allCases)
  func tabListsTheWords(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    for list in Self.lists {
      terminal.type(list.typed + shell.listingKeys)
      let isListed = terminal.wait { screen in
        list.shown.allSatisfy { screen.offers($0) }
      }

      try #require(isListed, "\(list.typed): \(terminal.screen.text)")
      #expect(list.hidden.filter { terminal.screen.offers($0) } == [], "\(list.typed)")
      try terminal.clear()
    }
  }

  @Test(arguments: Shell.allCases.filter(\.describes))
  func tabSaysWhatTheWordsAre(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    terminal.type("netctl network ls --\t")
    #expect(terminal.wait { $0.text.contains("Only display network IDs") })
    try terminal.clear()
    terminal.type("netctl network rm \t")
    #expect(terminal.wait { $0.text.contains("bridge, 172.18.0.0/16") })
  }

  @Test(
    "a name of any characters is completed to what names it", arguments: Shell.allCases,
    ["odd", "'odd", "\"odd", "od'd", "od\"d"])
  func namesAreQuoted(in shell: Shell, behind typed: String) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    terminal.type("netctl network inspect -f '=={{.Name}}==' \(typed)\t\r")

    #expect(
      terminal.wait { $0.lines.contains("==\(Self.oddName)==") }, "\(terminal.screen.text)")
  }

  @Test("a colon may be quoted", arguments: Shell.allCases, [#"a\:"#, "a:", "\"a:", "'a:"])
  func nameWithAColonIsCompletedWhole(in shell: Shell, behind typed: String) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    terminal.type("netctl network inspect -f '=={{.Name}}==' \(typed)\t\r")

    #expect(terminal.wait { $0.lines.contains("==a:b==") }, "\(terminal.screen.text)")
  }

  @Test("a quote may be opened anywhere in a word", arguments: Shell.allCases)
  func valueBehindAFlagIsQuoted(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    terminal.type("netctl network ls --format '=={{.Name}}==' --filter='name=sk\t\r")

    #expect(terminal.wait { $0.lines.contains("==sky high==") }, "\(terminal.screen.text)")
    #expect(!terminal.screen.lines.contains("==blue=="))
  }

  @Test(arguments: Shell.allCases)
  func containersAreOfferedOnlyWhereTheyCanBeConnected(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(on: Self.host())

    for network in ["host", "plan"] {
      let line = "netctl network connect \(network) d"
      terminal.type(line + "\tx")

      #expect(terminal.wait { $0.currentLine.hasSuffix("x") })
      #expect(terminal.screen.currentLine == "> \(line)x")
      try terminal.clear()
    }
  }

  @Test(
    "the executable that is called is the one that is asked", arguments: Shell.allCases,
    ["/srv/netctl", "~/../../srv/netctl", "./netctl"])
  func executableIsAsked(in shell: Shell, called program: String) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let host = try Self.host()
    let script = "printf '#!/bin/sh\necho answer\n' >/srv/netctl && chmod +x /srv/netctl"
    try #require(try host.run(script: script).status == 0)
    let terminal = try shell.start(on: host)
    terminal.type("cd /srv\r")
    try terminal.clear()

    terminal.type("\(program) \t")

    #expect(
      terminal.wait { $0.currentLine == "> \(program) answer" }, "\(terminal.screen.text)")
  }

  @Test("nothing is said when nothing can be known", arguments: Shell.allCases)
  func failuresAreSilent(in shell: Shell) throws {
    if let problem = shell.problem { try Test.cancel("\(problem)") }
    let terminal = try shell.start(
      on: Self.host(), variables: ["NETCTL_STATE_DIR=/proc/self/environ"])

    terminal.type("netctl network rm \tx")

    #expect(terminal.wait { $0.currentLine == "> netctl network rm x" })
    #expect(terminal.screen.lines == ["ready", "> netctl network rm x"])
  }

  private static let oddName = "odd $(touch /run/netctl/boom) 'q\" \\ {a,b} ~*"

  /// A host with the networks `blue`, which `web` is on, `red`, `plan` and some of odd names.
  private static func host() throws -> PrivateHost {
    let host = try PrivateHost.open(containers: ["web", "db"])
    let commands = [
      ["create", "--subnet", "10.9.0.0/24", "--label", "tier=web", "blue"], ["create", "red"],
      ["create", "--config-only", "plan"], ["create", oddName],
      ["create", "a:b"], ["create", "sky high"], ["create", "$dollar"], ["create", "~tilde"],
      ["create", "!bang"], ["create", "#hash"],
      ["connect", "-p", "8080:80", "-p", "53/udp", "blue", "web"],
    ]
    for command in commands {
      let result = try host.inside([TestEnvironment.binary, "network"] + command)
      try #require(result.status == 0, "\(result.errors)")
    }
    return host
  }
}

extension Screen {
  /// Whether a word stands below the line that is being typed.
  fileprivate func offers(_ word: String) -> Bool {
    lines.filter { !$0.hasPrefix("> ") }.contains { line in
      line.split(separator: " ").contains {
        $0 == word || $0 == word + "=" || $0.hasSuffix("=" + word)
      }
    }
  }
}

extension PseudoTerminal {
  /// Throws the line away with Ctrl-U, and empties the screen.
  fileprivate func clear() throws {
    type("\u{15}")
    try #require(wait { $0.currentLine == ">" }, "\(screen.text)")
    // Another mark than the last: without the line the screen may look as it did then.
    let (typed, mark) = screen.lines.first == "ready" ? ("do''ne", "done") : ("rea''dy", "ready")
    type("clear; echo \(typed)\r")
    try #require(wait { $0.lines == [mark, ">"] }, "\(screen.text)")
  }
}

import PFlag
import Testing

@Suite struct UsageTests {
  private static let create = "netctl network create"
  private static let connect = "netctl network connect"

  static let argumentCounts:
    [(arguments: [String], sentence: String, usage: String, verb: String)] =
      [
        (["create"], "requires 1 argument", "create [OPTIONS] NETWORK", "Run"),
        (["create", "a", "b"], "requires 1 argument", "create [OPTIONS] NETWORK", "Run"),
        (["create", "--driver", "n1"], "requires 1 argument", "create [OPTIONS] NETWORK", "Run"),
        (["rm"], "requires at least 1 argument", "rm NETWORK [NETWORK...]", "See"),
        (["connect", "a"], "requires 2 arguments", "connect [OPTIONS] NETWORK CONTAINER", "Run"),
        (
          ["disconnect", "a", "b", "c"], "requires 2 arguments",
          "disconnect [OPTIONS] NETWORK CONTAINER", "Run"
        ),
        (
          ["inspect"], "requires at least 1 argument", "inspect [OPTIONS] NETWORK [NETWORK...]",
          "See"
        ),
        (["ls", "extra"], "accepts no arguments", "ls [OPTIONS]", "Run"),
        (["prune", "extra"], "accepts no arguments", "prune [OPTIONS]", "Run"),
      ]

  @Test(arguments: argumentCounts)
  func wrongNumberOfArgumentsIsExplained(
    row: (arguments: [String], sentence: String, usage: String, verb: String)
  ) {
    let diagnostic = CommandLine(["network"] + row.arguments).diagnostic

    #expect(
      diagnostic?.text == """
        netctl: 'netctl network \(row.arguments[0])' \(row.sentence)

        Usage:  netctl network \(row.usage)

        \(row.verb) 'netctl network \(row.arguments[0]) --help' for more information
        """)
    #expect(diagnostic?.exitStatus == 1)
  }

  @Test func unknownCommandIsNamed() {
    let diagnostic = CommandLine(network: "nosuch").diagnostic

    #expect(
      diagnostic?.text == """
        netctl: unknown command: netctl network nosuch

        Usage:  netctl network

        Run 'netctl network --help' for more information
        """)
    #expect(diagnostic?.exitStatus == 1)
  }

  @Test func unknownManagementCommandIsNamed() {
    let diagnostic = CommandLine(["nosuch"]).diagnostic

    #expect(
      diagnostic?.text == """
        netctl: unknown command: netctl nosuch

        Run 'netctl --help' for more information
        """)
    #expect(diagnostic?.exitStatus == 1)
  }

  @Test func unknownHelpTopicIsNamed() {
    let diagnostic = CommandLine(["help", "network", "foo"]).diagnostic

    #expect(diagnostic == CommandLine(["help", "foo"]).diagnostic)
    #expect(diagnostic?.text == "unknown help topic: foo")
    #expect(diagnostic?.exitStatus == 1)
  }

  static let flagErrors: [(arguments: [String], complaint: String)] = [
    (["create", "--nope", "n1"], "unknown flag: --nope"),
    (["create", "-z", "n1"], "unknown shorthand flag: 'z' in -z"),
    (["create", "--opt"], "flag needs an argument: --opt"),
    (["create", "-o"], "flag needs an argument: 'o' in -o"),
    (
      ["create", "--ipv6=perhaps", "n1"],
      "invalid argument \"perhaps\" for \"--ipv6\" flag: must be true or false"
    ),
    (
      ["connect", "--gw-priority", "much", "a", "b"],
      "invalid argument \"much\" for \"--gw-priority\" flag: must be an integer"
    ),
    (
      ["create", "--label", " =b", "n"],
      "invalid argument \" =b\" for \"--label\" flag: invalid label ' =b': empty name"
    ),
    (
      ["create", "--label", "", "n"],
      "invalid argument \"\" for \"--label\" flag: invalid label '': empty name"
    ),
    (
      ["create", "--label", " a b=c", "n"],
      "invalid argument \" a b=c\" for \"--label\" flag: label 'a b' contains whitespaces"
    ),
    (
      ["create", "--label", "a\t", "n"],
      "invalid argument \"a\\t\" for \"--label\" flag: label 'a\t' contains whitespaces"
    ),
    (
      ["connect", "--link", "a:b:c", "n", "c"],
      "invalid argument \"a:b:c\" for \"--link\" flag: bad format for links: a:b:c"
    ),
    (
      ["connect", "--link", "", "n", "c"],
      "invalid argument \"\" for \"--link\" flag: empty string specified for links"
    ),
    (
      ["connect", "--alias", "a\"b", "n", "c"],
      "invalid argument \"a\\\"b\" for \"--alias\" flag: "
        + "parse error on line 1, column 2: bare \" in non-quoted-field"
    ),
    (
      ["connect", "--ip", "foo", "n", "c"],
      "invalid argument \"foo\" for \"--ip\" flag: failed to parse IP: \"foo\""
    ),
    (
      ["connect", "--ip6", "fe80::1%eth0", "n", "c"],
      "invalid argument \"fe80::1%eth0\" for \"--ip6\" flag: failed to parse IP: \"fe80::1%eth0\""
    ),
    (
      ["connect", "--link-local-ip", "foo", "n", "c"],
      "invalid argument \"foo\" for \"--link-local-ip\" flag: "
        + "invalid string being converted to IP address: foo"
    ),
    (
      ["create", "--gateway", "10.0.0.1/24", "n"],
      "invalid argument \"10.0.0.1/24\" for \"--gateway\" flag: "
        + "invalid string being converted to IP address: 10.0.0.1/24"
    ),
    (
      ["create", "--ip-range", "10.3.0.5", "n"],
      "invalid argument \"10.3.0.5\" for \"--ip-range\" flag: "
        + "invalid string being converted to CIDR: 10.3.0.5"
    ),
    (
      ["ls", "-f", "foo"],
      "invalid argument \"foo\" for \"-f, --filter\" flag: "
        + "bad format of filter (expected name=value)"
    ),
    (
      ["prune", "--filter", "foo"],
      "invalid argument \"foo\" for \"--filter\" flag: bad format of filter (expected name=value)"
    ),
  ]

  @Test(arguments: flagErrors)
  func wrongFlagIsExplainedWithStatus125(row: (arguments: [String], complaint: String)) {
    let commandLine = CommandLine(["network"] + row.arguments)

    #expect(commandLine.complaint == row.complaint)
    #expect(commandLine.diagnostic?.exitStatus == 125)
    #expect(
      commandLine.diagnostic?.text.hasSuffix(
        "\n\nRun 'netctl network \(row.arguments[0]) --help' for more information") == true)
  }
}

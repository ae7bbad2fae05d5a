import Addressing
import NetctlCommands
import PFlag
import Testing

@Suite struct SyntaxTests {
  @Test func commasSeparateSysctlsAndOptions() throws {
    let sysctls = "com.docker.network.endpoint.sysctls"
    let commandLine = CommandLine(
      network: "connect", "n", "c", "--driver-opt",
      "\(sysctls)=net.ipv4.conf.IFNAME.a=1,net.ipv6.conf.IFNAME.b=2,k=v")
    let flags = try #require(commandLine.flags)

    #expect(
      try ConnectOptions.driverOptions(in: flags) == [
        sysctls: "net.ipv4.conf.IFNAME.a=1,net.ipv6.conf.IFNAME.b=2", "k": "v",
      ])
  }

  @Test func createTakesDockersFlags() throws {
    let commandLine = CommandLine(
      network: "create", "--subnet=10.90.0.0/24,10.91.0.0/24", "--label=a=b",
      "-o=com.docker.network.driver.mtu=1450", "-d=macvlan", "n1", "--gateway", "10.90.0.1",
      "--ip-range", "10.90.0.200/28", "--aux-address", "x=10.90.0.9", "--ipam-opt", "k=v",
      "--ipam-driver", "default", "--internal", "--attachable=true", "--ingress=false",
      "--scope", "local", "--config-only", "--config-from", "base")
    let flags = try #require(commandLine.flags)

    #expect(commandLine.invocation?.action == .create)
    #expect(commandLine.invocation?.arguments == ["n1"])
    #expect(flags[CreateOptions.subnet] == ["10.90.0.0/24", "10.91.0.0/24"])
    #expect(CreateOptions.labels(flags[CreateOptions.label]) == ["a": "b"])
    #expect(flags[CreateOptions.option] == ["com.docker.network.driver.mtu": "1450"])
    #expect(flags[CreateOptions.driver] == "macvlan")
    #expect(flags[CreateOptions.gateway] == [try address("10.90.0.1")])
    #expect(flags[CreateOptions.ipRange] == [try IPPrefix(parsing: "10.90.0.192/28")])
    #expect(flags[CreateOptions.auxiliaryAddress] == ["x": "10.90.0.9"])
    #expect(flags[CreateOptions.ipamOption] == ["k": "v"])
    #expect(flags[CreateOptions.ipamDriver] == "default")
    #expect(flags[CreateOptions.isInternal])
    #expect(flags[CreateOptions.attachable])
    #expect(!flags[CreateOptions.ingress])
    #expect(flags[CreateOptions.scope] == "local")
    #expect(flags[CreateOptions.configOnly])
    #expect(flags[CreateOptions.configFrom] == "base")
  }

  @Test func createHasDockersDefaults() throws {
    let flags = try #require(CommandLine(network: "create", "n1").flags)

    #expect(flags[CreateOptions.driver] == "bridge")
    #expect(flags[CreateOptions.ipamDriver] == "default")
    #expect(flags[CreateOptions.ipv4])
    #expect(flags.given(CreateOptions.ipv4) == nil)
    #expect(flags.given(CreateOptions.ipv6) == nil)
    #expect(flags[CreateOptions.subnet].isEmpty)
  }

  @Test func addressFamilyFlagsTellGivenFromDefault() throws {
    let flags = try #require(CommandLine(network: "create", "--ipv4", "--ipv6=0", "n1").flags)

    #expect(flags.given(CreateOptions.ipv4) == true)
    #expect(flags.given(CreateOptions.ipv6) == false)
  }

  @Test func lastOfEqualLabelsCounts() throws {
    let flags = try #require(
      CommandLine(
        network: "create", "--label", "a=1", "--label", "k", "--label", "a=2,3", "--label",
        " b=", "n"
      ).flags)

    #expect(CreateOptions.labels(flags[CreateOptions.label]) == ["a": "2,3", "k": "", " b": ""])
  }

  @Test(arguments: [("::ffff:10.0.0.77/120", "10.0.0.0/24"), ("10.0.0.77/08", "10.0.0.0/8")])
  func rangeIsReadAsDockerReadsIt(typed: String, range: String) throws {
    let flags = CommandLine(network: "create", "--ip-range", typed, "n").flags

    #expect(flags?[CreateOptions.ipRange] == [try IPPrefix(parsing: range)])
  }

  @Test func connectTakesDockersFlags() throws {
    let commandLine = CommandLine(
      network: "connect", "--alias", "a,b", "--alias=c", "--driver-opt", " k = v ,x=",
      "--gw-priority", "-5", "--ip", " ::ffff:10.0.0.5", "--ip6", "2001:DB8::33", "--link", "c:d",
      "--link", "e", "--link-local-ip", "169.254.1.1,fe80::1", "n1", "c1")
    let flags = try #require(commandLine.flags)

    #expect(commandLine.invocation?.action == .connect)
    #expect(commandLine.invocation?.arguments == ["n1", "c1"])
    #expect(flags[ConnectOptions.alias] == ["a", "b", "c"])
    #expect(try ConnectOptions.driverOptions(in: flags) == ["k": "v", "x": ""])
    #expect(flags[ConnectOptions.gatewayPriority] == -5)
    #expect(flags[ConnectOptions.ip] == (try address("10.0.0.5")))
    #expect(flags[ConnectOptions.ip6] == (try address("2001:db8::33")))
    #expect(flags[ConnectOptions.link] == ["c:d", "e"])
    #expect(
      flags[ConnectOptions.linkLocalIP] == [try address("169.254.1.1"), try address("fe80::1")])
  }

  @Test(arguments: ["k", "=v", " =v"])
  func driverOptionWithoutKeyOrValueIsRefusedWhenTheCommandRuns(text: String) throws {
    let flags = try #require(CommandLine(network: "connect", "--driver-opt", text, "n", "c").flags)

    #expect(throws: DriverOptionError.notKeyAndValue(text)) {
      try ConnectOptions.driverOptions(in: flags)
    }
  }

  @Test func otherCommandsTakeDockersFlags() throws {
    let list = try #require(
      CommandLine(network: "list", "-qf", "Name=x", "--no-trunc", "--format", "json").flags)
    let inspect = try #require(CommandLine(network: "inspect", "-vf={{.Name}}", "a", "b").flags)

    #expect(list[ListOptions.quiet] && list[ListOptions.noTruncation])
    #expect(list[ListOptions.filter] == [FilterTerm(name: "name", value: "x")])
    #expect(list[ListOptions.format] == "json")
    #expect(inspect[InspectOptions.verbose] && inspect[InspectOptions.format] == "{{.Name}}")
    #expect(CommandLine(network: "remove", "-f", "a").flags?[RemoveOptions.force] == true)
    #expect(CommandLine(network: "prune", "-f").flags?[PruneOptions.force] == true)
    #expect(
      CommandLine(network: "disconnect", "a", "b", "-f").flags?[DisconnectOptions.force] == true)
  }

  @Test func flagNamesAreUniqueOnTheWayToEveryCommand() {
    let program = NetctlSyntax.program
    for command in NetctlSyntax.network.subcommands {
      let names = (program.flags + NetctlSyntax.network.flags + command.flags).map(\.name)
      let letters = command.flags.compactMap(\.shorthand)

      #expect(Set(names).count == names.count)
      #expect(Set(letters).count == letters.count)
      #expect(!names.contains("help") && !letters.contains("h"))
    }
  }

  private func address(_ text: String) throws -> IPAddress {
    try #require(IPAddress(text))
  }
}

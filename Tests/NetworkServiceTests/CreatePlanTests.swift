import Addressing
import Drivers
import NetworkModel
import Testing

@testable import NetworkService

/// What Docker's command line and daemon check before anything is allocated.
struct CreatePlanTests {
  @Test func nothingGivenMeansABridgeWithIPv4() throws {
    let plan = try CreatePlan(CreateRequest(name: "n"))
    try plan.checkOperatorFields()

    #expect(try plan.resolveDriver(among: .builtIn).name == .bridge)
    #expect(plan.families == [.ipv4])
    #expect(plan.subnets.isEmpty)
  }

  @Test(arguments: ["bridge", "host", "none", "default"])
  func predefinedNamesAreReserved(_ name: String) {
    #expect(throws: DefinitionError.reservedName(name)) {
      try CreatePlan(CreateRequest(name: name))
    }
  }

  @Test(arguments: ["null", "container", "ingress", "Bridge", "bridge ", "a/b", "..", "-x", "日本"])
  func otherNamesAreAllowed(_ name: String) throws {
    _ = try CreatePlan(CreateRequest(name: name))
  }

  @Test(arguments: ["", " ", "\t\n", "\u{3000}"])
  func blankNameIsRefused(_ name: String) {
    #expect(throws: DefinitionError.emptyName) { try CreatePlan(CreateRequest(name: name)) }
  }

  @Test(
    arguments: [
      ("ranges without subnets", Change { $0.ranges = [prefix("10.0.0.0/25")] }, .subnetMissing),
      ("gateways without subnets", Change { $0.gateways = [address("10.0.0.1")] }, .subnetMissing),
      (
        "gateway outside",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.gateways = [address("10.4.0.1")]
        }, .noMatchingSubnet(.gateway, "10.4.0.1")
      ),
      (
        "range outside",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.ranges = [prefix("10.4.0.0/25")]
        }, .noMatchingSubnet(.range, "10.4.0.0/25")
      ),
      (
        "auxiliary address outside",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.auxiliaryAddresses = ["a": "10.4.0.1"]
        }, .noMatchingSubnet(.auxiliaryAddress, "10.4.0.1")
      ),
      (
        "auxiliary name without address",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.auxiliaryAddresses = ["10.3.0.5": ""]
        }, .noMatchingSubnet(.auxiliaryAddress, "")
      ),
      (
        "auxiliary address that is none",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.auxiliaryAddresses = ["a": "foo"]
        }, .invalidAuxiliaryAddress(name: "a", "foo")
      ),
      (
        "subnet inside another",
        Change { $0.subnets = ["10.3.0.0/16", "10.3.4.0/24"] }, .overlappingSubnets
      ),
      (
        "two ranges",
        Change {
          $0.subnets = ["10.3.0.0/24", "10.4.0.0/24"]
          $0.ranges = [prefix("10.3.0.0/26"), prefix("10.3.0.64/26")]
        },
        .severalInSubnet(
          .range, new: "10.3.0.64/26", old: "10.3.0.0/26", subnet: "10.3.0.0/24")
      ),
      (
        "two gateways",
        Change {
          $0.subnets = ["10.3.0.0/24", "10.4.0.0/24"]
          $0.gateways = [address("10.3.0.1"), address("10.3.0.2")]
        },
        .severalInSubnet(.gateway, new: "10.3.0.2", old: "10.3.0.1", subnet: "10.3.0.0/24")
      ),
      (
        "subnet without length", Change { $0.subnets = ["10.3.0.0"] },
        .invalidSubnet("10.3.0.0", error("10.3.0.0"))
      ),
      (
        "empty element", Change { $0.subnets = ["10.3.0.0/24", ""] }, .invalidSubnet("", error(""))
      ),
      (
        "auxiliary address written as one of IPv6",
        Change {
          $0.subnets = ["10.3.0.0/24"]
          $0.ranges = [prefix("10.3.0.0/16")]
          $0.auxiliaryAddresses = ["a": "::ffff:10.3.0.9"]
        },
        .invalidSubnets([
          .rangeTooWide(prefix("10.3.0.0/16"), subnet: prefix("10.3.0.0/24")),
          .auxiliaryAddressOfOtherFamily(name: "a", subnet: .ipv4),
        ])
      ),
      (
        "subnet too long", Change { $0.subnets = ["10.3.0.0/33"] },
        .invalidSubnet("10.3.0.0/33", error("10.3.0.0/33"))
      ),
      (
        "bad family option",
        Change { $0.options = ["com.docker.network.enable_ipv6": "maybe"] },
        .invalidFamilyOption(key: "com.docker.network.enable_ipv6")
      ),
      ("overlay", Change { $0.driver = "overlay" }, .overlayNeedsSwarm),
      (
        "host bits and a wide range, reported together",
        Change {
          $0.subnets = ["10.2.0.1/16", "10.3.0.0/24"]
          $0.ranges = [prefix("10.3.0.0/16")]
        },
        .invalidSubnets([
          .subnetHostBits(prefix("10.2.0.1/16")),
          .rangeTooWide(prefix("10.3.0.0/16"), subnet: prefix("10.3.0.0/24")),
        ])
      ),
    ] as [(String, Change<CreateRequest>, DefinitionError)])
  func requestIsRefused(
    _ row: String, _ change: Change<CreateRequest>, reason: DefinitionError
  ) {
    var request = CreateRequest(name: "n")
    change.apply(&request)

    #expect(throws: reason, "\(row)") { try CreatePlan(request) }
  }

  /// The command line checks first, then the daemon the name, the driver, the families, the
  /// subnets, whether the name is blank, and last whether there is any family.
  @Test func firstFaultInDockersOrderIsReported() {
    var request = CreateRequest(name: "bridge")
    request.driver = "overlay"
    request.ipv4 = false
    request.subnets = ["10.2.0.1/16"]
    request.gateways = [Self.address("10.9.0.1")]
    #expect(throws: DefinitionError.noMatchingSubnet(.gateway, "10.9.0.1")) {
      try CreatePlan(request)
    }
    request.gateways = []
    #expect(throws: DefinitionError.reservedName("bridge")) { try CreatePlan(request) }
    request.name = " "
    #expect(throws: DefinitionError.overlayNeedsSwarm) { try CreatePlan(request) }
    request.driver = "bridge"
    #expect(
      throws: DefinitionError.invalidSubnets([.subnetHostBits(Self.prefix("10.2.0.1/16"))])
    ) { try CreatePlan(request) }
    request.subnets = []
    #expect(throws: DefinitionError.emptyName) { try CreatePlan(request) }
    request.name = "n"
    #expect(throws: DefinitionError.noFamily) { try CreatePlan(request).checkFamilies() }
  }

  @Test func emptyAddressDriverIsTheDefaultOne() throws {
    var request = CreateRequest(name: "n")
    request.addressDriver = ""
    request.configurationSource = "c"

    let plan = try CreatePlan(request)

    #expect(plan.request.addressDriver == "default")
    try plan.checkOperatorFields()
  }

  @Test func membersFindTheirSubnet() throws {
    var request = CreateRequest(name: "n")
    request.ipv6 = true
    request.subnets = ["10.3.0.0/24", "fd01::/64"]
    request.gateways = [Self.address("fd01::9"), Self.address("10.3.0.9")]
    request.ranges = [Self.prefix("10.3.0.128/25")]
    request.auxiliaryAddresses = ["a": "10.3.0.200", "b": "fd01::7"]

    let subnets = try CreatePlan(request).subnets

    #expect(subnets.map(\.gateway) == [IPAddress("10.3.0.9"), IPAddress("fd01::9")])
    #expect(subnets.map(\.range?.description) == ["10.3.0.128/25", nil])
    #expect(
      subnets.map(\.auxiliaryAddresses) == [
        ["a": Self.address("10.3.0.200")], ["b": Self.address("fd01::7")],
      ])
  }

  @Test(arguments: ["fd01::/64", "fd01::1/64"])
  func subnetOfAFamilyThatIsOffIsDropped(_ subnet: String) throws {
    var request = CreateRequest(name: "n")
    request.subnets = [subnet]

    #expect(try CreatePlan(request).subnets.isEmpty)
  }

  @Test(
    arguments: [
      (nil, nil, [:], [.ipv4]),
      (nil, true, [:], [.ipv4, .ipv6]),
      (false, true, [:], [.ipv6]),
      (nil, nil, ["6": "1"], [.ipv4, .ipv6]),
      (nil, false, ["6": "1"], [.ipv4]),
      (true, nil, ["4": "f", "6": "T"], [.ipv4, .ipv6]),
      (nil, true, ["4": "0"], [.ipv6]),
    ] as [(Bool?, Bool?, [String: String], Set<AddressFamily>)])
  func flagWinsOverTheOptionOfTheSameMeaning(
    ipv4: Bool?, ipv6: Bool?, options: [String: String], families: Set<AddressFamily>
  ) throws {
    var request = CreateRequest(name: "n")
    request.ipv4 = ipv4
    request.ipv6 = ipv6
    for (family, value) in options {
      request.options["com.docker.network.enable_ipv\(family)"] = value
    }

    let plan = try CreatePlan(request)

    #expect(plan.families == families)
    #expect(
      (plan.request.options["com.docker.network.enable_ipv4"] == nil)
        == (ipv4 != nil || options["4"] == nil))
    #expect(
      (plan.request.options["com.docker.network.enable_ipv6"] == nil)
        == (ipv6 != nil || options["6"] == nil))
  }

  @Test(
    arguments: [
      ("host", Change { _ in }, .singleInstanceDriver("host")),
      ("null", Change { _ in }, .singleInstanceDriver("null")),
      ("none", Change { _ in }, .unknownDriver("none")),
      ("default", Change { _ in }, .unknownDriver("default")),
      ("Bridge", Change { _ in }, .unknownDriver("Bridge")),
      ("", Change { $0.isIngress = true }, .ingress),
      ("bridge", Change { $0.scope = "swarm" }, .swarmScope),
      ("host", Change { $0.isIngress = true }, .ingress),
      ("bridge", Change { $0.addressDriver = "null" }, .emptyPool(.ipv4)),
      (
        "bridge",
        Change {
          $0.addressDriver = "null"
          $0.subnets = ["10.3.0.0/24"]
        }, .specificPool("null")
      ),
      ("bridge", Change { $0.addressDriver = "x" }, .unknownAddressDriver("x")),
      ("bridge", Change { $0.ipv4 = false }, .noFamily),
      (
        "bridge",
        Change {
          $0.addressDriver = "null"
          $0.ipv4 = false
        }, .noFamily
      ),
      ("host", Change { $0.scope = "swarm" }, .swarmScope),
      ("host", Change { $0.addressDriver = "x" }, .singleInstanceDriver("host")),
    ] as [(String, Change<CreateRequest>, DefinitionError)])
  func driverIsRefused(
    _ driver: String, _ change: Change<CreateRequest>, reason: DefinitionError
  ) throws {
    var request = CreateRequest(name: "n")
    request.driver = driver
    change.apply(&request)
    let plan = try CreatePlan(request)

    #expect(throws: reason) {
      try plan.check(try plan.resolveDriver(among: .builtIn))
      try plan.checkAddressDriver()
      try plan.checkFamilies()
    }
  }

  @Test(
    arguments: [
      (Change { $0.isInternal = true }, .operatorFields),
      (Change { $0.isAttachable = true }, .operatorFields),
      (Change { $0.isIngress = true }, .operatorFields),
      (Change { $0.scope = "local" }, .operatorFields),
      (Change { $0.configurationSource = "c" }, .configurationDependsOnConfiguration),
      (
        Change {
          $0.isInternal = true
          $0.configurationSource = "c"
        }, .operatorFields
      ),
    ] as [(Change<CreateRequest>, DefinitionError)])
  func configurationNetworkIsOnlyThat(
    _ change: Change<CreateRequest>, reason: DefinitionError
  ) throws {
    var request = CreateRequest(name: "n")
    request.isConfigurationOnly = true
    change.apply(&request)
    let plan = try CreatePlan(request)

    #expect(throws: reason) { try plan.checkOperatorFields() }
  }

  @Test(
    arguments: [
      (Change { $0.subnets = ["10.0.0.0/24"] }, .configurationConflict),
      (Change { $0.labels = ["a": ""] }, .configurationConflict),
      (Change { $0.addressOptions = ["a": ""] }, .configurationConflict),
      (Change { $0.addressDriver = "x" }, .configurationConflict),
      (Change { $0.ipv6 = true }, .configurationConflict),
      (
        Change {
          $0.ipv4 = false
          $0.ipv6 = true
        }, .configurationConflict
      ),
      (Change { $0.options = ["a": ""] }, .configurationOptionsConflict),
    ] as [(Change<CreateRequest>, DefinitionError)])
  func derivedNetworkHasNoConfigurationOfItsOwn(
    _ change: Change<CreateRequest>, reason: DefinitionError
  ) throws {
    var request = CreateRequest(name: "n")
    request.configurationSource = "c"
    change.apply(&request)
    let plan = try CreatePlan(request)

    #expect(throws: reason) { try plan.checkOperatorFields() }
  }

  @Test func derivedNetworkMayHaveOperatorFields() throws {
    var request = CreateRequest(name: "n")
    request.configurationSource = "c"
    request.isInternal = true
    request.isAttachable = true
    request.scope = "local"
    request.ipv6 = false

    try CreatePlan(request).checkOperatorFields()
  }

  private static func prefix(_ text: String) -> IPPrefix { try! IPPrefix(parsing: text) }

  private static func address(_ text: String) -> IPAddress { IPAddress(text)! }

  private static func error(_ text: String) -> IPPrefixError {
    do throws(IPPrefixError) {
      _ = try IPPrefix(parsing: text)
    } catch {
      return error
    }
    fatalError("\(text) is a prefix")
  }
}

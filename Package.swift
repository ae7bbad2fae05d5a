// swift-tools-version: 6.2
import PackageDescription

// A warning is an error in netctl's own targets. As flags on the command line, these would apply to
// the packages that a target depends on, too.
let swiftSettings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

// Tests may use unsafe constructs without marking each one.
let testSettings = Array(swiftSettings.dropLast())

let cSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// A module: its folder in Sources, and the modules it may import.
func module(_ folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: folder.split(separator: "/").last.map(String.init)!, dependencies: dependencies,
    path: "Sources/" + folder, swiftSettings: swiftSettings)
}

/// The tests of a module, which may import its dependencies and what observes the kernel.
func tests(
  _ module: String, _ dependencies: [Target.Dependency] = [], fixtures: Bool = false
) -> Target {
  .testTarget(
    name: module + "Tests", dependencies: [.target(name: module)] + dependencies,
    exclude: fixtures ? ["Fixtures"] : [], swiftSettings: testSettings)
}

let package = Package(
  name: "netctl",
  products: [
    .executable(name: "netctl", targets: ["netctl"]),
    .executable(name: "netctl-server", targets: ["netctl-server"]),
    .library(name: "NetctlCore", targets: ["NetworkService", "LinuxKernel"]),
  ],
  // Of the servers alone: netctl itself links no package.
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
  ],
  targets: [
    // General-purpose modules, independent of networking.
    module("General/OrderedJSON"),
    module("General/GoTemplate"),
    module("General/GoRegexp"),
    module("General/HTTPMessage"),
    module("General/PFlag"),
    module("General/SystemErrors"),
    module("General/DNSMessage"),
    module("General/EtcdMessages"),
    module("General/Spelling"),

    // The model of networks and of their desired kernel state. Pure.
    module("Model/Addressing"),
    module("Model/AddressPools", ["Addressing"]),
    module("Model/NetworkModel", ["Addressing"]),
    module("Model/NetworkFilters", ["NetworkModel", "GoRegexp"]),
    module("Model/PacketTrace", ["Addressing", "SystemErrors"]),
    module("Model/KernelModel", ["Addressing", "PacketTrace", "SystemErrors"]),
    module("Model/Naming", ["Addressing", "NetworkModel"]),
    module("Model/Drivers", ["Addressing", "KernelModel", "Naming", "NetworkModel"]),

    // The kernel boundary: system calls and netlink, and all unsafe code.
    .target(name: "CLinux", path: "Sources/Kernel/CLinux", cSettings: cSettings),
    .systemLibrary(
      name: "CLibMNL", path: "Sources/Kernel/CLibMNL", pkgConfig: "libmnl",
      providers: [.apt(["libmnl-dev"])]),
    module("Kernel/LinuxSystem", ["CLinux", "SystemErrors"]),
    module("Kernel/Netlink", ["CLibMNL", "CLinux", "LinuxSystem"]),
    module("Kernel/RouteNetlink", ["Addressing", "CLinux", "LinuxSystem", "Netlink"]),
    // Tables, chains, rules and sets as values; netctl's own are in Firewall.
    module("Kernel/Nftables", ["CLinux", "LinuxSystem", "Netlink"]),
    module(
      "Kernel/Firewall",
      [
        "Addressing", "CLinux", "KernelModel", "LinuxSystem", "Netlink", "Nftables", "PacketTrace",
      ]),
    // Following one packet: the probe, the sightings, the kernel's trace.
    module(
      "Kernel/PacketProbe",
      [
        "Addressing", "CLinux", "LinuxSystem", "Netlink", "Nftables", "PacketTrace", "RouteNetlink",
      ]),
    module("Kernel/Conntrack", ["Addressing", "CLinux", "KernelModel", "LinuxSystem", "Netlink"]),
    module(
      "Kernel/LinuxKernel",
      [
        "Addressing", "Conntrack", "Firewall", "KernelModel", "LinuxSystem", "Netlink",
        "Nftables", "PacketProbe", "PacketTrace", "RouteNetlink",
      ]),

    // The verbs, and the state on disk.
    module(
      "Service/StateStore",
      ["Addressing", "AddressPools", "LinuxSystem", "NetworkModel", "OrderedJSON"]),
    module("Service/EngineAPI", ["HTTPMessage", "LinuxSystem"]),
    module(
      "Service/Containers",
      [
        "EngineAPI", "HTTPMessage", "LinuxSystem", "Naming", "NetworkModel", "OrderedJSON",
        "SystemErrors",
      ]),
    // Drivers that others wrote: Docker's plugin protocol.
    module(
      "Service/RemoteDrivers",
      ["Addressing", "HTTPMessage", "LinuxSystem", "NetworkModel", "OrderedJSON"]),
    // What an administrator may set for all networks.
    module(
      "Service/Configuration",
      [
        "AddressPools", "Addressing", "Drivers", "KernelModel", "LinuxSystem", "NetworkModel",
        "OrderedJSON", "Spelling", "SystemErrors",
      ]),
    // The agent of overlay networks, as commands see it, and as it sees commands.
    module(
      "Service/AgentAPI",
      [
        "Addressing", "EngineAPI", "HTTPMessage", "LinuxSystem", "NetworkModel", "OrderedJSON",
        "StateStore",
      ]),
    module(
      "Service/NameService",
      ["Addressing", "Configuration", "LinuxSystem", "Naming", "NetworkModel", "SystemErrors"]),
    module(
      "Service/NetworkService",
      [
        "AddressPools", "Addressing", "AgentAPI", "Configuration", "Containers", "Drivers",
        "KernelModel", "NameService", "Naming", "NetworkModel", "OrderedJSON", "PacketTrace",
        "RemoteDrivers", "StateStore",
        "SystemErrors",
      ]),

    // The command line.
    module(
      "CommandLine/Presentation",
      [
        "Addressing", "Configuration", "GoTemplate", "KernelModel", "Naming", "NetworkModel",
        "OrderedJSON", "PacketTrace",
      ]),
    module(
      "CommandLine/Drawing",
      [
        "Addressing", "Drivers", "KernelModel", "NetworkModel", "OrderedJSON", "Presentation",
      ]),
    module(
      "CommandLine/NetctlCommands",
      [
        "Addressing", "AgentAPI", "Configuration", "Containers", "Drawing", "Drivers",
        "GoTemplate", "KernelModel", "NameService", "NetworkFilters", "NetworkModel",
        "NetworkService",
        "OrderedJSON", "PFlag", "PacketTrace", "Presentation", "RemoteDrivers", "Spelling",
        "StateStore", "SystemErrors",
      ]),
    // Build information.
    .target(name: "CBuild", path: "Sources/CommandLine/CBuild", cSettings: cSettings),
    .executableTarget(
      name: "netctl",
      dependencies: [
        "AgentAPI", "CBuild", "Configuration", "Containers", "Drawing", "Drivers", "LinuxKernel",
        "LinuxSystem", "NameService", "NetctlCommands", "NetworkModel", "NetworkService",
        "Presentation", "RemoteDrivers",
      ],
      path: "Sources/CommandLine/netctl", swiftSettings: swiftSettings),

    // The long-lived parts, which netctl becomes.
    module(
      "Servers/NameServer",
      [
        "Addressing", "Configuration", "DNSMessage", "LinuxSystem", "NameService", "Naming",
        "NetworkModel", "StateStore", "SystemErrors",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    module(
      "Servers/EtcdClient",
      [
        "EtcdMessages", "LinuxSystem", "SystemErrors",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHPACK", package: "swift-nio-http2"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    module(
      "Servers/OverlayAgent",
      [
        "AddressPools", "Addressing", "AgentAPI", "EtcdClient", "EtcdMessages", "HTTPMessage",
        "KernelModel", "LinuxSystem", "NetworkModel", "NetworkService", "OrderedJSON", "StateStore",
        "SystemErrors",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "netctl-server",
      dependencies: [
        "Addressing", "AgentAPI", "CBuild", "Configuration", "Containers", "EtcdClient",
        "KernelModel", "LinuxKernel", "LinuxSystem", "NameServer", "NameService", "NetworkModel",
        "NetworkService", "OverlayAgent", "SystemErrors",
      ],
      path: "Sources/Servers/netctl-server", swiftSettings: swiftSettings),

    // Tests: a module's tests depend on that module and, to observe the kernel, on libnl.
    .systemLibrary(
      name: "CLibNL", path: "Tests/CLibNL", pkgConfig: "libnl-route-3.0",
      providers: [.apt(["libnl-route-3-dev"])]),
    .target(
      name: "KernelTestSupport", dependencies: ["CLibNL", "CLinux", "LinuxSystem"],
      path: "Tests/KernelTestSupport", swiftSettings: testSettings),
    tests(
      "OverlayAgent",
      [
        "AddressPools", "Addressing", "AgentAPI", "CommandLineTestSupport", "EtcdClient",
        "EtcdMessages", "EtcdTestSupport", "KernelTestSupport", "LinuxSystem", "NetworkModel",
        "OrderedJSON", "StateStore",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    tests("OrderedJSON"),
    tests("GoTemplate"),
    tests("GoRegexp"),
    tests("HTTPMessage"),
    tests("PFlag"),
    tests("DNSMessage"),
    tests("EtcdMessages"),
    .target(
      name: "EtcdTestSupport",
      dependencies: ["CommandLineTestSupport", "KernelTestSupport", "LinuxSystem"],
      path: "Tests/EtcdTestSupport", swiftSettings: testSettings),
    tests(
      "EtcdClient",
      [
        "CommandLineTestSupport", "EtcdMessages", "EtcdTestSupport", "KernelTestSupport",
        "LinuxSystem",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    tests("Spelling"),
    tests("Addressing"),
    tests("AddressPools", ["Addressing"]),
    tests("KernelModel", ["Addressing"]),
    tests("NetworkModel", ["Addressing"]),
    tests("Drivers", ["Addressing", "KernelModel", "NetworkModel"]),
    tests("Naming", ["Addressing", "NetworkModel"]),
    tests(
      "EngineAPI",
      ["CommandLineTestSupport", "HTTPMessage", "KernelTestSupport", "LinuxSystem"]),
    tests(
      "AgentAPI",
      [
        "Addressing", "CommandLineTestSupport", "HTTPMessage", "LinuxSystem", "NetworkModel",
        "OrderedJSON",
      ]),
    tests(
      "Containers", ["CommandLineTestSupport", "KernelTestSupport", "LinuxSystem", "Naming"]),
    tests(
      "StateStore",
      [
        "AddressPools", "Addressing", "KernelTestSupport", "LinuxSystem", "NetworkModel",
        "OrderedJSON",
      ]),
    tests("Configuration", ["KernelModel", "OrderedJSON"]),
    tests(
      "NetworkService",
      [
        "AddressPools", "Addressing", "AgentAPI", "CommandLineTestSupport", "Configuration",
        "Containers", "Drivers", "KernelModel", "KernelTestSupport", "LinuxKernel", "LinuxSystem",
        "NameService", "NetworkModel",
        "PacketTrace", "StateStore", "SystemErrors",
      ]),
    tests(
      "LinuxKernel",
      [
        "Addressing", "Containers", "KernelModel", "KernelTestSupport", "LinuxSystem",
        "NameService", "NetworkModel", "NetworkService",
      ]),
    tests("LinuxSystem", ["KernelTestSupport"]),
    tests(
      "Conntrack", ["Addressing", "KernelModel", "KernelTestSupport", "LinuxSystem", "Netlink"]),
    .target(
      name: "NetlinkTestSupport", dependencies: ["LinuxSystem", "Netlink"],
      path: "Tests/NetlinkTestSupport", swiftSettings: testSettings),
    tests("Netlink", ["KernelTestSupport", "LinuxSystem", "NetlinkTestSupport"]),
    tests(
      "RouteNetlink",
      [
        "Addressing", "CLibNL", "KernelTestSupport", "LinuxSystem", "Netlink", "NetlinkTestSupport",
      ],
      fixtures: true),
    tests("Nftables", ["KernelTestSupport", "LinuxSystem", "Netlink"], fixtures: true),
    tests("PacketTrace", ["Addressing", "SystemErrors"]),
    tests("PacketProbe", ["Addressing", "PacketTrace"]),
    .testTarget(
      name: "FirewallModuleTests",
      dependencies: [
        "Addressing", "Firewall", "KernelModel", "KernelTestSupport", "LinuxSystem", "Netlink",
        "NetlinkTestSupport", "Nftables", "PacketTrace",
      ],
      exclude: ["Fixtures"], swiftSettings: testSettings),
    tests("NetworkFilters", ["NetworkModel"]),
    tests(
      "Presentation",
      ["Addressing", "GoTemplate", "KernelModel", "NetworkModel", "OrderedJSON", "PacketTrace"]),
    .testTarget(
      name: "DrawingTests",
      dependencies: ["Addressing", "Drawing", "KernelTestSupport", "NetworkModel"],
      exclude: ["Golden"], swiftSettings: testSettings),
    tests(
      "NetctlCommands",
      [
        "Addressing", "AgentAPI", "Drawing", "KernelModel", "NetworkModel", "NetworkService",
        "PFlag",
        "Presentation", "StateStore", "SystemErrors",
      ]),
    .testTarget(
      name: "FirewallTests", dependencies: ["CommandLineTestSupport", "netctl"],
      exclude: ["Probes"], swiftSettings: testSettings),
    .testTarget(
      name: "TraceTests", dependencies: ["CommandLineTestSupport", "netctl"], exclude: ["Lab"],
      swiftSettings: testSettings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "AddressPools", "Addressing", "Configuration", "DNSMessage", "EtcdMessages", "GoRegexp",
        "GoTemplate", "HTTPMessage", "NetctlCommands", "Netlink", "NetworkFilters", "NetworkModel",
        "Nftables",
        "OrderedJSON", "PFlag",
        "PacketProbe", "PacketTrace", "Presentation", "RouteNetlink",
      ],
      path: "Tests/FuzzTargets", swiftSettings: testSettings),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "LinuxSystem"], exclude: ["Corpus"],
      swiftSettings: testSettings),
    .target(
      name: "CommandLineTestSupport",
      dependencies: ["CLinux", "KernelTestSupport", "LinuxSystem"],
      path: "Tests/CommandLineTestSupport", swiftSettings: testSettings),
    .testTarget(
      name: "TranscriptTests",
      dependencies: ["CommandLineTestSupport", "LinuxSystem", "netctl"],
      exclude: ["Fixtures"], swiftSettings: testSettings),
    .testTarget(
      name: "ShellTests",
      dependencies: ["CommandLineTestSupport", "LinuxSystem", "netctl", "netctl-server"],
      swiftSettings: testSettings),
    .testTarget(
      name: "PluginTests",
      dependencies: ["CommandLineTestSupport", "LinuxSystem", "OrderedJSON", "netctl"],
      exclude: ["Plugin"], swiftSettings: testSettings),
    .testTarget(
      name: "OverlayTests",
      dependencies: [
        "CommandLineTestSupport", "EtcdTestSupport", "KernelTestSupport", "LinuxSystem", "netctl",
        "netctl-server",
      ],
      exclude: ["Agent", "Lab"],
      swiftSettings: testSettings),
    .testTarget(
      name: "RuntimeTests",
      dependencies: ["CommandLineTestSupport", "KernelTestSupport", "netctl"],
      exclude: ["Scripts"], swiftSettings: testSettings),
    .testTarget(
      name: "InstallationTests", dependencies: ["CommandLineTestSupport", "netctl"],
      swiftSettings: testSettings),
    .testTarget(
      name: "FaultTests",
      dependencies: [
        "CommandLineTestSupport", "KernelTestSupport", "LinuxSystem", "OrderedJSON", "netctl",
      ],
      exclude: ["Interposer"], swiftSettings: testSettings),
  ]
)

// Calls libFuzzer, so only `make fuzz` can link it.
if Context.environment["NETCTL_FUZZER"] != nil {
  package.targets.append(
    .executableTarget(
      name: "netctl-fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer",
      swiftSettings: testSettings))
}

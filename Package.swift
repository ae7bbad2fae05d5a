// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// A module of netctl: its name and the modules it may import.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

let package = Package(
  name: "netctl",
  products: [
    .executable(name: "netctl", targets: ["netctl"]),
    .library(name: "NetctlCore", targets: ["NetworkService", "LinuxKernel"]),
  ],
  targets: [
    // General tools that know nothing of networks.
    module("OrderedJSON"),
    module("GoTemplate"),
    module("GoRegexp"),
    module("PFlag"),

    // What a network is. Pure.
    module("Addressing"),
    module("AddressPools", ["Addressing"]),
    module("NetworkModel", ["Addressing"]),
    module("NetworkFilters", ["NetworkModel", "GoRegexp"]),

    // What the kernel should hold for it. Pure.
    module("KernelModel", ["Addressing"]),
    module("Drivers", ["Addressing", "KernelModel", "NetworkModel"]),

    // The fence: system calls and netlink, and all unsafe code.
    .target(name: "CLinux"),
    .systemLibrary(name: "CLibMNL", pkgConfig: "libmnl", providers: [.apt(["libmnl-dev"])]),
    module("LinuxSystem", ["CLinux"]),
    module("Netlink", ["CLibMNL", "CLinux", "LinuxSystem"]),
    module("RouteNetlink", ["Addressing", "CLinux", "LinuxSystem", "Netlink"]),
    module("Nftables", ["Addressing", "CLinux", "KernelModel", "LinuxSystem", "Netlink"]),
    module(
      "LinuxKernel",
      ["Addressing", "KernelModel", "LinuxSystem", "Netlink", "Nftables", "RouteNetlink"]),

    // The disk.
    module(
      "StateStore",
      ["Addressing", "AddressPools", "LinuxSystem", "NetworkModel", "OrderedJSON"]),

    // The verbs.
    module("Containers"),
    module(
      "NetworkService",
      [
        "Addressing", "AddressPools", "Containers", "Drivers", "KernelModel", "NetworkModel",
        "StateStore",
      ]),

    // The command line.
    module("Presentation", ["Addressing", "GoTemplate", "NetworkModel", "OrderedJSON"]),
    module(
      "NetctlCommands",
      [
        "Addressing", "Drivers", "GoTemplate", "KernelModel", "NetworkFilters", "NetworkModel",
        "NetworkService", "OrderedJSON", "PFlag", "Presentation", "StateStore",
      ]),
    .executableTarget(
      name: "netctl",
      dependencies: [
        "LinuxKernel", "LinuxSystem", "NetctlCommands", "NetworkModel", "NetworkService",
      ],
      swiftSettings: house),
  ]
)

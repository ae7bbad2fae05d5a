// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

let package = Package(
  name: "netctl",
  targets: [
    // Nothing of ours below these.
    .target(name: "CLinux"),
    .systemLibrary(name: "CLibMNL", pkgConfig: "libmnl", providers: [.apt(["libmnl-dev"])]),
    .target(name: "Addressing", swiftSettings: house),
    .target(name: "OrderedJSON", swiftSettings: house),
    // Pure: what a network is, and what the kernel should hold for it.
    .target(name: "AddressPools", dependencies: ["Addressing"], swiftSettings: house),
    .target(name: "NetworkModel", dependencies: ["Addressing"], swiftSettings: house),
    .target(name: "KernelModel", dependencies: ["Addressing"], swiftSettings: house),
    .target(
      name: "Drivers", dependencies: ["Addressing", "KernelModel", "NetworkModel"],
      swiftSettings: house),
    .target(name: "Containers", swiftSettings: house),
    // The fence around system calls, and the disk.
    .target(name: "LinuxSystem", dependencies: ["CLinux"], swiftSettings: house),
    .target(
      name: "StateStore",
      dependencies: ["Addressing", "AddressPools", "LinuxSystem", "NetworkModel", "OrderedJSON"],
      swiftSettings: house),
    // The verbs.
    .target(
      name: "NetworkService",
      dependencies: [
        "Addressing", "AddressPools", "Containers", "Drivers", "KernelModel", "NetworkModel",
        "StateStore",
      ],
      swiftSettings: house),
  ]
)

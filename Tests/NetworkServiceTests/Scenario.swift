import Addressing
import KernelModel
import NetworkModel
import NetworkService

/// A command and what stands before it.
struct Scenario: Sendable, CustomStringConvertible {
  let description: String
  let prepare: @Sendable (Bench) throws -> Void
  let command: @Sendable (NetworkService) throws -> Void

  private static func create(
    _ name: String, _ change: @Sendable @escaping (inout CreateRequest) -> Void = { _ in }
  ) -> @Sendable (NetworkService) throws -> Void {
    { service in
      var request = CreateRequest(name: name)
      change(&request)
      _ = try service.create(request)
    }
  }

  private static func connect(
    _ network: String, publishing ports: String...
  ) -> @Sendable (NetworkService) throws -> Void {
    { service in
      var request = ConnectRequest(network: network, container: "c")
      request.ports = requests(ports)
      try service.connect(request)
    }
  }

  private static let addParent: @Sendable (Bench) throws -> Void = { bench in
    bench.world[World.host].links["eth7"] = World.Link(isUp: true)
  }

  private static func onVLAN(_ request: inout CreateRequest) {
    request.driver = "macvlan"
    request.ipv6 = true
    request.options = ["parent": "eth7.10"]
    request.subnets = ["10.9.0.0/24"]
    request.gateways = [IPAddress("10.9.0.1")!]
  }

  static let creations = [
    Scenario(description: "first network", prepare: { _ in }, command: create("n")),
    Scenario(
      description: "second network", prepare: { try $0.create("m") }, command: create("n")),
    Scenario(
      description: "dual stack beside IPv4", prepare: { try $0.create("m") },
      command: create("n") { $0.ipv6 = true }),
    Scenario(
      description: "dual stack", prepare: { _ in },
      command: create("n") {
        $0.ipv6 = true
        $0.options = ["com.docker.network.driver.mtu": "1400"]
      }),
    Scenario(
      description: "internal", prepare: { _ in }, command: create("n") { $0.isInternal = true }),
    Scenario(
      description: "configuration", prepare: { _ in },
      command: create("n") { $0.isConfigurationOnly = true }),
    Scenario(
      description: "macvlan on a VLAN", prepare: addParent,
      command: create("n") { onVLAN(&$0) }),
    Scenario(
      description: "macvlan without a parent", prepare: { _ in },
      command: create("n") { $0.driver = "macvlan" }),
    Scenario(
      description: "foreign bridge",
      prepare: { bench in
        bench.world[World.host].links["br0"] = World.Link(
          kind: .bridge, isUp: true,
          addresses: [try IPPrefix(parsing: "10.9.0.1/24"), try IPPrefix(parsing: "10.8.0.1/24")])
      },
      command: create("n") {
        $0.ipv6 = true
        $0.subnets = ["10.9.0.0/24"]
        $0.options = ["com.docker.network.bridge.name": "br0"]
      }),
  ]

  static let connections = [
    Scenario(
      description: "IPv4", prepare: { try $0.create("n") }, command: connect("n")),
    Scenario(
      description: "dual stack", prepare: { try $0.create("n") { $0.ipv6 = true } },
      command: connect("n")),
    Scenario(
      description: "default route moves",
      prepare: {
        try $0.create("z") { $0.ipv6 = true }
        try $0.create("a") { $0.ipv6 = true }
        try $0.connect("z", "c")
      }, command: connect("a")),
    Scenario(
      description: "icc off",
      prepare: {
        try $0.create("n") { $0.options = ["com.docker.network.bridge.enable_icc": "false"] }
      }, command: connect("n")),
    Scenario(description: "default network", prepare: { _ in }, command: connect("bridge")),
    Scenario(
      description: "default network beside another", prepare: { try $0.create("n") },
      command: connect("bridge")),
    Scenario(description: "none", prepare: { _ in }, command: connect("none")),
    Scenario(
      description: "macvlan on a VLAN",
      prepare: {
        try addParent($0)
        try $0.create("n", onVLAN)
      }, command: connect("n")),
    Scenario(
      description: "ports", prepare: { try $0.create("n") { $0.ipv6 = true } },
      command: connect("n", publishing: "8080:80")),
    Scenario(
      description: "ports move",
      prepare: {
        try $0.create("z") { $0.ipv6 = true }
        try $0.create("a") { $0.ipv6 = true }
        try $0.connect("z", "c")
        try $0.publish("c", "8080:80")
      }, command: connect("a", publishing: "8081:81")),
    Scenario(
      description: "ports of a container without networks",
      prepare: {
        try $0.create("n")
        try $0.connect("n", "c")
        try $0.publish("c", "8080:80")
        try $0.disconnect("n", "c")
      }, command: connect("n")),
  ]

  private static func update(
    _ change: @Sendable @escaping (inout UpdateRequest) -> Void
  ) -> @Sendable (NetworkService) throws -> Void {
    { service in
      var request = UpdateRequest(network: "n")
      change(&request)
      try service.update(request)
    }
  }

  private static let connectDualStack: @Sendable (Bench) throws -> Void = {
    try $0.create("n") { $0.ipv6 = true }
    try $0.connect("n", "c")
    try $0.publish("c", "8080:80")
  }

  static let changes = [
    Scenario(
      description: "new name, the default route moves",
      prepare: {
        try $0.create("k") { $0.ipv6 = true }
        try connectDualStack($0)
        try $0.connect("k", "c")
      }, command: { try $0.rename("n", to: "a") }),
    Scenario(
      description: "labels", prepare: connectDualStack,
      command: update { $0.addedLabels = ["a": "b"] }),
    Scenario(
      description: "options", prepare: connectDualStack,
      command: update {
        $0.options = [
          "com.docker.network.driver.mtu": "1400",
          "com.docker.network.bridge.enable_icc": "false",
          "com.docker.network.bridge.enable_ip_masquerade": "false",
        ]
      }),
    Scenario(
      description: "gateway mode",
      prepare: {
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
      },
      command: update {
        $0.options = ["com.docker.network.bridge.gateway_mode_ipv4": "routed"]
      }),
    Scenario(
      description: "internal",
      prepare: {
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
      }, command: update { $0.isInternal = true }),
    Scenario(
      description: "no longer internal",
      prepare: {
        try $0.create("n") { $0.isInternal = true }
        try $0.connect("n", "c")
      }, command: update { $0.isInternal = false }),
    Scenario(
      description: "another family",
      prepare: {
        try $0.create("n")
        try $0.connect("n", "c")
      },
      command: update {
        $0.subnets = ["fd09::/64"]
        $0.auxiliaryAddresses = ["p": "fd09::9"]
      }),
    Scenario(
      description: "macvlan",
      prepare: {
        try addParent($0)
        try $0.create("n", onVLAN)
        try $0.connect("n", "c")
      },
      command: update {
        $0.options = ["macvlan_mode": "private", "com.docker.network.driver.mtu": "1400"]
        $0.auxiliaryAddresses = ["DefaultGatewayIPv4": "10.9.0.254"]
      }),
  ]

  static let publications = [
    Scenario(
      description: "publish",
      prepare: {
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
      }, command: { _ = try $0.publish(requests("8080:80", "53:53/udp"), on: "c") }),
    Scenario(
      description: "publish one more",
      prepare: {
        $0.world[World.host].sysctls[SysctlKey(path: "net/bridge/bridge-nf-call-iptables")] = "1"
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
        try $0.publish("c", "8080:80")
      }, command: { _ = try $0.publish(requests("80"), on: "c") }),
    Scenario(
      description: "unpublish one of two",
      prepare: {
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
        try $0.publish("c", "8080:80", "8081:81")
      }, command: { try $0.unpublish(requests("80"), of: "c") }),
    Scenario(
      description: "unpublish all",
      prepare: {
        $0.world[World.host].sysctls[SysctlKey(path: "net/bridge/bridge-nf-call-iptables")] = "1"
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
        try $0.publish("c", "8080:80", "8081:81")
      }, command: { try $0.unpublish(requests("80", "8081:81"), of: "c") }),
  ]

  static let removals = [
    Scenario(
      description: "last network", prepare: { try $0.create("n") },
      command: { try $0.remove("n") }),
    Scenario(
      description: "last network on a VLAN",
      prepare: {
        try addParent($0)
        try $0.create("n", onVLAN)
      }, command: { try $0.remove("n") }),
    Scenario(
      description: "one of two",
      prepare: {
        try $0.create("m")
        try $0.create("n") { $0.ipv6 = true }
      }, command: { try $0.remove("n") }),
    Scenario(
      description: "foreign bridge",
      prepare: { bench in
        bench.world[World.host].links["br0"] = World.Link(
          kind: .bridge, isUp: true, addresses: [try IPPrefix(parsing: "10.9.0.1/24")])
        try bench.create("n") {
          $0.ipv6 = true
          $0.subnets = ["10.9.0.0/24"]
          $0.options = ["com.docker.network.bridge.name": "br0"]
        }
      }, command: { try $0.remove("n") }),
    Scenario(
      description: "configuration",
      prepare: { try $0.create("n") { $0.isConfigurationOnly = true } },
      command: { try $0.remove("n") }),
  ]

  static let disconnections = [
    Scenario(
      description: "only network",
      prepare: {
        try $0.create("n")
        try $0.connect("n", "c")
      },
      command: { try $0.disconnect(network: "n", container: "c", force: false) }),
    Scenario(
      description: "default route moves",
      prepare: {
        try $0.create("a") { $0.ipv6 = true }
        try $0.create("z") { $0.ipv6 = true }
        try $0.connect("a", "c")
        try $0.connect("z", "c")
      },
      command: { try $0.disconnect(network: "a", container: "c", force: false) }),
    Scenario(
      description: "ports move",
      prepare: {
        try $0.create("a") { $0.ipv6 = true }
        try $0.create("z") { $0.ipv6 = true }
        try $0.connect("a", "c")
        try $0.connect("z", "c")
        try $0.publish("c", "8080:80", "53:53/udp")
      },
      command: { try $0.disconnect(network: "a", container: "c", force: false) }),
    Scenario(
      description: "ports stay with their container",
      prepare: {
        try $0.create("n") { $0.ipv6 = true }
        try $0.connect("n", "c")
        try $0.publish("c", "8080:80")
      },
      command: { try $0.disconnect(network: "n", container: "c", force: false) }),
    Scenario(
      description: "last endpoint of the default network",
      prepare: { try $0.connect("bridge", "c") },
      command: { try $0.disconnect(network: "bridge", container: "c", force: false) }),
  ]

  static let prunings = [
    Scenario(
      description: "two networks",
      prepare: {
        try $0.create("m")
        try $0.create("n") { $0.ipv6 = true }
      },
      command: {
        var operation = try $0.pruneOperation { _ in true }
        while operation.next() {}
      })
  ]
}

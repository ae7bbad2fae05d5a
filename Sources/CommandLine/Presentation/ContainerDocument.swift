import Addressing
package import GoTemplate
import Naming
package import NetworkModel
package import OrderedJSON

/// The output of `inspect` for a container: what Docker 29 shows of its identity, state and
/// networks.
package enum ContainerDocument {
  /// The document of one container.
  package static func json(_ status: ContainerStatus) -> JSONValue {
    [
      "Id": .string(status.id),
      "State": state(of: status),
      "Name": .string("/" + status.name),
      "Runtime": .string(status.runtime),
      "NetworkSettings": [
        "SandboxID": .string(status.container?.derivedID.description ?? ""),
        "SandboxKey": .string(status.container?.path ?? ""),
        "Ports": ports(status.ports),
        "Networks": .object(
          JSONObject(status.endpoints.map { ($0.route.networkName, endpoint($0)) })),
      ],
    ]
  }

  /// The placeholders of templates, in document order; nested ones are prefixed with their parent.
  package static let placeholders = [
    "Id", "State", "State.Status", "State.Running", "State.Paused", "State.Pid",
    "State.ExitCode", "State.StartedAt", "Name", "Runtime",
    "NetworkSettings", "NetworkSettings.SandboxID", "NetworkSettings.SandboxKey",
    "NetworkSettings.Ports", "NetworkSettings.Networks",
  ]

  // What is not known is left out: only engines remember how a container has ended.
  private static func state(of status: ContainerStatus) -> JSONValue {
    let isRunning = status.container != nil
    let state = status.state ?? (isRunning ? "running" : "exited")
    var object = JSONObject([
      ("Status", .string(state)), ("Running", .bool(isRunning)),
      ("Paused", .bool(state == "paused")), ("Pid", JSONValue(status.process ?? 0)),
    ])
    let hasNotEnded = isRunning || state == "created"
    object["ExitCode"] = (status.exitCode ?? (hasNotEnded ? 0 : nil)).map { JSONValue($0) }
    let never = state == "created" && !isRunning ? "0001-01-01T00:00:00Z" : nil
    object["StartedAt"] =
      (status.startedAt ?? status.processStarted.map(TimeText.rfc3339) ?? never)
      .map { .string($0) }
    return .object(object)
  }

  /// What Go prints of the members that are null in a document of a network: those of nil slices,
  /// maps and pointers.
  package static let nilMembers: [String: Value] = [
    "IPAMConfig": .nilPointer("*network.EndpointIPAMConfig"),
    "Links": .list(GoList([], of: .string, isNil: true)),
    "Aliases": .list(GoList([], of: .string, isNil: true)),
    "DriverOpts": .map(nil),
  ]

  private static func ports(_ ports: [PublishedPort]) -> JSONValue {
    var sockets: [String: [JSONValue]] = [:]
    for port in ports {
      sockets["\(port.containerPort)/\(port.transport.name)", default: []].append([
        "HostIp": .string(port.host.description),
        "HostPort": .string(port.hostPort.map { "\($0)" } ?? ""),
      ])
    }
    return .object(
      JSONObject(sockets.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value)) }))
  }

  // One that waits for its container has no address yet (Docker).
  private static func endpoint(_ endpoint: Endpoint) -> JSONValue {
    let isWaiting = endpoint.container.isStopped
    let interface = isWaiting ? nil : endpoint.interface
    func address(_ family: AddressFamily) -> IPPrefix? { interface?.address(family) }
    func gateway(_ family: AddressFamily) -> JSONValue {
      .string(isWaiting ? "" : endpoint.route.routes.gateway(family)?.description ?? "")
    }
    let settings = endpoint.settings
    return [
      "IPAMConfig": addressing(settings.chosenAddresses),
      "Links": settings.links.isEmpty ? .null : JSONValue(settings.links),
      "Aliases": settings.aliases.isEmpty ? .null : JSONValue(settings.aliases),
      "DriverOpts": settings.driverOptions.isEmpty
        ? .null : JSONValue(sorting: settings.driverOptions),
      "GwPriority": JSONValue(endpoint.route.priority),
      "NetworkID": .string(endpoint.network.description),
      "EndpointID": .string(isWaiting ? "" : endpoint.id.description),
      "Gateway": gateway(.ipv4),
      "IPAddress": .string(address(.ipv4)?.address.description ?? ""),
      "MacAddress": .string(interface?.mac?.description ?? ""),
      "IPPrefixLen": JSONValue(address(.ipv4)?.length ?? 0),
      "IPv6Gateway": gateway(.ipv6),
      "GlobalIPv6Address": .string(address(.ipv6)?.address.description ?? ""),
      "GlobalIPv6PrefixLen": JSONValue(address(.ipv6)?.length ?? 0),
      "DNSNames": JSONValue(endpoint.names),
    ]
  }

  private static func addressing(_ chosen: [IPAddress]) -> JSONValue {
    if chosen.isEmpty { return .null }
    return .object(
      JSONObject(
        chosen.map { ($0.family == .ipv4 ? "IPv4Address" : "IPv6Address", .string($0.description)) }
      )
    )
  }
}

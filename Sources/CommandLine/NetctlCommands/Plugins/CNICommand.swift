import Addressing
import Containers
import Drivers
import NetworkModel
import NetworkService
import OrderedJSON

/// netctl as a CNI plugin: the command is in `CNI_COMMAND`, the configuration on standard input,
/// and results and errors are JSON on standard output (CNI specification 1.1).
package struct CNICommand {
  private let context: CommandContext
  private let environment: [String: String]
  private let input: () -> [UInt8]

  /// Takes the variables `CNI_…` without that beginning, and what reads standard input.
  package init(
    _ context: CommandContext, environment: [String: String], input: @escaping () -> [UInt8]
  ) {
    self.context = context
    self.environment = environment
    self.input = input
  }

  /// Runs the command; returns the exit status.
  package func run() -> Int32 {
    let bytes = input()
    do throws(CNIError) {
      if let result = try result(bytes) { show(result) }
      return ExitStatus.success
    } catch {
      show(CNIResult.failed(error, version: Self.version(in: bytes)))
      return ExitStatus.failure
    }
  }

  private func show(_ result: JSONValue) { context.printLine(result.text()) }

  private func result(_ bytes: [UInt8]) throws(CNIError) -> JSONValue? {
    let command = try variable("COMMAND")
    if command == "VERSION" { return CNIResult.versions(Self.version(in: bytes)) }
    let configuration = try CNIConfiguration(bytes, hasArguments: command == "ADD")
    context.service().avoidAskingRuntimes()
    switch command {
    case "ADD": return try add(configuration)
    case "DEL": try release(try attachment(of: configuration))
    case "CHECK": try check(configuration, try attachment(of: configuration))
    case "STATUS": try checkStatus(configuration)
    case "GC": try collect(configuration)
    default: throw CNIError(.invalidEnvironment, "unknown CNI_COMMAND: \(command)")
    }
    return nil
  }

  // MARK: Commands

  private func add(_ configuration: CNIConfiguration) throws(CNIError) -> JSONValue {
    let attachment = try attachment(of: configuration)
    let path = try variable("NETNS")
    let requests = try requests(configuration, attachment, path)
    let service = context.service()
    let namespace = try served { () throws(ServiceError) in try service.namespace(of: path) }
    // One whose DEL never came.
    try release(attachment) { $0.container.namespace != namespace }
    return try served { () throws(ServiceError) in
      var added: [Endpoint] = []
      do throws(ServiceError) {
        for request in requests { added.append(try service.connect(request).endpoint) }
        return CNIResult.added(added[0], in: path, version: configuration.version)
      } catch {
        // The runtime may not send a DEL.
        let ids = added.map(\.id)
        if !ids.isEmpty {
          try? service.release(markedBy: CNIAttachment.key) { endpoint, _ in
            ids.contains(endpoint.id)
          }
        }
        throw error
      }
    }
  }

  private func release(
    _ attachment: CNIAttachment, where isReleased: (Endpoint) -> Bool = { _ in true }
  ) throws(CNIError) {
    try served { () throws(ServiceError) in
      try context.service().release(markedBy: CNIAttachment.key) {
        attachment.isMarked(by: $1) && isReleased($0)
      }
    }
  }

  private func collect(_ configuration: CNIConfiguration) throws(CNIError) {
    let valid = try configuration.validAttachments()
    let service = context.service()
    try served { () throws(ServiceError) in
      let network = try service.network(configuration.network)
      try service.release(markedBy: CNIAttachment.key) { endpoint, mark in
        let name = CNIAttachment.configuration(inMark: mark)
        let isOwn =
          name.map { $0 == configuration.name } ?? (endpoint.network == network.id)
        return isOwn && !valid.contains { $0.isMarked(by: mark) }
      }
    }
  }

  private func check(
    _ configuration: CNIConfiguration, _ attachment: CNIAttachment
  ) throws(CNIError) {
    let service = context.service()
    let (endpoint, details) = try served { () throws(ServiceError) in
      (
        try service.endpoint(markedBy: CNIAttachment.key, on: configuration.network) {
          attachment.isMarked(by: $0)
        },
        try service.details(of: configuration.network)
      )
    }
    guard let endpoint, details.phases[endpoint.id] == .attached else {
      throw CNIError(.different, "the container is not connected to \(configuration.network)")
    }
    let difference = details.differences.first { $0.container == endpoint.container.name }
    if let difference {
      throw CNIError(.different, Diagnostics.text(difference.difference, of: difference.container))
    }
    let addresses = endpoint.interface?.addresses.map(\.description) ?? []
    if let previous = configuration.previousAddresses, Set(previous) != Set(addresses) {
      throw CNIError(.different, "its addresses are \(addresses.joined(separator: ", "))")
    }
  }

  private func checkStatus(_ configuration: CNIConfiguration) throws(CNIError) {
    do throws(ServiceError) {
      try context.service().checkReadiness(of: configuration.network)
    } catch {
      throw CNIError(.notAvailable, Diagnostics.text(error))
    }
  }

  // MARK: Arguments

  private func requests(
    _ configuration: CNIConfiguration, _ attachment: CNIAttachment, _ namespace: String
  ) throws(CNIError) -> [ConnectRequest] {
    let arguments = self.arguments
    let id = ContainerID(attachment.container)
    var request = ConnectRequest(network: configuration.network, container: namespace)
    request.aliases = configuration.aliases
    request.ports = configuration.ports
    request.mac = configuration.mac
    var addresses = configuration.addresses
    if let text = arguments["IP"] { addresses.append(try CNIConfiguration.address(text)) }
    if let text = arguments["MAC"] { request.mac = try CNIConfiguration.mac(text) }
    request.ipv4 = addresses.last { $0.family == .ipv4 }
    request.ipv6 = addresses.last { $0.family == .ipv6 }
    request.driverOptions[EndpointOptions.interfaceNameKey] = attachment.interface
    var requests = [request]
    for other in try annotated(configuration, namespace) {
      guard other.network == request.network else {
        requests.append(other)
        continue
      }
      requests[0].ipv4 = other.ipv4 ?? requests[0].ipv4
      requests[0].ipv6 = other.ipv6 ?? requests[0].ipv6
      requests[0].mac = other.mac ?? requests[0].mac
      requests[0].aliases += other.aliases
      requests[0].ports += other.ports
      requests[0].gatewayPriority = other.gatewayPriority
    }
    for index in requests.indices {
      requests[index].containerName = arguments["K8S_POD_NAME"] ?? attachment.container
      requests[index].containerID = id
      requests[index].containerNameMounts = id.flatMap {
        NameMounts(ofPodmanContainer: $0.description)
      }
      requests[index].driverOptions[attachment.mark.key] = attachment.mark.value
    }
    return requests
  }

  private func annotated(
    _ configuration: CNIConfiguration, _ namespace: String
  ) throws(CNIError) -> [ConnectRequest] {
    guard let annotation = configuration.annotation else { return [] }
    do throws(AttachmentSyntax.Problem) {
      return try AttachmentSyntax.requests(in: annotation, container: namespace)
    } catch {
      throw CNIError(
        .invalidConfiguration, "annotation \(AttachmentSyntax.annotation): \(error.text)")
    }
  }

  private func attachment(
    of configuration: CNIConfiguration
  ) throws(CNIError) -> CNIAttachment {
    let attachment = CNIAttachment(
      container: try variable("CONTAINERID"), interface: try variable("IFNAME"),
      configuration: configuration.name)
    guard attachment.hasValidContainer else {
      throw CNIError(.invalidEnvironment, "invalid CNI_CONTAINERID: \(attachment.container)")
    }
    guard (try? InterfaceName(attachment.interface)) != nil else {
      throw CNIError(.invalidEnvironment, "invalid CNI_IFNAME: \(attachment.interface)")
    }
    return attachment
  }

  private func variable(_ name: String) throws(CNIError) -> String {
    guard let value = environment[name], !value.isEmpty else {
      throw CNIError(.invalidEnvironment, "CNI_\(name) is not set")
    }
    return value
  }

  /// `CNI_ARGS`: `KEY=VALUE` separated by semicolons.
  private var arguments: [String: String] {
    var arguments: [String: String] = [:]
    for pair in (environment["ARGS"] ?? "").split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { arguments[String(parts[0])] = String(parts[1]) }
    }
    return arguments
  }

  private static func version(in bytes: [UInt8]) -> String {
    let stated = (try? JSONValue(parsing: bytes))?.object?["cniVersion"]?.string
    return stated.flatMap { CNIConfiguration.versions.contains($0) ? $0 : nil }
      ?? CNIConfiguration.versions[0]
  }

  private func served<Result>(
    _ body: () throws(ServiceError) -> Result
  ) throws(CNIError) -> Result {
    do throws(ServiceError) { return try body() } catch { throw Self.error(error) }
  }

  private static func error(_ error: ServiceError) -> CNIError {
    switch error {
    case .networkNotFound, .ambiguousNetwork, .endpointSettings, .option:
      CNIError(.invalidConfiguration, Diagnostics.text(error))
    case .noSuchContainer, .notANamespace:
      CNIError(.invalidEnvironment, "CNI_NETNS: " + Diagnostics.text(error))
    default: CNIError(.failed, Diagnostics.text(error))
    }
  }
}

import Addressing
import Containers
import NetworkModel
import NetworkService
import OrderedJSON

/// The network configuration that a CNI runtime gives on standard input.
struct CNIConfiguration {
  /// The versions of the specification, the oldest first.
  static let versions = ["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"]

  /// The version that the result must have.
  let version: String
  /// netctl's network: `network`, or else the name of the configuration.
  let network: String
  private(set) var aliases: [String] = []
  private(set) var ports: [PortRequest] = []
  private(set) var addresses: [IPAddress] = []
  private(set) var mac: MACAddress?
  /// The annotation of the pod.
  private(set) var annotation: String?
  /// The addresses in the result of ADD, if it is given.
  private(set) var previousAddresses: [String]?
  /// For GC: the containers and interfaces that remain.
  private(set) var validAttachments: Set<String> = []

  /// Reads the configuration; unknown members are ignored. Throws for one without a network, and
  /// for invalid values.
  init(_ bytes: [UInt8]) throws(CNIError) {
    guard let object = (try? JSONValue(parsing: bytes))?.object else {
      throw CNIError(.undecodable, "the configuration is not a JSON object")
    }
    version = object["cniVersion"]?.string ?? Self.versions[0]
    let name = object["name"]?.string ?? ""
    network = object["network"]?.string ?? name
    guard Self.versions.contains(version) else {
      throw CNIError(.incompatibleVersion, "unsupported CNI version \(version)")
    }
    if let runtime = object["runtimeConfig"]?.object { try read(runtime, name: name) }
    previousAddresses = object["prevResult"]?.object.map(Self.addresses)
    let attachments = object["cni.dev/valid-attachments"] ?? object["cni.dev/attachments"]
    for attachment in attachments?.array ?? [] {
      guard let id = attachment.object?["containerID"]?.string,
        let interface = attachment.object?["ifname"]?.string
      else { throw CNIError(.undecodable, "an attachment lacks its container or interface") }
      validAttachments.insert(CNIAttachment(container: id, interface: interface).mark.value)
    }
  }

  private mutating func read(_ runtime: JSONObject, name: String) throws(CNIError) {
    aliases = runtime["aliases"]?.object?[name]?.array?.compactMap(\.string) ?? []
    annotation =
      runtime["io.kubernetes.cri.pod-annotations"]?.object?[AttachmentSyntax.annotation]?.string
    for mapping in runtime["portMappings"]?.array ?? [] { ports.append(try Self.port(mapping)) }
    for text in runtime["ips"]?.array?.compactMap(\.string) ?? [] {
      addresses.append(try Self.address(text))
    }
    if let text = runtime["mac"]?.string { mac = try Self.mac(text) }
  }

  // Runtimes differ in the case of the names.
  private static func port(_ value: JSONValue) throws(CNIError) -> PortRequest {
    let mapping = value.object ?? JSONObject()
    let host = mapping.value(named: "hostIP")?.string ?? ""
    let address = host.isEmpty ? nil : IPAddress(host)
    guard let container = mapping.value(named: "containerPort")?.number?.integer(as: UInt16.self),
      container > 0, address != nil || host.isEmpty,
      let transport = Transport(
        name: (mapping.value(named: "protocol")?.string ?? "tcp").lowercased())
    else { throw CNIError(.invalidConfiguration, "a port mapping is not understood") }
    let hostPort = mapping.value(named: "hostPort")?.number?.integer(as: UInt16.self) ?? 0
    return PortRequest(
      host: address, hostPorts: hostPort == 0 ? nil : hostPort...hostPort, transport: transport,
      containerPort: container)
  }

  /// An address, whose prefix length is ignored: it is that of the network.
  static func address(_ text: String) throws(CNIError) -> IPAddress {
    guard let address = IPAddress(String(text.prefix { $0 != "/" })) else {
      throw CNIError(.invalidConfiguration, "not an IP address: \(text)")
    }
    return address
  }

  /// A hardware address.
  static func mac(_ text: String) throws(CNIError) -> MACAddress {
    guard let address = MACAddress(text) else {
      throw CNIError(.invalidConfiguration, "not a hardware address: \(text)")
    }
    return address
  }

  private static func addresses(_ result: JSONObject) -> [String] {
    let ips = result["ips"]?.array?.compactMap { $0.object?["address"]?.string } ?? []
    return ips + ["ip4", "ip6"].compactMap { result[$0]?.object?["ip"]?.string }
  }
}

/// A container and its interface, as a CNI runtime refers to them.
struct CNIAttachment {
  let container: String
  let interface: String

  /// What marks its endpoints.
  var mark: AttachmentMark { AttachmentMark(key: Self.key, value: "\(container)/\(interface)") }

  static let key = Endpoint.pluginMark

  /// Whether the ID consists of letters, digits and `_.-`, and begins with a letter or a digit, as
  /// the specification demands.
  var hasValidContainer: Bool { container.isName(with: "_.-") }
}

/// An error as CNI reports it.
struct CNIError: Error {
  /// The codes of the specification, and netctl's own from 100.
  enum Code: Int {
    case incompatibleVersion = 1
    case invalidEnvironment = 4
    case undecodable = 6
    case invalidConfiguration = 7
    case notAvailable = 50
    case failed = 100
    case different = 101
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

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
  /// The name of the configuration.
  let name: String
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
  /// For GC: the containers and interfaces that remain, as they were given.
  private let attachments: JSONValue?

  /// Reads the configuration; unknown members are ignored. Throws for one without a network, and
  /// for values that cannot be meant; those for ADD only if `hasArguments`, so that they prevent
  /// nothing else.
  init(_ bytes: [UInt8], hasArguments: Bool) throws(CNIError) {
    guard let object = (try? JSONValue(parsing: bytes))?.object else {
      throw CNIError(.undecodable, "the configuration is not a JSON object")
    }
    version = object["cniVersion"]?.string ?? Self.versions[0]
    name = object["name"]?.string ?? ""
    network = object["network"]?.string ?? name
    attachments = object["cni.dev/valid-attachments"] ?? object["cni.dev/attachments"]
    previousAddresses = object["prevResult"]?.object.map(Self.addresses)
    guard Self.versions.contains(version) else {
      throw CNIError(.incompatibleVersion, "unsupported CNI version \(version)")
    }
    if hasArguments, let runtime = object["runtimeConfig"] {
      guard let runtime = runtime.object else { throw Self.invalid("runtimeConfig") }
      try read(runtime, name: name)
    }
  }

  /// For GC: the containers and interfaces that remain. The specification demands the member, and
  /// without it everything would seem to be left over. libcni writes an empty list as null.
  func validAttachments() throws(CNIError) -> [CNIAttachment] {
    guard let attachments else {
      throw CNIError(.invalidConfiguration, "cni.dev/valid-attachments is missing")
    }
    if attachments == .null { return [] }
    guard let list = attachments.array else { throw Self.invalid("cni.dev/valid-attachments") }
    var valid: [CNIAttachment] = []
    for attachment in list {
      guard let id = attachment.object?["containerID"]?.string,
        let interface = attachment.object?["ifname"]?.string
      else { throw Self.invalid("cni.dev/valid-attachments") }
      valid.append(CNIAttachment(container: id, interface: interface, configuration: name))
    }
    return valid
  }

  private static func invalid(_ member: String) -> CNIError {
    CNIError(.invalidConfiguration, "\(member) is not understood")
  }

  private mutating func read(_ runtime: JSONObject, name: String) throws(CNIError) {
    aliases = runtime["aliases"]?.object?[name]?.array?.compactMap(\.string) ?? []
    annotation =
      runtime["io.kubernetes.cri.pod-annotations"]?.object?[AttachmentSyntax.annotation]?.string
    for mapping in try Self.list(runtime, "portMappings") { ports.append(try Self.port(mapping)) }
    for value in try Self.list(runtime, "ips") {
      guard let text = value.string else { throw Self.invalid("ips") }
      addresses.append(try Self.address(text))
    }
    if let value = runtime["mac"], value != .null {
      guard let text = value.string else { throw Self.invalid("mac") }
      mac = try Self.mac(text)
    }
  }

  private static func list(
    _ object: JSONObject, _ name: String
  ) throws(CNIError) -> [JSONValue] {
    guard let value = object[name], value != .null else { return [] }
    guard let list = value.array else { throw invalid(name) }
    return list
  }

  // Runtimes differ in the case of the names.
  private static func port(_ value: JSONValue) throws(CNIError) -> PortRequest {
    var members: [String: JSONValue] = [:]
    for member in value.object?.members ?? [] where member.value != .null {
      members[member.name.lowercased()] = member.value
    }
    func text(_ name: String) throws(CNIError) -> String {
      guard let value = members[name] else { return "" }
      guard let text = value.string else { throw invalid("\(name) of a port mapping") }
      return text
    }
    func port(_ name: String) throws(CNIError) -> UInt16 {
      guard let value = members[name] else { return 0 }
      guard let port = value.number?.integer(as: UInt16.self) else {
        throw CNIError(.invalidConfiguration, "\(value.text()) is not a port (\(name))")
      }
      return port
    }
    let (host, transport) = (try text("hostip"), try text("protocol"))
    let address = host.isEmpty ? nil : IPAddress(host)
    let (container, hostPort) = (try port("containerport"), try port("hostport"))
    guard container > 0, address != nil || host.isEmpty,
      let transport = Transport(name: transport.isEmpty ? "tcp" : transport.lowercased())
    else { throw CNIError(.invalidConfiguration, "a port mapping is not understood") }
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

/// A container and its interface, as a CNI runtime refers to them: the specification identifies an
/// attachment by both and the name of the configuration.
struct CNIAttachment {
  let container: String
  let interface: String
  let configuration: String

  /// What marks its endpoints. Neither an ID nor the name of an interface contains a slash.
  var mark: AttachmentMark {
    AttachmentMark(key: Self.key, value: "\(container)/\(interface)/\(configuration)")
  }

  static let key = Endpoint.pluginMark

  /// Whether an endpoint with this mark is one of its. Marks of earlier versions of netctl do not
  /// say which configuration they were made for.
  func isMarked(by value: String) -> Bool {
    value == mark.value || value == "\(container)/\(interface)"
  }

  /// The configuration that a mark says it was made for.
  static func configuration(inMark value: String) -> String? {
    let parts = value.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[2]) : nil
  }

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

import Addressing
import OrderedJSON

/// The keys of clusters: those that Docker had until version 23, and netctl's own in
/// `cluster-store-opts`.
extension ConfigurationReader {
  mutating func readCluster(_ configuration: inout Configuration) {
    let (store, advertise) = ("cluster-store", "cluster-advertise")
    var cluster = parsed(store, .clusterStore, ClusterSettings.init)
    let advertised = parsed(advertise, .clusterAddress, ClusterSettings.advertised)
    if advertised != nil, !has(store) { report(advertise, .needs(key: store)) }
    cluster?.advertised = advertised
    readClusterOptions(&cluster)
    let values = [store, advertise].map { value($0) ?? .null }
    enter(store, values[0])
    enter(advertise, values[1])
    configuration.cluster = cluster
  }

  private mutating func readClusterOptions(_ cluster: inout ClusterSettings?) {
    let key = "cluster-store-opts"
    let given = value(key)
    enter(key, given ?? .object(JSONObject()))
    guard let value = given else { return }
    guard let object = value.object else {
      return report(key, .unexpected(value: value.text(), .options))
    }
    var options = ClusterOptions(object, key)
    if let path = options.text("kv.path", &self) {
      cluster?.path += ClusterSettings.path(path)
    }
    readCertificates(&options, key, &cluster)
    if let file = options.file("kv.usernamefile", &self) { cluster?.credentialsFile = file }
    let heartbeat = options.number("discovery.heartbeat", in: 1...86_400, .seconds, &self)
    let timeToLive = options.number("discovery.ttl", in: 1...86_400, .seconds, &self)
    // Docker's rule: three signs of life may be missed.
    let beat = heartbeat ?? 20
    if let timeToLive, timeToLive <= beat {
      options.report("discovery.ttl", .timeToLive, &self)
    }
    cluster?.heartbeat = beat
    cluster?.timeToLive = timeToLive ?? 3 * beat
    if let seconds = options.number("overlay.endpoint-ttl", in: 10...31_536_000, .seconds, &self) {
      cluster?.endpointTimeToLive = seconds
    }
    if let port = options.number("overlay.data-path-port", in: 1024...49151, .dataPathPort, &self) {
      cluster?.dataPathPort = UInt16(port)
    }
    if let range = options.range("overlay.vni-range", &self) { cluster?.identifiers = range }
    checkNames(of: object, at: [.member(key)], among: options.known)
  }

  private mutating func readCertificates(
    _ options: inout ClusterOptions, _ key: String, _ cluster: inout ClusterSettings?
  ) {
    let files = ["kv.cacertfile", "kv.certfile", "kv.keyfile"].map { options.file($0, &self) }
    if let authorities = files[0], let certificate = files[1], let privateKey = files[2] {
      cluster?.certificates = ClusterSettings.Certificates(
        authorities: authorities, certificate: certificate, key: privateKey)
      cluster?.usesTLS = true
    } else if files.contains(where: { $0 != nil }) {
      report(key, .unexpected(value: value(key)?.text() ?? "", .certificates))
    }
  }
}

/// The members of `cluster-store-opts`: all are strings, as in Docker.
private struct ClusterOptions {
  private let object: JSONObject
  private let key: String
  private(set) var known: [String] = []

  init(_ object: JSONObject, _ key: String) {
    self.object = object
    self.key = key
  }

  mutating func text(_ name: String, _ reader: inout ConfigurationReader) -> String? {
    known.append(name)
    guard let value = object[name] else { return nil }
    if let text = value.string { return text.isEmpty ? nil : text }
    report(name, .string, &reader)
    return nil
  }

  mutating func file(_ name: String, _ reader: inout ConfigurationReader) -> String? {
    guard let path = text(name, &reader) else { return nil }
    if path.hasPrefix("/") { return path }
    report(name, .path, &reader)
    return nil
  }

  // A number without quotes is understood, too.
  mutating func number(
    _ name: String, in allowed: ClosedRange<Int>, _ form: ConfigurationProblem.Form,
    _ reader: inout ConfigurationReader
  ) -> Int? {
    known.append(name)
    guard let value = object[name] else { return nil }
    let number = value.string.flatMap { Int($0) } ?? value.number?.integer(as: Int.self)
    if let number, allowed.contains(number) { return number }
    report(name, form, &reader)
    return nil
  }

  mutating func range(
    _ name: String, _ reader: inout ConfigurationReader
  ) -> ClosedRange<UInt32>? {
    guard let text = text(name, &reader) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
    if ends.count == 2, let low = ends[0], let high = ends[1], low > 0, low <= high,
      high <= 0xff_ffff
    {
      return low...high
    }
    report(name, .identifierRange, &reader)
    return nil
  }

  func report(
    _ name: String, _ form: ConfigurationProblem.Form, _ reader: inout ConfigurationReader
  ) {
    reader.report(
      [.member(key), .member(name)], .unexpected(value: object[name]?.text() ?? "", form))
  }
}

extension ClusterSettings {
  /// Parses `etcd://HOST:PORT,HOST:PORT/PATH`, `etcds://…` or `unix:/PATH`.
  fileprivate init?(_ text: String) {
    if text.hasPrefix("unix:/") {
      let path = text.dropFirst("unix:".count)
      self.init(.socket(String(path.hasPrefix("//") ? path.dropFirst(2) : path)))
      return
    }
    guard let scheme = ["etcd://", "etcds://"].first(where: text.hasPrefix) else { return nil }
    let parts = text.dropFirst(scheme.count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let members = parts[0].split(separator: ",", omittingEmptySubsequences: false)
      .map { Self.member(String($0)) }
    let known = members.compactMap(\.self)
    guard known.count == members.count, !known.isEmpty else { return nil }
    self.init(
      .members(known), path: parts.count == 2 ? Self.path(String(parts[1])) : "",
      usesTLS: scheme == "etcds://")
  }

  fileprivate static func path(_ text: String) -> String {
    let words = text.split(separator: "/")
    return words.isEmpty ? "" : "/" + words.joined(separator: "/")
  }

  // With etcd's port where none is given.
  private static func member(_ text: String) -> String? {
    guard let (host, port) = split(text) else { return nil }
    return "\(host):\(port ?? 2379)"
  }

  /// The address or the interface in `ADDRESS[:PORT]` or `INTERFACE[:PORT]`; the port is not used.
  fileprivate static func advertised(_ text: String) -> String? {
    guard let (host, _) = split(text) else { return nil }
    let address = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    if let known = IPAddress(address) {
      return known.isUnspecified || known.isLoopback ? nil : known.description
    }
    return (try? InterfaceName(address))?.description
  }

  // IPv6 addresses are in brackets where a port may follow.
  private static func split(_ text: String) -> (host: String, port: UInt16?)? {
    if text.isEmpty || text.utf8.contains(where: { $0 <= UInt8(ascii: " ") }) { return nil }
    if text.hasPrefix("[") {
      let parts = text.dropFirst().split(
        separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, IPAddress(String(parts[0]))?.family == .ipv6 else { return nil }
      if parts[1].isEmpty { return ("[\(parts[0])]", nil) }
      guard parts[1].hasPrefix(":"), let port = UInt16(parts[1].dropFirst()), port > 0 else {
        return nil
      }
      return ("[\(parts[0])]", port)
    }
    if IPAddress(text)?.family == .ipv6 { return ("[\(text)]", nil) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, !parts[0].isEmpty else { return nil }
    if parts.count == 1 { return (parts[0], nil) }
    guard let port = UInt16(parts[1]), port > 0 else { return nil }
    return (parts[0], port)
  }
}

import Addressing
import AgentAPI
import CBuild
import Configuration
import Containers
import EtcdClient
import Glibc
import KernelModel
import LinuxKernel
import LinuxSystem
import NameService
import NetworkModel
import NetworkService
import OverlayAgent
import SystemErrors

/// What `netctl agent` becomes: netctl-server COMMIT agent serve|once|drain
enum AgentMain {
  static func run(_ mode: String) {
    let modes: [String: AgentProcess.Mode] = ["serve": .serve, "once": .once, "drain": .drain]
    guard let mode = modes[mode] else {
      fail("netctl starts this program; the command is netctl agent")
    }
    let configuration = ConfigurationFile(
      reading: variable("NETCTL_CONFIG", default: ConfigurationFile.standardPath),
      isNamed: variable("NETCTL_CONFIG", default: "") != "")
    guard configuration.problems.isEmpty else {
      fail(configuration.problems.map { $0.text(in: configuration.path) }.joined(separator: "\n"))
    }
    guard let cluster = configuration.configuration.cluster else {
      fail("\(configuration.path) has no cluster-store: this host is in no cluster")
    }
    let statePath = variable("NETCTL_STATE_DIR", default: "/var/lib/netctl")
    let boot = (try? PseudoFile.read("/proc/sys/kernel/random/boot_id")) ?? "unknown"
    let now: @Sendable () -> Timestamp = {
      Timestamp(nanoseconds: SystemClock.nanosecondsSinceEpoch)
    }
    let log: @Sendable (String) -> Void = { text in
      FileDescriptor.writeError("netctl-agent: \(text)\n")
    }
    let nameServer = NameServerClient(
      configurationPath: configuration.path,
      runDirectory: variable("NETCTL_RUN_DIR", default: "/run/netctl")
    )
    let host = ServiceHost {
      NetworkService(
        statePath: statePath, boot: boot,
        kernel: LinuxKernel(firewall: configuration.configuration.firewall),
        configuration: configuration, nameFiles: NameFiles(statePath: statePath),
        nameServer: nameServer, finders: .namespaces, reportsNamesakes: false,
        command: "netctl agent", now: now, random: SystemRandomNumberGenerator())
    }
    do throws(AgentProcess.Failure) {
      try AgentProcess.run(
        mode, settings(cluster, configuration.configuration, boot), statePath: statePath,
        runDirectory: variable("NETCTL_RUN_DIR", default: "/run/netctl"), host: host, now: now,
        log: log)
    } catch {
      switch error {
      case .directory(let path, let errno): fail("\(path): \(errno)")
      case .alreadyRunning: fail("the agent already runs")
      case .socket(let text): fail("listen: \(text)")
      case .confinement(let errno):
        fail("give up privileges: \(errno) (it has to be started by root)")
      case .incomplete(let text): fail(text)
      }
    }
  }

  private static func settings(
    _ cluster: ClusterSettings, _ configuration: Configuration, _ boot: String
  ) -> AgentSettings {
    guard let advertised = cluster.advertised else {
      fail("cluster-advertise is not set: the address of this host for others")
    }
    guard let address = address(advertised) else {
      fail("cluster-advertise: this host has no address \(advertised), or no such interface")
    }
    var settings = AgentSettings(
      store: store(cluster), address: address, hostName: hostName(), boot: boot,
      version: unsafe String(cString: cbuild_commit()))
    settings.path = cluster.path
    settings.port = cluster.dataPathPort
    settings.pools = configuration.globalPools
    settings.vnis = cluster.identifiers
    settings.heartbeat = cluster.heartbeat
    settings.nodeTTL = cluster.timeToLive
    settings.endpointTTL = cluster.endpointTimeToLive
    return settings
  }

  private static func store(_ cluster: ClusterSettings) -> EtcdStore {
    let endpoints: [EtcdEndpoint]
    switch cluster.store {
    case .socket(let path): endpoints = [.socket(path)]
    case .members(let members): endpoints = members.compactMap(endpoint)
    }
    var certificates: EtcdCertificates?
    if cluster.usesTLS {
      certificates = EtcdCertificates(
        authorities: cluster.certificates?.authorities,
        certificate: cluster.certificates?.certificate, key: cluster.certificates?.key)
    }
    return EtcdStore(
      endpoints, certificates: certificates,
      credentials: cluster.credentialsFile.map(credentials))
  }

  private static func endpoint(_ member: String) -> EtcdEndpoint? {
    guard let colon = member.lastIndex(of: ":"),
      let port = Int(member[member.index(after: colon)...])
    else { return nil }
    let host = member[..<colon]
    return .host(String(host.hasPrefix("[") ? host.dropFirst().dropLast() : host), port: port)
  }

  private static func credentials(_ path: String) -> EtcdCredentials {
    let text: String
    do throws(Errno) {
      text = String(decoding: try RegularFile.contents(of: path), as: UTF8.self)
    } catch {
      fail("\(path): \(error)")
    }
    let parts = text.prefix { $0 != "\n" }.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { fail("\(path): it has to contain USER:PASSWORD") }
    return EtcdCredentials(user: String(parts[0]), password: String(parts[1]))
  }

  /// The address that is advertised: one of this host, or the first of an interface.
  private static func address(_ text: String) -> IPAddress? {
    guard let interfaces = try? LinuxKernel().interfaces(in: .host) else { return nil }
    let addresses = interfaces.links.flatMap { link in
      interfaces.addresses(of: link).map { (link.name.description, $0.address) }
    }
    if let address = IPAddress(text) {
      return addresses.contains { $0.1 == address } ? address : nil
    }
    let own = addresses.filter { $0.0 == text && !$0.1.isLinkLocalUnicast }.map(\.1)
    return own.first { $0.family == .ipv4 } ?? own.first
  }

  private static func hostName() -> String {
    (try? PseudoFile.read("/proc/sys/kernel/hostname")) ?? "unknown"
  }
}

package import Configuration
import LinuxSystem
package import Naming
package import NetworkModel
package import SystemErrors

/// The name server of netctl, `netctl dns`, as other commands see it.
public struct NameServerClient: Sendable {
  /// Where the configuration is.
  package let configurationPath: String
  /// The socket at which it is told of changes.
  package let socketPath: String
  /// The host's own resolver configuration.
  package let hostFile: String

  /// How long it may take to open a container's sockets: far longer than it does.
  private static let timeout = Duration.seconds(2)

  /// Takes the paths.
  public init(
    configurationPath: String = "/etc/netctl/daemon.json", runDirectory: String = "/run/netctl",
    hostFile: String = "/etc/resolv.conf"
  ) {
    self.configurationPath = configurationPath
    socketPath = runDirectory + "/dns.sock"
    self.hostFile = hostFile
  }

  /// Whether it runs, or would be started by systemd, or has left its socket.
  package var isPresent: Bool { Directory.exists(socketPath) }

  /// What becomes of a container.
  package enum Answer: Hashable, Sendable {
    /// Queries of the container are answered.
    case served
    /// They are not, for this reason.
    case refused(String)
    /// It does not run, or does not answer.
    case unavailable(Errno)
  }

  /// Waits until it answers queries of a container, according to what is on record now.
  package func serve(_ container: ContainerID) -> Answer {
    do throws(Errno) {
      let deadline = Deadline(after: Self.timeout)
      let stream = try LocalStream.connect(to: .path(socketPath), until: deadline)
      try stream.send(Array("serve \(container)\n".utf8), until: deadline)
      var reply: [UInt8] = []
      while reply.last != UInt8(ascii: "\n") {
        let bytes = try stream.receive(upTo: 256, until: deadline)
        if bytes.isEmpty { throw .connectionRefused }
        reply += bytes
      }
      let text = String(decoding: reply.dropLast(), as: UTF8.self)
      return text == "served" ? .served : .refused(text)
    } catch {
      return .unavailable(error)
    }
  }

  /// The configuration that a runtime made for the container, or else the host's, with what the
  /// settings have instead.
  package func configuration(
    _ settings: ResolverSettings, _ made: [UInt8]? = nil
  ) -> ResolverBasis {
    let bytes = (try? RegularFile.contents(of: hostFile)) ?? []
    let host = ResolverConfiguration(String(decoding: bytes, as: UTF8.self))
    let given = made.map { ResolverConfiguration(String(decoding: $0, as: UTF8.self)) }
    var basis = ResolverBasis(
      given ?? host,
      origin: given == nil ? "host file: '\(hostFile)'" : "the file of the container's runtime",
      isHost: given.map { Set($0.servers).isSubset(of: host.servers) } ?? true)
    if !settings.servers.isEmpty { basis.override(servers: settings.servers) }
    if let search = settings.search { basis.override(search: search) }
    if let options = settings.options { basis.override(options: options) }
    return basis
  }
}

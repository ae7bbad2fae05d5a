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
  private static let patience = Duration.seconds(2)

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
      let deadline = Deadline(after: Self.patience)
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

  /// The host's configuration with what the settings have instead, and where it comes from.
  package func configuration(
    _ settings: ResolverSettings
  ) -> (configuration: ResolverConfiguration, origin: String) {
    let text = (try? RegularFile.contents(of: hostFile)).map { String(decoding: $0, as: UTF8.self) }
    var configuration = ResolverConfiguration(text ?? "")
    var origin = "host file: '\(hostFile)'"
    if !settings.servers.isEmpty {
      configuration.servers = settings.servers
      origin = "'\(configurationPath)'"
    }
    if let search = settings.search { configuration.search = search }
    if let options = settings.options { configuration.options = options }
    return (configuration, origin)
  }
}

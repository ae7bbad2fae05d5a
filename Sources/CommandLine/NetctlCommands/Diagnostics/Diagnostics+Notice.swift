import Addressing
import KernelModel
import NetworkService
import Presentation
import RemoteDrivers
import SystemErrors

extension Diagnostics {
  /// A notice, and what can be done about it.
  static func text(_ notice: Notice) -> String {
    switch notice {
    case .defaultNetworkRouted(let subnet, let routes):
      "Warning: no predefined address pool is free for network bridge: host routes overlap "
        + "them: \(list(routes)); it has \(subnet) for now"
    case .portWaiting(let port, let bridge):
      "Warning: port \(port) waits for the spanning tree of bridge \(bridge): the container has "
        + "no network until twice the bridge's forward delay has passed, usually 30 s"
    case .portsLost(let ports, let container, let network):
      "Warning: ports of container \(TerminalText.escaped(container)) are no longer published: "
        + PortText.mappings(ports).joined(separator: ", ")
        + "; its default route leads through network \(TerminalText.escaped(network)) now, which "
        + "publishes no ports of the host; --gw-priority decides which network it leads through"
    case .unwritable(let sysctl):
      "Warning: /proc/sys is read-only, and \(text(sysctl)) is not "
        + "\(TerminalText.escaped(sysctl.value)); the network works, but " + loss(sysctl.purpose)
    case .nameFiles(let paths, let errno): "Warning: " + text(unwritten: paths, errno)
    case .notServed(let container, let reason):
      "Warning: the name server does not answer container \(TerminalText.escaped(container)): "
        + TerminalText.escaped(reason)
    case .forwardingKept(let family, let path):
      "\(family.name) forwarding stays enabled: \(TerminalText.escaped(path)) sets it"
    case .nameServerDown(let errno):
      "Warning: the name server is no longer running (\(errno)); start it (netctl dns)"
    case .defaultNetworkKept(let reason): "Warning: " + text(reason)
    case .unfinished(let change, let reason):
      "Warning: " + text(ServiceError.unfinished(change, reason))
    case .finder(let failure): "Warning: " + text(failure)
    case .namesakes(let chosen, let others):
      "This is \(TerminalText.escaped(chosen)); the name also refers to "
        + others.map { TerminalText.escaped($0) }.joined(separator: ", ") + "."
    case .connectedByFormerName(let name, let containers):
      "Warning: the device or annotation of "
        + containers.map { TerminalText.escaped($0) }.joined(separator: ", ")
        + " says \(TerminalText.quoted(name)); until the container is made again with the new "
        + "name, it cannot be started again"
    case .plugin(let name, let error):
      "Warning: plugin \(TerminalText.quoted(name)): \(TerminalText.escaped(error.text))"
    case .agentUnavailable(let error, let container, let network):
      warning(error, container: container, network: network)
    case .clusterUnreachable(let error, let time):
      "WARNING: cluster store unreachable, showing state of "
        + (time.map { TimeText.rfc3339($0) } ?? "the records") + " (\(text(error, "")))"
    case .ignored(let error): "Ignored: " + text(error)
    }
  }

  private static func loss(_ purpose: Sysctl.Purpose) -> String {
    switch purpose {
    case .promptness: "new IPv6 addresses may take some seconds to be reachable"
    case .loopbackAccess: "host processes do not reach published ports through 127.0.0.1"
    case .function, .protection: "it is less protected"
    }
  }

  /// Which of the files that resolve names cannot be written.
  static func text(unwritten paths: [String], _ errno: Errno) -> String {
    let others = paths.count - 1
    return "cannot update name resolution in \(TerminalText.escaped(paths.first ?? ""))"
      + (others > 0 ? " and \(others) other file\(others > 1 ? "s" : "")" : "")
      + ": \(errno)" + cause(errno)
  }

  private static func cause(_ errno: Errno) -> String {
    switch errno {
    case .notPermitted: " (it belongs to another user, is writable by others, or is immutable)"
    case .tooManySymbolicLinks: " (it is a symbolic link)"
    default: ""
    }
  }
}

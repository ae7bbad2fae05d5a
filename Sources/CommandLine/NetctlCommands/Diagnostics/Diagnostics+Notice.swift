import KernelModel
import NameService
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
        + "them: \(list(routes)); it uses \(subnet) anyway"
    case .portWaiting(let port, let bridge):
      "Warning: port \(port) waits for the spanning tree of bridge \(bridge): the container has "
        + "no network until twice the bridge's forward delay has passed, usually 30 s"
    case .unwritable(let sysctl):
      "Warning: /proc/sys is read-only, and \(text(sysctl)) is not "
        + "\(TerminalText.escaped(sysctl.value)); the network works, but "
        + (sysctl.purpose == .promptness
          ? "new IPv6 addresses may take some seconds to be reachable" : "it is less protected")
    case .hostsFile(let path, let errno):
      "Warning: cannot write what resolves names into \(TerminalText.escaped(path)): \(errno)"
        + cause(errno)
    case .notServed(let container, let reason):
      "Warning: the name server does not answer container \(TerminalText.escaped(container)): "
        + TerminalText.escaped(reason)
    case .nameServerDown(let errno):
      "Warning: the name server does not run any more (\(errno)); start it (netctl dns)"
    case .configuration(let path, let failure):
      "Warning: " + text(failure, in: TerminalText.escaped(path)) + "; it is not used"
    case .unfinished(let change, let reason):
      "Warning: " + text(ServiceError.unfinished(change, reason))
    case .finder(let failure): "Warning: " + text(failure)
    case .namesakes(let chosen, let others):
      "This is \(TerminalText.escaped(chosen)); the name also refers to "
        + others.map { TerminalText.escaped($0) }.joined(separator: ", ") + "."
    case .plugin(let name, let error):
      "Warning: plugin \(TerminalText.quoted(name)): \(TerminalText.escaped(error.text))"
    case .ignored(let error): "Ignored: " + text(error)
    }
  }

  private static func text(_ failure: ResolverSettings.Failure, in path: String) -> String {
    switch failure {
    case .unreadable(let errno): "cannot read \(path): \(errno)"
    case .malformed: "\(path) is not a JSON object"
    case .member(let name): "\(path): \(name) has another form"
    }
  }

  private static func cause(_ errno: Errno) -> String {
    switch errno {
    case .notPermitted: " (it belongs to another user, is writable by others, or is immutable)"
    case .tooManySymbolicLinks: " (it is a symbolic link)"
    default: ""
    }
  }
}

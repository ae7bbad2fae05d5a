import Addressing
import PacketTrace
import Presentation
import SystemErrors

extension Diagnostics {
  /// Why a packet could not be followed.
  static func text(_ error: TraceError) -> String {
    switch error {
    case .refused(let what, let errno, let explanation):
      let needs =
        errno == .notPermitted
        ? " (netctl needs CAP_NET_ADMIN, CAP_NET_RAW and CAP_SYS_ADMIN)" : ""
      return "\(what): \(explanation)\(needs)"
    case .ownSource(let address):
      return "\(address) is this host's own address: use --from host"
    case .unusableSource(let address):
      return "\(address) cannot be the source of a packet"
    case .noSuchInterface(let name):
      return "\(TerminalText.escaped(name)) is neither an address nor an interface of this host"
    case .noEthernet(let name):
      return "packets cannot be injected on \(TerminalText.escaped(name)), which has no Ethernet "
        + "header; follow a real client with --wait"
    case .noAddress(let name, let family):
      return "\(TerminalText.escaped(name)) has no \(family.name) address; "
        + "give the destination as HOSTIP:PORT"
    case .noNeighbor(let name, let family):
      return "\(TerminalText.escaped(name)) has no \(family.name) address, "
        + "so no neighbour of it is known; give the source with --from ADDRESS"
    case .bypassesHost(let link):
      return "packets to \(TerminalText.escaped(link)) of the container bypass this host's rules; "
        + "follow a real client with --wait"
    case .noRouteToSource(let address):
      return "this host has no route to \(address), which would tell where its packets come in; "
        + "name an interface with --from"
    case .containerSource(let address, let bridge):
      return "\(address) is behind bridge \(TerminalText.escaped(bridge)) of a network: trace from "
        + "that container"
    case .foreignDestination(let address):
      return "\(address) is an address of neither this host nor the container"
    case .unstoppable(let link):
      return "a dry run cannot stop packets that leave by \(TerminalText.escaped(link)) of the "
        + "container: they bypass this host's rules"
    case .injectionRefused(let explanation):
      return "inject a packet: \(explanation) (netctl needs Linux 5.18 and CAP_BPF for --from); "
        + "follow a real client with --wait"
    case .notAContainer:
      return "this is the host's own network namespace, not a container's"
    }
  }
}

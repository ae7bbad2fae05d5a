import Addressing
import NetworkService
import Presentation

extension Diagnostics {
  static func text(_ problem: UpdateProblem) -> String {
    switch problem {
    case .nothingGiven: "nothing to change: no option was given"
    case .fixedOption(let key, let network, let users):
      "option \(TerminalText.escaped(key)) of network \(TerminalText.escaped(network)) "
        + "is fixed when it is created"
        + (users.isEmpty ? "" : "; containers are connected: " + list(users))
    case .optionInUse(let key, let network, let users):
      "option \(TerminalText.escaped(key)) of network \(TerminalText.escaped(network)) "
        + "cannot change while containers are connected: " + list(users)
    case .isOverlay(let network):
      "network \(TerminalText.escaped(network)) spans hosts; it cannot be changed"
    case .hasPlugin(let network):
      "network \(TerminalText.escaped(network)) cannot be changed: plugins manage it, and they "
        + "are only told when it is created and removed"
    case .noLabel(let label): "key \(TerminalText.escaped(label)) doesn't exist in network's labels"
    case .noOption(let key): "key \(TerminalText.escaped(key)) doesn't exist in network's options"
    case .noAuxiliaryAddress(let name):
      "key \(TerminalText.escaped(name)) doesn't exist in network's auxiliary addresses"
    case .unnamedAuxiliaryAddress(let text):
      "the address \(TerminalText.quoted(text)) for --aux-address has no name, as in NAME=ADDRESS"
    case .subnetExists(let subnet, let network):
      "network \(TerminalText.escaped(network)) already has an \(subnet.family.name) subnet: "
        + "\(subnet)"
    case .familyInUse(let family, let network):
      "\(family.name) of network \(TerminalText.escaped(network)) cannot be disabled"
    case .addressInUse(let address, let container):
      "address \(address) cannot be reserved: container \(TerminalText.escaped(container)) has it"
    case .portsInTheWay(let network, let holders):
      "network \(TerminalText.escaped(network)) could no longer publish ports: "
        + holders.map { holder in
          "\(TerminalText.escaped(holder.container)) ("
            + PortText.mappings(holder.ports).joined(separator: ", ") + ")"
        }.joined(separator: ", ")
    case .containerClosed(let container):
      "the interface of container \(TerminalText.escaped(container)) has to change, and its "
        + "network namespace cannot be entered"
    case .interfaceGone(let name, let container):
      "interface \(name) is no longer in container \(TerminalText.escaped(container)); "
        + "netctl network reload makes it again"
    case .configurationInUse(let name, let users):
      "configuration network \(TerminalText.quoted(name)) is in use by " + list(users)
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { TerminalText.escaped($0) }.joined(separator: ", ")
  }
}

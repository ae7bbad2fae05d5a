import Addressing
import KernelModel
import NetworkModel
import Presentation

extension Diagnostics {
  /// The operation and the kernel's message.
  static func text(_ error: KernelError) -> String {
    let reason = reason(error)
    // Docker's message.
    if case .step(.createDevice(let device)) = error.operation, case .vlan = device.kind {
      return "failed to create \(device.name) vlan link: "
        + reason.prefix(1).lowercased() + reason.dropFirst()
    }
    let sentence = "\(text(error.operation)): \(reason)"
    return error.isPermissionRefused
      ? sentence + " (netctl needs CAP_NET_ADMIN and CAP_SYS_ADMIN there)" : sentence
  }

  /// The kernel's message, or what it means.
  private static func reason(_ error: KernelError) -> String {
    if let feature = error.missingFeature {
      return "\(error.errno) (the kernel lacks the module \(feature.module))"
    }
    guard case .step(.createEndpoint(let endpoint, _)) = error.operation,
      let parent = endpoint.link.parent
    else { return error.explanation }
    if error.isBusy {
      return
        "\(error.errno) (\(parent) is a bridge port, or interfaces of another driver are on it)"
    }
    if error.isInvalid, case .macvlan(.passthru, _) = endpoint.link {
      return "\(error.errno) (another interface is on \(parent))"
    }
    return error.explanation
  }

  static func text(_ conflict: DeviceConflict, network: NetworkID, _ name: String) -> String {
    switch conflict {
    case .otherKind(let name, let kind): "existing interface \(name) is not a \(kind)"
    case .belongsToNetwork(let bridge, let other):
      "cannot create network \(network) (\(bridge)): conflicts with network \(other) (\(bridge)): "
        + "networks have same bridge name"
    case .notManaged(let bridge):
      "the bridge \(bridge) of network \(TerminalText.escaped(name)) exists but was not created by "
        + "netctl; "
        + "netctl leaves it alone"
    }
  }

  /// Where a route leads.
  static func text(_ route: DefaultRoute) -> String {
    (route.gateway.map { "via \($0) " } ?? "") + "on \(route.interface)"
  }

  private static func text(_ operation: KernelError.Operation) -> String {
    switch operation {
    case .step(let step): text(step)
    case .observe(let subject): "read \(TerminalText.escaped(subject))"
    case .openNamespace(let path): "open network namespace \(TerminalText.escaped(path))"
    }
  }

  /// The file below `/proc/sys`.
  static func text(_ sysctl: Sysctl) -> String {
    TerminalText.escaped(sysctl.key.path)
  }

  private static func text(_ step: KernelStep) -> String {
    switch step {
    case .createDevice(let device): "create \(device.kind.link) \(device.name)"
    case .createEndpoint(let endpoint, _):
      "create \(endpoint.link.kind.map { $0 == .veth ? "" : "\($0) " } ?? "")interface "
        + "\(endpoint.name)"
        + (endpoint.link.hostName.map { " with its host end \($0)" } ?? "")
    case .returnLink(let name, let source, _): "move \(name) back to the host as \(source)"
    case .mountNamespace(_, let directory, let name):
      "mount the network namespace on \(TerminalText.escaped("\(directory)/\(name)"))"
    case .unmountNamespace(let path):
      "unmount the network namespace at \(TerminalText.escaped(path))"
    case .deleteLink(let name, _): "delete link \(name)"
    case .renameLink(let name, let newName, _): "rename link \(name) to \(newName)"
    case .setMTU(let mtu, let name, _): "set MTU \(mtu) on \(name)"
    case .bringUp(let name, _): "bring up \(name)"
    case .addAddress(let address, let name, _): "add address \(address) to \(name)"
    case .removeAddress(let address, let name, _): "remove address \(address) from \(name)"
    case .takeDown(let name, _): "take down \(name)"
    case .addRoute(let route, let name, _):
      "add route \(route.destination) \(route.nextHop.map { "via \($0) " } ?? "")on \(name)"
    case .addDefaultRoute(let route, _, _):
      "add default route \(text(route))"
    case .removeDefaultRoute(let route, _):
      "remove default route \(text(route))"
    case .setReturnPath(let path?, _, _):
      "add a return path from \(path.source.address) \(text(path.route))"
    case .setReturnPath(nil, _, _): "remove the return path"
    case .writeSysctls(let sysctls, _):
      "set "
        + sysctls.map { "\(text($0)) to \(TerminalText.escaped($0.value))" }.joined(separator: ", ")
    case .attachPort(let name, let bridge): "make \(name) a port of \(bridge)"
    case .setIsolation(let isOn, let name):
      "turn isolation \(isOn ? "on" : "off") on bridge port \(name)"
    case .setLock(let isOn, let name):
      isOn
        ? "restrict bridge port \(name) to known addresses"
        : "open bridge port \(name) to all addresses"
    case .setMacvlanMode(let mode, let name, _): "set macvlan mode \(mode.rawValue) on \(name)"
    case .disableLearning(let name, let address):
      "set \(address) as the only address behind bridge port \(name)"
    case .closeTunnelPort(let name): "turn learning and flooding off on bridge port \(name)"
    case .addStation(let station, let tunnel): "make \(tunnel) lead to \(station.mac)"
    case .removeStation(let station, let tunnel): "make \(tunnel) not lead to \(station.mac)"
    case .announceStation(let station, let bridge): "announce \(station.mac) on \(bridge)"
    case .setHairpin(let isOn, let name): "turn hairpin mode \(isOn ? "on" : "off") on \(name)"
    case .addLoopbackRoute(let bridge): "add a route for ::1 to \(bridge)"
    case .removeLoopbackRoute(let bridge): "remove the route for ::1 from \(bridge)"
    case .deleteConnections: "delete conntrack entries"
    case .awaitForwarding(let name): "wait for bridge port \(name)"
    case .awaitRemoval(let name): "wait for \(name) to disappear"
    case .awaitSending(let name, _): "wait for \(name)"
    case .enableARPNotification(let name, _): "enable ARP notification on \(name)"
    case .setHardwareAddress(let mac, let name, _): "set hardware address \(mac) on \(name)"
    case .installFirewall: "install netctl's nftables tables"
    case .updateFirewall: "change netctl's nftables tables"
    case .removeFirewall: "remove netctl's nftables tables"
    }
  }
}

public import Addressing

extension DesiredEndpoint {
  /// The steps that turn an endpoint with other settings into this one while it is in use; routes
  /// are not included. `name` is what its interface is called now, `defaults` are the kernel's
  /// values of the settings that it drops, and `defaultMTU` is what it has without one of its own.
  public func steps(
    changing old: DesiredEndpoint, container: NamespaceHandle, named name: InterfaceName,
    defaults: [Sysctl], defaultMTU: UInt32
  ) -> [KernelStep] {
    let inside = TargetNamespace.container(container)
    let settings = (defaults + sysctls.filter { !old.sysctls.contains($0) })
      .map { $0.of(name, insteadOf: self.name) }
    var steps: [KernelStep] = []
    switch (old.link, link) {
    case (.veth(let former), .veth(let port)):
      if former.isIsolated != port.isIsolated {
        steps.append(.setIsolation(port.isIsolated, port.name))
      }
      if former.isLocked != port.isLocked { steps.append(.setLock(port.isLocked, port.name)) }
      if old.mtu != mtu { steps.append(.setMTU(mtu ?? defaultMTU, port.name, .host)) }
    case (.macvlan(let former, _), .macvlan(let mode, _)):
      if former != mode { steps.append(.setMacvlanMode(mode, name, inside)) }
    case (.veth, _), (.macvlan, _), (.ipvlan, _), (.moved, _): break
    }
    if old.mtu != mtu { steps.append(.setMTU(mtu ?? defaultMTU, name, inside)) }
    if !settings.isEmpty { steps.append(.writeSysctls(settings, inside)) }
    return steps
      + old.addresses.filter { !addresses.contains($0) }.map { .removeAddress($0, name, inside) }
      + addresses.filter { !old.addresses.contains($0) }.map { .addAddress($0, name, inside) }
  }
}

extension Sysctl {
  /// The same setting of a link that is called otherwise.
  fileprivate func of(_ name: InterfaceName, insteadOf old: InterfaceName) -> Sysctl {
    if name == old { return self }
    return Sysctl(
      key.replacing(old, by: name.description), value, isOptional: isOptional, for: purpose)
  }
}

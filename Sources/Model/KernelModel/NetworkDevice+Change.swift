extension NetworkDevice {
  /// The steps that turn a device with other settings into this one while it is in use. `defaults`
  /// are the kernel's values of the settings that it drops.
  public func steps(changing old: NetworkDevice, defaults: [Sysctl]) -> [KernelStep] {
    let settings = defaults + sysctls.filter { !old.sysctls.contains($0) }
    return (settings.isEmpty ? [] : [.writeSysctls(settings, .host)])
      + (old.mtu == mtu ? [] : [.setMTU(mtu ?? Self.defaultMTU, name, .host)])
      + (mac.flatMap { $0 == old.mac ? nil : [.setHardwareAddress($0, name, .host)] } ?? [])
      + addressSteps(changing: old)
  }

  /// The same for an adopted link, which keeps its settings.
  public func addressSteps(changing old: NetworkDevice) -> [KernelStep] {
    old.addresses.filter { !addresses.contains($0) && !preexistingAddresses.contains($0) }
      .map { .removeAddress($0, name, .host) }
      + addresses.filter { !old.addresses.contains($0) }.map { .addAddress($0, name, .host) }
  }

  /// The MTU of Ethernet, which the kernel gives to links that have no other, in bytes.
  public static let defaultMTU: UInt32 = 1500
}

package import Addressing
package import KernelModel

/// The options of an endpoint, parsed from `--driver-opt`.
package struct EndpointOptions: Hashable, Sendable {
  /// The key for the interface's name in the container.
  package static let interfaceNameKey = "com.docker.network.endpoint.ifname"
  /// The key of settings under `/proc/sys/net`.
  static let sysctlsKey = "com.docker.network.endpoint.sysctls"

  /// The interface's name in the container, if the user chose one.
  package let interfaceName: InterfaceName?
  private let settings: [Setting]

  private struct Setting: Hashable, Sendable {
    let path: [String]
    let value: String
  }

  /// Parses the options; unknown ones are only stored.
  package init(_ options: [String: String]) throws(OptionError) {
    let reader = OptionReader(options: options)
    interfaceName = try reader.interfaceName(Self.interfaceNameKey)
    settings = try Self.settings(options)
  }

  /// Validates the sysctls alone; Docker does so before everything else.
  package static func checkSysctls(_ options: [String: String]) throws(OptionError) {
    _ = try settings(options)
  }

  /// Whether the sysctls disable IPv6 on the interface; false for invalid ones.
  package static func disablesIPv6(_ options: [String: String]) -> Bool {
    let settings = (try? settings(options)) ?? []
    return settings.contains {
      $0.path[1...2] == ["ipv6", "conf"] && $0.path[4] == "disable_ipv6" && $0.value != "0"
    }
  }

  /// The sysctls for the interface with this name.
  package func sysctls(interface: InterfaceName) -> [Sysctl] {
    settings.map { setting in
      let path = setting.path.map { Self.isPlaceholder($0) ? interface.description : $0 }
      return Sysctl(SysctlKey(path: path.joined(separator: "/")), setting.value)
    }
  }

  private static func settings(_ options: [String: String]) throws(OptionError) -> [Setting] {
    guard let text = options[sysctlsKey] else { return [] }
    var settings: [Setting] = []
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      settings.append(try setting(String(entry)))
    }
    return settings
  }

  // net.FAMILY.GROUP.IFNAME.NAME=VALUE; the placeholder prevents a container from naming another
  // interface.
  private static func setting(_ entry: String) throws(OptionError) -> Setting {
    let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, path.count == 5, path[0] == "net",
      ["ipv4", "ipv6", "mpls"].contains(path[1]), isPlaceholder(path[3]),
      path.allSatisfy({ !$0.isEmpty && !$0.contains("/") })
    else { throw .sysctl(entry) }
    return Setting(path: path, value: String(parts[1]))
  }

  private static func isPlaceholder(_ component: String) -> Bool {
    component.lowercased() == "ifname"
  }
}

extension EndpointOptions {
  /// The options that users set, ordered by key.
  package static let descriptions = [
    OptionDescription(interfaceNameKey, .interfaceName, "Name of the interface in the container"),
    OptionDescription(sysctlsKey, .any, "Sysctls of the interface in the container"),
  ]
}

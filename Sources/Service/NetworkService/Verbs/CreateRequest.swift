public import Addressing

/// The arguments of `create`, one property for each flag.
public struct CreateRequest: Sendable {
  /// NETWORK.
  public var name: String
  /// `--driver`; empty means `bridge`.
  public var driver = "bridge"
  /// `--subnet`, as typed.
  public var subnets: [String] = []
  /// `--ip-range`.
  public var ranges: [IPPrefix] = []
  /// `--gateway`.
  public var gateways: [IPAddress] = []
  /// `--aux-address`, names with what was typed after `=`.
  public var auxiliaryAddresses: [String: String] = [:]
  /// `--ipam-driver`.
  public var addressDriver = "default"
  /// `--ipam-opt`.
  public var addressOptions: [String: String] = [:]
  /// `--ipv4`; nil when not given.
  public var ipv4: Bool?
  /// `--ipv6`; nil when not given.
  public var ipv6: Bool?
  /// `--internal`.
  public var isInternal = false
  /// `--attachable`.
  public var isAttachable = false
  /// `--ingress`.
  public var isIngress = false
  /// `--scope`; empty when not given.
  public var scope = ""
  /// `--config-only`.
  public var isConfigurationOnly = false
  /// `--config-from`; empty when not given.
  public var configurationSource = ""
  /// `--opt`.
  public var options: [String: String] = [:]
  /// `--label`.
  public var labels: [String: String] = [:]

  /// `--ignore-existing`.
  public var acceptsExisting = false

  /// Takes the name; all flags keep their defaults.
  public init(name: String) {
    self.name = name
  }
}

public import Addressing

/// The arguments of `update`, one property for each flag.
public struct UpdateRequest: Hashable, Sendable {
  /// NETWORK.
  public let network: String
  /// `--label-add`.
  public var addedLabels: [String: String] = [:]
  /// `--label-rm`.
  public var removedLabels: [String] = []
  /// `--opt`.
  public var options: [String: String] = [:]
  /// `--opt-rm`.
  public var removedOptions: [String] = []
  /// `--subnet`, as typed.
  public var subnets: [String] = []
  /// `--gateway`.
  public var gateways: [IPAddress] = []
  /// `--ip-range`; that of a whole subnet takes its range away.
  public var ranges: [IPPrefix] = []
  /// `--aux-address`, names with what was typed after `=`; an empty one takes the address away.
  public var auxiliaryAddresses: [String: String] = [:]
  /// `--internal`; nil when not given.
  public var isInternal: Bool?
  /// `--ipv4`; nil when not given.
  public var ipv4: Bool?
  /// `--ipv6`; nil when not given.
  public var ipv6: Bool?

  /// Takes the network; nothing changes.
  public init(network: String) {
    self.network = network
  }
}

public import Addressing
public import NetworkModel

/// Why an interface cannot have a hardware address that was asked for.
public enum HardwareAddressProblem: Error, Hashable, Sendable {
  /// It is a multicast address, or zero.
  case notUnicast(MACAddress)
  /// A container on the network, or the network's device, has it.
  case inUse(MACAddress, by: String)
  /// Interfaces of the driver have that of a link of the host, or the driver has no interfaces.
  case notChosen(DriverName)
}

package import Netlink

extension RouteSocket {
  /// Adds an address to a link; throws `.fileExists` if it already has it.
  package mutating func add(_ address: InterfaceAddress) throws(NetlinkError) {
    try netlink.request(
      RouteMessage.newAddress, flags: .createNew, address.write(to:))
  }

  /// Removes an address; throws `.addressNotAvailable` if the link does not have it.
  package mutating func delete(_ address: InterfaceAddress) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteAddress, address.write(to:))
  }

  /// The addresses of all links or of one, both families, in the kernel's order.
  package mutating func addresses(
    ofLink index: UInt32? = nil
  ) throws(NetlinkError) -> [InterfaceAddress] {
    try netlink.dump(
      RouteMessage.getAddress,
      { writer in
        writer.append(Family.unspecified)
        writer.append(zeros: 3)
        writer.append(index ?? 0)
      },
      parse: InterfaceAddress.init
    )
    .filter { index == nil || $0.linkIndex == index }
  }
}

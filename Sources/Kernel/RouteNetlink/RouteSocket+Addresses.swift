public import Netlink

extension RouteSocket {
  /// Gives a link an address; throws `.exists` when it has it already.
  public mutating func add(_ address: InterfaceAddress) throws(NetlinkError) {
    try netlink.request(
      RouteMessage.newAddress, flags: [.create, .exclusive], address.write(to:))
  }

  /// Takes an address away; throws `.addressNotAvailable` when the link does not have it.
  public mutating func delete(_ address: InterfaceAddress) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteAddress, address.write(to:))
  }

  /// The addresses of all links, or of one, both families, in the kernel's order.
  public mutating func addresses(
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

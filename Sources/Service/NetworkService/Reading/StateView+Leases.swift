import AddressPools
import Addressing
import NetworkModel
import StateStore

extension StateView {
  /// The addresses of a network that are in use or reserved, subnet by subnet, in their order; also
  /// those that wait for containers to be started.
  func addressLeases(of network: Network) throws(ServiceError) -> [AddressLease] {
    let leases = try leases(of: network.id)
    var endpoints: [Endpoint] = []
    for endpoint in try self.endpoints(of: network.id) {
      if try kernel.isAlive(endpoint) {
        endpoints.append(labelled(endpoint))
      } else if endpoint.isRestored, !kernel.isRemoved(endpoint.container) {
        endpoints.append(endpoint.stopped)
      }
    }
    return network.subnets.flatMap { subnet in
      let available = leases.subnets.first { $0.subnet == subnet.subnet }?.availableCount ?? 0
      return holders(of: subnet, endpoints)
        .sorted { $0.address < $1.address }
        .compactMap { address, holder in
          IPPrefix(address: address, length: subnet.subnet.length).map {
            AddressLease(network: network, address: $0, holder: holder, available: available)
          }
        }
    }
  }

  private func holders(
    of subnet: SubnetConfiguration, _ endpoints: [Endpoint]
  ) -> [(address: IPAddress, holder: AddressLease.Holder)] {
    let reserved =
      (subnet.gateway.map { [($0, AddressLease.Holder.gateway)] } ?? [])
      + subnet.auxiliaryAddresses.map { ($0.value, .auxiliary($0.key)) }
    return reserved
      + endpoints.flatMap { endpoint in
        (endpoint.interface?.addresses ?? [])
          .filter { subnet.subnet.contains($0.address) }
          .map { ($0.address, .endpoint(endpoint)) }
      }
  }
}

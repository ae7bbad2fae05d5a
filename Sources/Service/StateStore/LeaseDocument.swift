import AddressPools
import Addressing
import OrderedJSON

/// The JSON form of a network's leases: ranges of offsets from each subnet's base, so that it stays
/// small however many consecutive addresses are leased.
enum LeaseDocument {
  static func encode(_ leases: NetworkLeases) -> [UInt8] {
    let subnets = leases.subnets.map { subnet in
      var object = JSONObject()
      object["subnet"] = .string(subnet.subnet.description)
      if subnet.range != subnet.subnet { object["range"] = .string(subnet.range.description) }
      object["taken"] = .string(subnet.encodedRanges)
      return JSONValue.object(object)
    }
    return JSONValue.object([
      SchemaVersion.member: JSONValue(SchemaVersion.current), "subnets": .array(subnets),
    ]).bytes()
  }

  static func decode(_ bytes: [UInt8], file: String) throws(StateError) -> NetworkLeases {
    try SchemaVersion.read(bytes, file: file) { reader, _ throws(DocumentError) in
      var leases = NetworkLeases()
      for subnet in try reader.objects("subnets") {
        let prefix = try subnet.parsed("subnet") { try? IPPrefix(parsing: $0) }
        let range = try subnet.optionalParsed("range") { try? IPPrefix(parsing: $0) }
        leases.subnets.append(
          try subnet.parsed("taken") { taken in
            try? SubnetLeases(subnet: prefix, range: range, encodedRanges: taken)
          })
      }
      return leases
    }
  }
}

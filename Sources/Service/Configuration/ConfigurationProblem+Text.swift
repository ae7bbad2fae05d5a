import Addressing
import LinuxSystem
import OrderedJSON

extension ConfigurationProblem {
  /// What is wrong in the file at `path`, in one line. It quotes the file.
  package func text(in path: String) -> String {
    if case .unreadable(let errno) = fault { return "cannot read \(path): \(errno)" }
    let place = path + (line.map { ":\($0)" } ?? "")
    return "\(place): " + (key.isEmpty ? "" : isAboutKey ? "" : "\(key): ") + reason
  }

  // The reason names the key itself.
  private var isAboutKey: Bool {
    if case .unknownKey = fault { true } else { false }
  }

  private var reason: String {
    switch fault {
    case .unreadable(let errno): errno.description
    case .notJSON(.duplicateKey(let name, offset: _)): "the key \"\(name)\" is there twice"
    case .notJSON(let error): "not JSON at byte \(error.offset)"
    case .unknownKey(let suggestions):
      "unknown key \"\(key)\""
        + (suggestions.isEmpty
          ? "" : "; did you mean \(suggestions.map { "\"\($0)\"" }.joined(separator: " or "))?")
    case .unexpected(let value, let form): "\(value) is not \(form.text)"
    case .conflict(let other): "it cannot be set together with \(other)"
    case .needs(let other): "it needs \(other)"
    case .outside(let value, let other): "\(value) is not in the subnet of \(other)"
    case .notAHost(let value, let subnet): "\(value) is not the address of a host in \(subnet)"
    case .noPool(let family): "it has no \(family.name) block, which network bridge needs"
    case .poolTooSmall(let base, let length, let size):
      "\(base) has a smaller prefix (/\(length)) than the target size of that pool (/\(size))"
    case .linkLocalClash(let value):
      "'\(value)' clashes with the Link-Local prefix 'fe80::/64'"
    }
  }
}

extension ConfigurationProblem.Form {
  fileprivate var text: String {
    switch self {
    case .object: "an object"
    case .boolean: "true or false"
    case .string: "a string"
    case .word: "a word"
    case .words: "an array of words"
    case .address: "an IP address"
    case .ipv4Address: "an IPv4 address"
    case .ipv6Address: "an IPv6 address"
    case .addresses: "an array of IP addresses"
    case .addressesOrFalse: "false or an array of IP addresses"
    case .ipv4Interface:
      "the address of a bridge with the length of its subnet, such as 10.200.0.1/24"
    case .ipv6Interface:
      "the address of a bridge with the length of its subnet, such as fd00:200::1/64"
    case .ipv4Prefix: "an IPv4 block, such as 10.200.0.0/24"
    case .ipv6Prefix: "an IPv6 block, such as fd00:200::/64"
    case .prefix: "a block of addresses, such as 10.0.0.0/8"
    case .mtu: "a number of bytes from 68 to 65535, or \"auto\""
    case .mtuWithIPv6: "a number of bytes from 1280, the least for IPv6, to 65535, or \"auto\""
    case .bridge: "the name of a bridge, or \"none\""
    case .mark: "a mark or a mark and a mask, such as 0x1/0x1"
    case .group: "a group of this host"
    case .pools: "an array of pools, such as [{\"base\": \"10.0.0.0/8\", \"size\": 24}]"
    case .pool: "a pool, such as {\"base\": \"10.0.0.0/8\", \"size\": 24}"
    case .poolSize: "the prefix length of subnets, each with a gateway and a container"
    case .optionsByDriver: "an object with the options of each driver"
    case .options: "an object with options"
    case .optionValue: "a value that this option can have"
    case .clusterStore: "a cluster store, such as \"etcd://10.0.0.5:2379\"; only etcd is supported"
    case .clusterAddress: "an address or an interface of this host, such as \"10.0.0.5\""
    case .certificates: "complete: kv.cacertfile, kv.certfile and kv.keyfile go together"
    case .path: "an absolute path"
    case .seconds: "a number of seconds that this option can have"
    case .timeToLive: "more seconds than discovery.heartbeat"
    case .dataPathPort: "a port from 1024 to 49151"
    case .identifierRange: "a range of identifiers up to 16777215, such as \"1048576-16777215\""
    }
  }
}

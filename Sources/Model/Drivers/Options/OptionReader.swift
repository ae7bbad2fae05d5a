import Addressing
import KernelModel
import NetworkModel

/// Parses typed values from driver options; a missing option is nil, and so is an empty name.
struct OptionReader {
  static let mtuKey = "com.docker.network.driver.mtu"

  let options: [String: String]

  func text(_ key: String) -> String? {
    guard let value = options[key], !value.isEmpty else { return nil }
    return value
  }

  func bool(_ key: String) throws(OptionError) -> Bool? {
    guard let value = options[key] else { return nil }
    guard let bool = goBool(value) else { throw .notABoolean(key: key, value: value) }
    return bool
  }

  func integer(_ key: String) throws(OptionError) -> Int64? {
    guard let value = options[key] else { return nil }
    guard let number = Int64(value) else { throw .notANumber(key: key, value: value) }
    return number
  }

  func integer(
    _ key: String, in allowed: ClosedRange<Int64>
  ) throws(OptionError) -> Int64? {
    guard let number = try integer(key) else { return nil }
    guard allowed.contains(number) else {
      throw .outOfRange(key: key, value: number, allowed: allowed)
    }
    return number
  }

  /// The MTU of a network's links in bytes; nil for the kernel's default.
  func mtu(_ families: Set<AddressFamily>) throws(OptionError) -> UInt32? {
    guard let mtu = try integer(Self.mtuKey), mtu != 0 else { return nil }
    guard mtu > 0 else { throw .negativeMTU(mtu) }
    // ETH_MIN_MTU and ETH_MAX_MTU of the kernel; below IPV6_MIN_MTU a link has no IPv6.
    let allowed: ClosedRange<Int64> = (families.contains(.ipv6) ? 1280 : 68)...65535
    guard allowed.contains(mtu) else {
      throw .outOfRange(key: Self.mtuKey, value: mtu, allowed: allowed)
    }
    return UInt32(mtu)
  }

  /// One of a driver's words; the default for a missing or an empty one.
  func word<Word: RawRepresentable<String> & Sendable>(
    _ key: String, default defaultWord: Word, of driver: DriverName,
    subject: OptionError.ModeSubject
  ) throws(OptionError) -> Word {
    guard let text = text(key) else { return defaultWord }
    guard let word = Word(rawValue: text) else {
      throw .unknownMode(driver, subject, value: text, default: defaultWord.rawValue)
    }
    return word
  }

  func address(
    _ key: String, _ family: AddressFamily? = nil
  ) throws(OptionError) -> IPAddress? {
    guard let value = options[key] else { return nil }
    guard let address = IPAddress(value), address.family == family ?? address.family else {
      throw .notAnAddress(key: key, value: value)
    }
    return address
  }

  func interfaceName(_ key: String) throws(OptionError) -> InterfaceName? {
    guard let value = text(key) else { return nil }
    return try checkedName(value, key: key)
  }

  func interfaceNames(
    _ key: String, separator: Character
  ) throws(OptionError) -> [InterfaceName] {
    var names: [InterfaceName] = []
    for name in (text(key) ?? "").split(separator: separator) {
      names.append(try checkedName(String(name), key: key))
    }
    return names
  }

  private func checkedName(_ value: String, key: String) throws(OptionError) -> InterfaceName {
    do {
      return try InterfaceName(value)
    } catch {
      throw .interfaceName(key: key, value: value, error)
    }
  }
}

/// Parses a boolean as Go's strconv.ParseBool does; nil for anything else.
package func goBool(_ text: String) -> Bool? {
  switch text {
  case "1", "t", "T", "true", "TRUE", "True": true
  case "0", "f", "F", "false", "FALSE", "False": false
  default: nil
  }
}

import Addressing
import KernelModel

/// Parses typed values from driver options; a missing option is nil, and so is an empty name.
struct OptionReader {
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

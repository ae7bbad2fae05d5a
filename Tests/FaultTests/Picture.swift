import CommandLineTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import OrderedJSON

/// What the kernel and the state directory hold, in lines that can be compared: as `ip`, `nft` and
/// the files say it, without the numbers that differ from run to run.
struct Picture: Equatable {
  let lines: [String]

  /// The lines that only one of two pictures has.
  func difference(from expected: Picture) -> [String] {
    let (found, wanted) = (Set(lines), Set(expected.lines))
    return lines.filter { !wanted.contains($0) }.map { "too much: \($0)" }
      + expected.lines.filter { !found.contains($0) }.map { "missing: \($0)" }
  }
}

extension Host {
  /// The state directory without the lock's file, the catalog, which is a cache, and the journal,
  /// which only grows. Leases do not
  /// outlive a boot; they are made anew when they are needed.
  func files() -> [String] {
    FolderSnapshot(of: statePath).without("lock", "catalog", "events", "events.old").description
      .split(separator: "\n").filter { !isRebooted || !$0.hasPrefix("leases/") }
      .map { "file \($0)" }
  }

  /// Everything but the inside of the second container; what is left of that one shows on the host.
  func picture() throws -> Picture {
    var lines = try files() + links(on: "host")
    lines += try ChildProcess.run(["nft", "--stateless", "list", "ruleset"]).output
      .split(separator: "\n").map { "nft \($0)" }
    lines += try inside(containers[0]) { try links(on: "container") + Self.rules() }
    return Picture(lines: lines)
  }

  private func links(on place: String) throws -> [String] {
    let result = try ChildProcess.run(
      ["ip", "-json", "-details", "-batch", "-"],
      input: "address show\nroute show table all\n")
    let answers = try result.output.split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    guard answers.count == 2, let links = answers[0].array, let routes = answers[1].array else {
      throw UnexpectedOutput(text: result.output + result.errors)
    }
    let found = links.compactMap(\.object)
    return
      (found.map { Self.line($0, isContainer: place != "host") } + found.flatMap(Self.addresses)
      + routes.compactMap(\.object).compactMap(Self.route)
      + Self.sysctls(
        of: found.compactMap { $0["ifname"]?.string }, isContainer: place != "host"))
      .sorted().map { "\(place) \($0)" }
  }

  private static func rules() throws -> [String] {
    try ["-4", "-6"].flatMap { family in
      try ChildProcess.run(["ip", family, "rule"]).output.split(separator: "\n")
        .map { "container rule \(family) \($0)" }
    }
  }

  struct UnexpectedOutput: Error {
    let text: String
  }

  private static func line(_ link: JSONObject, isContainer: Bool) -> String {
    let info = link["linkinfo"]?.object
    let kind = info?["info_kind"]?.string ?? ""
    var line = "link \(text(link["ifname"])) \(kind)"
    for name in ["mtu", "group", "master", "ifalias"] { line += " \(name)=\(text(link[name]))" }
    let port = info?["info_slave_data"]?.object
    for name in ["isolated", "learning"] { line += " \(name)=\(text(port?[name]))" }
    if kind == "bridge" || isContainer { line += " address=\(text(link["address"]))" }
    if link["flags"]?.array?.contains(.string("UP")) == true { line += " up" }
    return line
  }

  // Link-local addresses come from the kernel, some time after the link.
  private static func addresses(_ link: JSONObject) -> [String] {
    (link["addr_info"]?.array ?? []).compactMap(\.object).filter { $0["scope"]?.string != "link" }
      .map {
        "address \(text($0["local"]))/\(text($0["prefixlen"])) \(text($0["broadcast"])) "
          + text(link["ifname"])
      }
  }

  private static func route(_ route: JSONObject) -> String? {
    let destination = text(route["dst"])
    // One more for ::1 leads from each bridge to ports published there.
    guard
      route["table"] == nil || ["main", "1852142691"].contains(route["table"]?.string)
        || destination == "::1" && route["dev"]?.string != "lo",
      !destination.hasPrefix("fe80:"), !destination.hasPrefix("ff00:")
    else { return nil }
    let isLocal = destination == "::1"
    return
      (["dst", "gateway", "dev", "protocol", "scope", "prefsrc"]
      + (isLocal ? [] : ["metric"]))
      .map { "\($0)=\(text(route[$0]))" }.reduce("route") { $0 + " " + $1 }
  }

  // On the host accept_ra stays at 2 after netctl had to set it: that means the same as 1 while the
  // host does not forward.
  private static func sysctls(of links: [String], isContainer: Bool) -> [String] {
    let names = [
      "ipv4": ["forwarding", "route_localnet"],
      "ipv6": ["forwarding", "disable_ipv6", "ndisc_notify"] + (isContainer ? ["accept_ra"] : []),
    ]
    return names.flatMap { family, names in
      (["all", "default"] + links).flatMap { link in
        names.map { "sysctl \(family) \(link) \($0)=\(value("\(family)/conf/\(link)/\($0)"))" }
      }
    }
  }

  private static func value(_ path: String) -> String {
    let file = open("/proc/sys/net/" + path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "-" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count - 1)), as: UTF8.self)
  }

  private static func text(_ value: JSONValue?) -> String {
    value?.string ?? value?.text() ?? "-"
  }
}

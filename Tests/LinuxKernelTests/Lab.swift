import Containers
import KernelModel
import KernelTestSupport
import LinuxKernel
import LinuxSystem
import NameService
import NetworkModel
import NetworkService

/// A program that a test needs to succeed did not.
struct CommandFailure: Error {
  let arguments: [String]
  let output: String
}

/// An open namespace.
final class Namespace {
  let handle: NetworkNamespace

  init(_ handle: consuming NetworkNamespace) {
    self.handle = handle
  }

  /// A path by which this process can open it.
  var path: String { "/proc/self/fd/\(handle.descriptor.rawValue)" }

  /// Runs a program inside; gives what it wrote.
  @discardableResult
  func run(_ arguments: String...) throws -> String { try run(arguments) }

  @discardableResult
  func run(_ arguments: [String]) throws -> String {
    let result = try handle.perform { () throws(Errno) in try KernelTestSupport.run(arguments) }
    guard result.status == 0 else {
      throw CommandFailure(arguments: arguments, output: result.output)
    }
    return result.output
  }

  /// Waits until the kernel has noticed that a link has a carrier.
  func awaitCarrier(_ link: String) throws {
    for _ in 0..<1000 {
      if try run("ip", "-br", "link", "show", link).contains(" UP ") { return }
    }
    throw CommandFailure(arguments: [link], output: "no carrier")
  }
}

/// A host of its own with a state directory, and containers on it.
final class Lab {
  let host: Namespace
  let statePath: String

  init(host: consuming NetworkNamespace, statePath: String) {
    self.host = Namespace(host)
    self.statePath = statePath
  }

  /// A new, empty namespace.
  func makeNamespace() throws -> Namespace {
    let namespace = try withNamespace { _ in Namespace(try NetworkNamespace.current()) }
    try namespace.run("ip", "link", "set", "lo", "up")
    return namespace
  }

  /// A service as one command has it.
  var service: NetworkService {
    NetworkService(
      statePath: statePath, boot: "boot", kernel: LinuxKernel(),
      nameFiles: NameFiles(statePath: statePath, folder: "/nonexistent/netns"),
      nameServer: NameServerClient(runDirectory: "/nonexistent"),
      now: { Timestamp(nanoseconds: 1) }, random: SystemRandomNumberGenerator())
  }

  /// Makes a network; gives the name of its bridge.
  @discardableResult
  func create(_ name: String, _ change: (inout CreateRequest) -> Void = { _ in }) throws -> String {
    var request = CreateRequest(name: name)
    change(&request)
    return "br-\(try service.create(request).id.short)"
  }

  func connect(
    _ network: String, _ container: Namespace,
    _ change: (inout ConnectRequest) -> Void = { _ in }
  ) throws {
    var request = ConnectRequest(network: network, container: container.path)
    change(&request)
    try service.connect(request)
  }

  func disconnect(_ network: String, _ container: Namespace) throws {
    try service.disconnect(network: network, container: container.path, force: false)
  }

  func remove(_ network: String) throws {
    try service.remove(network)
  }

  /// The endpoint of the only container of a network.
  func endpoint(_ network: String) throws -> Endpoint? {
    try service.inspect(network).endpoints.first
  }

  /// The names of the host's links.
  func linkNames() throws -> [String] {
    try host.run("ip", "-br", "link").split(separator: "\n").map { line in
      String(line.prefix { $0 != " " && $0 != "@" })
    }.sorted()
  }

  /// A value under `/proc/sys` as the host has it.
  func sysctl(_ path: String) throws -> String {
    try PseudoFile.read("/proc/sys/net/\(path)")
  }
}

/// Runs `body` on a host of its own.
func withLab(_ body: (Lab) throws -> Void) throws {
  try withNamespace { _ in
    try withTemporaryFolder { path in
      let lab = Lab(host: try NetworkNamespace.current(), statePath: path + "/state")
      try lab.host.run("ip", "link", "set", "lo", "up")
      try body(lab)
    }
  }
}

// Elements are listed in the order of their hash.
func sorted(_ table: String) -> [String] {
  table.split { "\n,{}".contains($0) }.map { $0.drop { $0 == " " || $0 == "\t" } }
    .map(String.init).filter { !$0.isEmpty }.sorted()
}

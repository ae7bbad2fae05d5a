import CLinux
import Glibc
package import LinuxSystem

/// What a program left behind.
package struct ProcessResult: Sendable {
  /// What it wrote to its standard output.
  package var output: String
  /// What it wrote to its standard error.
  package var errors: String
  /// The exit status, or 128 and the signal's number.
  package var status: Int32

  /// Creates a request; the defaults leave the host side open.
  package init(output: String, errors: String, status: Int32) {
    self.output = output
    self.errors = errors
    self.status = status
  }
}

/// A program that runs beside the test, with pipes to its standard streams. It is ended with this
/// object; should the test's process end first, it finds its standard input closed.
package final class ChildProcess {
  /// The process.
  package let identifier: Int32
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  private var status: Int32?

  /// Starts a program of the search path in the thread's namespaces; `variables` are added to its
  /// environment.
  package init(_ arguments: [String], variables: [String] = []) throws(Errno) {
    let pipes = [try Self.pipe(), try Self.pipe(), try Self.pipe()]
    let ends = [pipes[0].read, pipes[1].write, pipes[2].write]
    defer { ends.forEach { close($0) } }
    identifier = try Self.spawn(arguments, variables, streams: ends)
    (input, output, errors) = (pipes[0].write, pipes[1].read, pipes[2].read)
  }

  deinit {
    if status == nil {
      kill(identifier, SIGKILL)
      wait()
    }
    [input, output, errors].forEach { if $0 >= 0 { close($0) } }
  }

  /// Runs a program to its end, or ends it after a minute.
  package static func run(
    _ arguments: [String], input: String = "", variables: [String] = []
  ) throws(Errno) -> ProcessResult {
    let process = try ChildProcess(arguments, variables: variables)
    process.finishInput(with: input)
    return process.end()
  }

  /// Waits for its end, or ends it after a minute.
  package func end() -> ProcessResult {
    let (output, errors) = readToEnd()
    wait()
    return ProcessResult(output: output, errors: errors, status: status ?? -1)
  }

  /// Waits for one line of its output.
  package func readLine() -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Gives it this text, which is less than a pipe holds, on its standard input.
  package func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(input, bytes, bytes.count)
  }

  /// Closes its standard input after this text, which is less than a pipe holds.
  package func finishInput(with text: String = "") {
    send(text)
    close(input)
    input = -1
  }

  private func readToEnd() -> (output: String, errors: String) {
    var contents: [[UInt8]] = [[], []]
    var streams = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while streams.contains(where: { $0.fd >= 0 }) {
      let ready = poll(&streams, nfds_t(streams.count), Self.timeout)
      if ready == 0 { kill(identifier, SIGKILL) }
      guard ready > 0 else { break }
      for index in streams.indices where streams[index].fd >= 0 && streams[index].revents != 0 {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = read(streams[index].fd, &buffer, buffer.count)
        if count > 0 { contents[index] += buffer.prefix(count) } else { streams[index].fd = -1 }
      }
    }
    let texts = contents.map { String(decoding: $0, as: UTF8.self) }
    return (texts[0], texts[1])
  }

  private func wait() {
    var code: Int32 = 0
    while waitpid(identifier, &code, 0) < 0 {
      guard errno == EINTR else { return }
    }
    let signal = code & 0x7f
    status = signal == 0 ? code >> 8 & 0xff : 128 + signal
  }

  private static let timeout: Int32 = 60_000

  private static func pipe() throws(Errno) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard clinux_pipe(&ends) == 0 else { throw .current }
    return (ends[0], ends[1])
  }

  private static func spawn(
    _ arguments: [String], _ variables: [String], streams: [Int32]
  ) throws(Errno) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // Threads of the test runner block signals; programs such as ping wait for SIGALRM.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var argv = arguments.map { strdup($0) } + [nil]
    var environment = (TestEnvironment.variables + variables).map { strdup($0) } + [nil]
    defer { (argv + environment).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &argv, &environment)
    guard code == 0 else { throw Errno(rawValue: code) }
    return process
  }
}

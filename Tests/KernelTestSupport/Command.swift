import CLinux
import Glibc
package import LinuxSystem

/// What a program left behind.
package struct CommandResult: Hashable, Sendable {
  /// The exit status, or 128 and the signal's number.
  package let status: Int32

  /// What it wrote to its standard output and standard error.
  package let output: String
}

/// Runs a program of the search path to its end, in the thread's network namespace.
package func run(_ arguments: String..., input: String = "") throws(Errno) -> CommandResult {
  try run(arguments, input: input)
}

/// Runs a program of the search path to its end, in the thread's network namespace.
package func run(_ arguments: [String], input: String = "") throws(Errno) -> CommandResult {
  let outputPipe = try Pipe.open()
  let inputPipe = try Pipe.open()
  let process = try spawn(arguments, input: inputPipe.readEnd, output: outputPipe.writeEnd)
  inputPipe.closeReadEnd()
  outputPipe.closeWriteEnd()
  inputPipe.write(input)
  inputPipe.closeWriteEnd()
  let output = outputPipe.readToEnd()
  outputPipe.closeReadEnd()

  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    guard errno == EINTR else { throw .current }
  }
  let signal = status & 0x7f
  return CommandResult(status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: output)
}

private func spawn(
  _ arguments: [String], input: Int32, output: Int32
) throws(Errno) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, input, 0)
  posix_spawn_file_actions_adddup2(&actions, output, 1)
  posix_spawn_file_actions_adddup2(&actions, output, 2)

  var argv = arguments.map { strdup($0) } + [nil]
  defer { argv.forEach { free($0) } }
  var process: pid_t = 0
  let code = posix_spawnp(&process, arguments[0], &actions, nil, &argv, environ)
  guard code == 0 else { throw Errno(rawValue: code) }
  return process
}

private struct Pipe {
  let readEnd: Int32
  let writeEnd: Int32

  static func open() throws(Errno) -> Pipe {
    var ends: [Int32] = [-1, -1]
    guard clinux_pipe(&ends) == 0 else { throw .current }
    return Pipe(readEnd: ends[0], writeEnd: ends[1])
  }

  func closeReadEnd() { close(readEnd) }
  func closeWriteEnd() { close(writeEnd) }

  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(writeEnd, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  func readToEnd() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }
}

import FuzzTargets
import Glibc

/// Tells which input a trap or a hang is due to. The input is in a file before it is run; the file
/// goes when the process outlives it.
///
/// One target runs at a time, so one report is enough.
struct CrashReport: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let stack: UnsafeMutableRawPointer

  /// Seconds that one input may take.
  private static let timeout: UInt32 = 20
  private static let stackSize = 64 * 1024
  private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM]

  static func open(for target: FuzzTarget) -> CrashReport {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/netctl-fuzz-\(target.rawValue)-\(getpid())"
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0, "cannot write \(path)")
    // A stack of its own, for the case that the other one is used up.
    let stack = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    var alternate = stack_t(ss_sp: stack, ss_flags: 0, ss_size: stackSize)
    sigaltstack(&alternate, nil)
    install(message: "\nThis input of the target \(target.rawValue) failed: \(path)\n")
    return CrashReport(path: path, descriptor: descriptor, stack: stack)
  }

  deinit {
    alarm(0)
    var none = stack_t(ss_sp: nil, ss_flags: Int32(SS_DISABLE), ss_size: 0)
    sigaltstack(&none, nil)
    stack.deallocate()
    Self.signals.forEach { signal($0, SIG_DFL) }
    close(descriptor)
    unlink(path)
  }

  /// Runs `body` on an input.
  func guarding(_ input: [UInt8], _ body: ([UInt8]) -> Void) {
    _ = pwrite(descriptor, input, input.count, 0)
    ftruncate(descriptor, input.count)
    alarm(Self.timeout)
    body(input)
  }

  private static func install(message: String) {
    crashMessage.update(message)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_handler = { number in
      crashMessage.write()
      if number == SIGALRM { _exit(1) }
      raise(number)
    }
    signals.forEach { sigaction($0, &action, nil) }
  }
}

/// Bytes that a signal handler can write without allocating.
private struct CrashMessage: @unchecked Sendable {
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4096)
  private let length = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  func update(_ text: String) {
    length.pointee = buffer.update(fromContentsOf: text.utf8.prefix(buffer.count))
  }

  func write() {
    _ = Glibc.write(STDERR_FILENO, buffer.baseAddress, length.pointee)
  }
}

private let crashMessage = CrashMessage()

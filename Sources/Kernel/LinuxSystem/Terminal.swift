import Glibc

/// Standard input and output.
package enum Terminal {
  /// The result of waiting for a line.
  package enum Line: Sendable {
    /// A line without its newline, or what precedes the end of input.
    case line(String)
    /// SIGINT or SIGTERM came first.
    case interrupted
  }

  /// Writes all bytes.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Errno) {
    var start = 0
    while start < bytes.count {
      start += try retryingOnInterrupt {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
        }
      }
    }
  }

  /// The number of columns; nil if it is not a terminal. A serial line does not report its size,
  /// and counts as 80 columns.
  package static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    return size.ws_col == 0 ? 80 : Int(size.ws_col)
  }

  /// Lets `ask` print a prompt, then waits for a line on standard input, or for SIGINT or SIGTERM,
  /// which do not end the process from before the prompt until this returns.
  package static func readLine(asking ask: () -> Void) -> Line {
    // The signals are only delivered while waiting for input, so that none is lost between the
    // prompt and the wait.
    let signals = DeferredSignals()
    // Without SA_RESTART a signal interrupts the wait.
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    var previous = (interrupt: sigaction(), terminate: sigaction())
    unsafe sigaction(SIGINT, &action, &previous.interrupt)
    unsafe sigaction(SIGTERM, &action, &previous.terminate)
    defer {
      unsafe sigaction(SIGINT, &previous.interrupt, nil)
      unsafe sigaction(SIGTERM, &previous.terminate, nil)
    }
    ask()
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      guard signals.waitForInput(on: STDIN_FILENO) else { return .interrupted }
      let count = unsafe read(STDIN_FILENO, &byte, 1)
      if count < 0 { return .interrupted }
      if count == 0 || byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    return .line(String(decoding: bytes, as: UTF8.self))
  }
}

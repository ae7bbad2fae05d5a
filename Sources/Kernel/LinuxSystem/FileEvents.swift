import Glibc

/// Events of directories (inotify(7)).
package struct FileEvents: ~Copyable, Sendable {
  /// What happened in a watched directory.
  package struct Event: Hashable, Sendable {
    /// The watch, as `watch` returned it; -1 if events were lost.
    package let watch: Int32
    /// The entry; empty for the directory itself.
    package let name: String
    /// Whether the entry is there now: it was created, or moved or written there.
    package let isPresent: Bool
    /// Whether the watched directory itself is gone.
    package let isEnd: Bool
  }

  /// Waits on another thread for events of a queue, and reads none.
  package final class Waiter: Sendable {
    private let descriptor: FileDescriptor

    fileprivate init(_ descriptor: consuming FileDescriptor) {
      self.descriptor = descriptor
    }

    /// Waits until there are events, or until the deadline if there is one; false if there are
    /// none then.
    package func waitForEvents(until deadline: Deadline? = nil) -> Bool {
      var entry = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
      while true {
        let count = unsafe poll(&entry, 1, deadline?.milliseconds ?? -1)
        if count > 0 { return entry.revents & Int16(POLLIN) != 0 }
        if count == 0 || Errno.current != .interrupted { return false }
      }
    }
  }

  private let descriptor: FileDescriptor

  /// Makes an empty queue, whose reading never waits.
  package static func open() throws(Errno) -> FileEvents {
    let flags = Int32(IN_CLOEXEC | IN_NONBLOCK)
    return FileEvents(descriptor: FileDescriptor(owning: try checked(inotify_init1(flags))))
  }

  /// Watches entries that come to or leave the directory at `path`, or are written. Returns the
  /// number of the watch, which is the same for the same directory. Throws ENOENT if there is none.
  package func watch(_ path: String) throws(Errno) -> Int32 {
    let mask =
      IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_DELETE_SELF
      | IN_ONLYDIR
    return try checked(
      unsafe inotify_add_watch(descriptor.rawValue, path, UInt32(truncatingIfNeeded: mask)))
  }

  /// Makes something that another thread can wait with.
  package func waiter() throws(Errno) -> Waiter {
    let copy = try checked(fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 0))
    return Waiter(FileDescriptor(owning: copy))
  }

  /// The events since the last call.
  package func read() throws(Errno) -> [Event] {
    var events: [Event] = []
    while true {
      let bytes: [UInt8]
      do throws(Errno) {
        bytes = try readOnce()
      } catch {
        if error == .tryAgain { return events }
        throw error
      }
      if bytes.isEmpty { return events }
      events += Self.events(in: bytes)
    }
  }

  // Called before each of a server's queries, so the usual emptiness must cost nothing.
  private func readOnce() throws(Errno) -> [UInt8] {
    let result = unsafe withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 8) {
      buffer -> Result<[UInt8], Errno> in
      do throws(Errno) {
        let count = try retryingOnInterrupt {
          unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress!, buffer.count)
        }
        return .success(unsafe Array(buffer.prefix(count)))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  // Each is four words, the last of them the length of the name that follows, with its padding.
  private static func events(in bytes: [UInt8]) -> [Event] {
    var events: [Event] = []
    var offset = 0
    let headerSize = 16
    while offset + headerSize <= bytes.count {
      let words = (0..<4).map { word in
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + 4 * word + $1]) << (8 * $1) }
      }
      let end = offset + headerSize + Int(words[3])
      guard end <= bytes.count else { break }
      let name = bytes[(offset + headerSize)..<end].prefix { $0 != 0 }
      let mask = Int(words[1])
      events.append(
        Event(
          watch: mask & Int(IN_Q_OVERFLOW) != 0 ? -1 : Int32(bitPattern: words[0]),
          name: String(decoding: name, as: UTF8.self),
          isPresent: mask & Int(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE) != 0,
          isEnd: mask & Int(IN_DELETE_SELF | IN_IGNORED) != 0))
      offset = end
    }
    return events
  }
}

import Glibc

extension FileDescriptor {
  /// The status of the file (fstat(2)).
  func status() throws(Errno) -> stat {
    var status = stat()
    _ = try checked(unsafe fstat(rawValue, &status))
    return status
  }

  /// Reads from the current offset to the end of the file. Throws EFBIG if that is more than
  /// `limit` bytes.
  package func readToEnd(upTo limit: Int = .max) throws(Errno) -> [UInt8] {
    try readToEnd(ofSize: Int(try status().st_size), upTo: limit)
  }

  /// The same for a file of a known size; one that has got longer since is read to that size.
  func readToEnd(ofSize size: Int, upTo limit: Int) throws(Errno) -> [UInt8] {
    guard size <= limit else { throw .fileTooLarge }
    // Pseudo-files have size 0, and may have to be read in a single call.
    if size > 0 { return try read(upTo: size) }
    var capacity = 4096
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(upTo: capacity)
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= limit else { throw .fileTooLarge }
      if chunk.count < capacity { return bytes }
      capacity = 64 * 1024
    }
  }

  /// Writes all of `bytes` at the current offset.
  package func writeAll(_ bytes: [UInt8]) throws(Errno) {
    var start = 0
    while start < bytes.count {
      start += try retryingOnInterrupt {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe Glibc.write(rawValue, buffer.baseAddress! + start, buffer.count - start)
        }
      }
    }
  }

  /// Writes all of `bytes` at `offset`, which is counted from the start of the file.
  package func writeAll(_ bytes: [UInt8], at offset: Int) throws(Errno) {
    var start = 0
    while start < bytes.count {
      start += try retryingOnInterrupt {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe pwrite(
            rawValue, buffer.baseAddress! + start, buffer.count - start, off_t(offset + start))
        }
      }
    }
  }

  /// Makes the file end after this many bytes.
  package func truncate(to size: Int) throws(Errno) {
    _ = try checked(ftruncate(rawValue, size))
  }

  /// Seeks to the end of the file and returns the offset.
  package func seekToEnd() throws(Errno) -> Int {
    let offset = lseek(rawValue, 0, SEEK_END)
    guard offset >= 0 else { throw .current }
    return offset
  }

  /// Reads `capacity` bytes at the current offset, fewer at the end of the file.
  package func read(upTo capacity: Int) throws(Errno) -> [UInt8] {
    var failure: Errno?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      do throws(Errno) {
        while filled < capacity {
          let count = try retryingOnInterrupt {
            unsafe Glibc.read(rawValue, buffer.baseAddress! + filled, capacity - filled)
          }
          if count == 0 { return }
          filled += count
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// Turns the -1 of a failed call into its error number.
func checked(_ result: Int32) throws(Errno) -> Int32 {
  guard result >= 0 else { throw .current }
  return result
}

extension FileDescriptor {
  /// Writes a text to standard error; whether that succeeds does not matter.
  package static func writeError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
  }
}

import Glibc

/// The program that this process runs.
package enum ProgramImage {
  /// The path of the executable, with symbolic links resolved.
  package static func path() throws(Errno) -> String {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { throw .current }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Makes this process run another program, with the same environment (execve(2)). Returns only if
  /// that fails.
  package static func replace(by path: String, _ arguments: [String]) -> Errno {
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    _ = unsafe execv(path, &words)
    let errno = Errno.current
    for index in unsafe words.indices { unsafe free(words[index]) }
    return errno
  }
}

import SystemErrors

/// The notices of a command, in order.
final class NoticeList {
  private(set) var notices: [Notice] = []

  /// Adds a notice; a reason for which files cannot be written is said once for all of them.
  func append(_ notice: Notice) {
    if case .nameFiles(let added, let errno) = notice {
      for index in notices.indices {
        guard case .nameFiles(let files, errno) = notices[index] else { continue }
        notices[index] = .nameFiles(files + added.filter { !files.contains($0) }, errno)
        return
      }
    }
    notices.append(notice)
  }

  /// Takes out which files could not be written, and why.
  func takeNameFiles() -> [(files: [String], errno: Errno)] {
    let taken = notices.compactMap { notice in
      if case .nameFiles(let files, let errno) = notice { (files, errno) } else { nil }
    }
    notices.removeAll { if case .nameFiles = $0 { true } else { false } }
    return taken
  }
}

import LinuxSystem

/// Write access to the cache: it is marked invalid until the next record has been written.
struct NetworkCacheWriter: ~Copyable {
  private let file: FileDescriptor
  private let folder: StateFolder

  private init(file: consuming FileDescriptor, folder: StateFolder) {
    self.file = file
    self.folder = folder
  }

  /// Marks the cache invalid; nil when there is no complete one.
  static func open(in folder: StateFolder) throws(Errno) -> NetworkCacheWriter? {
    guard let documents = folder.root.stamp(of: Layout.networks) else { return nil }
    let file = try folder.root.openForUpdate(NetworkCache.fileName)
    let broken = NetworkCache.brokenHeader(boot: folder.boot)
    let found = try file.read(upTo: broken.count)
    let length = try file.seekToEnd()
    let header = NetworkCache.header(boot: folder.boot, length: length, documents: documents)
    guard found == header else { return nil }
    try file.writeAll(broken, at: 0)
    return NetworkCacheWriter(file: file, folder: folder)
  }

  /// Appends a record and marks the cache valid.
  func append(_ record: [UInt8]) throws(Errno) {
    guard let documents = folder.root.stamp(of: Layout.networks) else {
      throw .noSuchFileOrDirectory
    }
    let end = try file.seekToEnd()
    try file.writeAll(record)
    let length = end + record.count
    try file.writeAll(
      NetworkCache.header(boot: folder.boot, length: length, documents: documents), at: 0)
  }
}

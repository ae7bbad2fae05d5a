import LinuxSystem

/// The catalog while the documents are changed: declared broken until its next record stands.
struct CatalogWriter: ~Copyable {
  private let file: OwnedDescriptor
  private let folder: StateFolder

  private init(file: consuming OwnedDescriptor, folder: StateFolder) {
    self.file = file
    self.folder = folder
  }

  /// Declares the catalog broken; nil when there is none that has all documents.
  static func open(in folder: StateFolder) throws(Errno) -> CatalogWriter? {
    guard let documents = folder.root.stamp(of: Layout.networks) else { return nil }
    let file = try folder.root.openForUpdate(Catalog.fileName)
    let broken = Catalog.brokenHeader(boot: folder.boot)
    let found = try file.read(upTo: broken.count)
    let length = try file.seekToEnd()
    let header = Catalog.header(boot: folder.boot, length: length, documents: documents)
    guard found == header else { return nil }
    try file.writeAll(broken, at: 0)
    return CatalogWriter(file: file, folder: folder)
  }

  /// Appends a record, and declares the catalog whole.
  func append(_ record: [UInt8]) throws(Errno) {
    guard let documents = folder.root.stamp(of: Layout.networks) else { throw .noEntry }
    let end = try file.seekToEnd()
    try file.writeAll(record)
    let length = end + record.count
    try file.writeAll(
      Catalog.header(boot: folder.boot, length: length, documents: documents), at: 0)
  }
}

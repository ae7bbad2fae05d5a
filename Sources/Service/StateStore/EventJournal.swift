import LinuxSystem
package import NetworkModel

/// Reads what happened to networks, and waits for more.
package final class EventJournal {
  static let file = "events"
  static let olderFile = "events.old"
  /// The size in bytes that neither file exceeds, except by events that are written at once.
  static let fileSize = 512 * 1024

  private let folder: StateFolder
  private let changes: FileEvents
  private let waiter: FileEvents.Waiter
  /// How far the file with this inode was read.
  private var position: (inode: UInt64, offset: Int)?

  /// Starts before the oldest event.
  package init(_ folder: StateFolder) throws(StateError) {
    self.folder = folder
    do throws(Errno) {
      changes = try FileEvents.open()
      waiter = try changes.waiter()
      _ = try changes.watch(folder.path)
    } catch {
      throw .unreadable(file: "", error)
    }
  }

  /// The events since the last call, the oldest first.
  package func read() throws(StateError) -> [NetworkEvent] {
    do throws(Errno) { _ = try changes.read() } catch { throw .unreadable(file: "", error) }
    while true {
      guard let stamp = folder.root.stamp(of: Self.file) else { return [] }
      if let position, position.inode == stamp.inode, position.offset == stamp.size { return [] }
      var events: [NetworkEvent] = []
      if position?.inode != stamp.inode {
        let older = folder.root.stamp(of: Self.olderFile)
        let start = position.flatMap { $0.inode == older?.inode ? $0.offset : nil } ?? 0
        events = Self.events(in: try folder.contents(of: Self.olderFile) ?? [], from: start).events
      }
      let start = position.flatMap { $0.inode == stamp.inode ? $0.offset : nil } ?? 0
      let recent = Self.events(in: try folder.contents(of: Self.file) ?? [], from: start)
      // Otherwise it has become the older one meanwhile.
      guard folder.root.stamp(of: Self.file)?.inode == stamp.inode else { continue }
      position = (stamp.inode, recent.end)
      return events + recent.events
    }
  }

  /// Waits until the journal may have more events, or for that long; false if it is over.
  package func wait(for duration: Duration?) -> Bool {
    waiter.waitForEvents(until: duration.map { Deadline(after: $0) })
  }

  // Without the line that is being written.
  private static func events(
    in bytes: [UInt8], from start: Int
  ) -> (events: [NetworkEvent], end: Int) {
    guard start <= bytes.count,
      let last = bytes[start...].lastIndex(of: UInt8(ascii: "\n"))
    else { return ([], min(start, bytes.count)) }
    let lines = bytes[start..<last].split(separator: UInt8(ascii: "\n"))
    return (lines.compactMap(EventDocument.decode), last + 1)
  }
}

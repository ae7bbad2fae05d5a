import LinuxSystem
package import NetworkModel

extension LockedState {
  /// Appends events to the journal. Its file becomes the older one when it is full, so that both
  /// together stay below twice `EventJournal.fileSize`.
  package func record(_ events: [NetworkEvent]) throws(StateError) {
    let lines = events.flatMap(EventDocument.line)
    do throws(Errno) {
      let file = try folder.root.openForUpdate(EventJournal.file)
      if try file.seekToEnd() + lines.count <= EventJournal.fileSize {
        return try file.writeAll(lines)
      }
      try folder.root.move(EventJournal.file, to: EventJournal.olderFile, in: folder.root)
      try folder.root.openForUpdate(EventJournal.file).writeAll(lines)
    } catch {
      throw .unwritable(file: EventJournal.file, error)
    }
  }
}

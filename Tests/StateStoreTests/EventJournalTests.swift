import KernelTestSupport
import LinuxSystem
import NetworkModel
import Testing

@testable import StateStore

/// The journal of what happened to networks.
struct EventJournalTests {
  @Test func eventsAreReadOnceAndInTheirOrder() throws {
    try withStateFolder { folder in
      let journal = try EventJournal(folder)
      #expect(try journal.read().isEmpty)

      try record([event(1), event(2)], in: folder)
      #expect(try journal.read() == [event(1), event(2)])

      try record([event(3)], in: folder)
      #expect(try journal.read() == [event(3)])
      #expect(try journal.read().isEmpty)
      #expect(try EventJournal(folder).read() == [event(1), event(2), event(3)])
    }
  }

  @Test func fullJournalForgetsTheOldestEventsAndAFollowerMissesNone() throws {
    try withStateFolder { folder in
      let journal = try EventJournal(folder)
      let count = 3 * EventJournal.fileSize / EventDocument.line(event(0)).count
      var followed: [NetworkEvent] = []
      try folder.change { (state) throws(StateError) in
        for number in 0..<count {
          try state.record([event(number)])
          if number.isMultiple(of: 100) { followed += try journal.read() }
        }
      }
      followed += try journal.read()

      #expect(followed == (0..<count).map(event))
      for file in [EventJournal.file, EventJournal.olderFile] {
        let size = try #require(folder.root.stamp(of: file)?.size)
        #expect(size <= Int64(EventJournal.fileSize))
      }
      let kept = try EventJournal(folder).read()
      #expect(kept == Array((0..<count).map(event).suffix(kept.count)))
      #expect(kept.count > count / 3 && kept.count < count)
    }
  }

  @Test func lineThatWasCutOffCostsOneEvent() throws {
    try withStateFolder { folder in
      try record([event(1), event(2)], in: folder)
      let bytes = readFile(folder.file(EventJournal.file))
      writeFile(folder.file(EventJournal.file), bytes.dropLast(20))

      #expect(try EventJournal(folder).read() == [event(1)])
      try record([event(3)], in: folder)

      #expect(try EventJournal(folder).read() == [event(1), event(3)])
    }
  }

  private func record(_ events: [NetworkEvent], in folder: StateFolder) throws {
    try folder.change { (state) throws(StateError) in try state.record(events) }
  }

  private func event(_ number: Int) -> NetworkEvent {
    NetworkEvent(
      action: "create", network: String(repeating: "0", count: 64),
      attributes: ["name": "a \"name\"\n", "type": "bridge", "number": String(number % 10)],
      time: Timestamp(nanoseconds: Int64(1_000_000_000 + number)))
  }
}

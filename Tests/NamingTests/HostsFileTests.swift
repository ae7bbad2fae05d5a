import Testing

@testable import Naming

struct HostsFileTests {
  private let user = "127.0.0.1\tlocalhost\n# mine\n10.9.9.9 mine\n"

  private let marks = HostsFile.Marks(statePath: "/var/lib/netctl")

  @Test func blockOfAnotherStateDirectoryIsLeftAlone() {
    let other = HostsFile.Marks(statePath: "/srv/netctl")
    let theirs = HostsFile.contents(host: [], lines: ["10.8.0.2\tdb"], other)
    var file = apply(parse(theirs).edits(to: ["10.0.0.2\tweb"]), to: theirs)

    #expect(parse(file).lines == ["10.0.0.2\tweb"])
    #expect(HostsFile(file, other).lines == ["10.8.0.2\tdb"])
    file = apply(HostsFile(file, other).edits(to: ["10.8.0.2\tdb", "10.8.0.3\tx"]), to: file)
    file = apply(parse(file).edits(to: []), to: file)
    #expect(parse(file).lines.isEmpty)
    #expect(Set(HostsFile(file, other).lines) == ["10.8.0.2\tdb", "10.8.0.3\tx"])
  }

  @Test func blockIsAddedBehindTheKeepersLines() {
    let changed = apply(parse(bytes(user)).edits(to: ["10.0.0.2\tweb"]), to: bytes(user))

    #expect(
      text(changed) == user + """
        # netctl /var/lib/netctl: begin (netctl changes these lines)
        10.0.0.2\tweb
        # netctl /var/lib/netctl: end

        """)
    #expect(parse(changed).lines == ["10.0.0.2\tweb"])
  }

  @Test(arguments: ["", "127.0.0.1 a\n", "127.0.0.1 a"])
  func nothingRemainsOfTheBlock(before: String) {
    var file = bytes(before)
    for lines in [["10.0.0.2\tweb"], ["10.0.0.2\tweb", "10.0.0.3\tdb"], []] {
      file = apply(parse(file).edits(to: lines), to: file)
    }

    #expect(text(file) == (before.isEmpty || before.hasSuffix("\n") ? before : before + "\n"))
  }

  @Test func sameLinesNeedNoChange() {
    let file = apply(parse([]).edits(to: ["10.0.0.2\tweb", "10.0.0.3\tdb"]), to: [])

    #expect(parse(file).edits(to: ["10.0.0.3\tdb", "10.0.0.2\tweb"]).isEmpty)
  }

  @Test func fileIsComparedWithLinesInAnyOrder() {
    let lines = ["10.0.0.2\tweb", "10.0.0.3\tdb"]
    let file = parse(apply(parse(bytes(user)).edits(to: HostsLines(lines)), to: bytes(user)))

    #expect(file.hasExactly(HostsLines(lines.reversed())))
    for others in [[], ["10.0.0.2\tweb"], lines + ["10.9.9.9 mine"], ["10.0.0.2\tweb", "x"]] {
      #expect(!file.hasExactly(HostsLines(others)), "\(others)")
    }
    #expect(parse(bytes(user)).hasExactly(HostsLines([])))
  }

  @Test func ownFileHasTheHostsLines() {
    let made = HostsFile.contents(
      host: ["127.0.0.1 localhost"], lines: ["10.0.0.2\tweb"], marks)
    let file = parse(made)

    #expect(file.isOwn && file.hasHostLines)
    #expect(file.lines == ["127.0.0.1 localhost", "10.0.0.2\tweb"])
    #expect(!parse(made + bytes("10.9.9.9 mine\n")).isOwn)
    #expect(!parse(bytes("10.9.9.9 mine\n") + made).isOwn)
  }

  @Test(arguments: [
    ("web", ["10.0.0.2", "10.0.0.3"]), ("WEB.", ["10.0.0.2", "10.0.0.3"]), ("b", ["10.0.0.2"]),
    ("hidden", []), ("10.0.0.2", []), ("bad", []),
  ])
  func addresses(name: String, expected: [String]) {
    let file = parse(
      bytes("10.0.0.2\tweb b # hidden\n#10.0.0.2 hidden\n10.0.0.3 Web\nnonsense bad\n\n"))

    #expect(file.addresses(of: name).map { "\($0)" } == expected)
  }

  /// Random changes, each stopped within each of its writes, with any part of that write done: a
  /// reader finds all lines that stay, none that nobody wanted, and the next change succeeds.
  @Test(arguments: 0..<60)
  func readersFindWhatStaysAtEveryMoment(seed: UInt64) {
    var random = Generator(state: seed)
    var file = bytes(["", user, "10.9.9.9 mine"][Int(seed % 3)])
    var mine = Set(parse(file).allLines)
    var block: Set<String> = []
    for step in 0..<12 {
      if step == 6, seed.isMultiple(of: 2) {
        // The keeper adds a line behind the block.
        let missing = file.last.map { $0 == 0x0a } ?? true ? "" : "\n"
        file += bytes(missing + "10.8.8.8 later\n")
        mine.insert("10.8.8.8 later")
      }
      let wanted = Set(
        (0..<Int(random.next() % (seed.isMultiple(of: 3) && step % 2 == 0 ? 40 : 6))).map { _ in
          "10.0.0.\(random.next() % 9)\t" + String(repeating: "n", count: Int(random.next() % 30))
            + "x"
        })
      let edits = parse(file).edits(to: wanted.sorted())
      var current = file
      for edit in edits {
        for torn in tornStates(edit, of: current, &random) {
          let lines = Set(parse(torn).allLines.filter { !$0.hasPrefix("\0") })
          #expect(lines.isSuperset(of: mine.union(block.intersection(wanted))))
          #expect(lines.isSubset(of: mine.union(block).union(wanted)))
          let repaired = apply(parse(torn).edits(to: wanted.sorted()), to: torn)
          #expect(Set(parse(repaired).allLines) == mine.union(wanted))
        }
        current = apply([edit], to: current)
      }
      file = current
      block = wanted
      #expect(Set(parse(file).allLines) == mine.union(wanted))
      #expect(Set(parse(file).lines) == wanted)
    }
  }

  @Test func fileDoesNotGrowWithChanges() {
    var file: [UInt8] = []
    for number in 0..<200 {
      let lines = ["10.0.0.2\tweb", "10.0.0.\(number % 250)\tother\(number)"]
      file = apply(parse(file).edits(to: lines), to: file)
    }

    #expect(file.count < 400)
  }

  /// Whichever lines go, and whoever else has lines before the block.
  @Test(arguments: ["", "127.0.0.1 a\n"], [[0], [99], [7, 50]])
  func fileShrinksWithItsLines(before: String, left: [Int]) {
    let all = (0..<100).map { "10.0.0.\($0)\tcontainer-\($0)" }
    var file = bytes(before)
    for count in 1...100 { file = apply(parse(file).edits(to: Array(all.prefix(count))), to: file) }
    #expect(file.count < 6000)

    for number in 0..<100 where !left.contains(number) {
      let wanted = all.indices.filter { $0 > number || left.contains($0) }.map { all[$0] }
      file = apply(parse(file).edits(to: wanted), to: file)
      #expect(Set(parse(file).lines) == Set(wanted))
    }

    #expect(file.count < 800)
    #expect(text(file).hasPrefix(before))
  }

  @Test func lastLineTakesTheEndOfTheFileWithIt() {
    let before = apply(parse([]).edits(to: ["10.0.0.2\tweb"]), to: [])
    let lines = ["10.0.0.2\tweb", "10.0.0.3\tdb db.blue 0123456789ab"]
    var file = apply(parse(before).edits(to: lines), to: before)

    file = apply(parse(file).edits(to: Array(lines.prefix(1))), to: file)

    #expect(text(file) == text(before))
  }

  @Test func namesOfOthersAreHidden() {
    let file = parse(
      bytes("127.0.0.1 localhost Db # the machine\n10.1.1.1 db\n10.1.1.2\tmine\n10.1.1.3 a web\n"))

    #expect(
      file.lines { ["db", "web"].contains($0.foldedCase) } == [
        "127.0.0.1\tlocalhost", "10.1.1.2\tmine", "10.1.1.3\ta",
      ])
  }

  private func parse(_ bytes: [UInt8]) -> HostsFile { HostsFile(bytes, marks) }

  private func tornStates(
    _ edit: HostsFile.Edit, of file: [UInt8], _ random: inout Generator
  ) -> [[UInt8]] {
    guard case .write(let new, let offset) = edit else { return [file] }
    let old = Array(file[min(offset, file.count)..<min(offset + new.count, file.count)])
    // An append becomes visible from its start; an overwriting in any order.
    if old.isEmpty {
      return (0...8).map { file + new.prefix(new.count * $0 / 8) }
    }
    return (0..<6).map { _ in
      var torn = file
      for index in new.indices where random.next().isMultiple(of: 2) {
        torn[offset + index] = new[index]
      }
      return torn
    }
  }

  private func apply(_ edits: [HostsFile.Edit], to file: [UInt8]) -> [UInt8] {
    var file = file
    for edit in edits {
      switch edit {
      case .write(let new, let offset):
        #expect(offset <= file.count)
        file.replaceSubrange(offset..<min(offset + new.count, file.count), with: new)
      case .truncate(let size): file = Array(file.prefix(size))
      }
    }
    return file
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension HostsFile {
  /// What makes these lines those of the block.
  fileprivate func edits(to lines: [String]) -> [Edit] { edits(to: HostsLines(lines)) }
}

/// SplitMix64.
private struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

extension HostsFile {
  /// A change of some bytes of a file.
  package enum Edit: Hashable, Sendable {
    /// These bytes are written at this offset, which may be the end of the file.
    case write([UInt8], at: Int)
    /// The file ends here.
    case truncate(Int)
  }

  /// What makes these lines those of the block, in the order in which it has to be done. Nothing
  /// remains of a block without lines that is the end of the file; one that consists mostly of
  /// comments shrinks.
  package func edits(to wanted: HostsLines) -> [Edit] {
    guard let block = blocks.last else {
      return wanted.count == 0 ? [] : appending(wanted, mark: marks.begin)
    }
    let former = blocks.dropLast().flatMap(retiring)
    if wanted.count == 0, isLast(block) {
      return former + [.truncate(block.begin.lowerBound)]
    }
    return edits(of: block, having: compare(block, with: wanted), to: wanted) + former
  }

  /// The same for a file whose lines are known to be some of the wanted or of the former ones; nil
  /// if that is not so.
  package func edits(to wanted: HostsLines, replacing former: HostsLines) -> [Edit]? {
    guard blocks.count == 1, wanted.count > 0 else { return nil }
    let contents = compare(blocks[0], with: wanted)
    let isKnown = contents.unwanted.allSatisfy { former.number(of: $0, in: bytes) != nil }
    return isKnown ? edits(of: blocks[0], having: contents, to: wanted) : nil
  }

  private func edits(
    of block: Block, having contents: Contents, to wanted: HostsLines
  ) -> [Edit] {
    if isLast(block), !block.ends.isEmpty, isMostlyComments(block, wanted) {
      return compacting(block, wanted)
    }
    var contents = contents
    var (edits, rest): ([Edit], [Int]) = ([], [])
    for number in contents.missing {
      let line = wanted[number]
      if let gap = contents.gaps.firstIndex(where: { Self.hasRoom($0, for: line.count) }) {
        let end = contents.gaps[gap].lowerBound + line.count
        contents.offsetBehind = max(contents.offsetBehind, end + 1)
        edits += placing(line, in: &contents.gaps[gap])
      } else {
        rest.append(number)
      }
    }
    let clearings = contents.unwanted.flatMap(clearing)
    if rest.isEmpty { return edits + clearings + trimming(block, from: contents.offsetBehind) }
    guard isLast(block), let end = block.ends.last else {
      // The keeper's own lines follow: another block begins behind them.
      return appending(wanted, mark: mark) + retiring(block)
    }
    return edits + growing(block, end: end, by: rest.map { wanted[$0] }) + clearings
  }

  // Of a block, beside the wanted lines.
  private struct Contents {
    var missing: [Int] = []
    var unwanted: [Range<Int>] = []
    /// Comments, whose place a line may take.
    var gaps: [Range<Int>] = []
    /// Where the last line ends that stays, with its newline.
    var offsetBehind: Int
  }

  // What is left over is a comment, never an empty line.
  private static func hasRoom(_ gap: Range<Int>, for count: Int) -> Bool {
    gap.count == count || gap.count > count + 1
  }

  private func compare(_ block: Block, with wanted: HostsLines) -> Contents {
    var contents = Contents(offsetBehind: block.begin.upperBound + 1)
    var isPresent = [Bool](repeating: false, count: wanted.count)
    for line in block.lines where !line.isEmpty {
      if !isEntry(line) {
        if let gap = contents.gaps.last, gap.upperBound + 1 == line.lowerBound {
          contents.gaps[contents.gaps.count - 1] = gap.lowerBound..<line.upperBound
        } else {
          contents.gaps.append(line)
        }
      } else if let number = wanted.number(of: line, in: bytes), !isPresent[number] {
        isPresent[number] = true
        contents.offsetBehind = line.upperBound + 1
      } else {
        contents.unwanted.append(line)
      }
    }
    contents.missing = isPresent.indices.filter { !isPresent[$0] }
    return contents
  }

  private func placing(_ line: ArraySlice<UInt8>, in gap: inout Range<Int>) -> [Edit] {
    let (offset, end) = (gap.lowerBound, gap.upperBound)
    let newline = gap.count > line.count ? [Self.newline] : []
    let blank = blanking(gap)
    gap = min(offset + line.count + 1, end)..<end
    return blank
      + [
        .write(Array(line.dropFirst()) + newline, at: offset + 1),
        .write([line[line.startIndex]], at: offset),
      ]
  }

  // The last mark moves: its former line becomes a comment with the write that makes the lines.
  private func growing(_ block: Block, end: Range<Int>, by lines: [ArraySlice<UInt8>]) -> [Edit] {
    let (comments, flip) = commented(lines)
    let former = [UInt8](repeating: Self.comment, count: end.count) + [Self.newline]
    return block.ends.dropLast().flatMap(clearing)
      + [
        .write(missingNewline + comments + marks.end + [Self.newline], at: bytes.count),
        .write(former + flip, at: end.lowerBound),
      ]
  }

  private func appending(_ lines: HostsLines, mark: [UInt8]) -> [Edit] {
    let head = missingNewline + mark + [Self.newline]
    let (comments, flip) = commented((0..<lines.count).map { lines[$0] })
    return [
      .write(head + comments + marks.end + [Self.newline], at: bytes.count),
      .write(flip, at: bytes.count + head.count),
    ]
  }

  // Lines as comments, and what then, written over them, makes lines of them.
  private func commented(_ lines: [ArraySlice<UInt8>]) -> (bytes: [UInt8], flip: [UInt8]) {
    var (comments, flipped): ([UInt8], [UInt8]) = ([], [])
    var last = 0
    for line in lines {
      last = comments.count
      comments.append(Self.comment)
      comments += line.dropFirst()
      comments.append(Self.newline)
      flipped += line
      flipped.append(Self.newline)
    }
    return (comments, Array(flipped.prefix(last + 1)))
  }

  private func clearing(_ line: Range<Int>) -> [Edit] {
    [.write([Self.comment], at: line.lowerBound)] + blanking(line.dropFirst())
  }

  // What begins as a comment becomes a single one.
  private func blanking(_ range: Range<Int>) -> [Edit] {
    if range.allSatisfy({ bytes[$0] == Self.comment }) { return [] }
    return [.write([UInt8](repeating: Self.comment, count: range.count), at: range.lowerBound)]
  }

  private func retiring(_ block: Block) -> [Edit] {
    (entries(of: block) + block.ends + [block.begin]).flatMap(clearing)
  }

  // Moves the end of the file to the last line that stays, if only comments follow.
  private func trimming(_ block: Block, from offset: Int) -> [Edit] {
    guard isLast(block), block.ends.count == 1, let end = block.ends.first,
      end.lowerBound - 1 - offset > marks.end.count
    else { return [] }
    return blanking(offset..<end.lowerBound - 1)
      + [
        .write(marks.end + [Self.newline], at: offset),
        .truncate(offset + marks.end.count + 1),
      ]
  }

  private func isMostlyComments(_ block: Block, _ wanted: HostsLines) -> Bool {
    let spare = 512
    let needed = mark.count + marks.end.count + 2 + wanted.size
    return block.offsetBehind - block.begin.lowerBound > needed + needed / 2 + spare
  }

  // Readers find the lines in another block as long as this one is written anew.
  private func compacting(_ block: Block, _ wanted: HostsLines) -> [Edit] {
    let offset = block.begin.lowerBound
    let (comments, flip) = commented((0..<wanted.count).map { wanted[$0] })
    let head = mark + [Self.newline]
    let compact = head + comments + marks.end + [Self.newline]
    return appending(wanted, mark: mark) + retiring(block)
      + blanking(offset..<block.offsetBehind - 1)
      + [
        .write(compact, at: offset), .write(flip, at: offset + head.count),
        .truncate(offset + compact.count),
      ]
  }

  private func isLast(_ block: Block) -> Bool { block.offsetBehind >= bytes.count }

  private var mark: [UInt8] { hasHostLines ? marks.beginOwn : marks.begin }

  private var missingNewline: [UInt8] {
    bytes.last.map { $0 == Self.newline } ?? true ? [] : [Self.newline]
  }
}

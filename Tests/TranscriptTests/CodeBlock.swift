/// A fenced block of a Markdown file.
struct CodeBlock: Sendable {
  /// The word behind the opening fence; empty without one.
  let language: String
  /// What stands between the fences.
  var lines: [String] = []

  /// The blocks of a file, in its order.
  static func all(in text: String) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if !isInside { blocks.append(CodeBlock(language: String(line.dropFirst(3)))) }
        isInside.toggle()
      } else if isInside {
        blocks[blocks.count - 1].lines.append(String(line))
      }
    }
    return blocks
  }
}

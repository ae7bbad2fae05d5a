/// Splits a line into words as a shell does: blanks separate, quotes and backslashes join.
func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var characters = Substring(line)
  while let character = characters.popFirst() {
    switch (character, quote) {
    case (_, character): quote = nil
    case ("\\", nil):
      word = (word ?? "") + (characters.popFirst().map(String.init) ?? "")
    case ("\\", "\"") where characters.first.map { "\"\\$`".contains($0) } == true:
      word = (word ?? "") + String(characters.removeFirst())
    case ("'", nil), ("\"", nil):
      quote = character
      word = word ?? ""
    case (" ", nil):
      words += word.map { [$0] } ?? []
      word = nil
    default: word = (word ?? "") + String(character)
    }
  }
  return words + (word.map { [$0] } ?? [])
}

/// A word that completion offers.
struct Candidate {
  let word: String
  let summary: String

  init(_ word: String, _ summary: String = "") {
    self.word = word
    self.summary = summary
  }
}

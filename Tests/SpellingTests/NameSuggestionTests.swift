import Spelling
import Testing

struct NearNameTests {
  private static let names = ["blue", "backend", "frontend", "db", "web1", "web2", "Grün"]

  @Test(arguments: [
    ("blu", "blue"), ("bleu", "blue"), ("BLUE", "blue"), ("blues", "blue"), ("backnd", "backend"),
    ("bcakedn", "backend"), ("fronted", "frontend"), ("dc", "db"), ("grun", "Grün"),
  ])
  func slipsAreSeen(_ typed: String, _ name: String) {
    #expect(NameSuggestion.of(typed, among: Self.names) == name)
  }

  /// Too far away, too short to be near anything, or near two alike.
  @Test(arguments: ["", "x", "d", "red", "blXX", "bakXXnd", "middle", "web", "web3", "blueblue"])
  func nothingIsMadeUp(_ typed: String) {
    #expect(NameSuggestion.of(typed, among: Self.names) == nil)
  }
}

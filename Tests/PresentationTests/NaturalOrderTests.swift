import Presentation
import Testing

struct NaturalOrderTests {
  @Test(
    arguments: [
      ("a", "b"), ("", "a"), ("a", "ab"), ("net2", "net10"), ("net1", "net01"), ("net01", "net2"),
      ("net9", "net10a"), ("1", "a"), ("1", " "), ("9", "10"), ("Net3", "abc"), ("_x", "a"),
      ("z", "é"), ("a-1", "a.1"), ("a1b", "a-b"), ("x09y1", "x09y2"), ("x9y2", "x10y1"),
      ("net", "net1"), ("net1", "net1a"), ("0", "00"), ("a0", "a00"),
      ("99999999999999999998", "99999999999999999999"), ("1", "99999999999999999999"),
    ])
  func firstComesBeforeSecond(_ first: String, _ second: String) {
    #expect(NaturalOrder.precedes(first, second))
    #expect(!NaturalOrder.precedes(second, first))
  }

  @Test(arguments: ["", "a", "net10", "007", "日本1"])
  func nothingComesBeforeItself(_ name: String) {
    #expect(!NaturalOrder.precedes(name, name))
  }
}

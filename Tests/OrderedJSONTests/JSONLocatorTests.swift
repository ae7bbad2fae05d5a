import OrderedJSON
import Testing

/// Lines of a document, counted by eye.
struct JSONLocatorTests {
  private static let text = """
    {
      "a": 1, "b\\u0063": [
        {"x": [], "y": {}},
        {
          "z": "}\\n]"
        }
      ],
      "c": {"d": 2}
    }
    """

  private typealias Path = [JSONLocator.Step]

  private static let present: [(path: [JSONLocator.Step], line: Int)] = [
    (Path([]), 1), (Path([.member("a")]), 2), (Path([.member("bc")]), 2),
    (Path([.member("bc"), .element(0)]), 3),
    (Path([.member("bc"), .element(0), .member("y")]), 3),
    (Path([.member("bc"), .element(1)]), 4),
    (Path([.member("bc"), .element(1), .member("z")]), 5),
    (Path([.member("c")]), 8), (Path([.member("c"), .member("d")]), 8),
  ]

  @Test func valuesHaveTheirLines() {
    let locator = JSONLocator(Array(Self.text.utf8))

    for (path, line) in Self.present { #expect(locator.line(of: path) == line, "\(path)") }
  }

  private static let absent: [[JSONLocator.Step]] = [
    [.member("e")], [.element(0)], [.member("a"), .member("x")], [.member("bc"), .element(2)],
    [.member("bc"), .element(0), .member("x"), .element(0)],
  ]

  @Test func whatIsNotThereHasNone() {
    let locator = JSONLocator(Array(Self.text.utf8))

    for path in Self.absent { #expect(locator.line(of: path) == nil, "\(path)") }
  }

  @Test func bytesAreCountedFromTheFirstLine() {
    let locator = JSONLocator(Array("{\n\n1".utf8))

    #expect([0, 1, 2, 3].map(locator.line(atOffset:)) == [1, 1, 2, 3])
    #expect(locator.line(of: [.member("a")]) == nil)
  }
}

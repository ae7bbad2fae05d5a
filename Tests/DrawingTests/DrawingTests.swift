import KernelTestSupport
import NetworkModel
import Testing

@testable import Drawing

/// Drawings beside files that were looked at, and read by parsers of their languages.
@Suite struct DrawingTests {
  private static let plain = TreeStyle(hasColor: false, hasUnicode: true, width: nil)

  @Test(arguments: GraphFormat.allCases)
  func drawingIsTheOneThatWasLookedAt(format: GraphFormat) throws {
    try expectGolden("host.\(format)", format.drawing(of: Sample.graph, style: Self.plain))
  }

  @Test(arguments: GraphFormat.allCases)
  func namesCommandNothing(format: GraphFormat) throws {
    try expectGolden(
      "hostile.\(format)", format.drawing(of: Sample.hostileGraph, style: Self.plain))
  }

  @Test(arguments: [80: "host.narrow", 32: "host.stacked"])
  func treeFitsANarrowTerminalWithoutCharactersBeyondASCII(width: Int, golden: String) throws {
    let style = TreeStyle(hasColor: false, hasUnicode: false, width: width)
    let drawing = GraphFormat.tree.drawing(of: Sample.graph, style: style)
    let lines = drawing.split(separator: UInt8(ascii: "\n"))

    try expectGolden(golden, drawing)
    #expect(lines.allSatisfy { $0.count <= width })
  }

  @Test func containersOnSeveralNetworksHaveOneColour() throws {
    let style = TreeStyle(hasColor: true, hasUnicode: true, width: nil)

    try expectGolden("host.colour", GraphFormat.tree.drawing(of: Sample.graph, style: style))
  }

  @Test func pictureIsXMLWithEveryName() throws {
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      for text in root.iter('{http://www.w3.org/2000/svg}text'): print(text.text)
      """
    let drawing = GraphFormat.svg.drawing(of: Sample.hostileGraph, style: Self.plain)

    let result = try run(
      "python3", "-X", "utf8", "-c", script, input: String(decoding: drawing, as: UTF8.self))

    #expect(result.status == 0)
    #expect(result.output.contains(#"a"b'<c>&d\n\n\x1b[31m#1; %s …"#))
  }

  @Test func documentHasTheNamesAsTheyAre() throws {
    let script = """
      import sys, json
      for network in json.load(sys.stdin)['Networks']: sys.stdout.write(ascii(network['Name']) + '\\n')
      """
    let drawing = GraphFormat.json.drawing(of: Sample.hostileGraph, style: Self.plain)

    let result = try run(
      "python3", "-X", "utf8", "-c", script, input: String(decoding: drawing, as: UTF8.self))

    let wide = String(repeating: #"\u754c"#, count: 300)
    let hostile = #"'a"b\'<c>&d\\n\n\x1b[31m#1; %s \u65e5\u672c'"#
    #expect(result.output == "\(hostile)\n'\(wide)'\n")
  }

  @Test func onlyChosenNetworksAreDrawnWithAllThatTheirContainersAreOn() {
    let statuses = [
      Sample.status(
        "one", "a", ["10.1.0.0/24": "10.1.0.1"],
        [Sample.endpoint("web", 1, on: "a", "one", "10.1.0.2/24")]),
      Sample.status(
        "two", "b", ["10.2.0.0/24": "10.2.0.1"],
        [Sample.endpoint("web", 1, on: "b", "two", "10.2.0.2/24")]),
    ]

    let graph = NetworkGraph(statuses, showing: [statuses[0].network.id])

    #expect(graph.networks.map(\.name) == ["one"])
    #expect(graph.networks[0].attachments.map(\.otherNetworks) == [["two"]])
  }

  @Test func nothingIsDrawnOfNothing() {
    let graph = NetworkGraph([])

    for format in GraphFormat.allCases {
      #expect(format.drawing(of: graph, style: Self.plain).last == UInt8(ascii: "\n"))
    }
  }

  /// Compares with a file.
  private func expectGolden(_ name: String, _ drawing: [UInt8]) throws {
    let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let path = "\(folder)/Golden/\(name)"
    #expect(
      String(decoding: drawing, as: UTF8.self) == String(decoding: readFile(path), as: UTF8.self))
  }
}

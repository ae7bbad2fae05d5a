/// Makes new inputs out of saved ones. The same seed gives the same inputs.
struct Mutator {
  private let corpus: [[UInt8]]
  private let dictionary: [[UInt8]]
  private var random: SplitMix64

  private static let longest = 4096
  private static let oddBytes: [UInt8] = [
    0, 1, 9, 10, 32, 34, 39, 92, 0x7f, 0x80, 0xc0, 0xfe, 0xff,
  ]

  init(corpus: [[UInt8]], dictionary: [String], seed: UInt64) {
    self.corpus = corpus.isEmpty ? [[]] : corpus
    self.dictionary = dictionary.map { Array($0.utf8) }
    random = SplitMix64(state: seed)
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    var input = pick(corpus)
    for _ in 0...Int.random(in: 0..<8, using: &random) { change(&input) }
    return Array(input.prefix(Self.longest))
  }

  private mutating func change(_ input: inout [UInt8]) {
    let place = Int.random(in: 0...input.count, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where place < input.count:
      input[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where place < input.count:
      input[place] = pick(Self.oddBytes)
    case 2:
      input.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 3:
      input.removeSubrange(range(from: place, in: input))
    case 4:
      input.insert(contentsOf: input[range(from: place, in: input)], at: place)
    case 5:
      let other = pick(corpus)
      let start = Int.random(in: 0...other.count, using: &random)
      input.replaceSubrange(place..., with: other[start...])
    case 6 where place + 1 < input.count:
      input.swapAt(place, place + 1)
    default:
      input.insert(contentsOf: pick(dictionary), at: place)
    }
  }

  private mutating func range(from start: Int, in input: [UInt8]) -> Range<Int> {
    start..<min(input.count, start + Int.random(in: 0..<32, using: &random))
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }
}

/// A random source that gives the same numbers in every run.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

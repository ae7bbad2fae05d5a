import FuzzTargets
import Glibc

/// What libFuzzer does from its first to its last input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The reader that `NETCTL_FUZZ_TARGET` names.
private let target = getenv("NETCTL_FUZZ_TARGET").flatMap {
  FuzzTarget(rawValue: String(cString: $0))
}
precondition(target != nil, "NETCTL_FUZZ_TARGET names no target")

// Prints words that mean something to the reader, for libFuzzer's option `-dict`.
if CommandLine.arguments.dropFirst() == ["--dictionary"] {
  for word in target?.dictionary ?? [] {
    let bytes = word.utf8.map { ($0 < 16 ? "\\x0" : "\\x") + String($0, radix: 16) }
    print("\"\(bytes.joined())\"")
  }
  exit(EXIT_SUCCESS)
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runFuzzer(&count, &arguments) { bytes, count in
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    // -1 keeps an input out of the corpus.
    guard let target, target.isBounded(input) else { return -1 }
    target.run(input)
    return 0
  })

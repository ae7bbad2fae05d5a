import CommandLineTestSupport
import Testing

/// A process that starts without standard streams.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct DescriptorTests {
  @Test(arguments: [
    "<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-",
  ])
  func nothingIsWrittenIntoFilesWhateverIsClosed(_ closed: String) throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      netctl -D network create one \(closed) || exit 1
      netctl -D network connect one web \(closed) || exit 2
      netctl network prune \(closed) || exit 3
      netctl network rm nosuch \(closed) && exit 4
      test ! -s /var/lib/netctl/lock || exit 5
      echo
      netctl network inspect --format '{{len .Containers}}' one || exit 6
      netctl network verify
      """

    let result = try host.run(script: script)

    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.status == 0, "\(result.output)")
    #expect(lines.contains("1"), "\(result.output)")
  }
}

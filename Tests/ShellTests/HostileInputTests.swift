import CommandLineTestSupport
import Testing

/// Words, files and signals that are made to do harm.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct HostileInputTests {
  @Test(arguments: ["mkfifo", "ln -s /dev/zero", "mkdir", "truncate -s 1T", "ln -s /dev/ptmx"])
  func configurationThatIsNoFileIsWarnedOf(_ making: String) throws {
    let host = try PrivateHost.open(containers: [])
    let script = """
      cd /srv && \(making) config.json || exit 2
      DOCKER_CONFIG=/srv exec timeout 20 netctl network ls
      """

    let result = try host.run(script: script)

    #expect(result.status == 0, "\(result.output)")
    #expect(
      result.output.hasPrefix("WARNING: Error parsing config file (/srv/config.json): "),
      "\(result.output)")
    #expect(result.output.contains("bridge    local"))
  }
}

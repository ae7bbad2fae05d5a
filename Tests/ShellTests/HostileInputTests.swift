import CommandLineTestSupport
import Testing

/// Words, files and signals that are made to do harm.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct HostileInputTests {
  static let lines = [
    "X", "-X", "--X", "--=X", "network X", "network --X ls", "network ls -X", "network ls --X",
    "help X", "network ls --filter X", "network ls --filter X=X", "network ls --format {{.X",
    "network create --label X=X --X n", "network create --label 'X X' n",
    "network create --ip-range X n", "network create --gateway X n", "network create --subnet X n",
    "network create --aux-address X=X --subnet 10.8.0.0/24 n", "network create -d X n",
    "network create --ipam-driver X n", "network create --scope X n",
    "network create --config-from X n", "network create -o com.docker.network.bridge.name=X n",
    "network create -o com.docker.network.container_iface_prefix=X n",
    "network create -o com.docker.network.bridge.trusted_host_interfaces=eth0:X n",
    "network create -o com.docker.network.bridge.gateway_mode_ipv4=X n",
    "network create -o com.docker.network.driver.mtu=X n", "network create --ipv4=X n",
    "network connect X web", "network connect blue X", "network connect --ip X blue web",
    "network connect --ip6 X blue web", "network connect --link X:X:X blue web",
    "network connect --link-local-ip X blue web", "network connect --gw-priority X blue web",
    "network connect --driver-opt X blue web", "network connect -p X blue web",
    "network connect --driver-opt com.docker.network.endpoint.ifname=X blue web",
    "network connect --driver-opt com.docker.network.endpoint.sysctls=X blue web",
    "network disconnect X web", "network disconnect blue X", "network inspect X",
    "network inspect --format X{{ blue", "network rm X", "network publish X 80",
    "network publish web X", "network unpublish web X", "network port X", "network reload X",
    "network verify X", "network graph X", "network graph --format X",
    "network trace X 10.9.0.3", "network trace web X", "network trace web 10.9.0.3:X",
    "network trace web 10.9.0.3:80/X", "network trace --from X web 80",
    "network trace --from host web X", "network trace --timeout X web 10.9.0.3",
    "network trace --wait X web 80", "network trace --format X{{ web 10.9.0.3",
    "network prune --force --filter X", "network prune --force --filter until=X",
    "version --format X{{",
  ]

  @Test(arguments: ["\u{1b}[31m", "\u{9b}31m", "\u{202e}abc"], [false, true])
  func noMessageShowsWhatCommandsATerminal(_ text: String, hasHints: Bool) throws {
    let host = try PrivateHost.open(containers: ["web"])
    var script = hasHints ? "export NETCTL_HINTS=1\n" : ""
    script += "netctl network create --subnet 10.9.0.0/24 blue >/dev/null\n"
    for line in Self.lines { script += "netctl \(line.replacing("X", with: "'\(text)'"))\n" }

    let result = try host.run(script: script)

    let dangerous = text.unicodeScalars.first
    let shown = result.output.split(separator: "\n").filter { line in
      line.unicodeScalars.contains { $0 == dangerous }
    }
    #expect(shown == [])
  }

  @Test func interfaceNameOfAnotherMakesNoCommand() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      netctl network create -o 'com.docker.network.bridge.name=$(reboot)' blue >/dev/null || exit 1
      rm /var/lib/netctl/networks/$(netctl network inspect --format '{{.ID}}' blue).json
      netctl network verify
      """

    let result = try host.run(script: script)

    #expect(result.output.contains("ip link delete dev '$(reboot)' removes it"), "\(result.output)")
  }

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

  @Test func tableThatWasSwitchedOffIsSwitchedOnByWhateverNeedsIt() throws {
    if let problem = TestEnvironment.problem(needing: "nft") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: ["web"])
    let commands = [
      "create red", "connect blue web", "publish web 8080:80", "unpublish web 80",
      "disconnect blue web", "rm red", "reload",
    ]
    var script = "netctl network create blue >/dev/null\n"
    for command in commands {
      script += """
        nft add table inet netctl '{ flags dormant; }' || exit 1
        netctl network \(command) >/dev/null || exit 2
        nft list table inet netctl | grep -q dormant && echo '\(command)'

        """
    }

    let result = try host.run(script: script + "true")

    #expect(result.status == 0)
    #expect(result.output == "")
  }

  @Test(arguments: ["INT", "TERM"])
  func signalBeforeTheQuestionIsSeenIsAnAnswer(_ signal: String) throws {
    if let problem = TestEnvironment.problem(needing: "python3") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: [])

    let result = try host.inside(["python3", "-c", Self.interruption, signal])

    #expect(result.output == "0\n", "\(result.errors)")
  }

  // The question does not fit into the pipe, so the signal comes while it is written.
  private static let interruption = """
    import fcntl, os, signal, subprocess, sys
    ours, theirs = os.pipe()
    size = fcntl.fcntl(theirs, 1031, 4096)
    os.write(theirs, b"x" * size)
    process = subprocess.Popen(
        ["netctl", "network", "prune"], stdin=subprocess.PIPE, stdout=theirs)
    os.close(theirs)
    while not open(f"/proc/{process.pid}/syscall").read().startswith("1 0x1 "):
        pass
    process.send_signal(getattr(signal, "SIG" + sys.argv[1]))
    while os.read(ours, 4096):
        pass
    print(process.wait())
    """

  @Test(arguments: ["state", "./state", "../srv/state"])
  func relativeStateDirectoryIsRefused(_ path: String) throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      cd /srv || exit 9
      export NETCTL_STATE_DIR=\(path)
      for command in ls 'create blue' 'connect blue web' verify 'prune -f'; do
        netctl network $command && exit 1
      done
      netctl network inspect --format '{{.X' blue
      ls
      """

    let result = try host.run(script: script)

    #expect(result.status == 0)
    let line = "Error: NETCTL_STATE_DIR is not an absolute path\n"
    let template = result.output.replacing(String(repeating: line, count: 5), with: "")
    #expect(template.hasPrefix("template parsing error: "), "\(result.output)")
    #expect(template.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test func thousandsOfPendingNetworksAreRemovedWithoutAskingTheKernelForEach() throws {
    let host = try PrivateHost.open(containers: [])
    let script = """
      netctl network create blue >/dev/null && cd /var/lib/netctl || exit 1
      id=$(netctl network inspect --format '{{.ID}}' blue)
      for number in $(seq -w 1000 1299); do
        sed "s/$id/$number${id#????}/; s/\"blue\"/\"n$number\"/" networks/$id.json \
          >unfinished/network-$number${id#????}.json
      done
      chmod 600 unfinished/*
      netctl -D network create red 2>&1 >/dev/null | grep -c -- '^'
      ls unfinished
      netctl network ls --format '{{.Name}}' --filter driver=bridge
      """

    let result = try host.run(script: script)

    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.dropFirst() == ["blue", "bridge", "red"], "\(result.output)")
    // A request and an answer for each would be 600 more than the 600 without any.
    #expect(try #require(lines.first.flatMap { Int($0) }) < 800, "\(result.output)")
  }

  @Test func onlyNetworkNamespacesAreOffered() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      cd /run/netns && mkfifo pipe && touch file uts && mkdir folder || exit 1
      mount --bind /proc/self/ns/uts uts || exit 1
      netctl network create blue >/dev/null
      timeout 20 netctl __complete network connect blue '' | cut -f 1
      """

    let result = try host.run(script: script)

    #expect(result.output == "web\npid:\n")
  }
}

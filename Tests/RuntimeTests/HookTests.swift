import CommandLineTestSupport
import Testing

extension RuntimeTests {
  /// netctl as a hook of OCI runtimes.
  @Suite struct HookTests {
    private static let runtimes = Runtime.installed.filter { [.runc, .crun].contains($0) }

    /// A host with the networks blue and green, whose bundles have the annotation and the hooks,
    /// and then `more` hooks of createRuntime.
    private func makeHost(_ annotation: String, more: String = "") throws -> RuntimeHost {
      let host = try RuntimeHost()
      let hook = #"{"path":"'$(command -v netctl)'","args":["netctl","oci-hook"],"timeout":10}"#
      try host.shell(
        """
        netctl network create --subnet 10.9.0.0/24 blue >/dev/null
        netctl network create --subnet 10.8.0.0/24 green >/dev/null
        echo '{"annotations":{"io.netctl.networks":"\(annotation)"},\
        "hooks":{"createRuntime":[\(hook)\(more)],"poststop":[\(hook)]}}' >/run/work/extra
        """)
      return host
    }

    private func start(_ runtime: Runtime, on host: RuntimeHost) throws -> String {
      try host.start(runtime, "web", "", before: "export BUNDLE_EXTRA=$(cat /run/work/extra);")
    }

    private func containers(on host: RuntimeHost) throws -> String {
      try host.shell(
        """
        netctl network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}};{{end}}' \
        blue green
        """)
    }

    @Test(arguments: runtimes)
    func containerIsConnectedAtItsStartAndDisconnectedAtItsEnd(_ runtime: Runtime) throws {
      let host = try makeHost("blue ip=10.9.0.5 alias=db; green")

      let process = try start(runtime, on: host)

      let addresses = try host.shell("nsenter --net=/proc/\(process)/ns/net ip -4 -br addr")
      #expect(addresses.contains("10.9.0.5/24") && addresses.contains("10.8.0.2/24"))
      #expect(try containers(on: host) == "web 10.9.0.5/24;\nweb 10.8.0.2/24;\n")
      // By its name, which only the runtime knows.
      let address = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
      #expect(try host.shell("netctl inspect -f '\(address)' web") == "10.9.0.5 10.8.0.2 \n")

      try host.remove(runtime, "web")
      #expect(try containers(on: host) == "\n\n")
    }

    @Test(arguments: runtimes)
    func containerThatFailsAfterTheHookLeavesNothing(_ runtime: Runtime) throws {
      let host = try makeHost("blue ip=10.9.0.5", more: #",{"path":"/bin/false"}"#)

      #expect(throws: RuntimeHost.Failure.self) { try start(runtime, on: host) }

      try host.shell("ip netns add other")
      #expect(try host.netctl("network connect --ip 10.9.0.5 blue other").output == "")
    }

    @Test(arguments: runtimes)
    func networkThatDoesNotExistFailsTheStart(_ runtime: Runtime) throws {
      let host = try makeHost("blue; red")

      #expect(throws: RuntimeHost.Failure.self) { try start(runtime, on: host) }

      #expect(try containers(on: host) == "\n\n")
    }

    /// Makes Podman call the hook, as the package does.
    private func installHook(on host: RuntimeHost) throws {
      try host.shell(
        """
        mkdir /run/hooks
        sed "s|@BINDIR@/netctl|$(command -v netctl)|" \
        \(TestEnvironment.folder(of: RuntimeHost.script))/../../../.packaging/netctl-oci-hook.json \
        >/run/hooks/netctl.json
        sed -i '/^\\[engine\\]/a hooks_dir=["/run/hooks"]' /run/work/containers.conf
        """)
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func podmanCallsTheHook() throws {
      let host = try makeHost("")
      try installHook(on: host)

      let process = try host.start(
        .podman, "web", "--network none --annotation 'io.netctl.networks=blue ip=10.9.0.5'")

      #expect(
        try host.shell("nsenter --net=/proc/\(process)/ns/net ip -4 -br addr")
          .contains("10.9.0.5/24"))
      let address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
      #expect(try host.shell("netctl inspect -f '\(address)' web") == "10.9.0.5\n")
      try host.remove(.podman, "web")
      #expect(try containers(on: host) == "\n\n")
    }

    /// Calls Podman; returns what it prints.
    @discardableResult
    private func podman(_ arguments: String, on host: RuntimeHost) throws -> String {
      try host.shell("CONTAINERS_CONF=/run/work/containers.conf podman \(arguments) 2>&1")
    }

    /// The interfaces of Podman's container `web` with their addresses.
    private func interfaces(on host: RuntimeHost) throws -> String {
      let process = try podman("inspect -f '{{.State.Pid}}' web", on: host)
        .filter { !$0.isWhitespace }
      return try host.shell(
        "nsenter --net=/proc/\(process)/ns/net ip -br addr show type veth | tr -s ' '; "
          + "nsenter --net=/proc/\(process)/ns/net ip -br link show type veth | tr -s ' '")
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func stoppedContainerIsConnectedAtEachStart(_ isServed: Bool) throws {
      let host = try makeHost("")
      try installHook(on: host)
      try host.create("web")
      if isServed { try host.runtime("podman serve") }
      try host.shell("ip netns add client; netctl network connect --ip 10.8.0.9 green client")

      let connected = try host.netctl("network connect -p 8080:80 --alias db blue web")
      let other = try host.netctl("network connect --mac-address 02:11:22:33:44:55 green web")
      #expect(connected.output.contains("web is not running. "), "\(connected)")
      #expect(connected.output.contains("netctl network reload web"), "\(connected)")
      #expect(connected.status == 0 && other.status == 0)
      #expect(try containers(on: host) == "\nclient 10.8.0.9/24;\n")
      let address = "{{.State.Running}}{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}"
      #expect(try host.netctl("inspect -f '\(address)' web").output == "false  \n")

      for start in [["start web"], ["restart -t 0 web"], ["stop -t 0 web", "start web"]] {
        for command in start { try podman(command, on: host) }
        let found = try interfaces(on: host)
        #expect(found.contains("10.9.0.2/24") && found.contains("10.8.0.2/24"), "\(found)")
        #expect(found.contains("02:11:22:33:44:55"), "\(found)")
        try host.shell("ip netns exec client ping -c 1 -W 2 10.8.0.2")
        #expect(try host.netctl("network port web").output == "80/tcp -> 0.0.0.0:8080\n")
        #expect(try host.netctl("network verify").output == "")
      }
      let id = try podman("inspect -f '{{.Id}}' web", on: host)
      #expect(
        try host.shell(
          "netctl network inspect -f '{{range $id, $_ := .Containers}}{{$id}}{{end}}' blue") == id)

      try podman("stop -t 0 web", on: host)
      #expect(try host.netctl("network verify").output == "")
      #expect(try host.netctl("network disconnect green web").output == "")
      try podman("start web", on: host)
      #expect(try interfaces(on: host).contains("10.9.0.2/24"))
      #expect(try !interfaces(on: host).contains("10.8.0.2/24"))
      try host.remove(.podman, "web")
      try host.shell("ip netns add other")
      #expect(try host.netctl("network connect -p 8080:80 blue other").output == "")
      #expect(try host.netctl("network verify").output == "")
    }

    /// What was published besides the annotation, which the hook follows again at each start.
    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: ["", "green"])
    func portsOfAContainerThatTheHookConnectsComeBack(_ other: String) throws {
      let host = try makeHost("")
      try installHook(on: host)
      try host.start(
        .podman, "web",
        "--network none --annotation 'io.netctl.networks=blue publish=7000:70 publish=75'")
      #expect(try host.netctl("network publish web 7001:71").output == "")
      if !other.isEmpty {
        #expect(try host.netctl("network connect -p 7002:72 \(other) web").output == "")
      }
      let published = { try host.netctl("network port web").output.split(separator: "\n") }
      let fixed = try published().filter { !$0.hasPrefix("75/tcp") }
      #expect(fixed.count == (other.isEmpty ? 2 : 3))

      for command in ["restart -t 0 web", "kill web", "start web"] {
        try podman(command, on: host)
        if command == "kill web" {
          try podman("wait web", on: host)
          continue
        }
        let found = try published()
        #expect(Set(fixed).isSubset(of: found) && found.count == fixed.count + 1, "\(found)")
        #expect(try host.netctl("network verify").output == "")
      }

      try podman("stop -t 0 web", on: host)
      try host.shell("ip netns add other")
      let taken = try host.netctl("network connect -p 7001:80 blue other")
      #expect(taken.output.contains("web"), "\(taken)")
      #expect(try host.netctl("network connect -p 7000:80 blue other").output == "")
      try host.remove(.podman, "web")
      #expect(try host.netctl("network publish other 7001:80").output == "")
      #expect(try host.netctl("network reload").output == "")
      #expect(try host.netctl("network verify").output == "")
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func containerWithoutAHookIsConnectedOnRequest() throws {
      let host = try makeHost("")
      try host.create("web")
      _ = try host.netctl("network connect --ip 10.9.0.7 blue web")
      #expect(
        try host.netctl("network reload web").output
          == "Error: container podman:web is not running\n")
      try podman("start web", on: host)

      let verified = try host.netctl("network verify")
      let reloaded = try host.netctl("network reload web")

      #expect(verified.output.contains("container web was started again"), "\(verified)")
      #expect(reloaded.output == "" && reloaded.status == 0)
      #expect(try interfaces(on: host).contains("10.9.0.7/24"))
      #expect(try host.netctl("network verify").output == "")
      #expect(try host.netctl("network reload web").output == "")
      try podman("restart -t 0 web", on: host)
      #expect(try host.netctl("network reload").output == "")
      #expect(try interfaces(on: host).contains("10.9.0.7/24"))

      try podman("stop -t 0 web", on: host)
      #expect(try host.netctl("network connect blue web").output.contains("already exists"))
      try podman("rm web", on: host)
      #expect(try host.netctl("network verify").output.contains("container web no longer exists"))
      #expect(try host.netctl("network reload").output == "")
      #expect(try host.netctl("network verify").output == "")
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func addressOfAStoppedContainerIsListedAndItsHolderNamed() throws {
      let host = try makeHost("")
      try host.create("web")
      _ = try host.netctl("network connect --ip 10.9.0.7 blue web")
      try host.shell("ip netns add other")

      let leases = try host.netctl(
        "network leases --format '{{.Address}} {{.Container}}' blue")
      let taken = try host.netctl("network connect --ip 10.9.0.7 blue other")

      #expect(leases.output.contains("10.9.0.7/24 web\n"), "\(leases)")
      #expect(
        taken.output == """
          Error: Address already in use: 10.9.0.7 is kept for container web, which does not run

          """)
      try host.remove(.podman, "web")
      #expect(try !host.netctl("network leases blue").output.contains("web"))
    }

    @Test func mistakeInTheConfigurationFileDoesNotPreventTheEnd() throws {
      let host = try makeHost("")
      let process = try startProcess(on: host)
      defer { _ = try? host.end(process) }
      try call("blue", "/run/web", process, on: host)
      try host.shell("echo '{\"mtu\": true}' >/run/mistake.json")

      let state = #"{"id":"web","bundle":"/run/web","pid":0}"#
      #expect(
        try host.shell(
          "echo '\(state)' | NETCTL_CONFIG=/run/mistake.json netctl oci-hook blue") == "")

      #expect(try containers(on: host) == "\n\n")
    }

    @Test func renamedNetworkIsNamedToThoseThatKnowItsFormerName() throws {
      let host = try makeHost("")
      let processes = try (0..<2).map { _ in try startProcess(on: host) }
      defer { for process in processes { _ = try? host.end(process) } }
      try call("blue", "/run/web", processes[0], on: host)

      let renamed = try host.netctl("network rename blue azure")
      let state = #"{"id":"db","bundle":"/run/db","pid":\#(processes[1])}"#
      let refused = try host.netctl("oci-hook blue <<END\n\(state)\nEND\n")

      #expect(renamed.status == 0 && renamed.output.contains("web says \"blue\""), "\(renamed)")
      #expect(refused.status == 1)
      #expect(
        refused.output == "Error: network blue not found; it was renamed to \"azure\"\n",
        "\(refused)")
      #expect(try host.netctl("network rename green red").output == "")
    }

    @Test func devicesOfAllNetworksAreOffered() throws {
      let host = try makeHost("")
      #expect(try host.netctl("system cdi").output == "")
      // Engines of users read it, too.
      #expect(try host.shell("stat -c %a /etc/cdi/netctl.json") == "644\n")

      let names = try host.shell(
        """
        python3 -c 'import json
        spec = json.load(open("/etc/cdi/netctl.json"))
        print(spec["kind"], spec["cdiVersion"], *[d["name"] for d in spec["devices"]])
        for hook in spec["devices"][0]["containerEdits"]["hooks"]: print(hook["hookName"], *hook["args"])'
        """)
      #expect(
        names == """
          netctl.io/net 0.3.0 blue bridge green
          createRuntime netctl oci-hook blue
          poststop netctl oci-hook blue

          """)
    }

    /// As an engine calls the hooks of two devices of one container.
    @Test func hooksOfSeveralDevicesConnectToAllNetworks() throws {
      let host = try makeHost("")
      let process = try startProcess(on: host)
      defer { _ = try? host.end(process) }

      for networks in ["blue", "green", "blue green"] {
        try call(networks, "/run/web", process, on: host)
      }
      let connected = try containers(on: host)
      try call("blue", "/run/web", "0", on: host)

      #expect(connected == "web 10.9.0.2/24;\nweb 10.8.0.2/24;\n")
      #expect(try containers(on: host) == "\n\n")
    }

    /// As Docker does after the hook: it writes the hosts file and adds its default route.
    @Test(arguments: ["", "pid:"])
    func whatTheEngineHasDoneSinceIsMendedByReload(_ kind: String) throws {
      let host = try makeHost("")
      let process = try startProcess(on: host)
      defer { _ = try? host.end(process) }
      try host.shell(
        """
        mkdir -p /run/web; echo '127.0.0.1 localhost' >/run/web/hosts
        echo '{"root":{"path":"/run/work/rootfs"},"annotations":{},"mounts":[\
        {"destination":"/etc/hosts","source":"/run/web/hosts"}]}' >/run/web/config.json
        ip netns add db; netctl network connect --ip 10.9.0.9 blue db
        """)
      try call("blue", "/run/web", process, on: host)
      #expect(try host.shell("cat /run/web/hosts").contains("10.9.0.9"))
      let route = "nsenter --net=/proc/\(process)/ns/net ip route"
      try host.shell("echo '127.0.0.1 localhost' >/run/web/hosts; \(route) del default")

      #expect(
        try host.netctl("network reload \(kind.isEmpty ? "" : kind + process)").output == "")

      #expect(try host.shell("cat /run/web/hosts").contains("10.9.0.9"))
      #expect(try host.shell(route).contains("default via 10.9.0.1"))
    }

    @Test func containersOfOneIDInOtherBundlesAreApart() throws {
      let host = try makeHost("")
      let processes = try (0..<2).map { _ in try startProcess(on: host) }
      defer { for process in processes { _ = try? host.end(process) } }

      try call("blue", "/run/one", processes[0], on: host)
      try call("green", "/run/two", processes[1], on: host)
      let connected = try containers(on: host)
      try call("green", "/run/two", "0", on: host)

      #expect(connected == "web 10.9.0.2/24;\nweb 10.8.0.2/24;\n")
      #expect(try containers(on: host) == "web 10.9.0.2/24;\n\n")
    }

    /// Calls the hook for the container `web`, as a runtime does.
    private func call(
      _ networks: String, _ bundle: String, _ process: String, on host: RuntimeHost
    ) throws {
      let state = #"{"id":"web","bundle":"\#(bundle)","pid":\#(process)}"#
      #expect(try host.shell("echo '\(state)' | netctl oci-hook \(networks)") == "")
    }

    /// Starts a process with a network namespace of its own.
    private func startProcess(on host: RuntimeHost) throws -> String {
      try host.shell(
        """
        unshare -n sleep 100 >/dev/null 2>&1 &
        until ! [ /proc/$!/ns/net -ef /proc/self/ns/net ]; do :; done; echo $!
        """
      ).filter { !$0.isWhitespace }
    }

    @Test(arguments: ["", "{}", "[1]", #"{"id":""}"#, #"{"id":"web","pid":-5}"#])
    func otherInputIsRefused(_ input: String) throws {
      let host = try makeHost("")

      let result = try host.netctl("oci-hook blue <<END\n\(input)\nEND\n")

      #expect(result.status != 0)
    }
  }
}

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

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func podmanCallsTheHook() throws {
      let host = try makeHost("")
      try host.shell(
        """
        mkdir /run/hooks
        sed "s|@BINDIR@/netctl|$(command -v netctl)|" \
        \(TestEnvironment.folder(of: RuntimeHost.script))/../../../.packaging/netctl-oci-hook.json \
        >/run/hooks/netctl.json
        sed -i '/^\\[engine\\]/a hooks_dir=["/run/hooks"]' /run/work/containers.conf
        """)

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

    @Test func devicesOfAllNetworksAreOffered() throws {
      let host = try makeHost("")
      #expect(try host.netctl("system cdi").output == "")

      let names = try host.shell(
        """
        python3 -c 'import json
        spec = json.load(open("/etc/cdi/netctl.json"))
        print(spec["kind"], spec["cdiVersion"], *[d["name"] for d in spec["devices"]])
        for hook in spec["devices"][0]["containerEdits"]["hooks"]: print(hook["hookName"], *hook["args"])'
        """)
      #expect(
        names == """
          netctl.io/net 0.6.0 blue bridge green
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

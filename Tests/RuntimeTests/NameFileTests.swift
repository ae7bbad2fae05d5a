import CommandLineTestSupport
import Testing

extension RuntimeTests {
  /// The files of the host that runtimes mount on the hosts files of containers.
  @Suite struct NameFileTests {
    private static let runtimes = Runtime.installed.filter {
      [.runc, .crun, .podman, .containerd].contains($0)
    }
    private static let bundles = runtimes.filter { [.runc, .crun].contains($0) }

    /// A host with the network blue and the container db on it.
    private func makeHost() throws -> RuntimeHost {
      let host = try RuntimeHost()
      try host.shell(
        """
        netctl network create --subnet 10.9.0.0/24 blue >/dev/null
        ip netns add db && ip -n db link set lo up
        netctl network connect blue db
        printf '127.0.0.1\\tlocalhost\\n' >/run/work/hosts
        """)
      return host
    }

    /// Starts the container web with a file of the host as its hosts file.
    private func start(
      _ runtime: Runtime, on host: RuntimeHost, source: String = "/run/work/hosts",
      more: String = ""
    ) throws -> String {
      let mount =
        #"{"destination":"/etc/hosts","type":"bind","source":"\#(source)","options":["rbind","ro"]}"#
      switch runtime {
      case .podman: return try host.start(runtime, "web")
      case .containerd:
        return try host.start(
          runtime, "web", "--mount type=bind,src=\(source),dst=/etc/hosts,options=rbind:ro")
      default:
        let extra = #"{"mounts":[\#(mount)]\#(more)}"#
        return try host.start(runtime, "web", before: "export BUNDLE_EXTRA='\(extra)';")
      }
    }

    @Test(arguments: runtimes)
    func neighboursFindEachOtherByName(_ runtime: Runtime) throws {
      let host = try makeHost()
      let process = try start(runtime, on: host)
      let inside = "nsenter -t \(process) -m -n -r /bin"
      let before = try host.shell("\(inside)/cat /etc/hosts")

      #expect(try host.netctl("network connect --alias w blue \(runtime):web").output == "")
      #expect(
        try host.shell("\(inside)/ping -q -c 1 -W 5 db | grep -o '1 packets received'")
          == "1 packets received\n")
      #expect(
        try host.shell("ip netns exec db ping -q -c 1 -W 5 w.blue | grep -c '1 received'") == "1\n")
      try host.shell("ip netns add late && netctl network connect blue late")
      #expect(try host.shell("\(inside)/cat /etc/hosts").contains("\tlate "))
      let lookup = try host.netctl("network lookup \(runtime):web late").output
      #expect(lookup.hasPrefix("10.9.0.4 on network blue (/"))
      #expect(try host.netctl("network verify").output == "")

      try host.shell("netctl network disconnect blue \(runtime):web")
      #expect(try host.shell("\(inside)/cat /etc/hosts") == before)
    }

    /// What the container could exchange, and what is the host's own, is not touched.
    @Test(
      arguments: bundles,
      ["/run/work/rootfs/etc/mine", "/etc/hosts", "/run/work/link", "/run/work/open/hosts"])
    func otherFilesAreLeftAlone(_ runtime: Runtime, source: String) throws {
      let host = try makeHost()
      try host.shell(
        """
        echo '10.1.1.1 mine' | tee /run/work/rootfs/etc/mine >/run/work/victim
        ln -s /run/work/victim /run/work/link
        mkdir /run/work/open && cp /run/work/victim /run/work/open/hosts
        chmod 777 /run/work/open
        """)
      let before = try host.shell("cat \(source)")
      _ = try start(runtime, on: host, source: source)

      let output = try host.netctl("network connect blue \(runtime):web").output

      let isRefused = source.hasSuffix("link") || source.contains("open")
      let warning = "Warning: cannot update name resolution in \(source)"
      #expect(isRefused ? output.hasPrefix(warning) : output.isEmpty)
      #expect(try host.shell("cat \(source)") == before)
    }

    @Test(arguments: bundles) func hookFindsTheFilesOfTheBundle(_ runtime: Runtime) throws {
      let host = try makeHost()
      let hook = try host.shell(
        #"printf '{"path":"%s","args":["netctl","oci-hook","blue"]}' $(command -v netctl)"#)

      _ = try start(
        runtime, on: host,
        more: #","hooks":{"createRuntime":[\#(hook)],"poststop":[\#(hook)]}"#)

      #expect(try host.shell("cat /run/work/hosts").contains("\tdb "))
      #expect(try host.shell("ip netns exec db getent hosts web | cut -d ' ' -f 1") == "10.9.0.3\n")
      try host.remove(runtime, "web")
      #expect(try host.shell("cat /run/work/hosts") == "127.0.0.1\tlocalhost\n")
      #expect(try host.shell("ip netns exec db getent hosts web || echo gone") == "gone\n")
    }
  }
}

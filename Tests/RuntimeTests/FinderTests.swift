import CommandLineTestSupport
import Testing

extension RuntimeTests {
  /// Containers that real runtimes have started.
  @Suite struct FinderTests {
    /// How a container called `web` is referred to by its kind.
    private func explicit(_ runtime: Runtime, process: String) -> String {
      runtime == .bwrap ? "pid:\(process)" : "\(runtime.rawValue):web"
    }

    @Test(arguments: Runtime.installed)
    func containerIsConnectedByItsNameUntilItEnds(_ runtime: Runtime) throws {
      let host = try RuntimeHost()
      let process = try host.start(runtime, "web")
      try host.shell("ip netns add client")
      _ = try host.netctl("network create blue")
      #expect(try host.netctl("network connect blue client").status == 0)

      let reference = runtime == .bwrap ? "pid:\(process)" : "web"
      let result = try host.netctl("network connect blue \(reference)")

      #expect(result.status == 0, "\(result.output)")
      #expect(result.output == "")
      let addresses = try host.shell("nsenter --net=/proc/\(process)/ns/net ip -4 -br addr")
      #expect(addresses.contains("172.18.0.3/16"), "\(addresses)")
      try host.shell("ip netns exec client ping -c 1 -W 2 172.18.0.3")
      let again = try host.netctl("network connect blue \(explicit(runtime, process: process))")
      #expect(again.output.contains("already exists in network blue"), "\(again.output)")

      let address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
      #expect(
        try host.netctl("container inspect -f '{{.State.Pid}} \(address)' \(reference)").output
          == "\(process) 172.18.0.3\n")
      #expect(
        try host.netctl("inspect -f '{{.Name}} {{.State.Status}}' \(reference) blue").output
          .hasPrefix("/\(reference) running\n"))
      #expect(
        try host.netctl("container ls --format '{{.Names}} {{.Runtime}} {{.State}} {{.Networks}}'")
          .output.contains(
            "\(reference) \(runtime == .bwrap ? "pid" : runtime.rawValue) running blue\n"))
      #expect(
        try host.netctl("network ls -q --no-trunc -f container=\(reference)").output
          == host.shell("netctl network inspect -f '{{.ID}}' blue"))
      if runtime != .bwrap {
        #expect(try host.netctl("__complete container inspect w").output.contains("web\t"))
      }

      try host.end(process)
      let late = try host.netctl("network connect blue \(reference)")
      #expect(late.status == 1, "\(late.output)")
      // Its address is free as soon as the kernel has removed its interface.
      try host.shell("until [ $(ip -o link show type veth | wc -l) = 1 ]; do :; done")
      try host.shell("ip netns add other")
      #expect(try host.netctl("network connect --ip 172.18.0.3 blue other").output == "")
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func containerOfPodmanIsFoundByNameAndID(_ isServed: Bool) throws {
      let host = try RuntimeHost()
      let process = try host.start(.podman, "web")
      let id = try host.shell("ls /run/crun /run/runc 2>/dev/null | grep -xE '[0-9a-f]{64}'")
        .filter { !$0.isWhitespace }
      if isServed { try host.runtime("podman serve") }
      _ = try host.netctl("network create blue")

      #expect(try host.netctl("network connect blue \(id.prefix(12))").output == "")
      for name in ["web", id, "podman:\(id.prefix(4))", "podman:web", "pid:\(process)"] {
        let result = try host.netctl("network connect blue \(name)")
        #expect(
          result.output.contains("already exists in network blue"), "\(name): \(result.output)")
      }
      #expect(
        try host.netctl("network connect blue podman:we").output.contains("No such container"))
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func stateIsTheOneOfTheRuntime(_ isServed: Bool) throws {
      let host = try RuntimeHost()
      try host.create("made")
      try host.start(.podman, "web")
      if isServed { try host.runtime("podman serve") }
      let state = "{{.State.Status}} {{.State.Paused}} {{.State.ExitCode}}"
      let podman = "CONTAINERS_CONF=/run/work/containers.conf podman"

      #expect(try host.netctl("inspect -f '\(state)' made").output == "created false 0\n")
      #expect(try host.netctl("inspect -f '\(state)' web").output == "running false 0\n")
      // To the second, which the process and Podman may see start differently.
      let started = try host.shell("\(podman) inspect -f '{{.State.StartedAt.Unix}}' web")
      let found = try host.shell(
        "date -d \"$(netctl inspect -f '{{.State.StartedAt}}' web)\" +%s")
      let seconds = [started, found].compactMap { Int($0.filter(\.isNumber)) }
      #expect(seconds.count == 2 && abs(seconds[0] - seconds[1]) <= 1, "\(started) \(found)")
      #expect(
        try host.netctl("container ls -a --format '{{.Names}} {{.State}}'").output
          == "made created\nweb running\n")

      try host.shell("\(podman) kill web >/dev/null; \(podman) wait web")
      #expect(
        try host.netctl("container ls -a --format '{{.Names}} {{.State}}'").output
          == "made created\nweb exited\n")
      let ended = try host.netctl("inspect -f '\(state)' web")
      #expect(
        isServed ? ended.output == "exited false 137\n" : ended.output.contains("ExitCode"),
        "\(ended)")
    }

    @Test(.enabled(if: Runtime.installed.contains(.runc)))
    func containerWhoseProgramIsNotStartedIsCreated() throws {
      let host = try RuntimeHost()
      try host.start(.runc, "web")
      try host.shell("runc create -b /run/work/runc-web made </dev/null >/dev/null 2>&1")

      #expect(
        try host.netctl("container ls --format '{{.Names}} {{.State}}'").output
          == "made created\nweb running\n")
      try host.remove(.runc, "made")
    }

    @Test func settingsThatAreNotGivenArePrintedAsInGo() throws {
      let host = try RuntimeHost()
      try host.shell(
        """
        ip netns add web; netctl network create blue >/dev/null; netctl network connect blue web
        """)

      let settings = "{{.Aliases}} {{.Links}} {{.DriverOpts}} {{.IPAMConfig}} {{json .Links}}"
      #expect(
        try host.netctl(
          "inspect -f '{{with .NetworkSettings.Networks.blue}}\(settings){{end}}' web"
        )
        .output == "[] [] map[] <nil> null\n")
    }

    @Test func onlyObjectsOfATypeAreInspected() throws {
      let host = try RuntimeHost()
      try host.shell("ip netns add web; netctl network create web >/dev/null")

      #expect(try host.netctl("inspect -s -f '{{.Name}}' --type container web").output == "/web\n")
      #expect(try host.netctl("inspect -f '{{.Name}}' --type=network web").output == "web\n")
      let absent = try host.netctl("inspect --type container bridge")
      #expect(absent.output.contains("No such container: bridge") && absent.status == 1)
      let unknown = try host.netctl("inspect --type image web")
      #expect(unknown.output.contains("unknown type: \"image\"") && unknown.status == 1)
    }

    // Podman numbers its own interfaces, and fails at one that has the number already.
    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func interfaceOfAnEnginesContainerTakesNoNumberOfTheEngines(_ isServed: Bool) throws {
      let host = try RuntimeHost()
      let process = try host.start(.podman, "web")
      if isServed { try host.runtime("podman serve") }
      _ = try host.netctl("network create blue")
      _ = try host.netctl("network create green")

      #expect(try host.netctl("network connect blue web").output == "")
      #expect(
        try host.netctl(
          "network connect --driver-opt com.docker.network.endpoint.ifname=lan green web"
        ).output == "")

      let links = try host.shell("nsenter --net=/proc/\(process)/ns/net ip -br link")
      #expect(links.contains("net0@") && links.contains("lan@") && !links.contains("eth"))
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func hostNetworkIsRefused(_ isServed: Bool) throws {
      let host = try RuntimeHost()
      try host.start(.podman, "web", "--network=host")
      if isServed { try host.runtime("podman serve") }
      _ = try host.netctl("network create blue")

      let result = try host.netctl("network connect blue web")

      #expect(
        result.output == """
          Error: container sharing network namespace with another container or host cannot be \
          connected to any other network

          """)
    }

    /// Removed, restarted or killed: the namespace lives while one of them does.
    @Test(.enabled(if: Runtime.installed.contains(.podman)), arguments: [false, true])
    func containersOfAPodAreOne(_ isServed: Bool) throws {
      let host = try RuntimeHost()
      _ = try host.netctl("network create --subnet 10.9.0.0/24 blue")
      _ = try host.netctl("network create --subnet 10.8.0.0/24 green")
      try host.create("image")
      let podman = "CONTAINERS_CONF=/run/work/containers.conf podman"
      try host.shell(
        """
        \(podman) pod create --name pod --network none --infra-image bb \
          --infra-command '/bin/sleep 36000' >/dev/null
        for name in first second; do
          \(podman) run -d --pod pod --name $name bb /bin/sleep 36000 >/dev/null </dev/null 2>&1
        done
        """)
      if isServed { try host.runtime("podman serve") }
      let second = try host.shell("\(podman) inspect -f '{{.State.Pid}}' second").filter(\.isNumber)
      let addresses = { try host.shell("nsenter --net=/proc/\(second)/ns/net ip -4 -br addr") }

      #expect(try host.netctl("network connect -p 8080:80 blue first").output == "")
      #expect(try host.netctl("network connect green second").output == "")
      #expect(
        try host.netctl("network connect blue second").output.contains("already exists in network"))
      try host.shell("\(podman) rm -f -t 0 first")

      #expect(try host.netctl("network verify").output == "")
      #expect(try host.netctl("network reload").output == "")
      let found = try addresses()
      #expect(found.contains("10.9.0.2/24") && found.contains("10.8.0.2/24"), "\(found)")
      #expect(try host.netctl("network port second").output == "80/tcp -> 0.0.0.0:8080\n")
      #expect(try host.netctl("network disconnect blue second").output == "")
      #expect(try !addresses().contains("10.9.0.2"))
      try host.shell("\(podman) pod rm -f -t 0 pod")
    }

    @Test(.enabled(if: Runtime.installed.contains(.runc)))
    func namespaceLivesWhileAnyProcessIsInIt() throws {
      let host = try RuntimeHost()
      _ = try host.netctl("network create --subnet 10.9.0.0/24 blue")
      let first = try host.start(.runc, "web")
      #expect(try host.netctl("network connect -p 8080:80 blue web").output == "")
      let second = try host.shell(
        """
        nsenter --net=/proc/\(first)/ns/net sleep 1000 >/dev/null 2>&1 & echo $!
        until [ /proc/$!/ns/net -ef /proc/\(first)/ns/net ]; do :; done
        """
      ).filter(\.isNumber)
      try host.remove(.runc, "web")

      #expect(try host.netctl("network verify").output == "")
      #expect(try host.netctl("network reload").output == "")
      #expect(
        try host.shell("nsenter --net=/proc/\(second)/ns/net ip -4 -br addr")
          .contains("10.9.0.2/24"))
      #expect(
        try host.netctl("network connect blue pid:\(second)").output.contains("already exists"))
      #expect(
        try host.netctl("network port pid:\(second)").output == "80/tcp -> 0.0.0.0:8080\n")
      #expect(try host.netctl("network disconnect blue pid:\(second)").output == "")
      try host.shell("kill -9 \(second)")
    }

    // Podman's service goes on to report the dead process.
    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func containerWhoseMonitorWasKilledWithItDoesNotRun() throws {
      let host = try RuntimeHost()
      let process = try host.start(.podman, "web")
      try host.runtime("podman serve")
      _ = try host.netctl("network create blue")
      try host.shell("kill -9 $(cut -d' ' -f4 /proc/\(process)/stat)")
      try host.end(process)

      let result = try host.netctl("network connect blue web")

      #expect(result.output == "Error: container podman:web is not running\n")
    }

    @Test(.enabled(if: Runtime.installed.contains(.runc) && Runtime.installed.contains(.crun)))
    func nameOfTwoContainersIsTold() throws {
      let host = try RuntimeHost()
      try host.start(.runc, "web")
      try host.start(.crun, "web")
      _ = try host.netctl("network create blue")
      host.environment = ["NETCTL_HINTS=1"]

      let result = try host.netctl("network connect blue web")

      #expect(result.status == 0)
      #expect(result.output == "This is crun:web; the name also refers to runc:web.\n")
      #expect(try host.netctl("network connect blue runc:web").output == "")
    }

    @Test(.enabled(if: Runtime.installed.contains(.runc)))
    func daemonThatHangsDelaysByASecond() throws {
      let host = try RuntimeHost()
      try host.start(.runc, "web")
      _ = try host.netctl("network create blue")
      try host.shell(
        """
        python3 -c 'import socket, time; s = socket.socket(1); s.bind("/run/hung.sock"); s.listen(8)
        time.sleep(1000)' >/dev/null 2>&1 & echo $! >/run/server
        until test -S /run/hung.sock; do :; done
        """)
      host.environment = ["DOCKER_HOST=unix:///run/hung.sock"]
      let start = ContinuousClock.now

      let result = try host.netctl("network connect blue web")

      #expect(result.status == 0)
      #expect(
        result.output
          == "Warning: cannot search containers of docker: /run/hung.sock does not answer\n")
      #expect((Duration.milliseconds(900)...Duration.seconds(5)) ~= ContinuousClock.now - start)
      let explicit = try host.netctl("network connect blue docker:web")
      #expect(
        explicit.output
          == "Error: cannot search containers of docker: /run/hung.sock does not answer\n")
      try host.shell("kill $(cat /run/server)")
    }

    /// Records of a user that name this process.
    private func recordOfAUser(_ process: String, on host: RuntimeHost) throws {
      try host.shell(
        """
        mkdir -p /run/user/1500/crun/web && start=$(cut -d' ' -f22 /proc/\(process)/stat) || exit
        printf '{"pid":%s,"process-start-time":%s}' \(process) "$start" >/run/user/1500/crun/web/status
        chown -R 1500:1500 /run/user/1500 && chmod -R go-w /run/user/1500
        """)
    }

    @Test func containerOfAUserIsConnectedIfItsNamespaceIsTheUsers() throws {
      let host = try RuntimeHost()
      _ = try host.netctl("network create blue")
      let process = try host.shell(
        """
        setpriv --reuid 1500 --regid 1500 --clear-groups unshare -Urn sleep 100 >/dev/null 2>&1 &
        until ! [ /proc/$!/ns/net -ef /proc/self/ns/net ]; do :; done; echo $!
        """
      ).filter { !$0.isWhitespace }
      try recordOfAUser(process, on: host)

      #expect(
        try host.netctl("network connect blue web").output.contains("No such container: web"))
      #expect(try host.netctl("network connect blue crun@1500:web").output == "")
      host.environment = ["SUDO_UID=1500"]
      #expect(
        try host.netctl("network connect blue web").output.contains("already exists in network"))
      try host.shell("kill -9 \(process)")
    }

    @Test func userCannotLeadRootIntoAnotherNamespace() throws {
      let host = try RuntimeHost()
      _ = try host.netctl("network create blue")
      let process = try host.shell(
        """
        unshare -n sleep 100 >/dev/null 2>&1 &
        until ! [ /proc/$!/ns/net -ef /proc/self/ns/net ]; do :; done; echo $!
        """
      ).filter { !$0.isWhitespace }
      defer { _ = try? host.shell("kill -9 \(process)") }
      try recordOfAUser(process, on: host)

      let result = try host.netctl("network connect blue crun@1500:web")
      #expect(
        result.output == """
          Error: the network namespace of container crun@1500:web does not belong to user 1500

          """)

      // Root's own records and sockets, by links.
      try host.shell(
        """
        cd /run/user/1500 && mkdir -p /run/crun/db podman && cp crun/web/status /run/crun/db || exit
        chown -R 0:0 /run/crun; ln -s /run/crun/db crun/db; ln -s /run/root.sock podman/podman.sock
        python3 -c 'import socket, time; s = socket.socket(1); s.bind("/run/root.sock"); s.listen(8)
        time.sleep(1000)' >/dev/null 2>&1 & echo $! >/run/server; until test -S /run/root.sock; do :; done
        """)
      #expect(try host.netctl("network connect blue db").output == "")
      for name in ["crun@1500:db", "podman@1500:web"] {
        let result = try host.netctl("network connect blue \(name)")
        #expect(result.status == 1)
        #expect(!result.output.contains("already exists"), "\(result.output)")
      }
      try host.shell("kill $(cat /run/server)")
    }
  }
}

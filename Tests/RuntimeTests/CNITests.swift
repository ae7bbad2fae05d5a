import CommandLineTestSupport
import Testing

extension RuntimeTests {
  /// netctl as a CNI plugin, called as a runtime calls it and by runtimes.
  @Suite struct CNITests {
    /// A host with the network blue, and the namespace web.
    private func makeHost() throws -> RuntimeHost {
      let host = try RuntimeHost()
      try host.shell(
        "ip netns add web; netctl network create --subnet 10.9.0.0/24 blue >/dev/null")
      return host
    }

    /// Calls the plugin; returns what it printed.
    private func call(
      _ command: String, on host: RuntimeHost, version: String = "1.0.0", container: String = "c1",
      namespace: String = "/run/netns/web", interface: String = "eth0", name: String = "blue",
      members: String = "", arguments: String = ""
    ) throws -> (output: String, status: Int) {
      let configuration =
        #"{"cniVersion":"\#(version)","name":"\#(name)","type":"netctl-cni"\#(members)}"#
      let output = try host.shell(
        """
        echo '\(configuration)' | CNI_COMMAND=\(command) CNI_CONTAINERID=\(container) \
        CNI_NETNS=\(namespace) CNI_IFNAME=\(interface) CNI_ARGS='\(arguments)' CNI_PATH=/x netctl
        echo " $?"
        """)
      let parts = output.split(separator: "\n")
      return (parts.dropLast().joined(separator: "\n"), Int(parts.last?.dropFirst() ?? "") ?? -1)
    }

    private func containers(on host: RuntimeHost) throws -> String {
      try host.shell(
        "netctl network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}};{{end}}' blue")
    }

    static let results = [
      (
        "1.0.0",
        #"{"cniVersion":"1.0.0","interfaces":[{"name":"VETH"},{"name":"eth0","#
          + #""mac":"02:42:0a:09:00:02","sandbox":"/run/netns/web"}],"ips":[{"interface":1,"#
          + #""address":"10.9.0.2/24","gateway":"10.9.0.1"}],"#
          + #""routes":[{"dst":"0.0.0.0/0","gw":"10.9.0.1"}],"dns":{}}"#
      ),
      (
        "0.4.0",
        #"{"cniVersion":"0.4.0","interfaces":[{"name":"VETH"},{"name":"eth0","#
          + #""mac":"02:42:0a:09:00:02","sandbox":"/run/netns/web"}],"ips":[{"version":"4","#
          + #""interface":1,"address":"10.9.0.2/24","gateway":"10.9.0.1"}],"#
          + #""routes":[{"dst":"0.0.0.0/0","gw":"10.9.0.1"}],"dns":{}}"#
      ),
      (
        "0.2.0",
        #"{"cniVersion":"0.2.0","ip4":{"ip":"10.9.0.2/24","gateway":"10.9.0.1","#
          + #""routes":[{"dst":"0.0.0.0/0","gw":"10.9.0.1"}]}}"#
      ),
    ]

    @Test(arguments: results)
    func containerIsAddedAndDeleted(_ version: String, _ result: String) throws {
      let host = try makeHost()

      let added = try call("ADD", on: host, version: version)

      #expect(added.output.replacing(#/veth[0-9a-f]{7}/#, with: "VETH") == result)
      #expect(try host.shell("ip -n web -4 -br addr show eth0").contains("10.9.0.2/24"))
      try host.shell("ip netns exec web ping -c 1 -W 2 10.9.0.1")
      #expect(try containers(on: host) == "c1 10.9.0.2/24;\n")
      #expect(try call("CHECK", on: host, version: version) == ("", 0))

      #expect(try call("DEL", on: host, version: version) == ("", 0))
      #expect(try call("DEL", on: host, version: version) == ("", 0))
      #expect(try containers(on: host) == "\n")
      #expect(try call("CHECK", on: host, version: version).status == 1)
    }

    @Test func argumentsAndCapabilitiesAreApplied() throws {
      let host = try makeHost()

      let added = try call(
        "ADD", on: host,
        members: #"""
          ,"runtimeConfig":{"aliases":{"blue":["db"]},"portMappings":[\#
          {"hostPort":8080,"containerPort":80,"protocol":"tcp"},\#
          {"HostPort":8081,"ContainerPort":81,"Protocol":"UDP","HostIP":"127.0.0.1"}]}
          """#, arguments: "IgnoreUnknown=1;K8S_POD_NAME=pod;IP=10.9.0.77;MAC=02:11:22:33:44:55")

      #expect(added.status == 0, "\(added.output)")
      #expect(try containers(on: host) == "pod 10.9.0.77/24;\n")
      #expect(try host.shell("ip -n web link show eth0").contains("02:11:22:33:44:55"))
      let ports = try host.shell("netctl network port /run/netns/web")
      #expect(ports.contains("80/tcp -> 0.0.0.0:8080\n"), "\(ports)")
      #expect(ports.contains("81/udp -> 127.0.0.1:8081\n"), "\(ports)")
      let aliases = "{{range .Containers}}{{.Aliases}}{{end}}"
      #expect(try host.shell("netctl network inspect -vf '\(aliases)' blue") == "[db]\n")

      let deleted = try call("DEL", on: host)
      try host.shell("ip netns add other")
      let again = try host.netctl("network connect -p 8080:80 blue other")
      #expect(deleted.status == 0, "\(deleted.output)")
      #expect(again.status == 0, "\(again.output)")
    }

    @Test func annotationOfAPodIsApplied() throws {
      let host = try makeHost()
      try host.shell("netctl network create green >/dev/null")

      let added = try call(
        "ADD", on: host,
        members: #"""
          ,"runtimeConfig":{"io.kubernetes.cri.pod-annotations":\#
          {"io.netctl.networks":"blue ip=10.9.0.5 alias=db; green"}}
          """#)

      #expect(added.output.contains("10.9.0.5/24"), "\(added.output)")
      let addresses = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
      #expect(
        try host.shell("netctl inspect -f '\(addresses)' /run/netns/web")
          == "10.9.0.5 172.18.0.2 \n")
      #expect(try call("DEL", on: host).status == 0)
      #expect(try host.shell("netctl inspect -f '\(addresses)' /run/netns/web") == "\n")
    }

    @Test func deletionSucceedsWithoutANamespace() throws {
      let host = try makeHost()
      _ = try call("ADD", on: host)
      try host.shell("ip netns delete web")

      #expect(try call("DEL", on: host, namespace: "") == ("", 0))
      #expect(try call("DEL", on: host, container: "other", namespace: "/gone") == ("", 0))
      #expect(try containers(on: host) == "\n")
    }

    @Test func additionAfterOneWhoseDeletionNeverCameSucceeds() throws {
      let host = try makeHost()
      _ = try call("ADD", on: host, arguments: "IP=10.9.0.5")
      try host.shell("ip netns add again")

      let added = try call(
        "ADD", on: host, namespace: "/run/netns/again", arguments: "IP=10.9.0.5")

      #expect(added.status == 0, "\(added.output)")
      #expect(try containers(on: host) == "c1 10.9.0.5/24;\n")
    }

    @Test func failedAdditionLeavesNothing() throws {
      let host = try makeHost()

      let failed = try call(
        "ADD", on: host,
        members: #"""
          ,"runtimeConfig":{"io.kubernetes.cri.pod-annotations":{"io.netctl.networks":"red"}}
          """#)

      #expect(failed.status == 1)
      #expect(
        failed.output == #"{"cniVersion":"1.0.0","code":7,"msg":"network red not found"}"#)
      #expect(try containers(on: host) == "\n")
      #expect(try host.shell("ip -n web -br link").split(separator: "\n").count == 1)
      #expect(try call("DEL", on: host) == ("", 0))
    }

    /// As a runtime with several networks calls one plugin for each.
    @Test func failedAdditionLeavesThoseOfOtherNetworks() throws {
      let host = try makeHost()
      try host.shell(
        """
        netctl network create --subnet 10.8.0.0/24 green >/dev/null
        ip netns add own; netctl network connect -p 8080:80 green own
        """)
      let added = try call("ADD", on: host)
      let other = { (members: String, interface: String, arguments: String) in
        try call(
          "ADD", on: host, interface: interface, name: "green", members: members,
          arguments: arguments)
      }

      let taken =
        #","runtimeConfig":{"portMappings":[{"hostPort":8080,"containerPort":80}]}"#
      #expect(added.status == 0)
      #expect(try other("", "eth0", "").status == 1)
      #expect(try other("", "eth0", "IP=10.99.0.1").status == 1)
      #expect(try other(taken, "net1", "").status == 1)
      #expect(try call("ADD", on: host, arguments: "IP=10.99.0.1").status == 1)
      #expect(
        try call(
          "ADD", on: host, container: "c2", name: "green",
          members: #"""
            ,"runtimeConfig":{"io.kubernetes.cri.pod-annotations":\#
            {"io.netctl.networks":"blue"}}
            """#
        ).status == 1)

      #expect(try containers(on: host) == "c1 10.9.0.2/24;\n")
      #expect(
        try host.shell("netctl network inspect -f '{{len .Containers}}' green") == "1\n")
      try host.shell("ip netns exec web ping -c 1 -W 2 10.9.0.1")

      // The name of the configuration belongs to the identity of an attachment.
      #expect(try other("", "net1", "").status == 0)
      #expect(try call("DEL", on: host, name: "green") == ("", 0))
      #expect(try containers(on: host) == "c1 10.9.0.2/24;\n")
      #expect(
        try call("DEL", on: host, interface: "net1", name: "green") == ("", 0))
      #expect(try host.shell("netctl network inspect -f '{{len .Containers}}' green") == "1\n")
    }

    @Test(arguments: ["99999", "-1", "65616", "\"80\"", "80.5", "true"])
    func portThatIsNoneIsRefused(_ port: String) throws {
      let host = try makeHost()
      for mapping in [#""hostPort":\#(port),"containerPort":80"#, #""ContainerPort":\#(port)"#] {
        let members = #","runtimeConfig":{"portMappings":[{\#(mapping)}]}"#

        let refused = try call("ADD", on: host, members: members)

        #expect(refused.status == 1)
        #expect(refused.output.contains(#""code":7"#) && refused.output.contains("\(port.first!)"))
        // The runtime gives the same to DEL.
        #expect(try call("DEL", on: host, members: members) == ("", 0))
      }
      #expect(try containers(on: host) == "\n")
    }

    @Test func mistakeInTheConfigurationFileDoesNotPreventDeletion() throws {
      let host = try makeHost()
      #expect(try call("ADD", on: host, arguments: "IP=10.9.0.5").status == 0)
      try host.shell("echo '{\"mtu\": true}' >/run/mistake.json")
      let mistake = "export NETCTL_CONFIG=/run/mistake.json; "
      let call = { (command: String) in
        try host.shell(
          mistake + """
            echo '{"cniVersion":"1.0.0","name":"blue"}' | CNI_COMMAND=\(command) \
            CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/web CNI_IFNAME=eth0 netctl; echo "$?"
            """)
      }

      let deleted = try call("DEL")
      let added = try call("ADD")

      #expect(deleted == "0\n")
      #expect(added.contains("mistake.json") && added.hasSuffix("1\n"), "\(added)")
      #expect(try containers(on: host) == "\n")
    }

    @Test func networkToWhichNothingCanBeConnectedIsNotReady() throws {
      let host = try makeHost()
      try host.shell(
        """
        ip link add eth7 type veth peer name peer7
        netctl network create -d macvlan -o parent=eth7 --subnet 10.7.0.0/24 lan >/dev/null
        netctl network create --config-only common >/dev/null
        """)
      let status = { (network: String) in
        try call(
          "STATUS", on: host, version: "1.1.0", members: #","network":"\#(network)""#)
      }
      #expect(try status("lan") == ("", 0))
      try host.shell("ip link delete eth7")

      for network in ["lan", "host", "common"] {
        let status = try status(network)
        #expect(status.status == 1 && status.output.contains(#""code":50"#), "\(status)")
      }
    }

    @Test(arguments: [
      "", #","cni.dev/valid-attachments":{}"#,
      #","cni.dev/valid-attachments":[{"containerID":"c1"}]"#,
    ])
    func collectionWithoutAListIsRefused(_ members: String) throws {
      let host = try makeHost()
      _ = try call("ADD", on: host)

      let refused = try call("GC", on: host, version: "1.1.0", members: members)

      #expect(refused.status == 1 && refused.output.contains(#""code":7"#), "\(refused)")
      #expect(try containers(on: host) == "c1 10.9.0.2/24;\n")
      // As libcni writes an empty list.
      #expect(
        try call(
          "GC", on: host, version: "1.1.0", members: #","cni.dev/valid-attachments":null"#)
          == ("", 0))
      #expect(try containers(on: host) == "\n")
    }

    @Test func whatIsNoLongerValidIsCollected() throws {
      let host = try makeHost()
      try host.shell("ip netns add other; ip netns add own; netctl network connect blue own")
      _ = try call("ADD", on: host)
      _ = try call("ADD", on: host, container: "c2", namespace: "/run/netns/other")

      let result = try call(
        "GC", on: host, version: "1.1.0",
        members: #","cni.dev/valid-attachments":[{"containerID":"c2","ifname":"eth0"}]"#)

      #expect(result == ("", 0))
      let left = try containers(on: host)
      #expect(left.contains("c2 ") && left.contains("own ") && !left.contains("c1 "), "\(left)")
    }

    @Test func versionsAndStatusAreTold() throws {
      let host = try makeHost()

      #expect(
        try call("VERSION", on: host).output == """
          {"cniVersion":"1.0.0","supportedVersions":\
          ["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0","1.1.0"]}
          """)
      #expect(try call("STATUS", on: host, version: "1.1.0") == ("", 0))
      let status = try call("STATUS", on: host, version: "1.1.0", members: #","network":"red""#)
      #expect(
        status == (#"{"cniVersion":"1.1.0","code":50,"msg":"network red not found"}"#, 1))
      #expect(try call("ADD", on: host, version: "9.0.0").output.contains(#""code":1"#))
      #expect(try call("ADD", on: host, namespace: "").output.contains(#""code":4"#))
      #expect(try call("ADD", on: host, members: ",").output.contains(#""code":6"#))
    }

    @Test(arguments: ["ADD", "DEL", "CHECK"])
    func identifiersThatTheSpecificationForbidsAreRefused(_ command: String) throws {
      let host = try makeHost()

      for container in ["../x", ".x", "a/b", "'a b'"] {
        let refused = try call(command, on: host, container: container)
        #expect(refused.output.contains(#""code":4"#), "\(container): \(refused)")
        #expect(refused.output.contains("invalid CNI_CONTAINERID: "), "\(refused)")
        #expect(refused.status == 1)
      }
      for interface in ["a/b", "a:b", "..", "sixteen-letters-"] {
        let refused = try call(command, on: host, interface: interface)
        #expect(refused.output.contains(#""code":4"#), "\(interface): \(refused)")
      }
    }

    @Test func interfaceOnALinkOfTheHostHasNoOtherEnd() throws {
      let host = try makeHost()
      try host.shell(
        """
        ip link add eth7 type veth peer name peer7
        netctl network create -d macvlan -o parent=eth7 --subnet 10.7.0.0/24 lan >/dev/null
        """)

      let added = try call("ADD", on: host, members: #","network":"lan""#)

      let mac = try host.shell("ip -n web -br link show eth0").split(separator: " ")[2]
      #expect(
        added.output
          == #"{"cniVersion":"1.0.0","interfaces":[{"name":"eth0","mac":"\#(mac)","#
          + #""sandbox":"/run/netns/web"}],"ips":[{"interface":0,"address":"10.7.0.1/24"}],"#
          + #""routes":[],"dns":{}}"#)
      #expect(try call("DEL", on: host, members: #","network":"lan""#) == ("", 0))
    }

    /// Makes Podman use the plugin for its network blue.
    private func installPlugin(on host: RuntimeHost) throws {
      try host.shell(
        """
        mkdir -p /run/cni/bin /run/cni/net && ln -s $(command -v netctl) /run/cni/bin/netctl-cni
        cat >>/run/work/containers.conf <<END
        [network]
        network_backend="cni"
        cni_plugin_dirs=["/run/cni/bin"]
        network_config_dir="/run/cni/net"
        END
        cp \(TestEnvironment.folder(of: RuntimeHost.script))/../../../.packaging/netctl.conflist \
        /run/cni/net/netctl.conflist
        """)
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func podmansContainersResolveEachOtherAtOnceWithTheHook() throws {
      let host = try makeHost()
      try host.shell(
        """
        mkdir /run/hooks
        sed "s|@BINDIR@/netctl|$(command -v netctl)|" \
        \(TestEnvironment.folder(of: RuntimeHost.script))/../../../.packaging/netctl-oci-hook.json \
        >/run/hooks/netctl.json
        sed -i '/^\\[engine\\]/a hooks_dir=["/run/hooks"]' /run/work/containers.conf
        """)
      try installPlugin(on: host)
      for name in ["web", "db"] { try host.start(.podman, name, "--network blue") }

      let podman = "CONTAINERS_CONF=/run/work/containers.conf podman"
      try host.shell("\(podman) exec web ping -c 1 -W 2 db")
      try host.shell("\(podman) exec db ping -c 1 -W 2 web")
      #expect(try host.netctl("network verify").output == "")
      #expect(
        try host.netctl("container ls --format '{{.Names}} {{.Networks}}'").output
          == "db blue\nweb \nweb blue\n")
    }

    @Test(.enabled(if: Runtime.installed.contains(.podman)))
    func podmanUsesThePlugin() throws {
      let host = try makeHost()
      try installPlugin(on: host)

      let process = try host.start(.podman, "web", "--network blue -p 8080:80 --ip 10.9.0.9")

      #expect(
        try host.shell("nsenter --net=/proc/\(process)/ns/net ip -4 -br addr show eth0")
          .contains("10.9.0.9/24"))
      let address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
      #expect(try host.shell("netctl inspect -f '\(address)' podman:web") == "10.9.0.9\n")
      #expect(try containers(on: host) == "web 10.9.0.9/24;\n")
      // Podman's monitor has bound it.
      #expect(try host.netctl("network verify").output.replacing(#/.*hosts.*\n/#, with: "") == "")
      // Podman makes the hosts file after the network.
      #expect(try host.netctl("network reload").output == "")
      try host.start(.podman, "other", "--network blue")
      let podman = "CONTAINERS_CONF=/run/work/containers.conf podman"
      try host.shell("\(podman) exec web ping -c 1 -W 2 other")
      #expect(try host.netctl("network reload").output == "")
      try host.shell("\(podman) exec other ping -c 1 -W 2 web")
      #expect(try host.netctl("network verify").output == "")
      try host.remove(.podman, "other")
      try host.remove(.podman, "web")
      #expect(try containers(on: host) == "\n")
      #expect(try host.shell("find /etc/netns -name 'netns-*' 2>/dev/null; true") == "")
    }

    @Test func deletionTakesTheNamesWithIt() throws {
      let host = try makeHost()
      _ = try call("ADD", on: host)
      #expect(try host.shell("cat /etc/netns/web/hosts").contains("10.9.0.2"))

      #expect(try call("DEL", on: host) == ("", 0))

      try host.shell("test ! -e /etc/netns/web")
    }

    @Test(.enabled(if: Runtime.installed.contains(.containerd)))
    func containerdsClientUsesThePlugin() throws {
      let host = try makeHost()
      try host.shell(
        """
        mkdir -p /run/cni/bin && ln -s $(command -v netctl) /run/cni/bin/netctl-cni
        for folder in /etc/cni/net.d /opt/cni/bin; do
          mkdir -p $folder && mount -t tmpfs tmpfs $folder
        done
        cp \(TestEnvironment.folder(of: RuntimeHost.script))/../../../.packaging/netctl.conflist \
        /etc/cni/net.d/
        ln -s $(command -v netctl) /opt/cni/bin/netctl-cni
        """)

      let process = try host.start(.containerd, "web", "--cni")

      #expect(
        try host.shell("nsenter --net=/proc/\(process)/ns/net ip -4 -br addr show eth0")
          .contains("10.9.0.2/24"))
      #expect(try containers(on: host) == "default-web 10.9.0.2/24;\n")
    }
  }
}

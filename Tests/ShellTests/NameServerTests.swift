import CommandLineTestSupport
import Testing

/// The name server, asked by real resolvers.
@Suite(.enabled(if: NameServerHost.problem == nil, "\(NameServerHost.problem ?? "")"))
struct NameServerTests {
  @Test func namesAreAnswered() throws {
    let output = try NameServerHost().output(
      """
      for question in "db" "Sql.BLUE" "-x 10.9.0.2" "+tcp db" "web AAAA" "db MX"; do
        ask web +noall +answer +comments $question | grep -E 'status|flags: qr|IN' | sed 's/id: .*//'
      done
      """)

    #expect(
      output.replacing("\t", with: " ").split(separator: "\n").filter { !$0.hasPrefix(";; ->>") }
        .map { String($0).replacing(#/ +/#, with: " ") } == [
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1",
          "db. 600 IN A 10.9.0.3",
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1",
          "Sql.BLUE. 600 IN A 10.9.0.3",
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1",
          "2.0.9.10.in-addr.arpa. 600 IN PTR web.blue.",
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1",
          "db. 600 IN A 10.9.0.3",
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1",
          ";; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1",
        ])
    #expect(output.components(of: "NOERROR") == 6)
  }

  /// By the configuration that netctl wrote, in glibc, and in busybox, whose hosts file is empty.
  @Test func resolversUseIt() throws {
    let output = try NameServerHost().output(
      """
      cat /etc/netns/web/resolv.conf | grep -v '^#'
      : >/etc/netns/web/hosts
      ip netns exec web getent ahostsv4 sql | head -1 | cut -d ' ' -f 1
      ip netns exec web busybox nslookup sql 2>&1 | grep -c 10.9.0.3
      """)

    #expect(output == "\nnameserver 127.0.0.11\noptions ndots:0\n\n10.9.0.3\n1\n")
  }

  /// musl asks all servers at once, for both families, and takes the first answer.
  @Test(.enabled(if: TestEnvironment.problem(needing: "musl-gcc") == nil, "musl-gcc is missing"))
  func muslUsesIt() throws {
    let output = try NameServerHost().output(
      """
      cat >/srv/look.c <<'END'
      #include <arpa/inet.h>
      #include <netdb.h>
      #include <stdio.h>
      int main(int count, char **words) {
        struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
        char text[64];
        int code = getaddrinfo(words[1], NULL, &hints, &found);
        if (code) return puts(gai_strerror(code)), 1;
        for (; found; found = found->ai_next) {
          getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, NULL, 0, NI_NUMERICHOST);
          puts(text);
        }
      }
      END
      musl-gcc -static -o /srv/look /srv/look.c || exit 1
      ip netns exec web /srv/look sql.blue
      : >/etc/netns/web/hosts
      ip netns exec web /srv/look db
      """)

    #expect(output == "10.9.0.3\n10.9.0.3\n")
  }

  /// Whatever a client was told before the end, no answer is wrong, and another server goes on.
  @Test func endInTheMiddleOfQueriesCostsNoMoreThanTheRestart() throws {
    let output = try NameServerHost().output(
      #"""
      cat >/srv/ask <<'END'
      import os, socket, time
      query = bytes.fromhex("1234010000010000000000000264620000010001")
      wrong, last, gap = 0, None, 0
      print("asking", flush=True)
      while not os.path.exists("/srv/stop"):
          asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          asked.settimeout(0.2)
          asked.connect(("127.0.0.11", 53))
          try:
              asked.send(query)
              reply = asked.recv(512)
          except OSError:
              time.sleep(0.001)
              continue
          finally:
              asked.close()
          now = time.monotonic()
          if last: gap = max(gap, now - last)
          last = now
          wrong += reply[-4:] != bytes([10, 9, 0, 3])
      print("wrong", wrong, "long" if gap > 5 else "short")
      END
      mkfifo /srv/begun
      ip netns exec web python3 /srv/ask >/srv/begun &
      asker=$!
      exec 3</srv/begun
      read begun <&3
      for number in 1 2 3; do
        kill -9 $server; wait $server 2>/dev/null
        serve
        until ask web +short db >/dev/null; do :; done
      done
      touch /srv/stop
      cat <&3
      """#)

    #expect(output.split(separator: "\n").last == "wrong 0 short")
  }

  /// Without a wait in between, as often as the loop goes round.
  @Test func answerIsRightWhenTheCommandEnds() throws {
    let output = try NameServerHost(containers: ["web", "db", "late"]).output(
      """
      for number in 1 2 3 4 5 6 7 8 9 10; do
        netctl network connect --ip 10.9.0.$((100 + number)) blue late
        ask web +short late
        ask late +short db
        netctl network disconnect blue late
        ask web +short late
      done | sort | uniq -c | awk '{ print $1, $2 }' | sort -n | tail -1
      """)

    #expect(output == "10 10.9.0.3\n")
  }

  @Test func deadContainersHaveNoNames() throws {
    let output = try NameServerHost().output(
      """
      ask web +short db
      ip netns delete db
      ask web +short db
      until [ -z "$(ls /sys/class/net | grep veth | sed 1d)" ]; do :; done
      echo gone
      """)

    #expect(output == "10.9.0.3\ngone\n")
  }

  @Test func linksAndSharedNames() throws {
    let output = try NameServerHost(containers: ["web", "db", "two"]).output(
      """
      netctl network connect --alias sql --link web:w blue two
      ask web +short sql | sort | tr '\\n' ' '
      ask two +short w | tr '\\n' ' '
      ask web +short w | wc -l
      for number in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do ask web +short sql | head -1; done \
        | sort -u | wc -l
      """)

    #expect(output == "10.9.0.3 10.9.0.4 10.9.0.2 0\n2\n")
  }

  /// The others' replies are passed on: by the host where its file has them, by the container where
  /// the network has them; none from an internal network.
  @Test func unknownNamesAreForwarded() throws {
    let output = try NameServerHost(containers: ["web", "db", "in", "own"]).bareOutput(
      """
      echo nameserver 192.0.2.54 >/srv/resolv && echo nameserver 192.0.2.53 >>/srv/resolv
      dnsmasq --no-daemon --no-resolv --no-hosts --listen-address=192.0.2.53 --bind-interfaces \\
        --host-record=outside.example,198.51.100.7 --txt-record=outside.example,hello \\
        --address=/nx.example/ --local=/example/ --log-queries --log-facility=/srv/asked \
        >/dev/null 2>&1 &
      others=$!
      until grep -q started /srv/asked 2>/dev/null; do kill -0 $others || exit 1; done
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network create --subnet 10.8.0.0/24 --internal red >/dev/null
      netctl network create --subnet 10.7.0.0/24 --opt io.netctl.dns=192.0.2.53 green >/dev/null
      serve
      netctl network connect blue web && netctl network connect red in
      netctl network connect green own
      ask web +short outside.example
      ask web +short TXT outside.example
      ask web +tcp +short outside.example
      ask web nx.example | grep -o NXDOMAIN
      ask in outside.example | grep -o SERVFAIL
      ask own +short outside.example
      grep -o 'query.*TXT.*from.*' /srv/asked | head -1
      grep -o 'from 10.7.0.2' /srv/asked | head -1
      """)

    #expect(
      output.split(separator: "\n") == [
        "198.51.100.7", "\"hello\"", "198.51.100.7", "NXDOMAIN", "SERVFAIL", "198.51.100.7",
        "query[TXT] outside.example from 192.0.2.53", "from 10.7.0.2",
      ])
  }

  @Test func configurationIsFollowed() throws {
    let output = try NameServerHost().bareOutput(
      """
      printf '{"dns": ["192.0.2.99"], "dns-search": ["a.example"], "dns-opts": ["ndots:1"]}' \\
        >/etc/netctl/daemon.json
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network create --opt io.netctl.dns=false dumb >/dev/null
      netctl network create --opt io.netctl.dns=nonsense bad
      serve
      netctl network connect blue web
      netctl network connect dumb db
      grep -v '^# [Gn]' /etc/netns/web/resolv.conf | grep -v 'This file'
      ask web nosuch | grep -oE 'status: [A-Z]+'
      ls /etc/netns/db
      printf '{"dns": false}' >/etc/netctl/daemon.json
      netctl network disconnect blue web && netctl network connect blue web
      grep -c 127.0.0.11 /etc/netns/web/resolv.conf
      printf '{"dns": [1]}' >/etc/netctl/daemon.json
      kill $server; wait $server
      netctl dns
      """)

    #expect(
      output == """
        Error: \(Self.badOption)

        nameserver 127.0.0.11
        search a.example
        options ndots:1

        # Based on host file: '/etc/resolv.conf' (internal resolver)
        # ExtServers: [192.0.2.99]
        # Overrides: [nameservers search options]
        # Option ndots from: override
        status: NOERROR
        hosts
        0
        Error: /etc/netctl/daemon.json:1: dns[0]: 1 is not an IP address

        """)
  }

  @Test func hostIsAnswered() throws {
    let output = try NameServerHost().bareOutput(
      """
      printf '{"host-gateway-ips": ["10.9.0.1", "fd00::1"]}' >/etc/netctl/daemon.json
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      serve
      netctl network connect blue web
      ask web +short host.docker.internal
      ask web +short AAAA Host.Containers.Internal
      netctl network lookup web host.docker.internal | cut -d ' ' -f 1
      """)

    #expect(output == "10.9.0.1\nfd00::1\n10.9.0.1\nfd00::1\n")
  }

  private static let badOption = "failed to parse io.netctl.dns value: nonsense (nil ip)"

  /// Names go on in hosts files; who lost the server is told, and `reload` takes it out.
  @Test func deadServerIsSaid() throws {
    let output = try NameServerHost(containers: ["web", "db", "late"]).output(
      """
      kill -9 $server; wait $server 2>/dev/null
      netctl network connect blue late
      netctl network verify | sed 's|^container [a-z]*: [^ ]*/|container: |'
      ls /etc/netns/late
      ip netns exec late getent hosts db | cut -d ' ' -f 1
      netctl network reload && netctl network verify
      grep -c 127.0.0.11 /etc/netns/web/resolv.conf
      serve
      ask web +short late
      netctl network reload && ask late +short db
      grep -c 127.0.0.11 /etc/netns/late/resolv.conf
      """)

    let down =
      "Warning: the name server is no longer running (Connection refused); start it (netctl dns)"
    #expect(
      output == """
        \(down)
        container: resolv.conf names the name server, which does not answer; \
        start it (netctl dns), or run netctl network reload to remove it
        container: resolv.conf names the name server, which does not answer; \
        start it (netctl dns), or run netctl network reload to remove it
        hosts
        10.9.0.3
        \(down)
        0
        10.9.0.4
        10.9.0.3
        1

        """)
  }

  /// Datagrams without end, of which others are asked that do not answer, and more connections than
  /// it may have.
  @Test func floodCostsItsContainerAlone() throws {
    let output = try NameServerHost().output(
      #"""
      echo nameserver 192.0.2.54 >/srv/resolv
      cat >/srv/flood <<'END'
      import socket
      held = [socket.create_connection(("127.0.0.11", 53)) for _ in range(60)]
      flood = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      flood.connect(("127.0.0.11", 53))
      print("flooding", flush=True)
      query = bytes.fromhex("123401000001000000000000076f757473696465076578616d706c650000010001")
      while True:
          flood.send(query)
      END
      mkfifo /srv/begun
      ip netns exec web python3 /srv/flood >/srv/begun &
      others=$!
      read begun </srv/begun
      for number in 1 2 3 4 5; do ask db +short web; ask db +short +tcp web; done | uniq -c
      """#)

    #expect(output.split(separator: " ") == ["10", "10.9.0.2\n"])
  }

  @Test func changedFileIsLeftAlone() throws {
    let output = try NameServerHost(containers: ["web", "db", "own"]).output(
      """
      mkdir /etc/netns/own && echo nameserver 192.0.2.1 >/etc/netns/own/resolv.conf
      netctl network connect blue own && cat /etc/netns/own/resolv.conf
      sed -i 's/ndots:0/ndots:3/' /etc/netns/web/resolv.conf
      netctl network disconnect blue web && grep -c ndots:3 /etc/netns/web/resolv.conf
      netctl network disconnect blue db && grep -c 127.0.0.11 /etc/netns/db/resolv.conf
      """)

    #expect(output == "nameserver 192.0.2.1\n1\n0\n")
  }

  @Test func lookupTellsOfTheServer() throws {
    let output = try NameServerHost().output(
      """
      echo nameserver 192.0.2.53 >/srv/resolv
      : >/etc/netns/web/hosts
      netctl network lookup web db
      netctl network lookup web elsewhere
      """)

    #expect(
      output == """
        10.9.0.3 on network blue (the name server, /etc/netns/web/resolv.conf)
        not the name of a container that web could reach; asked of 192.0.2.53 (by the name server, \
        /etc/netns/web/resolv.conf)

        """)
  }

  /// What it would not need, it does not have; a second one is refused, and it ends when nobody
  /// needs it.
  @Test func serverKeepsLittle() throws {
    let output = try NameServerHost().bareOutput(
      """
      serve --idle-timeout 2
      grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/$server/status | tr '\\t' ' '
      netctl dns
      wait $server
      echo ended $?
      ls /run/netctl
      """)

    // CAP_NET_BIND_SERVICE, CAP_SYS_PTRACE and CAP_SYS_ADMIN.
    #expect(
      output == """
        CapEff: 0000000000280400
        CapBnd: 0000000000280400
        NoNewPrivs: 1
        Seccomp: 2
        Error: the name server already runs
        ended 0
        dns.lock

        """)
  }

  @Test func otherBuildIsRefused() throws {
    let output = try NameServerHost().bareOutput(
      "/srv/libexec/netctl/netctl-server 0123456789ab dns 0")

    #expect(output.hasPrefix("Error: netctl was built from commit 0123456789ab, and netctl-server"))
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

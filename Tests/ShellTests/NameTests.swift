import CommandLineTestSupport
import Testing

/// Names in the hosts files of namespaces, asked for by glibc.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct NameTests {
  @Test func containersPingEachOtherByName() throws {
    let output = try output(
      """
      ip netns exec web ping -c 1 -W 5 db >/dev/null && echo ping db
      ip netns exec db ping -c 1 -W 5 web.blue >/dev/null && echo ping web.blue
      ip netns add late && netctl network connect --alias other blue late
      ip netns exec web ping -c 1 -W 5 other >/dev/null && echo ping other
      netctl network disconnect blue late
      ip netns exec web getent hosts other || echo gone
      """)

    #expect(output == "ping db\nping web.blue\nping other\ngone\n")
  }

  @Test func linkIsOneWay() throws {
    let output = try output(
      """
      for name in one two; do ip netns add $name; done
      netctl network connect bridge one && netctl network connect --link one:pg bridge two
      ip netns exec two ping -c 1 -W 5 pg >/dev/null && echo ping pg
      ip netns exec one getent hosts two || echo one-way
      """)

    #expect(output == "ping pg\none-way\n")
  }

  /// What `ip netns exec` has mounted is the same file afterwards.
  @Test func runningProgramSeesChanges() throws {
    let output = try output(
      """
      mkfifo /srv/go
      ip netns exec web sh -c 'read go </srv/go; getent hosts late | cut -f 1 -d " "' &
      until [ -e /proc/$!/ns/mnt ] && [ "$(readlink /proc/$!/ns/mnt)" != "$(readlink /proc/$$/ns/mnt)" ]
      do :; done
      ip netns add late && netctl network connect --ip 10.9.0.77 blue late
      echo >/srv/go
      wait
      """)

    #expect(output == "10.9.0.77\n")
  }

  @Test func readerFindsNeighboursAtEveryMoment() throws {
    let output = try output(
      """
      ip netns add late
      file=/etc/netns/web/hosts
      grep '\\bdb\\b' $file >/srv/line
      (while [ ! -e /srv/stop ]; do
        grep -qxf /srv/line $file && grep -q localhost $file || echo incomplete
      done) &
      for number in 1 2 3 4 5 6 7 8; do
        netctl network connect blue late && netctl network disconnect blue late || echo failed
      done
      touch /srv/stop
      wait
      """)

    #expect(output == "")
  }

  @Test func keepersFileIsKept() throws {
    let output = try output(
      """
      ip netns add own && mkdir /etc/netns/own
      printf '10.1.1.1 mine\\n' >/etc/netns/own/hosts
      ls -i /etc/netns/own/hosts >/srv/inode
      netctl network connect blue own
      ip netns exec own getent hosts mine db | sed 's/ .*//' | tr '\\n' ' '
      netctl network disconnect blue own
      ls -i /etc/netns/own/hosts | cmp - /srv/inode && cat /etc/netns/own/hosts
      """)

    #expect(output == "10.1.1.1 10.9.0.3 10.1.1.1 mine\n")
  }

  @Test func lookupTellsWhatAContainerIsAnswered() throws {
    let output = try output(
      """
      mkdir -p /etc/netns/db && echo nameserver 192.0.2.53 >/etc/netns/db/resolv.conf
      netctl network lookup web db
      netctl network lookup db web.blue
      netctl network lookup db nosuch || echo status $?
      netctl network lookup nosuch db || echo status $?
      rm /etc/netns/web/hosts
      netctl network lookup web db
      netctl network verify
      netctl network reload && netctl network verify && netctl network lookup web db
      """)

    #expect(
      output == """
        10.9.0.3 on network blue (/etc/netns/web/hosts)
        10.9.0.2 on network blue (/etc/netns/db/hosts)
        not the name of a container that db could reach; asked of 192.0.2.53 \
        (/etc/netns/db/resolv.conf)
        status 1
        Error: No such container: nosuch
        status 1
        10.9.0.3 on network blue (in no hosts file of the container, which asks others)
        container web: /etc/netns/web/hosts does not list the names that it should; \
        netctl network reload fixes it
        10.9.0.3 on network blue (/etc/netns/web/hosts)

        """)
  }

  @Test func linkedFileIsRefused() throws {
    let output = try output(
      """
      ip netns add own && mkdir /etc/netns/own && ln -s /srv/victim /etc/netns/own/hosts
      echo mine >/srv/victim
      netctl network connect blue own && cat /srv/victim
      """)

    #expect(
      output == """
        Warning: cannot update name resolution in /etc/netns/own/hosts: Too many levels of \
        symbolic links (it is a symbolic link)
        mine

        """)
  }

  @Test func missingFolderIsMade() throws {
    let output = try output(
      """
      umount /etc/netns && mount -t tmpfs tmpfs /etc
      ip netns add late && (umask 077 && netctl network connect blue late)
      stat -c '%a %n' /etc/netns /etc/netns/late /etc/netns/late/hosts
      """)

    #expect(
      output == """
        755 /etc/netns
        755 /etc/netns/late
        644 /etc/netns/late/hosts

        """)
  }

  @Test func nothingIsAmissAfterTheEndOfAContainer() throws {
    let output = try output(
      """
      netctl network disconnect blue db && ip netns delete db
      netctl network verify && echo right
      """)

    #expect(output == "right\n")
  }

  @Test func folderThatCannotBeMadeIsNoFailure() throws {
    let output = try output(
      """
      umount /etc/netns && mount -t tmpfs tmpfs /etc && mount -o remount,ro /etc
      ip netns add late && netctl network connect blue late && echo connected
      """)

    #expect(
      output == """
        Warning: cannot update name resolution in /etc/netns: Read-only file system
        connected

        """)
  }

  /// One reason is said once, and `reload`, whose work it is, fails.
  @Test func filesThatCannotBeWrittenAreSaidOnce() throws {
    let output = try output(
      """
      for name in one two three; do ip netns add $name && netctl network connect blue $name; done
      mount -o remount,ro /etc/netns
      ip netns add late && netctl network connect blue late && echo connected
      netctl network reload | sed 's|/etc/netns/[a-z]*/hosts|FILE|'
      netctl network reload 2>/dev/null || echo failed
      netctl network verify | grep -c hosts
      mount -o remount,rw /etc/netns
      netctl network reload && netctl network verify && ip netns exec one getent hosts late | cut -c 1-8
      """)

    #expect(
      output.replacing(#//etc/netns/[a-z]+/hosts/#, with: "FILE") == """
        Warning: cannot update name resolution in FILE and 5 other files: Read-only file system
        connected
        Error: cannot update name resolution in FILE and 5 other files: Read-only file system
        failed
        6
        10.9.0.7

        """)
  }

  @Test func containerHasPrecedenceOverTheHostsLines() throws {
    let output = try output(
      """
      printf '127.0.0.1 localhost\n192.0.2.1 late elsewhere\n192.0.2.2 DB.blue\n' >/srv/own
      mount --bind /srv/own /etc/hosts
      for name in late more; do ip netns add $name && netctl network connect blue $name; done
      ip netns exec late getent ahostsv4 late | cut -d ' ' -f 1 | sort -u
      ip netns exec late getent ahostsv4 elsewhere | cut -d ' ' -f 1 | sort -u
      ip netns exec more getent ahostsv4 db.blue | cut -d ' ' -f 1 | sort -u
      netctl network verify
      netctl network disconnect blue late
      ip netns exec more getent ahostsv4 late | cut -d ' ' -f 1 | sort -u
      """)

    #expect(output == "10.9.0.4\n192.0.2.1\n10.9.0.3\n192.0.2.1\n")
  }

  @Test func namesOfTheDeadGoWithAnyChangeOfTheNetwork() throws {
    let output = try output(
      """
      ip netns add third && netctl network connect blue third
      ip netns delete db
      netctl network disconnect blue third
      ip netns exec web getent hosts db || echo gone
      """)

    #expect(output == "gone\n")
  }

  @Test func aliasThatNobodyCanAskForIsHintedAt() throws {
    let output = try output(
      """
      ip netns add late
      export NETCTL_HINTS=1
      netctl network connect --alias 'a b' --alias good --alias x#y --alias localhost blue late
      ip netns exec web getent hosts good | cut -d ' ' -f 1
      """)

    #expect(
      output == """
        Nothing can resolve "a b", "x#y", "localhost": a name has at most 253 bytes, no blanks, \
        control characters or #, and is not localhost.
        10.9.0.4

        """)
  }

  @Test func aliasWithoutAnyHostsFileIsHintedAt() throws {
    let output = try output(
      """
      unshare -n sleep infinity &
      until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do :; done
      NETCTL_HINTS=1 netctl network connect --alias a blue pid:$!
      kill $!
      """)

    #expect(
      output == """
        The container has no hosts file that netctl could write: it is not a named namespace, and \
        no runtime mounted one.

        """)
  }

  // What a script says on a host where web and db, with the first addresses, are on network blue.
  private func output(_ script: String) throws -> String {
    let host = try PrivateHost.open(containers: ["web", "db"])
    let setUp = """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web && netctl network connect blue db || exit 1

      """
    return try host.run(script: setUp + script).output
  }
}

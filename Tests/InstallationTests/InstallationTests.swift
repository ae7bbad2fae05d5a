import CommandLineTestSupport
import Testing

/// What `make install` puts where.
struct InstallationTests {
  @Test("everything is where Debian looks for it", arguments: ["/usr", "/usr/local"])
  func filesAreWhereDebianLooks(below prefix: String) throws {
    let folder = try TemporaryFolder()

    let result = try SourceTree.make(["install", "DESTDIR=\(folder.path)", "PREFIX=\(prefix)"])

    try #require(result.status == 0, "\(result.errors)")
    let zsh = prefix == "/usr" ? "vendor-completions" : "site-functions"
    let pages = try SourceTree.files(in: "man").map { "share/man/man\($0.suffix(1))/\($0)" }
    let expected =
      pages + [
        "bin/netctl", "libexec/netctl/netctl-server", "lib/systemd/system/netctl-restore.service",
        "lib/systemd/system/netctl-agent.service", "lib/systemd/system/netctl-dns.service",
        "lib/systemd/system/netctl-dns.socket",
        "share/bash-completion/completions/netctl", "share/zsh/\(zsh)/_netctl",
        "share/fish/vendor_completions.d/netctl.fish",
        "lib/systemd/system/nftables.service.d/netctl.conf",
        "lib/systemd/network/05-netctl.network", "lib/NetworkManager/conf.d/netctl.conf",
        "share/containers/oci/hooks.d/netctl.json", "share/doc/netctl/netctl.conflist",
      ]
    let plugin = prefix == "/usr" ? "usr/lib/cni/netctl-cni" : "opt/cni/bin/netctl-cni"
    #expect(
      try folder.files() == Set(expected.map { prefix.dropFirst() + "/" + $0 } + [plugin]))
  }

  @Test func uninstallRemovesWhatWasInstalledAndNothingElse() throws {
    let folder = try TemporaryFolder()
    let place = ["DESTDIR=\(folder.path)/with a blank", "PREFIX=/usr"]
    let foreign = "with a blank/usr/share/man/man8/ip.8"
    _ = try ChildProcess.run(["install", "-D", "/dev/null", "\(folder.path)/\(foreign)"])
    try #require(try SourceTree.make(["install"] + place).status == 0)
    try #require(try folder.files().count > 1)

    let result = try SourceTree.make(["uninstall"] + place)

    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.files() == [foreign])
  }
}

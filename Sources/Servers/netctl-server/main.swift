import CBuild
import Configuration
import Glibc
import LinuxSystem
import NameServer
import NameService

// The long-lived parts of netctl, which `netctl dns` and `netctl agent` become:
// netctl-server COMMIT dns IDLE-SECONDS, netctl-server COMMIT agent MODE

let words = Array(CommandLine.arguments.dropFirst())

func fail(_ text: String) -> Never {
  FileDescriptor.writeError("Error: \(text)\n")
  exit(1)
}

func variable(_ name: String, default defaultValue: String) -> String {
  guard let value = unsafe getenv(name) else { return defaultValue }
  let text = unsafe String(cString: value)
  return text.isEmpty ? defaultValue : text
}

do throws(Errno) {
  try StandardDescriptors.openMissing()
} catch {
  fail("open /dev/null: \(error)")
}
guard words.count == 3 else { fail("netctl starts this program") }
let commit = unsafe String(cString: cbuild_commit())
guard words[0] == commit else {
  fail("netctl was built from commit \(words[0]), and netctl-server from \(commit)")
}
if words[1] == "agent" {
  AgentMain.run(words[2])
  exit(0)
}
guard words[1] == "dns", let idleSeconds = Int(words[2]) else {
  fail("netctl starts this program; the command is netctl dns")
}
// What systemd hands over (sd_listen_fds(3)).
let isActivated =
  variable("LISTEN_PID", default: "") == "\(getpid())" && variable("LISTEN_FDS", default: "") == "1"
do throws(NameServerProcess.Failure) {
  let boot = (try? PseudoFile.read("/proc/sys/kernel/random/boot_id")) ?? "unknown"
  try NameServerProcess.run(
    statePath: variable("NETCTL_STATE_DIR", default: "/var/lib/netctl"), boot: boot,
    runDirectory: variable("NETCTL_RUN_DIR", default: "/run/netctl"),
    configuration: ConfigurationFile(
      reading: variable("NETCTL_CONFIG", default: ConfigurationFile.standardPath),
      isNamed: variable("NETCTL_CONFIG", default: "") != ""),
    inheritedSocket: isActivated ? 3 : nil, idleSeconds: idleSeconds,
    log: { text in FileDescriptor.writeError("netctl-dns: \(text)\n") })
} catch {
  switch error {
  case .configuration(let file):
    fail(file.problems.map { $0.text(in: file.path) }.joined(separator: "\n"))
  case .runDirectory(let path, let errno): fail("\(path): \(errno)")
  case .alreadyRunning: fail("the name server already runs")
  case .socket(let text): fail("listen: \(text)")
  case .confinement(let errno): fail("give up privileges: \(errno) (it has to be started by root)")
  }
}

import Containers
import Glibc
import KernelTestSupport
import LinuxSystem

/// This process, which lives.
let living = ProcessIdentity(ofLive: getpid())!

/// The same ID with another start time, as after the ID was used again.
let replaced = ProcessIdentity(id: living.id, start: living.start + 1)

/// Creates a file and the directories above it.
func write(_ path: String, _ text: String) {
  var folder = ""
  for part in path.split(separator: "/").dropLast() {
    folder += "/" + part
    makeFolder(folder)
  }
  writeFile(path, text.utf8)
}

/// What crun 1.8.1 keeps in `/run/crun/ID/status`.
func crunStatus(_ process: ProcessIdentity) -> String {
  """
  {
      "pid": \(process.id),
      "process-start-time": \(process.start),
      "cgroup-path": "/web-crun",
      "scope": "",
      "rootfs": "/var/tmp/rootfs",
      "systemd-cgroup": false,
      "bundle": "/run/bundle",
      "created": "2026-11-29T15:26:42.763278Z",
      "owner": "root",
      "detached": true,
      "external_descriptors": "[\\"/dev/null\\",\\"/dev/null\\",\\"/dev/null\\"]"
  }
  """
}

/// The beginning of what runc 1.1.5 keeps in `/run/runc/ID/state.json`.
func runcState(_ id: String, _ process: ProcessIdentity) -> String {
  """
  {"id":"\(id)","init_process_pid":\(process.id),"init_process_start":\(process.start),\
  "created":"2026-11-29T15:26:42.046230826Z","config":{"no_pivot_root":false}}
  """
}

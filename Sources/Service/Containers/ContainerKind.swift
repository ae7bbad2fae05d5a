/// What made a container. The raw value is what precedes the colon in `kind:NAME`.
public enum ContainerKind: String, Sendable {
  /// `ip netns add`.
  case namespace = "netns"
  case process = "pid"
  /// A namespace file, which is referred to by its path.
  case path
  case docker
  case podman
  case containerd
  case crun
  case runc
  /// systemd-machined.
  case machine
  /// systemd-nspawn that is not registered with systemd-machined.
  case nspawn
  case lxc = "lxc"
  case incus
  case firejail
}

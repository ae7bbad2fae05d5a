/// The keys of Docker's `daemon.json` that do not concern networks, or not those of netctl.
enum DockerKeys {
  static var names: [String] { text.description.split(separator: " ").map(String.init) }

  // In one string: an array of as many would have to be relocated whenever netctl starts.
  private static let text: StaticString = """
    allow-nondistributable-artifacts api-cors-header authorization-plugins builder cdi-spec-dirs \
    cgroup-parent containerd containerd-namespace containerd-plugin-namespace cpu-rt-period cpu-rt-runtime cri-containerd \
    data-root debug default-cgroupns-mode default-init default-ipc-mode default-runtime \
    default-shm-size default-ulimits deprecated-key-path disable-legacy-registry exec-opts \
    exec-root experimental features firewall-backend graph hosts http-proxy https-proxy init \
    init-path insecure-registries labels live-restore log-driver log-format log-level log-opts \
    max-concurrent-downloads max-concurrent-uploads max-download-attempts metrics-addr \
    network-control-plane-mtu network-diagnostic-port no-new-privileges no-proxy \
    node-generic-resources nri-opts oom-score-adjust pidfile proxies raw-logs registry-mirrors \
    resolv-conf rootless runtimes seccomp-profile selinux-enabled shutdown-timeout \
    storage-driver storage-opts swarm-default-advertise-addr swarm-raft-election-tick \
    swarm-raft-heartbeat-tick tls tlscacert tlscert tlskey tlsverify userland-proxy \
    userland-proxy-path userns-remap
    """
}

/// The keys of Docker's `daemon.json` that do not concern networks, or not those of netctl; among
/// them the names of flags, which dockerd 28 accepts as keys and ignores. Names of flags that are
/// about networks are no keys, because ignoring them would surprise.
enum DockerKeys {
  static var names: [String] { text.description.split(separator: " ").map(String.init) }

  // In one string: an array of as many would have to be relocated whenever netctl starts.
  private static let text: StaticString = """
    add-runtime allow-nondistributable-artifacts api-cors-header authorization-plugin \
    authorization-plugins builder cdi-spec-dir cdi-spec-dirs cgroup-parent config-file containerd \
    containerd-namespace containerd-plugins-namespace cpu-rt-period cpu-rt-runtime cri-containerd \
    data-root debug default-cgroupns-mode default-ipc-mode default-runtime default-shm-size \
    default-ulimit default-ulimits deprecated-key-path exec-opt exec-opts exec-root experimental \
    feature features firewall-backend help host hosts http-proxy https-proxy init init-path \
    insecure-registries insecure-registry label labels live-restore log-driver log-format \
    log-level log-opt log-opts max-concurrent-downloads max-concurrent-uploads \
    max-download-attempts metrics-addr network-control-plane-mtu network-diagnostic-port \
    no-new-privileges no-proxy node-generic-resource node-generic-resources nri-opts pidfile \
    proxies raw-logs registry-mirror registry-mirrors rootless runtimes seccomp-profile \
    selinux-enabled shutdown-timeout storage-driver storage-opt storage-opts \
    swarm-default-advertise-addr tls tlscacert tlscert tlskey tlsverify userland-proxy \
    userland-proxy-path userns-remap validate version
    """
}

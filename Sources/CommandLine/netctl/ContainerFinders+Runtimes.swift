import Containers

extension ContainerFinders {
  /// The finders of all runtimes, in the order that netctl-container(7) documents.
  /// - Parameters:
  ///   - dockerSocket: the socket of the Docker Engine.
  ///   - invokingUser: the user on whose behalf root runs this; nil for root.
  static func runtimes(dockerSocket: String, invokingUser: UInt32?) -> ContainerFinders {
    let runtimes = [OCIRecords(RecordFolder("/run/crun")), OCIRecords(RecordFolder("/run/runc"))]
    return ContainerFinders(
      system: [
        NamedNamespaceFinder(),
        ProcessFinder(),
        EngineFinder(
          .docker, socket: RuntimeSocket(dockerSocket),
          records: [OCIRecords(RecordFolder("/run/docker/runtime-runc/moby"))]),
        EngineFinder(
          .podman, socket: RuntimeSocket("/run/podman/podman.sock"), records: runtimes),
        PodmanStorageFinder(
          storage: RecordFolder("/var/lib/containers/storage"), records: runtimes),
        ContainerdFinder(RecordFolder("/run/containerd/runc")),
        OCIFinder(.crun, RecordFolder("/run/crun")),
        OCIFinder(.runc, RecordFolder("/run/runc")),
        MachineFinder(
          socket: RuntimeSocket("/run/systemd/machine/io.systemd.Machine"),
          folder: RecordFolder("/run/systemd/machines")),
        NspawnFinder(RecordFolder("/run/systemd/nspawn")),
        LXCFinder(.lxc, path: "/var/lib/lxc"),
        IncusFinder(RuntimeSocket("/var/lib/incus/unix.socket")),
        LXCFinder(.incus, path: "/var/lib/incus/containers"),
        FirejailFinder(RecordFolder("/run/firejail/name")),
      ],
      ofUser: runtimes(of:), invokingUser: invokingUser)
  }

  /// The finders of a user's own runtimes.
  private static func runtimes(of user: UInt32) -> [any ContainerFinder] {
    let runtimes = ["crun", "runc"].map { OCIRecords(RecordFolder(runtime: $0, of: user)) }
    return [
      EngineFinder(.docker, socket: RuntimeSocket("docker.sock", of: user), records: []),
      EngineFinder(
        .podman, socket: RuntimeSocket("podman/podman.sock", of: user), records: runtimes),
      PodmanStorageFinder(
        storage: RecordFolder(home: ".local/share/containers/storage", of: user),
        records: runtimes),
      OCIFinder(.crun, RecordFolder(runtime: "crun", of: user)),
      OCIFinder(.runc, RecordFolder(runtime: "runc", of: user)),
    ]
  }
}

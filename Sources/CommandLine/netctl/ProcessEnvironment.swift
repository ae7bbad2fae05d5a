import AgentAPI
import CBuild
import Configuration
import Containers
import Drawing
import Glibc
import LinuxSystem
import NameService
import NetctlCommands
import NetworkModel
import Presentation

/// The environment of the process.
struct ProcessEnvironment {
  /// The state directory; nil if the variable is not an absolute path, because the state must not
  /// depend on the working directory.
  var statePath: String? {
    let path = variable(Self.stateVariable) ?? "/var/lib/netctl"
    return path.hasPrefix("/") ? path : nil
  }

  static let stateVariable = "NETCTL_STATE_DIR"

  /// The file with the boot ID.
  let bootIdentityPath = "/proc/sys/kernel/random/boot_id"

  /// The boot ID; always the same where the kernel has none. If it cannot be read, that is an
  /// error, so that the records of this boot are not discarded.
  func bootIdentity() throws(Errno) -> String {
    do throws(Errno) {
      return try PseudoFile.read(bootIdentityPath)
    } catch {
      // Without /proc, nothing can be read.
      guard error == .noSuchFileOrDirectory, (try? PseudoFile.read("/proc/version")) != nil else {
        throw error
      }
      return "unknown"
    }
  }

  /// The clock.
  func now() -> Timestamp {
    Timestamp(nanoseconds: SystemClock.nanosecondsSinceEpoch)
  }

  /// The UTC offset of the host's time zone at a given time.
  func secondsEastOfUTC(at moment: Timestamp) -> Int {
    SystemClock.secondsEastOfUTC(at: moment.nanoseconds / 1_000_000_000)
  }

  /// Docker's `config.json`, if the user has one.
  func dockerConfiguration() -> DockerConfigurationFile? {
    let folder =
      variable("NETCTL_DOCKER_CONFIG") ?? variable("DOCKER_CONFIG")
      ?? variable("HOME").map { $0 + "/.docker" }
    guard let folder else { return nil }
    let path = folder + "/config.json"
    do throws(Errno) {
      return DockerConfigurationFile(path: path, contents: try RegularFile.contents(of: path))
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
      let failure =
        error == .noSuchDeviceOrAddress ? "it is not a regular file" : error.description
      return DockerConfigurationFile(path: path, contents: nil, failure: failure)
    }
  }

  /// Columns of the terminal on standard output; otherwise 80, like Docker.
  var terminalWidth: Int { Terminal.width(of: STDOUT_FILENO) ?? 80 }

  /// Whether to print hints: on a terminal, or as the environment requests.
  var showsHints: Bool {
    guard let wish = variable("NETCTL_HINTS") else {
      return Terminal.width(of: STDERR_FILENO) != nil
    }
    return wish != "0"
  }

  /// Colours on a terminal that supports them, unless the user disables them (no-color.org);
  /// non-ASCII characters if the locale supports them.
  var treeStyle: TreeStyle {
    let width = Terminal.width(of: STDOUT_FILENO)
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let encoding = locale.lowercased().filter { $0 != "-" }.prefix { $0 != "@" }
    return TreeStyle(
      hasColor: width != nil && variable("NO_COLOR") == nil && variable("TERM") != "dumb",
      hasUnicode: encoding.hasSuffix(".utf8"), width: width)
  }

  /// The agent of this host.
  var agent: AgentClient { AgentClient(runDirectory: variable("NETCTL_RUN_DIR") ?? "/run/netctl") }

  /// The socket of the Docker Engine: that of `DOCKER_HOST` if it is a local one.
  private var dockerSocket: String {
    let scheme = "unix://"
    guard let host = variable("DOCKER_HOST"), host.hasPrefix(scheme + "/") else {
      return "/run/docker.sock"
    }
    return String(host.dropFirst(scheme.count))
  }

  /// What finds containers.
  var containerFinders: ContainerFinders {
    .runtimes(dockerSocket: dockerSocket, invokingUser: invokingUser)
  }

  /// The containers of runtimes, without those of slow ones, for a person who has pressed a key.
  func quicklyListedContainers() -> [ListedContainer] {
    containerFinders.containers(within: .milliseconds(12), forAll: true).containers
      .filter { $0.kind != .namespace }
  }

  /// The user on whose behalf root runs this (sudo(8)); nil for root.
  private var invokingUser: UInt32? {
    let user = geteuid() == 0 ? variable("SUDO_UID").flatMap { UInt32($0) } : geteuid()
    return user == 0 ? nil : user
  }

  /// The command line as events show it: the program's name and its arguments, not more than a few
  /// hundred bytes.
  var commandLine: String {
    let words = CommandLine.arguments
    let program = words.first?.split(separator: "/").last.map(String.init) ?? "netctl"
    let line = ([program] + words.dropFirst()).joined(separator: " ")
    let longest = 256
    return line.utf8.count <= longest ? line : String(line.prefix(longest)) + "…"
  }

  /// The information that `make` links into the executable.
  var build: BuildInfo {
    BuildInfo(
      commit: unsafe String(cString: cbuild_commit()),
      swift: unsafe String(cString: cbuild_swift_version()))
  }

  /// Lets `ask` print a prompt, then waits for one line on standard input.
  func readReply(_ ask: () -> Void) -> PromptReply {
    switch Terminal.readLine(asking: ask) {
    case .line(let text): .line(text)
    case .interrupted: .interrupted
    }
  }

  /// The file in which container engines look for devices, with hooks that call this program.
  var deviceFile: DeviceFile {
    let (folder, name) = ("/etc/cdi", "netctl.json")
    let program = Directory.ancestor(of: "/proc/self/exe", levels: 0)
    return DeviceFile(path: "\(folder)/\(name)", program: program) { bytes in
      do throws(Errno) {
        // Also engines of users read it.
        _ = try Directory.makePath(folder, forEverybody: true)
        try Directory.openOwn(folder).createPublicFile(name, with: bytes)
        return nil
      } catch {
        return error.description
      }
    }
  }

  /// Whether this was called as a CNI plugin.
  var isCNIPlugin: Bool {
    let program = CommandLine.arguments.first ?? ""
    return variable("CNI_COMMAND") != nil || program == "netctl-cni"
      || program.hasSuffix("/netctl-cni")
  }

  /// The variables of a CNI plugin, without `CNI_`.
  var cniVariables: [String: String] {
    var variables: [String: String] = [:]
    for name in ["COMMAND", "CONTAINERID", "NETNS", "IFNAME", "ARGS"] {
      variables[name] = variable("CNI_" + name)
    }
    return variables
  }

  /// Standard input; nothing if it is not readable or longer than a megabyte.
  func readInput() -> [UInt8] {
    (try? StandardDescriptors.readInput(upTo: 1024 * 1024)) ?? []
  }

  /// The configuration file, and what it says.
  var configuration: ConfigurationFile {
    ConfigurationFile(
      reading: variable("NETCTL_CONFIG") ?? ConfigurationFile.standardPath,
      isNamed: variable("NETCTL_CONFIG") != nil)
  }

  /// The name server; its configuration and its socket may be elsewhere.
  var nameServer: NameServerClient {
    NameServerClient(
      configurationPath: variable("NETCTL_CONFIG") ?? ConfigurationFile.standardPath,
      runDirectory: variable("NETCTL_RUN_DIR") ?? "/run/netctl")
  }

  /// Becomes `netctl-server`, which is installed beside this executable's directory and has to be
  /// of the same build; returns only if that fails, and then why.
  func becomeServer(_ arguments: [String]) -> String {
    let path: String
    do throws(Errno) {
      path = try ProgramImage.path()
    } catch {
      return "read /proc/self/exe: \(error)"
    }
    let folder = path.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let server = "\(folder)/libexec/netctl/netctl-server"
    let errno = ProgramImage.replace(by: server, [build.commit] + arguments)
    return "run \(server): \(errno)"
      + (errno == .noSuchFileOrDirectory ? " (make install and the package bring it)" : "")
  }

  private func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}

/// Standard output or standard error.
final class StandardStream: TextOutput {
  private let descriptor: Int32
  /// Why the output is incomplete.
  private(set) var failure: Errno?

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  func write(_ bytes: [UInt8]) {
    do throws(Errno) {
      try Terminal.write(bytes, to: descriptor)
    } catch {
      failure = error
    }
  }
}

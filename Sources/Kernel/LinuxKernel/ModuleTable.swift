import KernelModel

/// The modules of the running kernel, as listed by the kernel and by its module directory.
struct ModuleTable {
  /// Whether the kernel supports modules at all.
  let areModulesSupported: Bool
  /// Whether the module directory is readable.
  let isComplete: Bool
  private let loaded: Set<Substring>
  private let builtIn: Set<Substring>
  private let available: Set<Substring>

  /// Parses `/proc/modules`, `modules.builtin` and `modules.dep`; nil for a file that does not
  /// exist.
  init(loaded: String?, builtIn: String?, available: String?) {
    areModulesSupported = loaded != nil
    isComplete = available != nil
    self.loaded = Self.words(loaded, endingAt: UInt8(ascii: " "))
    self.builtIn = Set(Self.words(builtIn, endingAt: UInt8(ascii: ":")).map(Self.name(ofFile:)))
    self.available = Set(Self.words(available, endingAt: UInt8(ascii: ":")).map(Self.name(ofFile:)))
  }

  /// A module's availability according to the lists; nil when they do not mention it.
  func availability(of module: String) -> FeatureAvailability? {
    let module = Substring(module)
    if loaded.contains(module) { return .loaded }
    if builtIn.contains(module) { return .builtIn }
    return available.contains(module) ? .moduleAvailable : nil
  }

  /// The first word of each line.
  private static func words(_ text: String?, endingAt end: UInt8) -> Set<Substring> {
    let lines = (text ?? "").utf8.split(separator: UInt8(ascii: "\n"))
    return Set(lines.map { Substring($0.prefix { $0 != end }) })
  }

  /// The module name of a path such as `kernel/net/bridge/bridge.ko.xz`.
  private static func name(ofFile path: Substring) -> Substring {
    let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
      path[path.utf8.index(after: $0)...]
    }
    return Substring((file ?? path).utf8.prefix { $0 != UInt8(ascii: ".") })
  }
}

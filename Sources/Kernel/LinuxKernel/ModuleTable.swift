import KernelModel

/// The modules of the running kernel, from the texts in which it and its folder of modules list them.
struct ModuleTable {
  /// Whether the kernel can have modules at all.
  let areModulesSupported: Bool
  /// Whether the folder of modules tells what there is.
  let isComplete: Bool
  private let loaded: Set<Substring>
  private let builtIn: Set<Substring>
  private let available: Set<Substring>

  /// Reads `/proc/modules`, `modules.builtin` and `modules.dep`; nil where there is no such file.
  init(loaded: String?, builtIn: String?, available: String?) {
    areModulesSupported = loaded != nil
    isComplete = available != nil
    self.loaded = Self.words(loaded, endingAt: UInt8(ascii: " "))
    self.builtIn = Set(Self.words(builtIn, endingAt: UInt8(ascii: ":")).map(Self.name(ofFile:)))
    self.available = Set(Self.words(available, endingAt: UInt8(ascii: ":")).map(Self.name(ofFile:)))
  }

  /// What the lists say of a module; nil when they do not mention it.
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

  /// The module in `kernel/net/bridge/bridge.ko.xz`.
  private static func name(ofFile path: Substring) -> Substring {
    let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
      path[path.utf8.index(after: $0)...]
    }
    return Substring((file ?? path).utf8.prefix { $0 != UInt8(ascii: ".") })
  }
}

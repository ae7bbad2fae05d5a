/// How a command ended.
public enum ExitStatus {
  /// All was done.
  public static let success: Int32 = 0
  /// Something was refused.
  public static let failure: Int32 = 1
  /// The template of `inspect` does not parse.
  public static let unusableTemplate: Int32 = 64
}

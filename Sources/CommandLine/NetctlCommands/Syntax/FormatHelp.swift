/// The help text of `--format`.
enum FormatHelp {
  /// For commands that list.
  static let list = """
    Format output using a custom template:
    'table':            Print output in table format with column headers (default)
    'table TEMPLATE':   Print output in table format using the given Go template
    'json':             Print in JSON format
    'TEMPLATE':         Print output using the given Go template.
    \(reference)
    """

  /// For commands that inspect.
  static let inspect = """
    Format output using a custom template:
    'json':             Print in JSON format
    'TEMPLATE':         Print output using the given Go template.
    \(reference)
    """

  private static let reference =
    "Refer to https://docs.docker.com/go/formatting/ for more information about formatting "
    + "output with templates"
}

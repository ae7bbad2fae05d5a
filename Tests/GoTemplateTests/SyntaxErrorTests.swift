import GoTemplate
import Testing

/// Rows recorded from `docker version --format`.
struct SyntaxErrorTests {
  @Test("Syntax errors have Go's words and lines", arguments: rows)
  func syntaxErrorsHaveGoWords(_ row: Row) {
    row.check()
  }

  static let rows = [
    Row(
      "right parenthesis without left",
      "{{)}}",
      fails: ":1: unexpected right paren"),
    Row(
      "parenthesis left open",
      "{{(1}}",
      fails: ":1: unclosed left paren"),
    Row(
      "octal digits out of range",
      "{{08}}",
      fails: #":1: integer overflow: "08""#),
    Row(
      "hexadecimal float without exponent",
      "{{0x1.8}}",
      fails: #":1: illegal number syntax: "0x1.8""#),
    Row(
      "integer beyond 64 bits",
      "{{99999999999999999999}}",
      fails: #":1: integer overflow: "99999999999999999999""#),
    Row(
      "two characters in a character constant",
      "{{'ab'}}",
      fails: ":1: malformed character constant: 'ab'"),
    Row(
      "unknown escape",
      #"{{"\q"}}"#,
      fails: ":1: invalid syntax"),
    Row(
      "undefined function",
      "{{nofunc 1}}",
      fails: #":1: function "nofunc" not defined"#),
    Row(
      "unclosed action",
      "{{.Name",
      fails: ":1: unclosed action"),
    Row(
      "point at the end of the text",
      "{{.",
      fails: #":1: illegal number syntax: ".""#),
    Row(
      "unexpected end of text",
      "{{if .Name}}x",
      fails: ":1: unexpected EOF"),
    Row(
      "pipeline stage that is a number",
      "{{1 | 2}}",
      fails: ":1: non executable command in pipeline stage 2"),
    Row(
      "pipeline stage that is a number after a function",
      "{{print | 5}}",
      fails: ":1: non executable command in pipeline stage 2"),
    Row(
      "field of a string",
      #"{{"a".b}}"#,
      fails: #":1: unexpected . after term "\"a\"""#),
    Row(
      "field of a truth value",
      "{{true.x}}",
      fails: #":1: unexpected . after term "true""#),
    Row(
      "field of nil",
      "{{nil.x}}",
      fails: #":1: unexpected . after term "nil""#),
    Row(
      "break outside of a loop",
      "{{break}}",
      fails: ":1: {{break}} outside {{range}}"),
    Row(
      "break with a word",
      "{{range 3}}{{break 1}}{{end}}",
      fails: #":1: unexpected "1" in {{break}}"#),
    Row(
      "break in a template defined inside a loop",
      #"{{range 3}}{{block "b" .}}{{break}}{{end}}{{end}}"#,
      fails: ":1: {{break}} outside {{range}}"),
    Row(
      "else alone",
      "{{else}}",
      fails: ":1: unexpected {{else}}"),
    Row(
      "end alone",
      "{{end}}",
      fails: ":1: unexpected {{end}}"),
    Row(
      "if without value",
      "{{if}}{{end}}",
      fails: ":1: missing value for if"),
    Row(
      "define without end",
      #"{{define "x"}}"#,
      fails: ":1: unexpected EOF"),
    Row(
      "define with a bare name",
      "{{define x}}{{end}}",
      fails: #":1: unexpected "x" in define clause"#),
    Row(
      "define inside an action",
      #"{{if 1}}{{define "q"}}{{end}}{{end}}"#,
      fails: ":1: unexpected <define> in command"),
    Row(
      "define twice",
      #"{{define "a"}}A{{end}}{{define "a"}}B{{end}}"#,
      fails: #":1: template: multiple definition of template "a""#),
    Row(
      "define with else",
      #"{{define "a"}}{{else}}{{end}}"#,
      fails: ":1: unexpected {{else}} in define clause"),
    Row(
      "pipe alone",
      "{{|}}",
      fails: #":1: unexpected "|" in command"#),
    Row(
      "undefined variable",
      "{{$x}}",
      fails: #":1: undefined variable "$x""#),
    Row(
      "variable whose scope has ended",
      "{{if 1}}{{$x := 1}}{{end}}{{$x}}",
      fails: #":1: undefined variable "$x""#),
    Row(
      "declaration without value",
      "{{$x := }}",
      fails: ":1: missing value for command"),
    Row(
      "two variables outside of range",
      "{{$x, $y := 1}}",
      fails: ":1: too many declarations in command"),
    Row(
      "three variables in range",
      "{{range $x, $y, $z := 1}}{{end}}",
      fails: ":1: too many declarations in range"),
    Row(
      "comma before something else in range",
      "{{range $x, 1}}{{end}}",
      fails: ":1: range can only initialize variables"),
    Row(
      "template without name",
      "{{template}}",
      fails: #":1: unexpected "}}" in template clause"#),
    Row(
      "template with a bare name",
      "{{template x}}",
      fails: #":1: unexpected "x" in template clause"#),
    Row(
      "template with a number as name",
      "{{template 5}}",
      fails: #":1: unexpected "5" in template clause"#),
    Row(
      "block without value",
      #"{{block "x"}}{{end}}"#,
      fails: ":1: missing value for block clause"),
    Row(
      "second else",
      "{{if 1}}a{{else}}b{{else}}c{{end}}",
      fails: ":1: expected end; found {{else}}"),
    Row(
      "else if in with",
      "{{with 1}}a{{else if 1}}b{{end}}",
      fails: ":1: unexpected <if> in input"),
    Row(
      "else if in range",
      "{{range 1}}{{else if 1}}{{end}}",
      fails: ":1: unexpected <if> in input"),
    Row(
      "unclosed comment",
      "{{/* c }}",
      fails: ":1: unclosed comment"),
    Row(
      "comment with words after it",
      "{{/* c */ x}}",
      fails: ":1: comment ends before closing delimiter"),
    Row(
      "unterminated string",
      #"{{"abc"#,
      fails: ":1: unterminated quoted string"),
    Row(
      "unterminated raw string",
      "{{`abc",
      fails: ":1: unterminated raw quoted string"),
    Row(
      "unterminated character",
      "{{'a",
      fails: ":1: unterminated character constant"),
    Row(
      "dollar in a field",
      "{{.a$}}",
      fails: ":1: bad character U+0024 '$'"),
    Row(
      "plus in a variable",
      "{{$a+}}",
      fails: ":1: bad character U+002B '+'"),
    Row(
      "at sign in a function name",
      "{{a@}}",
      fails: ":1: bad character U+0040 '@'"),
    Row(
      "brace in a name",
      "{{.a}b}}",
      fails: ":1: bad character U+007D '}'"),
    Row(
      "at sign alone",
      "{{@}}",
      fails: #":1: unexpected "@" in command"#),
    Row(
      "hash alone",
      "{{#}}",
      fails: ":1: unexpected \"#\" in command"),
    Row(
      "currency sign",
      "{{€}}",
      fails: ":1: unrecognized character in action: U+20AC '€'"),
    Row(
      "letter outside of ASCII",
      "{{é}}",
      fails: #":1: function "é" not defined"#),
    Row(
      "number followed by a letter",
      "{{1a}}",
      fails: #":1: bad number syntax: "1a""#),
    Row(
      "sum",
      "{{1+2}}",
      fails: #":1: bad number syntax: "1+2""#),
    Row(
      "number followed by minus",
      "{{3-}}",
      fails: #":1: bad number syntax: "3-""#),
    Row(
      "minus alone",
      "{{-}}",
      fails: #":1: illegal number syntax: "-""#),
    Row(
      "comma alone",
      "{{,}}",
      fails: #":1: unexpected "," in command"#),
    Row(
      "comma between operands",
      "{{1,2}}",
      fails: #":1: unexpected "," in operand"#),
    Row(
      "colon alone",
      "{{:}}",
      fails: ":1: expected :="),
    Row(
      "declaration sign alone",
      "{{:=}}",
      fails: #":1: unexpected ":=" in command"#),
    Row(
      "equals sign alone",
      "{{=}}",
      fails: #":1: unexpected "=" in command"#),
    Row(
      "empty action",
      "{{}}",
      fails: ":1: missing value for command"),
    Row(
      "blank action",
      "{{ }}",
      fails: ":1: missing value for command"),
    Row(
      "long token is cut",
      "{{define abcdefghijklmnop}}{{end}}",
      fails: #":1: unexpected "abcdefghij"... in define clause"#),
    Row(
      "error on a later line",
      "a\n{{1}}\n{{nofunc}}",
      fails: #":3: function "nofunc" not defined"#),
    Row(
      "lines inside of a comment count",
      "{{/* a\n\n */}}\n{{nofunc}}",
      fails: #":4: function "nofunc" not defined"#),
    Row(
      "lines of trimmed text count",
      "{{1 -}}\n\n\n{{- nofunc}}",
      fails: #":4: function "nofunc" not defined"#),
    Row(
      "action that began on an earlier line",
      "a\n{{if \n",
      fails: ":3: unclosed action started at :2"),
    Row(
      "string in an action that began on an earlier line",
      "{{1 |\n\n(\"",
      fails: ":3: unterminated quoted string in action started at :1"),
    Row(
      "lines inside of a raw string count",
      "{{`a\n\n`}}{{nofunc}}",
      fails: #":3: function "nofunc" not defined"#),
    Row(
      "else in a block is reported at the block",
      "{{block \"x\" .}}\n\n{{else}}{{end}}",
      fails: ":1: unexpected {{else}} in block clause"),
    Row(
      "action unclosed after an open branch",
      "{{if 1}}\n\n{{.x",
      fails: ":3: unclosed action"),
  ]
}

import GoTemplate
import Testing

/// Rows recorded from `docker version --format`.
struct ActionTests {
  @Test("Actions work as in Go", arguments: rows)
  func actionsWorkAsInGo(_ row: Row) {
    row.check()
  }

  static let rows = [
    Row(
      "text alone",
      "a\tb\nc",
      gives: "a\tb\nc"),
    Row(
      "numbers",
      "{{1_000}} {{0x1F}} {{0b11}} {{0o17}} {{017}} {{'a'}} {{1e3}} {{0x1p4}} {{1.5}} {{-0x1e}}",
      gives: "1000 31 3 15 15 97 1000 16 1.5 -30"),
    Row(
      "signs and bare points",
      "{{+5}} {{-5}} {{.5}} {{5.}} {{+.5}}",
      gives: "5 -5 0.5 5 0.5"),
    Row(
      "underscore in a float",
      "{{1_0.5}}",
      gives: "10.5"),
    Row(
      "string escapes",
      #"{{"a\x41\u00e9\101\n"}}"#,
      gives: "aAéA\n"),
    Row(
      "raw string",
      #"{{`a\n"b`}}"#,
      gives: #"a\n"b"#),
    Row(
      "truth values",
      "{{true}} {{false}}",
      gives: "true false"),
    Row(
      "largest integer",
      "{{9223372036854775807}} {{-9223372036854775808}}",
      gives: "9223372036854775807 -9223372036854775808"),
    Row(
      "integer constant beyond int",
      "{{9223372036854775808}}",
      fails: #":1:2: executing "" at <9223372036854775808>: 9223372036854775808 overflows int"#),
    Row(
      "trim markers",
      "a {{- 3 -}} b",
      gives: "a3b"),
    Row(
      "minus that is no marker",
      "{{-3}} {{ -3}}",
      gives: "-3 -3"),
    Row(
      "comments",
      "{{/* c */}}x{{- /* c */ -}} y",
      gives: "xy"),
    Row(
      "if and else",
      "{{if 1}}a{{else}}b{{end}}{{if 0}}a{{else}}b{{end}}",
      gives: "ab"),
    Row(
      "else if chain",
      #"{{if 0}}a{{else if ""}}b{{else if 1}}c{{else}}d{{end}}"#,
      gives: "c"),
    Row(
      "else with chain",
      "{{with 0}}a{{else with 5}}{{.}}{{else}}c{{end}}",
      gives: "5"),
    Row(
      "with sets dot",
      #"{{with "x"}}{{.}}{{end}}"#,
      gives: "x"),
    Row(
      "with declares a variable",
      "{{with $x := 5}}{{$x}}{{end}}",
      gives: "5"),
    Row(
      "if declares a variable that else sees",
      "{{if $y := 0}}{{else}}{{$y}}{{end}}",
      gives: "0"),
    Row(
      "assignment in an inner scope lasts",
      "{{$x := 1}}{{if true}}{{$x = 2}}{{$y := 3}}{{end}}{{$x}}",
      gives: "2"),
    Row(
      "declaration in an inner scope shadows",
      "{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}",
      gives: "21"),
    Row(
      "range over an integer",
      "{{range 5}}{{.}}{{end}}",
      gives: "01234"),
    Row(
      "range over an integer with a variable",
      "{{range $i := 3}}{{$i}}{{end}}",
      gives: "012"),
    Row(
      "range over an integer with two variables",
      "{{range $i, $x := 3}}{{end}}",
      fails: #":1:18: executing "" at <3>: can't use 3 to iterate over more than one variable"#),
    Row(
      "range over zero takes else",
      "{{range 0}}a{{else}}none{{end}}",
      gives: "none"),
    Row(
      "range over a negative number takes else",
      "{{range -3}}a{{else}}none{{end}}",
      gives: "none"),
    Row(
      "range over a list",
      #"{{range $i, $e := split "a,b" ","}}{{$i}}{{$e}}{{end}}"#,
      gives: "0a1b"),
    Row(
      "range with one variable gives elements",
      #"{{range $e := split "a,b" ","}}{{$e}}{{end}}"#,
      gives: "ab"),
    Row(
      "range assigns outer variables",
      #"{{$i := 0}}{{$e := ""}}{{range $i, $e = split "a,b" ","}}{{end}}{{$i}}{{$e}}"#,
      gives: "1b"),
    Row(
      "range over a float",
      "{{range 1.5}}{{end}}",
      fails: #":1:8: executing "" at <1.5>: range can't iterate over 1.5"#),
    Row(
      "range over a truth value",
      "{{range true}}{{end}}",
      fails: #":1:8: executing "" at <true>: range can't iterate over true"#),
    Row(
      "range over a string",
      #"{{range "abc"}}{{end}}"#,
      fails: #":1:8: executing "" at <"abc">: range can't iterate over abc"#),
    Row(
      "break and continue",
      #"{{range split "a,b,c,d" ","}}{{if eq . "b"}}{{continue}}{{end}}{{if eq . "d"}}{{break}}{{end}}{{.}}{{end}}"#,
      gives: "ac"),
    Row(
      "break leaves the inner loop only",
      "{{range 2}}{{range 3}}{{if .}}{{break}}{{end}}x{{end}}y{{end}}",
      gives: "xyxy"),
    Row(
      "variables of an iteration end with it",
      "{{range 3}}{{$x := .}}{{if eq . 1}}{{continue}}{{end}}{{$x}}{{end}}",
      gives: "02"),
    Row(
      "define and template",
      #"{{define "a"}}A{{.}}{{end}}{{template "a" 5}}"#,
      gives: "A5"),
    Row(
      "define after use",
      #"{{template "a" 5}}{{define "a"}}A{{.}}{{end}}"#,
      gives: "A5"),
    Row(
      "template without value",
      #"{{define "a"}}[{{.}}]{{end}}{{template "a"}}"#,
      gives: "[<no value>]"),
    Row(
      "block",
      #"{{block "b" 6}}B{{.}}{{end}}"#,
      gives: "B6"),
    Row(
      "block can be used again",
      #"{{block "b" 6}}B{{.}}{{end}}{{template "b" 7}}"#,
      gives: "B6B7"),
    Row(
      "template sees its own dollar only",
      #"{{$x := 1}}{{define "a"}}{{$}}{{end}}{{template "a" 5}}"#,
      gives: "5"),
    Row(
      "blank definition is replaced",
      #"{{define "a"}} {{end}}{{define "a"}}A{{end}}{{template "a"}}"#,
      gives: "A"),
    Row(
      "definition under the template's own name",
      #"{{define ""}}x{{end}}"#,
      gives: "x"),
    Row(
      "undefined template",
      #"{{template "x"}}"#,
      fails: #":1:11: executing "" at <{{template "x"}}>: template "x" not defined"#),
    Row(
      "undefined template with a value",
      #"{{template "x" 1 | print}}"#,
      fails: #":1:11: executing "" at <{{template "x" 1 | print}}>: template "x" not defined"#),
    Row(
      "endless recursion",
      #"{{define "r"}}{{template "r"}}{{end}}{{template "r"}}"#,
      fails:
        #":1:25: executing "r" at <{{template "r"}}>: exceeded maximum template depth (100000)"#),
    Row(
      "nil as a command",
      "{{nil}}",
      fails: #":1:2: executing "" at <nil>: nil is not a command"#),
    Row(
      "nil in parentheses",
      "{{(nil).x}}",
      fails: #":1:3: executing "" at <nil>: nil is not a command"#),
    Row(
      "nil in a pipeline",
      "{{nil | print}}",
      fails: #":1:2: executing "" at <nil>: nil is not a command"#),
    Row(
      "undefined variable in an assignment",
      "{{$x = 1}}",
      fails: #":1:7: executing "" at <1>: undefined variable: $x"#),
    Row(
      "field of a number",
      "{{$x := 1}}{{$x = 2}}{{$x.y}}",
      fails: #":1:25: executing "" at <$x.y>: can't evaluate field y in type int"#),
    Row(
      "field of a parenthesis",
      "{{(1).x}}",
      fails: #":1:3: executing "" at <1>: can't evaluate field x in type int"#),
    Row(
      "argument to a number",
      "{{1 2}}",
      fails: #":1:2: executing "" at <1>: can't give argument to non-function 1"#),
    Row(
      "argument to a parenthesis",
      "{{(1) 2}}",
      fails: #":1:2: executing "" at <(1) 2>: can't give argument to non-function 1"#),
    Row(
      "pipe into a variable",
      "{{$x := 1}}{{2 | $x}}",
      fails: #":1:17: executing "" at <$x>: can't give argument to non-function $x"#),
    Row(
      "pipeline passes the last argument",
      #"{{"b" | printf "%s-%s" "a"}}"#,
      gives: "a-b"),
    Row(
      "error on a later line",
      "a\n{{1}}\n  {{index \"abc\" 5}}",
      fails: #":3:4: executing "" at <index "abc" 5>: error calling index: index out of range: 5"#),
    Row(
      "node with all operands",
      #"{{index (print 1 | printf "%v") `a` 'x' nil true $ . 5}}"#,
      fails:
        #":1:2: executing "" at <index (print 1 | printf "%v") `a` 'x' nil true $ . 5>: error calling index: cannot index slice/array with type string"#
    ),
    Row(
      "node with a declaration",
      #"{{template "x" ($a := 1)}}"#,
      fails: #":1:11: executing "" at <{{template "x" ($a := 1)}}>: template "x" not defined"#),
  ]
}

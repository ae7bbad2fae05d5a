import GoTemplate
import Testing

/// Rows recorded from `docker version --format`.
struct DockerFunctionTests {
  @Test("Docker's functions work as in Docker", arguments: rows)
  func dockerFunctionsWorkAsInDocker(_ row: Row) {
    row.check()
  }

  static let rows = [
    Row(
      "json of text keeps HTML",
      #"{{json "<a>&\u2028\x01\t\"\\\b\f\x7f"}}"#,
      gives: "\"<a>&\\u2028\\u0001\\t\\\"\\\\\\b\\f\u{7F}\""),
    Row(
      "json of numbers",
      "{{json 1}} {{json 1.0}} {{json 1e21}} {{json 1e20}} {{json 1e-7}} {{json 0.000001}} {{json -0.0}} {{json 1.5e-10}} {{json 1e-100}}",
      gives: "1 1 1e+21 100000000000000000000 1e-7 0.000001 -0 1.5e-10 1e-100"),
    Row(
      "json of others",
      #"{{json nil}} {{json (split "a,b" ",")}} {{json true}}"#,
      gives: #"null ["a","b"] true"#),
    Row(
      "json needs a value",
      "{{json}}",
      fails: #":1:2: executing "" at <json>: wrong number of args for json: want 1 got 0"#),
    Row(
      "split",
      #"{{split "abc" ""}} {{split "" ","}} {{len (split "" ",")}} {{printf "%q" (split "a,,b" ",")}} {{printf "%q" (split "é日" "")}} {{len (split "" "")}}"#,
      gives: #"[a b c] [] 1 ["a" "" "b"] ["é" "日"] 0"#),
    Row(
      "split needs two arguments",
      #"{{split "a"}}"#,
      fails: #":1:2: executing "" at <split>: wrong number of args for split: want 2 got 1"#),
    Row(
      "split wants strings",
      "{{split 1 2}}",
      fails: #":1:8: executing "" at <1>: expected string; found 1"#),
    Row(
      "split of nil",
      #"{{split nil ","}}"#,
      fails: #":1:8: executing "" at <nil>: cannot assign nil to string"#),
    Row(
      "join",
      #"{{join (split "a,b,c" ",") "+"}} {{join nil "+"}}|"#,
      gives: "a+b+c |"),
    Row(
      "title",
      #"{{title "hello wörld foo-bar o'neil a_b 1st ǆ"}}"#,
      gives: "Hello Wörld Foo-Bar O'Neil A_b 1st ǅ"),
    Row(
      "upper",
      #"{{upper "straße éà ŉ"}}"#,
      gives: "STRAßE ÉÀ ŉ"),
    Row(
      "lower",
      #"{{lower "ÀÉİ ΣΑΣ"}}"#,
      gives: "àéi σασ"),
    Row(
      "upper of bytes that are no UTF-8",
      #"{{printf "%x" (upper "a\xffé")}}"#,
      gives: "41efbfbdc389"),
    Row(
      "pad",
      #"{{pad "x" 1 2}}| {{pad "" 1 1}}|"#,
      gives: " x  | |"),
    Row(
      "pad with a negative count",
      #"{{pad "a" -1 0}}"#,
      fails:
        #":1:2: executing "" at <pad "a" -1 0>: error calling pad: strings: negative Repeat count"#),
    Row(
      "pad beyond memory",
      #"{{pad "x" 9223372036854775807 0}}"#,
      fails:
        #":1:2: executing "" at <pad "x" 9223372036854775807 0>: error calling pad: runtime error: makeslice: len out of range"#
    ),
    Row(
      "truncate",
      #"{{truncate "abcdef" 3}} {{truncate "ab" 3}} {{printf "%x" (truncate "é" 1)}}"#,
      gives: "abc ab c3"),
    Row(
      "truncate with a negative count",
      #"{{truncate "abc" -1}}"#,
      fails:
        #":1:2: executing "" at <truncate "abc" -1>: error calling truncate: runtime error: slice bounds out of range [:-1]"#
    ),
    Row(
      "truncate wants an integer",
      #"{{truncate "abc" "x"}}"#,
      fails: #":1:17: executing "" at <"x">: expected integer; found "x""#),
  ]
}

import GoTemplate
import Testing

/// Rows recorded from `docker version --format`.
struct FunctionTests {
  @Test("Functions work as in Go", arguments: rows)
  func functionsWorkAsInGo(_ row: Row) {
    row.check()
  }

  static let rows = [
    Row(
      "and gives the first false value",
      #"{{and 0 1}} {{and 1 2}} {{and 1 "" 2}}|"#,
      gives: "0 2 |"),
    Row(
      "or gives the first true value",
      #"{{or 0 "" "x"}} {{or 0 ""}}|"#,
      gives: "x |"),
    Row(
      "and does not evaluate further",
      #"{{and 0 (index "a" 9)}}"#,
      gives: "0"),
    Row(
      "or does not evaluate further",
      #"{{or 1 (index "a" 9)}}"#,
      gives: "1"),
    Row(
      "and and or take the piped value",
      "{{1 | and 0}} {{1 | or 0}}",
      gives: "0 1"),
    Row(
      "and needs an argument",
      "{{and}}",
      fails: #":1:2: executing "" at <and>: wrong number of args for and: want at least 1 got 0"#),
    Row(
      "or needs an argument",
      "{{or}}",
      fails: #":1:2: executing "" at <or>: wrong number of args for or: want at least 1 got 0"#),
    Row(
      "not",
      #"{{not 1}} {{not ""}}"#,
      gives: "false true"),
    Row(
      "not takes one argument",
      "{{not}}",
      fails: #":1:2: executing "" at <not>: wrong number of args for not: want 1 got 0"#),
    Row(
      "index of a string is a byte",
      #"{{index "é" 0}}"#,
      gives: "195"),
    Row(
      "index of a list",
      #"{{index (split "a,b,c" ",") 1}}"#,
      gives: "b"),
    Row(
      "index without indexes",
      #"{{index "a"}}"#,
      gives: "a"),
    Row(
      "index out of range",
      #"{{index "abc" 5}}"#,
      fails: #":1:2: executing "" at <index "abc" 5>: error calling index: index out of range: 5"#),
    Row(
      "index at the end of a string",
      #"{{index "abc" 3}}"#,
      fails:
        #":1:2: executing "" at <index "abc" 3>: error calling index: reflect: string index out of range"#
    ),
    Row(
      "index at the end of a list",
      #"{{index (split "a,b,c" ",") 3}}"#,
      fails:
        #":1:2: executing "" at <index (split "a,b,c" ",") 3>: error calling index: reflect: slice index out of range"#
    ),
    Row(
      "negative index",
      #"{{index "abc" -1}}"#,
      fails: #":1:2: executing "" at <index "abc" -1>: error calling index: index out of range: -1"#
    ),
    Row(
      "index that is a string",
      #"{{index (split "a" ",") "x"}}"#,
      fails:
        #":1:2: executing "" at <index (split "a" ",") "x">: error calling index: cannot index slice/array with type string"#
    ),
    Row(
      "index that is nil",
      #"{{index (split "a" ",") nil}}"#,
      fails:
        #":1:2: executing "" at <index (split "a" ",") nil>: error calling index: cannot index slice/array with nil"#
    ),
    Row(
      "index of a number",
      "{{index 3 1}}",
      fails:
        #":1:2: executing "" at <index 3 1>: error calling index: can't index item of type int"#),
    Row(
      "index of nil",
      "{{index nil 1}}",
      fails: #":1:2: executing "" at <index nil 1>: error calling index: index of untyped nil"#),
    Row(
      "index needs an argument",
      "{{index}}",
      fails:
        #":1:2: executing "" at <index>: wrong number of args for index: want at least 1 got 0"#),
    Row(
      "slice",
      #"{{slice "abc"}} {{slice "abc" 1}} {{slice "abc" 1 2}} {{slice (split "a,b,c" ",") 1}} {{slice (split "a,b,c" ",") 0 1 2}}"#,
      gives: "abc bc b [b c] [a]"),
    Row(
      "slice out of range",
      #"{{slice "abc" 4}}"#,
      fails: #":1:2: executing "" at <slice "abc" 4>: error calling slice: index out of range: 4"#),
    Row(
      "slice backwards",
      #"{{slice "abc" 2 1}}"#,
      fails:
        #":1:2: executing "" at <slice "abc" 2 1>: error calling slice: invalid slice index: 2 > 1"#
    ),
    Row(
      "slice with a third index backwards",
      #"{{slice (split "a,b,c" ",") 0 2 1}}"#,
      fails:
        #":1:2: executing "" at <slice (split "a,b,c" ",") 0 2 1>: error calling slice: invalid slice index: 2 > 1"#
    ),
    Row(
      "slice of a string with three indexes",
      #"{{slice "abc" 0 1 2}}"#,
      fails:
        #":1:2: executing "" at <slice "abc" 0 1 2>: error calling slice: cannot 3-index slice a string"#
    ),
    Row(
      "slice with four indexes",
      #"{{slice "abc" 0 1 2 3}}"#,
      fails:
        #":1:2: executing "" at <slice "abc" 0 1 2 3>: error calling slice: too many slice indexes: 4"#
    ),
    Row(
      "slice of a number",
      "{{slice 3 1}}",
      fails:
        #":1:2: executing "" at <slice 3 1>: error calling slice: can't slice item of type int"#),
    Row(
      "slice of nil",
      "{{slice nil}}",
      fails: #":1:2: executing "" at <slice nil>: error calling slice: slice of untyped nil"#),
    Row(
      "length is in bytes",
      #"{{len "é"}} {{len (split "a,b" ",")}}"#,
      gives: "2 2"),
    Row(
      "length of a number",
      "{{len 3}}",
      fails: #":1:2: executing "" at <len 3>: error calling len: len of type int"#),
    Row(
      "length of nil",
      "{{len nil}}",
      fails:
        #":1:2: executing "" at <len nil>: error calling len: reflect: call of reflect.Value.Type on zero Value"#
    ),
    Row(
      "length needs an argument",
      "{{len}}",
      fails: #":1:2: executing "" at <len>: wrong number of args for len: want 1 got 0"#),
    Row(
      "argument of the wrong type is reported at what was evaluated last",
      #"{{upper (len "abc")}}"#,
      fails:
        #":1:13: executing "" at <"abc">: wrong type for value; expected string; got int"#),
    Row(
      "print",
      #"{{print 1 2 "a" "b" 3 4}} {{print nil}} {{print "a" 1 2 "b"}} {{print}}|"#,
      gives: "1 2ab3 4 <nil> a1 2b |"),
    Row(
      "println",
      #"{{println 1 "a" 2}}{{println}}{{println nil}}|"#,
      gives: "1 a 2\n\n<nil>\n|"),
    Row(
      "printf needs a format",
      "{{printf}}",
      fails:
        #":1:2: executing "" at <printf>: wrong number of args for printf: want at least 1 got 0"#),
    Row(
      "printf wants a string",
      "{{printf 1}}",
      fails: #":1:9: executing "" at <1>: expected string; found 1"#),
    Row(
      "printf with a piped format",
      #"{{printf "%s" | printf}}"#,
      gives: "%!!(MISSING)s(MISSING)"),
    Row(
      "html",
      #"{{html "<a&'\"\x00>"}} {{html}} {{html nil}} {{html 1 "a"}}"#,
      gives: "&lt;a&amp;&#39;&#34;�&gt;  &lt;no value&gt; 1a"),
    Row(
      "js",
      #"{{js "it's \"<&=>\" \n é \u2028 \\"}} {{js 1 2}}"#,
      gives: #"it\'s \"\u003C\u0026\u003D\u003E\" \u000A é \u2028 \\ 1 2"#),
    Row(
      "urlquery",
      #"{{urlquery "a b&c/é~-_." 1 2}}"#,
      gives: "a+b%26c%2F%C3%A9~-_.1+2"),
    Row(
      "call of a number",
      "{{call 1 2}}",
      fails: #":1:2: executing "" at <call 1 2>: error calling call: non-function 1 of type int"#),
    Row(
      "call of a list",
      #"{{call (split "a" ",") 1}}"#,
      fails:
        #":1:2: executing "" at <call (split "a" ",") 1>: error calling call: non-function split "a" "," of type []string"#
    ),
    Row(
      "call of a piped value",
      #"{{"x" | call}}"#,
      fails: #":1:8: executing "" at <call>: error calling call: non-function x of type string"#),
    Row(
      "call of nil",
      "{{call nil}}",
      fails: #":1:2: executing "" at <call nil>: error calling call: call of nil"#),
    Row(
      "call needs an argument",
      "{{call}}",
      fails: #":1:2: executing "" at <call>: wrong number of args for call: want at least 1 got 0"#),
  ]
}

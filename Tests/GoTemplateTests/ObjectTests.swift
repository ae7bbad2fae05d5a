import GoTemplate
import Testing

/// Rows from the transcripts of `docker network ls` and `inspect`.
struct ObjectTests {
  @Test("Rows answer by name and by method", arguments: rowRows)
  func rowsAnswer(_ row: Row) {
    row.check(on: .object(NetworkRow()))
  }

  @Test("Structs answer with their fields", arguments: structureRows)
  func structuresAnswer(_ row: Row) {
    row.check(on: Inspected.network)
  }

  @Test("Decoded JSON answers through interfaces", arguments: documentRows)
  func documentsAnswer(_ row: Row) {
    row.check(on: Inspected.document)
  }

  @Test("A missing key is an error if that is wanted", arguments: missingKeyRows)
  func missingKeysFail(_ row: Row) {
    row.check(on: Inspected.document, options: Template.Options(missingKeyIsError: true))
  }

  @Test func nothingIsComputedForNamesThatAreNotUsed() throws {
    struct Trap: TemplateObject {
      let typeName = "*trap"
      var fields: [ObjectField] { fatalError("fields were read") }
      func member(named name: String) -> ObjectMember? {
        precondition(name == "Used", "\(name) was read")
        return .field("x")
      }
    }

    let template = try Template(parsing: "{{if .Used}}{{.Used}}{{else}}{{.Unused}}{{end}}")

    #expect(try template.execute(.object(Trap())) == "x")
  }

  static let rowRows = [
    Row("method without parameters", "{{.ID}}\t{{.Name}}", gives: "0123456789ab\tn1"),
    Row("method with an argument", #"{{.Label "a"}}-{{.Label "zz"}}"#, gives: "1-"),
    Row("method with a piped argument", #"{{"a" | .Label}}"#, gives: "1"),
    Row("method as an argument", #"{{upper .Name}}{{len .Name}}"#, gives: "N12"),
    Row("method in parentheses", #"{{eq (.Label "a") "1"}}"#, gives: "true"),
    Row(
      "nil interface as a field", #"{{.Header}} {{printf "%v" .Header}}"#, gives: "<no value> <nil>"
    ),
    Row(
      "unknown name", "{{.Nope}}",
      fails:
        #":1:2: executing "" at <.Nope>: can't evaluate field Nope in type *network.networkContext"#
    ),
    Row(
      "too few arguments", "{{.Label}}",
      fails: #":1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0"#),
    Row(
      "too many arguments", "{{.Name 1}}",
      fails: #":1:2: executing "" at <.Name>: wrong number of args for Name: want 0 got 1"#),
    Row(
      "argument of the wrong type", "{{.Label 1}}",
      fails: #":1:9: executing "" at <1>: expected string; found 1"#),
    Row(
      "field of a result", "{{.Name.x}}",
      fails: #":1:7: executing "" at <.Name.x>: can't evaluate field x in type string"#),
    Row(
      "index of a row", "{{index . 0}}",
      fails:
        #":1:2: executing "" at <index . 0>: error calling index: can't index item of type network.networkContext"#
    ),
    Row("type of a row", #"{{printf "%T" .}}"#, gives: "*network.networkContext"),
  ]

  static let structureRows = [
    Row("fields", "{{.Name}} {{.Driver}} {{.Scope}}", gives: "n1 bridge local"),
    Row("json of a map", "{{json .Labels}}", gives: #"{"app.kubernetes.io/name":"x","k":"v"}"#),
    Row(
      "json of a struct", "{{json (index .IPAM.Config 0)}}",
      gives: #"{"Subnet":"10.20.0.0/24","IPRange":"","Gateway":"10.20.0.1","AuxAddress":{}}"#),
    Row(
      "json of nil", "{{json .Peers}} {{json .Status}} {{json .IPAM.Options}}",
      gives: "null null null"),
    Row("json of a time", "{{json .Created}}", gives: #""2026-11-21T00:30:10.097667482Z""#),
    Row("key of a map", #"{{index .Labels "app.kubernetes.io/name"}}"#, gives: "x"),
    Row("missing key as a field", "{{.Labels.k}} {{.Labels.none}}", gives: "v <no value>"),
    Row("missing key as an index", #"{{index .Labels "none"}}|"#, gives: "|"),
    Row("field of a missing key", "{{.Labels.none.x.y}}", gives: "<no value>"),
    Row("missing key in a map of structs", #"[{{(index .Containers "x").Name}}]"#, gives: "[]"),
    Row("lengths", "{{len .Containers}} {{len .Labels}} {{len .Peers}}", gives: "0 2 0"),
    Row(
      "range over a list of structs",
      "{{range $i, $c := .IPAM.Config}}{{$i}}:{{$c.Subnet}}{{end}}", gives: "0:10.20.0.0/24"),
    Row("field of an index", "{{(index .IPAM.Config 0).Gateway}}", gives: "10.20.0.1"),
    Row(
      "truth values choose a branch",
      "{{if .Internal}}in{{else if .Attachable}}att{{else}}plain{{end}}", gives: "plain"),
    Row("with a struct", "{{with .IPAM}}{{.Driver}}{{end}}", gives: "default"),
    Row(
      "range over a map in order of keys",
      "{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}",
      gives: "app.kubernetes.io/name=x;k=v;"),
    Row("range over an empty map", "{{range .Containers}}x{{else}}nobody{{end}}", gives: "nobody"),
    Row(
      "printed struct", "{{index .IPAM.Config 0}} {{.IPAM}}",
      gives: "{10.20.0.0/24  10.20.0.1 map[]} {default map[] [{10.20.0.0/24  10.20.0.1 map[]}]}"),
    Row(
      "printed struct with names", #"{{printf "%+v" (index .IPAM.Config 0)}}"#,
      gives: "{Subnet:10.20.0.0/24 IPRange: Gateway:10.20.0.1 AuxAddress:map[]}"),
    Row(
      "Go syntax", #"{{printf "%#v %#v %#v" .IPAM.Options .Peers .Status}}"#,
      gives: "map[string]string(nil) []network.PeerInfo(nil) (*network.Status)(nil)"),
    Row(
      "Go syntax of a struct", #"{{printf "%#v" (index .IPAM.Config 0)}}"#,
      gives:
        #"network.IPAMConfig{Subnet:"10.20.0.0/24", IPRange:"", Gateway:"10.20.0.1", AuxAddress:map[string]string{}}"#
    ),
    Row("nil values", "{{.Peers}} {{.Status}} {{.IPAM.Options}}", gives: "[] <nil> map[]"),
    Row("nil values are false", "{{or .Peers .Status .IPAM.Options 1}}", gives: "1"),
    Row(
      "nil values compare with nil", "{{eq .Status nil}} {{eq .Peers nil}} {{eq .Labels nil}}",
      gives: "true true false"),
    Row(
      "types", #"{{printf "%T %T %T" .Containers .Status .Created}}"#,
      gives: "map[string]network.EndpointResource *network.Status time.Time"),
    Row(
      "String method",
      #"{{.Created}}|{{printf "%s|%.10s|%q|%d" .Created .Created .Created .Internal}}"#,
      gives:
        #"2026-11-21 00:30:10.097667482 +0000 UTC|2026-11-21 00:30:10.097667482 +0000 UTC|2026-11-21|"2026-11-21 00:30:10.097667482 +0000 UTC"|%!d(bool=false)"#
    ),
    Row("method of a value with a String method", "{{.Created.Year}}", gives: "2026"),
    Row(
      "join wants a list", #"{{join .Name ","}}"#,
      fails:
        #":1:2: executing "" at <join .Name ",">: error calling join: expected slice, got string"#),
    Row("join of a map takes its values", #"{{join .Labels ","}}"#, gives: "v,x"),
    Row(
      "wrong type of key", "{{index .Labels 1}}",
      fails:
        #":1:2: executing "" at <index .Labels 1>: error calling index: value has type int; should be string"#
    ),
    Row(
      "nil as a key", "{{index .Labels nil}}",
      fails:
        #":1:2: executing "" at <index .Labels nil>: error calling index: value is nil; should be of type string"#
    ),
    Row(
      "index out of range", "{{index .IPAM.Config 5}}",
      fails:
        #":1:2: executing "" at <index .IPAM.Config 5>: error calling index: index out of range: 5"#
    ),
    Row(
      "field of a nil pointer", "{{.Status.IPAM}}",
      fails: #":1:9: executing "" at <.Status.IPAM>: nil pointer evaluating *network.Status.IPAM"#),
    Row(
      "length of a nil pointer", "{{len .Status}}",
      fails: #":1:2: executing "" at <len .Status>: error calling len: len of nil pointer"#),
    Row(
      "argument to a field", "{{.Name 1}}",
      fails:
        #":1:2: executing "" at <.Name>: Name has arguments but cannot be invoked as function"#),
    Row(
      "argument to a key", "{{.Labels.k 1}}",
      fails: #":1:9: executing "" at <.Labels.k>: k is not a method but has arguments"#),
    Row(
      "field of a list", "{{.IPAM.Config.Subnet}}",
      fails:
        #":1:7: executing "" at <.IPAM.Config.Subnet>: can't evaluate field Subnet in type []network.IPAMConfig"#
    ),
    Row(
      "struct in the place of a string", "{{upper .IPAM}}",
      fails:
        #":1:8: executing "" at <.IPAM>: wrong type for value; expected string; got network.IPAM"#),
    Row(
      "range over a struct", "{{range .IPAM}}{{end}}",
      fails:
        #":1:8: executing "" at <.IPAM>: range can't iterate over {default map[] [{10.20.0.0/24  10.20.0.1 map[]}]}"#
    ),
    Row(
      "struct compared with a list", "{{eq .IPAM .Peers}}",
      fails:
        #":1:2: executing "" at <eq .IPAM .Peers>: error calling eq: non-comparable types {default map[] [{10.20.0.0/24  10.20.0.1 map[]}]}: network.IPAM, []network.PeerInfo: []"#
    ),
  ]

  static let documentRows = [
    Row("fields", "{{.Name}} {{.Internal}} {{.Size}}", gives: "n1 false 1.5"),
    Row(
      "null", #"{{.Nothing}} {{printf "%v" .Nothing}} {{json .Nothing}}"#,
      gives: "<no value> <nil> null"),
    Row("missing key", "{{.Nope}}", gives: "<no value>"),
    Row(
      "printed map", "{{.IPAM}}",
      gives: "map[Config:[map[Subnet:10.20.0.0/24]] Driver:default Options:<nil>]"),
    Row("Go syntax", #"{{printf "%#v" .Labels}}"#, gives: #"map[string]interface {}{"k":"v"}"#),
    Row(
      "types", #"{{printf "%T %T %T" . .Name .IPAM.Config}}"#,
      gives: "map[string]interface {} string []interface {}"),
    Row("range over a list", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", gives: "10.20.0.0/24"),
    Row(
      "strings compare through the interface", #"{{eq .Name "n1"}} {{len .Name}} {{upper .Name}}"#,
      gives: "true 2 N1"),
    Row(
      "field of a string", "{{.Name.Nope}}",
      fails: #":1:7: executing "" at <.Name.Nope>: can't evaluate field Nope in type interface {}"#),
    Row(
      "field of a list", "{{.IPAM.Config.x}}",
      fails:
        #":1:7: executing "" at <.IPAM.Config.x>: can't evaluate field x in type interface {}"#),
    Row(
      "field of null", "{{.Nothing.x}}",
      fails: #":1:10: executing "" at <.Nothing.x>: nil pointer evaluating interface {}.x"#),
    Row("field of null in parentheses", "{{(.Nothing).x}}", gives: "<no value>"),
    Row(
      "length of null", "{{len .Nothing}}",
      fails: #":1:2: executing "" at <len .Nothing>: error calling len: len of nil pointer"#),
    Row(
      "index of null", "{{index .Nothing 0}}",
      fails: #":1:2: executing "" at <index .Nothing 0>: error calling index: index of untyped nil"#
    ),
    Row(
      "null in the place of a string", "{{upper .Nothing}}",
      fails:
        #":1:8: executing "" at <.Nothing>: wrong type for value; expected string; got interface {}"#
    ),
    Row(
      "slice with an index through an interface", "{{slice .Name .Size}}",
      fails:
        #":1:2: executing "" at <slice .Name .Size>: error calling slice: cannot index slice/array with type interface {}"#
    ),
  ]

  static let missingKeyRows = [
    Row("key that is there", "{{.Labels.k}}", gives: "v"),
    Row(
      "missing key", "{{.Nope}}",
      fails: #":1:2: executing "" at <.Nope>: map has no entry for key "Nope""#),
    Row(
      "missing key in a loop", "{{range .IPAM.Config}}{{.Nope}}{{end}}",
      fails: #":1:24: executing "" at <.Nope>: map has no entry for key "Nope""#),
    Row(
      "field of no value", "{{(.IPAM.Options).y}}",
      fails: #":1:8: executing "" at <.IPAM.Options>: nil data; no entry for key "y""#),
    Row("index of a missing key", #"{{index .Labels "nope"}}"#, gives: "<no value>"),
  ]
}

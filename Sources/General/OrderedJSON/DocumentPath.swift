/// The path from the root of a document to one of its values, converted to text only when reported.
indirect enum DocumentPath: Sendable {
  case root
  case member(String, of: DocumentPath)
  case element(Int, of: DocumentPath)

  var text: String {
    switch self {
    case .root: ""
    case .member(let name, of: .root): name
    case .member(let name, let parent): parent.text + "." + name
    case .element(let index, let parent): "\(parent.text)[\(index)]"
    }
  }
}

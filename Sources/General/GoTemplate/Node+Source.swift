extension ListNode {
  func write(to output: inout [UInt8]) {
    for statement in statements { statement.node.write(to: &output) }
  }
}

extension TextNode {
  func write(to output: inout [UInt8]) { output += bytes }
}

extension ActionNode {
  func write(to output: inout [UInt8]) {
    output.append("{{")
    pipeline.write(to: &output)
    output.append("}}")
  }
}

extension BranchNode {
  func write(to output: inout [UInt8]) {
    output.append("{{\(kind.rawValue) ")
    pipeline.write(to: &output)
    output.append("}}")
    list.write(to: &output)
    if let elseList {
      output.append("{{else}}")
      elseList.write(to: &output)
    }
    output.append("{{end}}")
  }
}

extension TemplateNode {
  func write(to output: inout [UInt8]) {
    output.append("{{template \(name.quoted)")
    if let pipeline {
      output.append(" ")
      pipeline.write(to: &output)
    }
    output.append("}}")
  }
}

extension LoopControlNode {
  func write(to output: inout [UInt8]) { output.append("{{\(control.rawValue)}}") }
}

extension PipelineNode {
  func write(to output: inout [UInt8]) {
    for (index, variable) in variables.enumerated() {
      if index > 0 { output.append(", ") }
      variable.write(to: &output)
    }
    if !variables.isEmpty { output.append(isAssignment ? " = " : " := ") }
    for (index, command) in commands.enumerated() {
      if index > 0 { output.append(" | ") }
      command.write(to: &output)
    }
  }
}

extension CommandNode {
  func write(to output: inout [UInt8]) {
    for (index, operand) in operands.enumerated() {
      if index > 0 { output.append(" ") }
      operand.write(to: &output)
    }
  }
}

extension Operand {
  fileprivate func write(to output: inout [UInt8]) {
    guard case .pipeline(let pipeline) = self else { return node.write(to: &output) }
    output.append("(")
    pipeline.write(to: &output)
    output.append(")")
  }
}

extension IdentifierNode {
  func write(to output: inout [UInt8]) { output.append(name) }
}

extension FieldNode {
  func write(to output: inout [UInt8]) {
    for name in names { output.append(".\(name)") }
  }
}

extension VariableNode {
  func write(to output: inout [UInt8]) {
    output.append(name)
    for field in fields { output.append(".\(field)") }
  }
}

extension ChainNode {
  func write(to output: inout [UInt8]) {
    base.write(to: &output)
    for field in fields { output.append(".\(field)") }
  }
}

extension NumberNode {
  func write(to output: inout [UInt8]) { output += text.bytes }
}

extension StringNode {
  func write(to output: inout [UInt8]) { output += quoted.bytes }
}

extension WordNode {
  func write(to output: inout [UInt8]) { output.append(word.rawValue) }
}

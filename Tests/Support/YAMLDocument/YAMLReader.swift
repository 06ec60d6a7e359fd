import CYAML

/// Reads a text of one document by libyaml.
enum YAMLReader {
  static func read(_ text: [UInt8]) throws(YAMLError) -> YAMLValue {
    // The parser holds its own address: it must stay where it is.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(problem: "no memory", line: 1, column: 1)
    }
    defer { yaml_parser_delete(parser) }
    return try text.withUnsafeBufferPointer { bytes throws(YAMLError) in
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      let value = try document(parser, bytes) { nodes throws(YAMLError) in
        try nodes.root.map { node throws(YAMLError) in try nodes.value(of: node) } ?? .missing
      }
      try document(parser, bytes) { nodes throws(YAMLError) in
        if let second = nodes.root { throw YAMLError("a second document begins", second) }
      }
      return value
    }
  }

  /// Gives the next document's nodes; none at the text's end.
  private static func document<Result>(
    _ parser: UnsafeMutablePointer<yaml_parser_t>, _ text: UnsafeBufferPointer<UInt8>,
    _ body: (YAMLNodes) throws(YAMLError) -> Result
  ) throws(YAMLError) -> Result {
    let document = UnsafeMutablePointer<yaml_document_t>.allocate(capacity: 1)
    defer { document.deallocate() }
    guard yaml_parser_load(parser, document) == 1 else {
      throw YAMLError(parser.pointee, text)
    }
    defer { yaml_document_delete(document) }
    return try body(YAMLNodes(document: document))
  }
}

extension YAMLError {
  fileprivate init(_ parser: yaml_parser_t, _ text: UnsafeBufferPointer<UInt8>) {
    problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
    guard parser.error == YAML_READER_ERROR else {
      (line, column) = (parser.problem_mark.line + 1, parser.problem_mark.column + 1)
      return
    }
    // Bytes that are no text: libyaml says only which.
    let before = text.prefix(parser.problem_offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
  }

  fileprivate init(_ problem: String, _ node: UnsafeMutablePointer<yaml_node_t>) {
    let mark = node.pointee.start_mark
    (self.problem, line, column) = (problem, mark.line + 1, mark.column + 1)
  }
}

/// The nodes of a document, which libyaml keeps.
private struct YAMLNodes {
  typealias Node = UnsafeMutablePointer<yaml_node_t>

  let document: UnsafeMutablePointer<yaml_document_t>

  /// How deep values may lie in each other: an alias within its own anchor has no end.
  private static let deepest = 100

  var root: Node? { yaml_document_get_root_node(document) }

  func value(of node: Node, depth: Int = 0) throws(YAMLError) -> YAMLValue {
    guard depth < Self.deepest else { throw YAMLError("too deep, or in itself", node) }
    switch node.pointee.type {
    case YAML_SCALAR_NODE:
      let text = text(of: node)
      let isPlain = node.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      return isPlain ? YAMLValue(plain: text) : .text(text)
    case YAML_SEQUENCE_NODE: return .list(try elements(of: node, depth))
    case YAML_MAPPING_NODE: return .map(try members(of: node, depth))
    default: return .missing
    }
  }

  private func text(of node: Node) -> String {
    let scalar = node.pointee.data.scalar
    return String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
  }

  private func elements(of node: Node, _ depth: Int) throws(YAMLError) -> [YAMLValue] {
    let items = node.pointee.data.sequence.items
    var values: [YAMLValue] = []
    for item in UnsafeBufferPointer(start: items.start, count: items.top - items.start) {
      values.append(try child(item, of: node, depth))
    }
    return values
  }

  private func members(of node: Node, _ depth: Int) throws(YAMLError) -> [String: YAMLValue] {
    let pairs = node.pointee.data.mapping.pairs
    var (own, merged) = ([String: YAMLValue](), [String: YAMLValue]())
    for pair in UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start) {
      guard let key = yaml_document_get_node(document, pair.key),
        key.pointee.type == YAML_SCALAR_NODE
      else { throw YAMLError("a key is not text", node) }
      let name = text(of: key)
      let value = try child(pair.value, of: node, depth)
      if name == "<<", key.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE {
        // The map's own members come before what it takes from others, and those in their order.
        merged.merge(try maps(value, key)) { first, _ in first }
      } else if own.updateValue(value, forKey: name) != nil {
        throw YAMLError("the key '\(name)' is there twice", key)
      }
    }
    return own.merging(merged) { own, _ in own }
  }

  /// The members of the maps that a merge key names: one, or a list of them.
  private func maps(_ value: YAMLValue, _ key: Node) throws(YAMLError) -> [String: YAMLValue] {
    switch value {
    case .map(let members): return members
    case .list(let values):
      var all: [String: YAMLValue] = [:]
      for value in values { all.merge(try maps(value, key)) { first, _ in first } }
      return all
    default: throw YAMLError("what is merged is not a map", key)
    }
  }

  private func child(_ index: Int32, of parent: Node, _ depth: Int) throws(YAMLError) -> YAMLValue {
    guard let node = yaml_document_get_node(document, index) else {
      throw YAMLError("has no value", parent)
    }
    return try value(of: node, depth: depth + 1)
  }
}

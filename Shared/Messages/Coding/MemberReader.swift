/// Reads the members of one JSON object by key, walking it once where the keys come in the order
/// in which they are asked for.
struct MemberReader {
  private let object: JSONNode
  private let end: Int
  /// The token of the name that is expected next.
  private var next: Int

  init(_ node: JSONNode) throws(MessageError) {
    guard node.isObject else { throw MessageError(field: "", what: "expected an object") }
    object = node
    next = node.index + 1
    end = Int(node.token.next)
  }

  /// The value of a required member.
  mutating func value<Value: JSONReadable>(
    _ key: StaticString, as type: Value.Type = Value.self
  ) throws(MessageError) -> Value {
    guard let node = find(key) else { throw MessageError(field: "\(key)", what: "is missing") }
    do throws(MessageError) {
      return try Value(json: node)
    } catch {
      throw error.within("\(key)")
    }
  }

  /// The value of a member that may be missing or null.
  mutating func optional<Value: JSONReadable>(
    _ key: StaticString, as type: Value.Type = Value.self
  ) throws(MessageError) -> Value? {
    guard let node = find(key), !node.isNull else { return nil }
    do throws(MessageError) {
      return try Value(json: node)
    } catch {
      throw error.within("\(key)")
    }
  }

  /// Calls `body` with the name and the text of each member.
  mutating func eachText(_ body: (String, String) -> Void) throws(MessageError) {
    while next < end {
      let name = node(next).string ?? ""
      guard let text = take(next).string else {
        throw MessageError(field: name, what: "expected text")
      }
      body(name, text)
    }
  }

  /// Steps over a member that was read before.
  mutating func skip(_ key: StaticString) {
    if next < end, node(next).equals(key) { next = Int(object.tokens[next + 1].next) }
  }

  private mutating func find(_ key: StaticString) -> JSONNode? {
    if next < end {
      let name = node(next)
      if name.equals(key) { return take(next) }
    }
    return search(key, from: next, to: end) ?? search(key, from: object.index + 1, to: next)
  }

  private mutating func search(_ key: StaticString, from start: Int, to end: Int) -> JSONNode? {
    var child = start
    while child < end {
      if node(child).equals(key) { return take(child) }
      child = Int(object.tokens[child + 1].next)
    }
    return nil
  }

  private mutating func take(_ name: Int) -> JSONNode {
    next = Int(object.tokens[name + 1].next)
    return node(name + 1)
  }

  private func node(_ index: Int) -> JSONNode {
    JSONNode(tokens: object.tokens, text: object.text, index: index)
  }
}

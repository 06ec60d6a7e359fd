/// The form of paths that a route answers: `/v1/files/{name}`. A segment in braces takes any one
/// segment that is not empty; `{name...}` at the end takes one or more, joined by slashes.
struct PathTemplate: Sendable, Hashable {
  enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter(String)
    case rest(String)
  }

  let segments: [Segment]

  init(_ text: String) {
    let text = text.hasPrefix("/") ? text.dropFirst() : text[...]
    segments = text.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return .literal(String(segment)) }
      let name = segment.dropFirst().dropLast()
      return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(String(name))
    }
  }

  /// What a path has for the template's names; nil if it is of another form.
  func match(_ path: [String]) -> [String: String]? {
    var parameters: [String: String] = [:]
    for (index, segment) in segments.enumerated() {
      guard index < path.count else { return nil }
      switch segment {
      case .literal(let text): guard path[index].isExactly(text) else { return nil }
      case .parameter(let name):
        guard !path[index].isEmpty else { return nil }
        parameters[name] = path[index]
      case .rest(let name):
        parameters[name] = path[index...].joined(separator: "/")
        return parameters
      }
    }
    return path.count == segments.count ? parameters : nil
  }

  /// Whether it goes before another that takes the same path: a literal before a parameter before
  /// the rest, from the left.
  func precedes(_ other: PathTemplate) -> Bool {
    for (a, b) in zip(segments, other.segments) where a.rank != b.rank { return a.rank < b.rank }
    return segments.count > other.segments.count
  }
}

extension PathTemplate: CustomStringConvertible {
  var description: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): "/\(text)"
      case .parameter(let name): "/{\(name)}"
      case .rest(let name): "/{\(name)...}"
      }
    }.joined()
  }
}

extension PathTemplate.Segment {
  fileprivate var rank: Int {
    switch self {
    case .literal: 0
    case .parameter: 1
    case .rest: 2
    }
  }
}

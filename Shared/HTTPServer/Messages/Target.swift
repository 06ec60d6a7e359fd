/// What a request asks for: a path and a query, as they were sent.
///
/// Nothing is normalised: `..`, `.` and empty segments stay what they are, and a `%2F` is part of
/// its segment. The target `*`, which stands for the server as a whole, has no segments.
struct Target: Sendable {
  /// The path as it was sent.
  let path: String
  /// The path's segments, decoded: `/a/b%20c` has `a` and `b c`; `/` has one that is empty.
  let segments: [String]
  /// The query as it was sent, without its question mark.
  let query: String?

  /// Whether it is `*`: the server, and nothing that it serves.
  var isServer: Bool { segments.isEmpty }

  /// - Throws: ``HTTPError`` with 400 if it is neither a path nor `*`, has a character that no path
  ///   has, or an escape is malformed, is NUL or makes no UTF-8.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPError) {
    if bytes.elementsEqual("*".utf8) {
      (path, segments, query) = ("*", [], nil)
      return
    }
    guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy(ASCII.isTarget) else {
      throw .malformed("the target is not a path")
    }
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let path = bytes[..<mark]
    // To some programs it is a slash.
    guard !path.contains(UInt8(ascii: "\\")) else {
      throw .malformed("the target's path has a backslash: write %5C")
    }
    self.path = String(decoding: path, as: UTF8.self)
    var segments: [String] = []
    for segment in path.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      segments.append(try Self.decoded(segment, plusIsSpace: false))
    }
    self.segments = segments
    if mark < bytes.endIndex {
      let query = bytes[(mark + 1)...]
      // Once here, so that reading it later cannot fail.
      _ = try Self.items(query)
      self.query = String(decoding: query, as: UTF8.self)
    } else {
      query = nil
    }
  }

  /// The names and values of a query or of a form, decoded.
  ///
  /// - Throws: ``HTTPError`` with 400 if an escape is malformed, is NUL or makes no UTF-8.
  static func items(_ query: ArraySlice<UInt8>) throws(HTTPError) -> [QueryItem] {
    var items: [QueryItem] = []
    for pair in query.split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      items.append(
        QueryItem(
          name: try decoded(pair[..<equals], plusIsSpace: true),
          value: try decoded(pair[equals...].dropFirst(), plusIsSpace: true)))
    }
    return items
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool
  ) throws(HTTPError) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < bytes.endIndex, let high = ASCII.hexadecimal(bytes[index + 1]),
          let low = ASCII.hexadecimal(bytes[index + 2]), high << 4 | low != 0
        else {
          throw .malformed("the target has a malformed escape: write % and two hexadecimal digits")
        }
        decoded.append(high << 4 | low)
        index += 3
      } else {
        // In a form it may also stand as it is.
        guard byte != 0 else { throw .malformed("the target has a NUL") }
        decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? ASCII.space : byte)
        index += 1
      }
    }
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw .malformed("the target is not UTF-8")
    }
    return text
  }
}

/// A name and a value of a query or of a form, decoded.
public struct QueryItem: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The value; empty if there is none.
  public var value: String

  /// A name and a value.
  public init(name: String, value: String) { (self.name, self.value) = (name, value) }
}

@testable import HTTPServer

/// Chunked bodies: the same must come out whether the bytes come together or in parts, and as a
/// simple reading of the whole says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  let whole = decoded([bytes[...]])
  precondition(whole == decoded(Parts.of(bytes)), "decoded differently in parts")
  if case .body(let body, let taken) = whole {
    precondition(SimpleBody.read(bytes[..<taken]) == body, "decoded differently: \(body)")
  } else if let body = SimpleBody.read(bytes[...]), case .failed(let error) = whole {
    // Only limits may refuse what is well-formed.
    precondition(error.message.contains("long") || error.status == .headersTooLarge, "\(body)")
  }
  return 0
}

private enum Outcome: Equatable {
  case body([UInt8], taken: Int)
  case waits([UInt8])
  case failed(HTTPError)

  static func == (a: Outcome, b: Outcome) -> Bool {
    switch (a, b) {
    case (.body(let a, let m), .body(let b, let n)): a == b && m == n
    case (.waits(let a), .waits(let b)): a == b
    case (.failed(let a), .failed(let b)): a.description == b.description
    default: false
    }
  }
}

private func decoded(_ parts: [ArraySlice<UInt8>]) -> Outcome {
  var decoder = ChunkDecoder()
  var body: [UInt8] = []
  var taken = 0
  do throws(HTTPError) {
    for part in parts { taken += try decoder.take(part, into: &body) }
  } catch {
    return .failed(error)
  }
  return decoder.isDone ? .body(body, taken: taken) : .waits(body)
}

/// A chunked body that is there as a whole, read line by line.
private enum SimpleBody {
  /// The body; nil if it is malformed, or more or less than one.
  static func read(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var (rest, body) = (bytes, [UInt8]())
    while let line = line(&rest) {
      guard let size = size(line) else { return nil }
      guard size > 0 else { return endsWell(rest) ? body : nil }
      guard size < rest.count else { return nil }
      body += rest.prefix(size)
      rest = rest.dropFirst(size)
      guard self.line(&rest)?.isEmpty == true else { return nil }
    }
    return nil
  }

  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
      return nil
    }
    defer { rest = rest[(end + 1)...] }
    return rest[..<(end - 1)]
  }

  private static func size(_ line: ArraySlice<UInt8>) -> Int? {
    let text = String(decoding: line, as: UTF8.self)
    // The quoted texts go first, as they may hold what ends a name.
    guard
      let match = text.wholeMatch(of: /([0-9A-Fa-f]{1,15})(;.+)?/.matchingSemantics(.unicodeScalar))
    else { return nil }
    guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
    if let extensions = match.2 {
      let one = /;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(=([!#$%&'*+\-.^_`|~0-9A-Za-z]+|"([^"\\]|\\.)*"))?/
        .matchingSemantics(.unicodeScalar)
      var left = extensions
      while !left.isEmpty {
        guard let found = left.prefixMatch(of: one) else { return nil }
        left = left[found.range.upperBound...]
      }
    }
    return Int(match.1, radix: 16)
  }

  /// Whether trailers and an empty line, and nothing else, are left.
  private static func endsWell(_ rest: ArraySlice<UInt8>) -> Bool {
    var rest = rest
    while let line = line(&rest) {
      if line.isEmpty { return rest.isEmpty }
      guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return false }
      guard line[..<colon].allSatisfy(isToken),
        line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 })
      else { return false }
    }
    return false
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    Array("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
      .contains(byte)
  }
}

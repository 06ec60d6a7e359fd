/// A path's segments, to look them up by: they are the same if their bytes are.
struct ExactPath: Hashable {
  let segments: [String]

  static func == (a: ExactPath, b: ExactPath) -> Bool {
    a.segments.count == b.segments.count
      && zip(a.segments, b.segments).allSatisfy { $0.isExactly($1) }
  }

  func hash(into hasher: inout Hasher) {
    for segment in segments {
      var segment = segment
      segment.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      hasher.combine(UInt8(ascii: "/"))
    }
  }
}

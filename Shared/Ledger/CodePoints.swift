/// Order of text by code point, as Rules.md#R5.1 asks for; Swift's own order of strings is by
/// canonical equivalence.
public enum CodePoints {
  /// Whether `a` comes before `b`: UTF-8 bytes order as their code points do.
  public static func precedes(_ a: String, _ b: String) -> Bool {
    compare(a, b) < 0
  }

  /// Below, at or above zero as the first text in which two lists differ comes before, nowhere or
  /// after; of lists that begin alike the shorter one comes first.
  public static func compare(_ a: [String], _ b: [String]) -> Int {
    for (left, right) in zip(a, b) {
      let order = compare(left, right)
      if order != 0 { return order }
    }
    return a.count - b.count
  }

  /// Below, at or above zero as `a` comes before, at or after `b`.
  public static func compare(_ a: String, _ b: String) -> Int {
    var left = a.utf8.makeIterator()
    var right = b.utf8.makeIterator()
    while true {
      switch (left.next(), right.next()) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let x?, let y?) where x != y: return x < y ? -1 : 1
      default: continue
      }
    }
  }
}

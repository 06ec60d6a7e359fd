/// An exact decimal that is never negative, of as many digits as it takes: what a product takes of
/// a part has as many factors as there are levels of bills. Digit by digit, as on paper.
struct LongExact {
  /// The lowest digit first.
  private let digits: [Int]
  private let scale: Int

  static let zero = LongExact([], 0)

  private init(_ sums: [Int], _ scale: Int) {
    var (digits, rest) = ([Int](), 0)
    for sum in sums {
      digits.append((sum + rest) % 10)
      rest = (sum + rest) / 10
    }
    while rest > 0 { (digits, rest) = (digits + [rest % 10], rest / 10) }
    while digits.last == 0 { digits.removeLast() }
    (self.digits, self.scale) = (digits, scale)
  }

  init(_ exact: Exact) {
    self.init(String(exact.mantissa).reversed().compactMap(\.wholeNumberValue), exact.scale)
  }

  static func + (a: LongExact, b: LongExact) -> LongExact {
    let scale = max(a.scale, b.scale)
    let left = Array(repeating: 0, count: scale - a.scale) + a.digits
    let right = Array(repeating: 0, count: scale - b.scale) + b.digits
    let sums = (0..<max(left.count, right.count)).map { place in
      (place < left.count ? left[place] : 0) + (place < right.count ? right[place] : 0)
    }
    return LongExact(sums, scale)
  }

  static func * (a: LongExact, b: LongExact) -> LongExact {
    var sums = Array(repeating: 0, count: a.digits.count + b.digits.count)
    for (i, left) in a.digits.enumerated() {
      for (j, right) in b.digits.enumerated() { sums[i + j] += left * right }
    }
    return LongExact(sums, a.scale + b.scale)
  }

  /// Half up, to so many decimals.
  func rounded(_ places: Int) -> Exact {
    let drop = max(0, scale - places)
    let isHalf = drop > 0 && drop <= digits.count && digits[drop - 1] >= 5
    let kept = digits.dropFirst(drop).reversed().reduce(Int128(0)) { $0 * 10 + Int128($1) }
    return Exact(kept + (isHalf ? 1 : 0), scale: min(scale, places))
  }
}

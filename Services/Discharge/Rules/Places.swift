/// The place of each key in a list without repetitions: few keys are looked through, which is
/// quicker than hashing them, and of many a dictionary is kept, so that finding one costs the same.
struct Places<Key: Hashable> {
  private var keys: [Key] = []
  private var places: [Key: Int] = [:]

  private static var few: Int { 16 }

  /// No keys yet.
  init() {}

  /// The places of keys in their list.
  init(_ keys: some Sequence<Key>) {
    for key in keys { append(key) }
  }

  /// The place of a key, from 0; nil if it is not in the list.
  subscript(key: Key) -> Int? {
    keys.count <= Self.few ? keys.firstIndex(of: key) : places[key]
  }

  /// Adds a key at the end.
  mutating func append(_ key: Key) {
    keys.append(key)
    if keys.count == Self.few + 1 {
      for (place, key) in keys.enumerated() where places[key] == nil { places[key] = place }
    } else if keys.count > Self.few, places[key] == nil {
      places[key] = keys.count - 1
    }
  }
}

/// The places of lots among what a demand takes: of few, the takes themselves are looked through.
struct TakePlaces {
  private let places: [Int64: Int]?

  private static var few: Int { 16 }

  /// The places in takes of which each has another lot.
  init(_ takes: [Take]) {
    guard takes.count > Self.few else {
      places = nil
      return
    }
    places = Dictionary(
      takes.enumerated().lazy.map { ($1.lot, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of a lot in those takes; nil if it is not among them.
  func place(of lot: Int64, in takes: [Take]) -> Int? {
    if let places { return places[lot] }
    return takes.firstIndex { $0.lot == lot }
  }
}

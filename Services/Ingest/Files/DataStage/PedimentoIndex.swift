/// The pedimentos of a Data Stage by (patente, number, section).
///
/// The number repeats every ten years and the year is no column, so pedimentos of one key are told
/// apart by the year of a date, where there is one.
struct PedimentoIndex {
  private struct Entry {
    var year: Int?
    /// The next pedimento of the same key.
    var next: Int?
  }

  /// Years beyond which a row of the same key belongs to another pedimento: half of the ten after
  /// which the number repeats, so that a payment or a clearance at a year's turn does not matter.
  private static let reach = 5

  private var heads: [[UInt8]: Int] = [:]
  private var entries: [Entry] = []

  var count: Int { entries.count }

  /// The pedimento of exactly this key and year.
  func exact(_ key: [UInt8], year: Int?) -> Int? {
    var found = heads[key]
    while let index = found, entries[index].year != year { found = entries[index].next }
    return found
  }

  /// The pedimento that a row of this key and year belongs to: the nearest in time, and the latest
  /// where the row has no date.
  func nearest(_ key: [UInt8], year: Int?) -> Int? {
    var best: (index: Int, rank: Int)?
    var next = heads[key]
    while let index = next {
      let entry = entries[index]
      if let rank = Self.rank(entry.year, for: year), rank < best?.rank ?? .max {
        best = (index, rank)
      }
      next = entry.next
    }
    return best?.index
  }

  /// How well a pedimento of a year suits a row of a year, the least being best; nil if it
  /// cannot be its own.
  private static func rank(_ pedimento: Int?, for row: Int?) -> Int? {
    guard let row else { return -(pedimento ?? 0) }
    guard let pedimento else { return reach }
    let distance = abs(pedimento - row)
    return distance <= reach ? distance : nil
  }

  /// Adds a pedimento and returns its index.
  mutating func add(_ key: [UInt8], year: Int?) -> Int {
    entries.append(Entry(year: year, next: heads[key]))
    heads[key] = entries.count - 1
    return entries.count - 1
  }
}

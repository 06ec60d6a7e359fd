import Ledger

/// The dates of a Data Stage: `YYYY-MM-DD HH:MM:SS`. They are read for joining and ordering only;
/// an event carries them as they are.
extension DataStageRecord {
  /// The year by which the row is told from those of the same number, ten years apart; nil where
  /// it has no valid date.
  var year: Int? {
    table.file.dates.lazy.compactMap { column in
      withCell(column) { text in
        guard text.count >= 10, let date = try? CalendarDate(utf8: .init(rebasing: text[..<10])),
          DateRange.accepts(date)
        else { return nil }
        return date.civil.year
      }
    }.first
  }

  /// When the row's pedimento was paid, or else received.
  var moment: Instant? {
    table.file.dates.lazy.compactMap { instant($0) }.first
  }

  /// The moment of a date, whose hour may be in a column of its own; nil where it is not valid.
  func instant(_ date: DataStageColumn, hour: DataStageColumn? = nil) -> Instant? {
    let apart = hour.map { column in withCell(column) { Array($0) } } ?? []
    return withCell(date) { text in
      guard text.count >= 10 else { return nil }
      let own = Array(text.dropFirst(11))
      let day = Array(text[..<10])
      let times =
        [apart, own].filter { $0.count == 8 } + (own.isEmpty ? [Array("00:00:00".utf8)] : [])
      return times.lazy.compactMap { time in
        let whole = day + [UInt8(ascii: "T")] + time + [UInt8(ascii: "Z")]
        return whole.withUnsafeBytes { try? Instant(utf8: $0) }
      }.first
    }
  }
}

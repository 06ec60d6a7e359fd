import Ledger

/// The dates of a Data Stage: `YYYY-MM-DD HH:MM:SS`. They are read for joining and ordering only;
/// an event carries them as they are.
extension DataStageRecord {
  /// The year of validation by which the row is told from those of the same number, ten years
  /// apart; nil if it has no valid date.
  var year: Int? {
    let year = table.file.dates.lazy.compactMap { column -> Int? in
      withCell(column) { text -> Int? in
        guard text.count >= 10, let date = try? CalendarDate(utf8: .init(rebasing: text[..<10])),
          DateRange.accepts(date)
        else { return nil }
        return date.civil.year
      }
    }.first
    return year.map { ValidationYear.nearest(to: $0, endingIn: firstDigit) }
  }

  /// The first of the seven digits of the row's pedimento.
  private var firstDigit: Int {
    withCell(.pedimento) { number in
      guard number.count == 7, let digit = number.first, digit &- UInt8(ascii: "0") < 10 else {
        return 0
      }
      return Int(digit - UInt8(ascii: "0"))
    }
  }

  /// When the row's pedimento was paid, or else received.
  var moment: Instant? {
    table.file.dates.lazy.compactMap { instant($0) }.first
  }

  /// The moment of a date, whose hour may be in a column of its own; nil if it is not valid.
  func instant(_ date: DataStageColumn, hour: DataStageColumn? = nil) -> Instant? {
    let apart = hour.map { column in withCell(column) { Array($0) } } ?? []
    return withCell(date) { text in
      guard text.count >= 10 else { return nil }
      let day = Array(text[..<10])
      let own = Array(text.dropFirst(11))
      let hours = [apart, own].filter { !$0.isEmpty }
      guard !hours.isEmpty else { return Self.instant(day, (0, 0, 0), fraction: []) }
      return hours.lazy.compactMap { Self.instant(day, clock: $0) }.first
    }
  }

  /// A moment by its day and a clock's time, `H:MM[:SS[.fff]]`; a comma may stand for the point.
  private static func instant(_ day: [UInt8], clock: [UInt8]) -> Instant? {
    let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    let tail = (parts.count == 3 ? parts[2] : []).split(
      maxSplits: 1, omittingEmptySubsequences: false
    ) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    guard let hour = number(parts[0]), let minute = number(parts[1]),
      let second = parts.count == 3 ? tail.first.flatMap(number) : 0
    else { return nil }
    return instant(day, (hour, minute, second), fraction: tail.dropFirst().first ?? [])
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...2).contains(digits.count), digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func instant(
    _ day: [UInt8], _ time: (hour: Int, minute: Int, second: Int), fraction: ArraySlice<UInt8>
  ) -> Instant? {
    var text = day + [UInt8(ascii: "T")]
    for (place, part) in [time.hour, time.minute, time.second].enumerated() {
      if place > 0 { text.append(UInt8(ascii: ":")) }
      text.append(UInt8(ascii: "0") + UInt8(part / 10))
      text.append(UInt8(ascii: "0") + UInt8(part % 10))
    }
    if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
    text.append(UInt8(ascii: "Z"))
    return text.withUnsafeBytes { try? Instant(utf8: $0) }
  }
}

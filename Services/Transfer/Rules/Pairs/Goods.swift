import Ledger
import Messages

/// The goods of a side, summed by part number and by tariff item.
struct Goods {
  /// What a sum is of.
  struct Key: Hashable {
    /// The part number, or the tariff item.
    var name: String
    /// Its unit.
    var uom: UnitOfMeasure
  }

  /// Millionths, exact: sums of 64 bits fit into 128.
  private(set) var byPart: [Key: Int128] = [:]
  /// Millionths.
  private(set) var byTariffItem: [Key: Int128] = [:]
  /// Centavos.
  private(set) var value: Int128 = 0

  init(_ lines: [TransferLine]) {
    for line in lines {
      byPart[Key(name: line.part, uom: line.uom), default: 0] += Int128(line.quantity.millionths)
      byTariffItem[Key(name: line.tariffItem, uom: line.uom), default: 0] +=
        Int128(line.quantity.millionths)
      value += Int128(line.value.centavos)
    }
  }

  /// Whether two sides without references may be one transfer's: the same quantities of the same
  /// parts, or of the same tariff items where the companies have part numbers of their own.
  func isLike(_ other: Goods) -> Bool {
    guard !byPart.isEmpty else { return false }
    return byPart == other.byPart || byTariffItem == other.byTariffItem
  }

  /// What the two do not agree on, in the order of ``TransferDifference``'s cases.
  func differences(from other: Goods) -> [TransferDifference] {
    var found: [TransferDifference] = []
    if Self.names(byPart) == Self.names(other.byPart) {
      if byPart != other.byPart { found.append(.quantity) }
    } else if Self.names(byTariffItem) == Self.names(other.byTariffItem) {
      if byTariffItem != other.byTariffItem { found.append(.quantity) }
    } else {
      found.append(.goods)
    }
    if value != other.value { found.append(.value) }
    return found
  }

  /// A text that is the same for the same sums.
  static func text(_ sums: [Key: Int128]) -> String {
    let sorted = sums.sorted { a, b in
      let names = CodePoints.compare(a.key.name, b.key.name)
      return names != 0 ? names < 0 : a.key.uom.code < b.key.uom.code
    }
    return sorted.map { "\($0.key.name)\u{1F}\($0.key.uom.code)\u{1F}\($0.value)" }
      .joined(separator: "\u{1E}")
  }

  private static func names(_ sums: [Key: Int128]) -> Set<String> { Set(sums.keys.map(\.name)) }
}

import Ledger

extension Details<LineDetail> {
  /// What counts, and is added up where lines are: the same part twice within a line is one line of
  /// the books (Events.md#same-part).
  private static let amounts: [LineDetail] = [.customsValueMXN, .tariffQuantity, .valueUSD]

  /// What two lines of the same part say together: amounts are added up, and whatever else differs
  /// stands side by side. An amount that one of them does not say, nobody knows of both.
  public func adding(_ other: Details) -> Details {
    var both = withoutAmounts
    for name in Self.amounts where name != .tariffQuantity || self[.tariffUom] == other[.tariffUom]
    {
      guard let a = self[name].flatMap({ try? ExactDecimal($0) }),
        let b = other[name].flatMap({ try? ExactDecimal($0) }), let sum = try? a + b
      else { continue }
      both[name] = sum.description
    }
    if both[.tariffQuantity] != nil { both[.tariffUom] = self[.tariffUom] }
    for name in LineDetail.allCases where !Self.amounts.contains(name) && name != .tariffUom {
      if let text = other[name] { both.add(text, to: name) }
    }
    return both
  }

  /// The same without what counts: of a part of what they say it of.
  public var withoutAmounts: Details {
    var rest = self
    for name in Self.amounts { rest[name] = nil }
    rest[.tariffUom] = nil
    return rest
  }
}

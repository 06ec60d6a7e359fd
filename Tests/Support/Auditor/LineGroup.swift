/// Events.md#same-part: the same part twice within a line adds up, exactly; only the sum is
/// rounded.
struct LineGroup {
  let line: Int
  let part: Text
  let finished: Bool
  let scrap: Bool
  private(set) var entries: [Line]

  /// By (line, part): a lot is no more than that.
  static func ofLots(_ lines: [Line]) -> [LineGroup] {
    groups(lines) { _ in (finished: false, scrap: false, directed: false) }
  }

  /// By (line, part, finished, scrap), and what names its entries apart from what does not.
  static func ofDemands(_ lines: [Line]) -> [LineGroup] {
    groups(lines) {
      (
        finished: $0.finished == true, scrap: $0.scrap == true,
        directed: $0.discharges?.isEmpty == false
      )
    }
  }

  private static func groups(
    _ lines: [Line], by kind: (Line) -> (finished: Bool, scrap: Bool, directed: Bool)
  ) -> [LineGroup] {
    struct Key: Hashable {
      let line: Int
      let part: Text
      let finished: Bool
      let scrap: Bool
      let directed: Bool
    }
    var groups: [Key: LineGroup] = [:]
    for line in lines {
      let (finished, scrap, directed) = kind(line)
      let key = Key(
        line: line.line, part: line.part, finished: finished, scrap: scrap, directed: directed)
      let none = LineGroup(
        line: line.line, part: line.part, finished: finished, scrap: scrap, entries: [])
      groups[key, default: none].entries.append(line)
    }
    return Array(groups.values)
  }

  /// In the base unit, not rounded.
  func quantity(_ facts: Facts) throws -> Exact {
    try entries.reduce(.zero) { try $0 + facts.inBaseUnit($1.quantity, $1.uom, of: part) }
  }

  var value: Exact { entries.reduce(.zero) { $0 + ($1.valueMXN ?? .zero) } }

  var references: [Line.Reference] { entries.flatMap { $0.discharges ?? [] } }
}

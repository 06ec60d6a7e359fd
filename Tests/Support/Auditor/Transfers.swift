/// The two sides of virtual transfers (V1), over all facts at once.
struct Transfers {
  /// Rows of sender, receiver, the sender's document, the receiver's, state, what made the pair,
  /// what differs, candidates; sorted.
  private(set) var rows: [[String]] = []
  private let facts: Facts
  private var exports: [Side] = []
  private var entries: [Side] = []
  /// How many days may lie between two sides that are paired by their goods.
  private static let days = 10

  private struct Side: Hashable {
    let number: Text
    let sender: Text
    let receiver: Text
    let day: Text
    let names: Text?
    let chain: Set<Text>
    let byPart: [[Text]: Exact]
    let byTariffItem: [[Text]: Exact]
    let value: Exact

    static func == (a: Side, b: Side) -> Bool { a.number == b.number }
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  private typealias Pair = (export: Side, entry: Side)

  /// - Parameter last: the day of the books: sides of later days are taken out of what was paired;
  ///   nil for all.
  init(_ facts: Facts, until last: Text? = nil) {
    self.facts = facts
    let chains = Rectifications(facts.pedimentos)
    for (root, number) in chains.counting {
      guard let original = facts.pedimentos[root], original.clave == "V1",
        let counting = facts.pedimentos[number]
      else { continue }
      let chain = Set(chains.root.filter { $0.value == root }.keys)
      let side = self.side(counting, original, chain)
      if original.operation == "export" { exports.append(side) } else { entries.append(side) }
    }
    exports.sort { $0.number < $1.number }
    entries.sort { $0.number < $1.number }
    pair()
    if let last { leaveOut(after: last) }
    rows.sort { $0.map { Text($0) }.lexicographicallyPrecedes($1.map { Text($0) }) }
  }

  private func side(_ counting: Pedimento, _ original: Pedimento, _ chain: Set<Text>) -> Side {
    let isExport = original.operation == "export"
    let party = counting.counterparty ?? original.counterparty
    let (own, other) = (counting.rfc ?? "", party?.rfc ?? "")
    var byPart: [[Text]: Exact] = [:]
    var byTariffItem: [[Text]: Exact] = [:]
    var value = Exact.zero
    let known = counting.lines.filter { line in
      facts.plants[counting.plant] != nil
        && (try? facts.inBaseUnit(line.quantity, line.uom, of: line.part)) != nil
    }
    for group in isExport ? LineGroup.ofDemands(known) : LineGroup.ofLots(known) {
      guard let quantity = try? group.quantity(facts).rounded(6), quantity > .zero,
        let unit = facts.parts[group.part]?.uom
      else { continue }
      let uom = Text("\(unit)")
      byPart[[group.part, uom], default: .zero] += quantity
      let tariffItem = group.entries.first?.tariffItem ?? ""
      byTariffItem[[tariffItem, uom], default: .zero] += quantity
      value += group.value.rounded(2)
    }
    return Side(
      number: counting.pedimento, sender: isExport ? own : other,
      receiver: isExport ? other : own, day: original.paidOn, names: party?.pedimento,
      chain: chain, byPart: byPart, byTariffItem: byTariffItem, value: value)
  }

  // MARK: Pairing

  private mutating func pair() {
    var open: [Pair] = exports.flatMap { export in
      entries.filter { $0.sender == export.sender && $0.receiver == export.receiver }
        .map { (export, $0) }
    }
    let chosen = open.filter { isChosen($0, among: open) }
    settle(chosen, "person", &open)
    open.removeAll { last($0)?.said.decision == "unpair" }
    settle(
      open.filter { names($0.export, $0.entry) && names($0.entry, $0.export) }, "reference",
      &open)
    settle(
      open.filter { names($0.export, $0.entry) || names($0.entry, $0.export) }, "reference",
      &open)
    settle(open.filter { isLike($0.export, $0.entry) }, "goods", &open)
    for side in exports where !isSettled(side) { alone(side, isExport: true) }
    for side in entries where !isSettled(side) { alone(side, isExport: false) }
  }

  private var settled: Set<Side> = []

  private func isSettled(_ side: Side) -> Bool { settled.contains(side) }

  /// The pairs of which each side has no other; of the rest, proposals.
  private mutating func settle(_ pairs: [Pair], _ how: String, _ open: inout [Pair]) {
    for side in Set(pairs.map(\.export)).union(pairs.map(\.entry)) {
      let isExport = exports.contains(side)
      let others = pairs.filter { $0.export == side || $0.entry == side }
        .map { isExport ? $0.entry : $0.export }
      let isSole =
        others.count == 1
        && pairs.filter { $0.export == others[0] || $0.entry == others[0] }.count == 1
      if !isSole {
        rows.append(
          row(
            side, isExport ? (side.number, nil) : (nil, side.number), "proposed", "", "",
            others.map(\.number).sorted().map { "\($0.string)" }.joined(separator: " ")))
      } else if isExport {
        let differs = Self.differences(side, others[0])
        rows.append(
          row(
            side, (side.number, others[0].number), differs.isEmpty ? "paired" : "differing", how,
            differs.joined(separator: " "), ""))
      }
    }
    settled.formUnion(pairs.map(\.export))
    settled.formUnion(pairs.map(\.entry))
    open.removeAll { settled.contains($0.export) || settled.contains($0.entry) }
  }

  private mutating func alone(_ side: Side, isExport: Bool) {
    rows.append(
      row(
        side, isExport ? (side.number, nil) : (nil, side.number),
        isExport ? "senderOnly" : "receiverOnly", "", "", ""))
  }

  private func row(
    _ side: Side, _ documents: (Text?, Text?), _ state: String, _ how: String, _ differs: String,
    _ candidates: String
  ) -> [String] {
    [
      side.sender.string, side.receiver.string, documents.0?.string ?? "",
      documents.1?.string ?? "", state, how, differs, candidates,
    ]
  }

  private mutating func leaveOut(after last: Text) {
    let late = Set((exports + entries).filter { $0.day > last }.map(\.number.string))
    rows = rows.compactMap { row in
      var row = row
      let sides = row[2...3]
      for column in 2...3 where late.contains(row[column]) { row[column] = "" }
      guard row[2] != "" || row[3] != "" else { return nil }
      let candidates = row[7].split(separator: " ").filter { !late.contains(String($0)) }
      row[7] = candidates.joined(separator: " ")
      if sides != row[2...3] || (row[4] == "proposed" && candidates.isEmpty) {
        row[4...6] = [row[2] == "" ? "receiverOnly" : "senderOnly", "", ""]
      }
      return row
    }
  }

  // MARK: Rules

  private func names(_ a: Side, _ b: Side) -> Bool { a.names.map { b.chain.contains($0) } ?? false }

  private func isLike(_ a: Side, _ b: Side) -> Bool {
    guard a.names == nil, b.names == nil, !a.byPart.isEmpty,
      let one = Instant(rfc3339: a.day.string + "T00:00:00Z"),
      let other = Instant(rfc3339: b.day.string + "T00:00:00Z")
    else { return false }
    return abs(one.seconds - other.seconds) <= Self.days * 86_400
      && (Self.isSame(a.byPart, b.byPart) || Self.isSame(a.byTariffItem, b.byTariffItem))
  }

  /// The last decision about two documents.
  private func last(_ pair: Pair) -> Facts.Decided? {
    facts.decisions.filter {
      $0.said.sender.rfc == pair.export.sender && $0.said.sender.pedimento == pair.export.number
        && $0.said.receiver.rfc == pair.entry.receiver
        && $0.said.receiver.pedimento == pair.entry.number
    }.max { $0.version < $1.version }
  }

  /// Whether the last choice about either of two documents is that they are a pair.
  private func isChosen(_ pair: Pair, among all: [Pair]) -> Bool {
    guard let own = last(pair), own.said.decision == "pair" else { return false }
    return all.filter { $0.export == pair.export || $0.entry == pair.entry }.allSatisfy { rival in
      guard let other = last(rival), other.said.decision == "pair" else { return true }
      return !(own.version < other.version)
    }
  }

  private static func differences(_ a: Side, _ b: Side) -> [String] {
    var found: [String] = []
    func parts(_ sums: [[Text]: Exact]) -> Set<Text> { Set(sums.keys.map { $0[0] }) }
    if parts(a.byPart) == parts(b.byPart) {
      if !isSame(a.byPart, b.byPart) { found.append("quantity") }
    } else if parts(a.byTariffItem) == parts(b.byTariffItem) {
      if !isSame(a.byTariffItem, b.byTariffItem) { found.append("quantity") }
    } else {
      found.append("goods")
    }
    if a.value.plain != b.value.plain { found.append("value") }
    return found
  }

  private static func isSame(_ a: [[Text]: Exact], _ b: [[Text]: Exact]) -> Bool {
    a.mapValues(\.plain) == b.mapValues(\.plain)
  }
}

import Ledger

/// What becomes of the scrap that exports leave: destroyed with an act, after a notice, or left in
/// the country by F4 (identifier DE) or as a gift by V9 (DN). A return of scrap is not among them,
/// because Data Stage has no identifier for it.
extension SampleRun {
  /// A document that disposes of scrap; false where it is not the time for one, where there is no
  /// scrap, and where a notice is all that it comes to.
  func disposeOfScrap(_ plant: Int) throws -> Bool {
    guard plan.disposedPerMille > 0 else { return false }
    if let next = plants[plant].destructions.first, next.day <= today.days {
      _ = plants[plant].destructions.pop()
      if try destroyScrap(next, plant) { return true }
    }
    guard random.chance(plan.disposedPerMille) else { return false }
    switch random.below(4) {
    case 0: return try passOnScrap(.regime, plant)
    case 1: return try passOnScrap(.donation, plant)
    default:
      try announceDestruction(plant)
      return false
    }
  }

  private func passOnScrap(_ clave: SampleClave, _ plant: Int) throws -> Bool {
    var document = try newDocument(clave, clave == .regime, plant)
    var isBeyond = false
    for _ in 0..<(1 + random.below(2)) where document.lines.count < room {
      guard let part = scrapped(plant, document.lines) else { continue }
      let (line, beyond) = disposal(document.lines.count + 1, plant, part, atMost: .max)
      document.lines.append(line)
      isBeyond = isBeyond || beyond
    }
    guard !document.lines.isEmpty else { return false }
    // To put right what asked for too much would ask for too much again.
    if !isBeyond { keep(document) }
    try book(document)
    return true
  }

  /// The notice of a destruction: as a rule given in time, one in five too late.
  private func announceDestruction(_ plant: Int) throws {
    guard !plants[plant].destructions.isFull else { return }
    var lines: [SampleLine] = []
    for _ in 0..<(1 + random.below(3)) {
      guard let part = scrapped(plant, lines) else { continue }
      lines.append(line(lines.count + 1, part, about: scrapLeft(plant, part), inBase: true))
    }
    guard !lines.isEmpty else { return }
    summary.notices += 1
    let days = random.chance(200) ? 5 + random.below(20) : 30 + random.below(15)
    plants[plant].destructions.push(
      PlantState.Destruction(
        notice: summary.notices, day: today.days + Int32(days), lines: lines))
    let delay = drawDelay()
    events.notice(summary.notices, of: lines, plant, on: today, time: now + delay)
    try send(.destructionNotice, delay: delay)
  }

  /// Of what the notice named, what is still there.
  private func destroyScrap(_ announced: PlantState.Destruction, _ plant: Int) throws -> Bool {
    var act = SampleAct(number: summary.acts + 1, plant: plant, lines: [])
    act.notice = announced.notice
    for line in announced.lines where act.lines.count < room {
      guard scrapLeft(plant, line.part) >= Self.leastScrap else { continue }
      let line = disposal(act.lines.count + 1, plant, line.part, atMost: base(of: line)).line
      act.lines.append(line)
      takeScrap(plant, line.part, base(of: line))
    }
    guard !act.lines.isEmpty else { return false }
    try send(act)
    return true
  }

  /// A line for half of the scrap of a part at most, so that one which is put right has room; one
  /// in twenty-five asks for far more than there is.
  private func disposal(
    _ number: Int, _ plant: Int, _ part: Int, atMost: Int64
  ) -> (line: SampleLine, isBeyond: Bool) {
    let left = scrapLeft(plant, part)
    // Not where a document of the same day, with a greater number, would find nothing for it.
    let isShared = scraps[place(plant, part)]?.isTaken(on: today.days) == true
    let isBeyond = random.chance(40) && !isShared
    let base = isBeyond ? left + Self.farTooMuch : min(atMost, left / Int64(2 + random.below(3)))
    var line = line(number, part, about: base)
    line.scrap = true
    summary.disposals += 1
    if isBeyond {
      summary.disposalsBeyond += 1
      scraps[place(plant, part)]?.empty(on: today.days)
    }
    return (line, isBeyond)
  }

  /// Below this nobody makes a document of it; half of it is a whole piece.
  private static let leastScrap = 4 * Catalogue.one
  /// More than a day's exports leave.
  private static let farTooMuch = 5_000 * Catalogue.one

  /// A material of the plant with scrap to dispose of, if a few tries find one.
  private func scrapped(_ plant: Int, _ lines: [SampleLine]) -> Int? {
    let known = catalogue.plants[plant].materials
    for _ in 0..<12 where !known.isEmpty {
      let part = known[random.below(known.count)]
      if scrapLeft(plant, part) >= Self.leastScrap, !lines.contains(where: { $0.part == part }) {
        return part
      }
    }
    return nil
  }

  // MARK: Estimates

  private func place(_ plant: Int, _ part: Int) -> Int { plant * plan.parts + part }

  private func scrapLeft(_ plant: Int, _ part: Int) -> Int64 {
    scraps[place(plant, part)]?.owed(on: today.days) ?? 0
  }

  func takeScrap(_ plant: Int, _ part: Int, _ quantity: Int64) {
    scraps[place(plant, part)]?.take(quantity, on: today.days)
  }

  /// The scrap of an export, before it is taken from what is on hand: scrap is taken last.
  func leaveScrap(_ plant: Int, _ use: SampleUse, units: Int64, sign: Int64) {
    guard plan.disposedPerMille > 0, use.scrap > 0 else { return }
    let rest = state(plant, use.part).customs - (use.total - use.scrap) * units / 1000
    let scrap = use.scrap * units / 1000
    if sign < 0 {
      takeScrap(plant, use.part, scrap)
    } else {
      scraps[place(plant, use.part), default: ScrapLeft()].leave(
        max(0, min(scrap, rest)), on: today.days)
    }
  }
}

import Ledger

/// Makes a company's facts up, one movement after another. What it keeps grows with plants and
/// parts, never with days.
final class SampleRun {
  let plan: SamplePlan
  let sink: any SampleSink
  let catalogue: Catalogue
  /// Plants of each company.
  let plantsOf: [[Int]]
  var random: SplitMix
  var events: EventText
  var arrivals = Arrivals()
  var summary = SampleSummary()
  var numbers = PedimentoNumbers()
  /// By plant, then part.
  var states: [PartState]
  var plants: [PlantState]
  /// By place in `states`, where exports have left scrap.
  var scraps: [Int: ScrapLeft] = [:]
  /// Documents that a rectification may still come for.
  var rectifiable: [SampleDocument] = []
  var today: CalendarDate
  /// Seconds since 1970.
  var now: Int
  /// How many movements of the summary are lots and demands.
  var customs = 0
  var stockByKind = [Int](repeating: 0, count: SampleStock.Kind.allCases.count)
  var eventsByKind = [Int](repeating: 0, count: EventKind.allCases.count)
  var stockDocuments = 0
  var submanufactures = 0
  var orders = 0
  var serials = 0
  private var explosions: [Int: (change: Int, uses: [SampleUse])] = [:]
  /// First days of the versions, ascending, and how many of them have come.
  private let changes: [Int32]
  private var changed = 0
  private var nextBOM = 0

  init(_ plan: SamplePlan, _ sink: any SampleSink) {
    var random = SplitMix(seed: plan.seed)
    let catalogue = Catalogue(plan, &random)
    self.plan = plan
    self.sink = sink
    self.catalogue = catalogue
    self.random = random
    events = EventText(catalogue, seed: plan.seed)
    plantsOf = (0..<plan.companies).map { company in
      (0..<plan.plants).filter { catalogue.plants[$0].company == company }
    }
    states = Array(repeating: PartState(), count: plan.plants * plan.parts)
    plants = Array(repeating: PlantState(), count: plan.plants)
    today = plan.start
    now = Int(plan.start.days) * 86_400
    changes = catalogue.boms.map(\.from)
  }

  /// Makes everything up and hands it to the sink; `progress` is told the movements so far.
  func run(progress: (Int) -> Void) throws -> SampleSummary {
    try sendCatalogue()
    for day in 0..<plan.days {
      try beginDay(day)
      let before = day * plan.movementsPerDay
      while summary.movements < before + plan.movementsPerDay {
        let share = max(0, summary.movements - before) * 57_600 / plan.movementsPerDay
        try advance(to: Int(today.days) * 86_400 + 21_600 + share)
        try makeSomething()
      }
      progress(summary.movements)
    }
    try advance(to: .max)
    return finished()
  }

  /// Movements that may still be made.
  var room: Int { plan.days * plan.movementsPerDay - summary.movements }

  private func makeSomething() throws {
    if customs * 1000 < (summary.movements + 1) * (1000 - plan.stockPerMille) {
      try makeDocument()
    } else {
      try makeStock()
    }
  }

  private func beginDay(_ day: Int) throws {
    today = CalendarDate(days: plan.start.days + Int32(day))
    try advance(to: Int(today.days) * 86_400 + 18_000)
    while changed < changes.count, changes[changed] <= today.days { changed += 1 }
    // Engineering releases a version three days before it is in force.
    while nextBOM < catalogue.boms.count, catalogue.boms[nextBOM].from <= today.days + 3 {
      let delay = drawDelay()
      events.bom(catalogue.boms[nextBOM], time: now + delay)
      nextBOM += 1
      try send(.bom, delay: delay)
    }
  }

  // MARK: Catalogue

  private func sendCatalogue() throws {
    let all = plan.companies + plan.plants + plan.parts
    var sent = 0
    func next() throws {
      sent += 1
      try advance(to: Int(plan.start.days) * 86_400 + sent * 14_400 / all)
    }
    for company in 0..<plan.companies {
      try next()
      events.company(company, time: now)
      try send(.company, delay: 0)
    }
    if plan.submanufacturePerMille > 0 {
      for company in 0..<plan.companies {
        events.submanufacturer(of: company, from: plan.start, time: now)
        try send(.submanufacturer, delay: drawDelay())
      }
    }
    for plant in 0..<plan.plants {
      try next()
      let delay = drawDelay()
      events.plant(plant, time: now + delay)
      try send(.plant, delay: delay)
    }
    for part in 0..<plan.parts {
      try next()
      // Some parts come without their unit factors first, and whole some days later.
      if !catalogue.parts[part].conversions.isEmpty, random.chance(20) {
        events.part(part, complete: false, time: now)
        try send(.part, delay: 0)
        let delay = 86_400 + random.below(5 * 86_400)
        events.part(part, complete: true, time: now + delay)
        try send(.part, delay: delay)
      } else {
        let delay = drawDelay()
        events.part(part, complete: true, time: now + delay)
        try send(.part, delay: delay)
      }
    }
  }

  // MARK: Sending

  /// Seconds by which the next event is late: mostly none, else one to twenty-one days, fewer
  /// the longer.
  func drawDelay() -> Int {
    guard random.chance(plan.latePerMille), !arrivals.isFull else { return 0 }
    return 86_400 + min(random.below(20 * 86_400), random.below(20 * 86_400))
  }

  /// Sends the event in the buffer, now or later, and at times again.
  func send(_ kind: EventKind, delay: Int) throws {
    let skipped = kind == .pedimento && !sink.takesPedimentoEvents
    let bytes = skipped ? UnsafeRawBufferPointer(start: nil, count: 0) : events.text.raw
    if delay > 0 {
      summary.late += 1
      arrivals.add(kind, bytes, due: now + delay)
    } else {
      try emit(kind, bytes)
    }
    if random.chance(plan.repeatedPerMille), !arrivals.isFull {
      summary.repeated += 1
      arrivals.add(kind, bytes, due: now + delay + 60 + random.below(10 * 86_400))
    }
  }

  private func advance(to time: Int) throws {
    while let event = arrivals.next(by: time) {
      try event.bytes.withUnsafeBytes { try emit(event.kind, $0) }
    }
    if time != .max { now = time }
  }

  private func emit(_ kind: EventKind, _ bytes: UnsafeRawBufferPointer) throws {
    guard kind != .pedimento || sink.takesPedimentoEvents else { return }
    eventsByKind[kind.rawValue] += 1
    summary.bytes += bytes.count + 1
    try sink.event(kind, bytes)
  }

  // MARK: Explosion

  /// What one unit of a product takes at a plant today.
  func explosion(_ product: Int, _ plant: Int) -> [SampleUse] {
    let key = product * plan.plants + plant
    if let known = explosions[key], known.change == changed { return known.uses }
    let uses = catalogue.explode(product: product, plant: plant, day: today)
    explosions[key] = (changed, uses)
    return uses
  }

  private func finished() -> SampleSummary {
    for kind in EventKind.allCases where eventsByKind[kind.rawValue] > 0 {
      summary.eventsByType["\(kind.type)"] = eventsByKind[kind.rawValue]
      summary.events += eventsByKind[kind.rawValue]
    }
    for kind in SampleStock.Kind.allCases where stockByKind[kind.rawValue] > 0 {
      summary.stockByKind["\(kind.text)"] = stockByKind[kind.rawValue]
    }
    return summary
  }
}

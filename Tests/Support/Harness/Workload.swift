import EventLogTesting

/// A seeded set of inbound events of a small programme: few plants, parts and days, so that dates
/// collide, lots split and run out, and documents contradict one another.
///
/// It is made for corner cases and not for realism: rectifications of rectifications that come
/// before their root, lines that name what was rectified or is not known, goods that move in
/// circles, a catalogue that changes under what was booked.
public struct Workload: Sendable {
  /// Valid events, each once, in the order in which they were made up.
  public private(set) var events: [[UInt8]] = []
  /// Events that intake must reject, each text once.
  public private(set) var malformed: [[UInt8]] = []
  /// The identities of valid events with another content: to be sent once everything has settled.
  public private(set) var conflicts: [[UInt8]] = []

  var random: SeededGenerator
  var companies: [String]
  /// Every plant with the company that it belongs to.
  var plants: [(name: String, rfc: String)] = []
  var parts: [String]
  var products: [String]
  public internal(set) var days: [String]
  /// Numbers of pedimentos, the ones to come included; the company is decided by the number.
  var numbers: [String]
  private var made = 0
  private var identities: Set<String> = []
  private var names: [(source: String, id: String)] = []

  /// The events of a seed.
  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    companies = random.below(3) == 0 ? ["AME010203AB1", "BRX990101CD2"] : ["AME010203AB1"]
    parts = (1...3 + random.below(3)).map { "M\($0)" }
    products = ["P1", "P2", "S"].dropLast(random.below(3)).map { $0 }
    days = []
    numbers = (1...6 + random.below(14)).map { Self.number($0) }
    let plantCount = 2 + random.below(3)
    for index in 0..<plantCount {
      let company = index < 2 ? 0 : random.below(companies.count)
      plants.append((["A", "B", "C", "D"][index], companies[company]))
    }
    days = chosenDays()
    catalog()
    for _ in 0..<(random.below(8) == 0 ? 60 : 8 + random.below(20)) { fact() }
    for _ in 0..<random.below(7) { transfer() }
    for _ in 0..<random.below(9) { receipt() }
    // What some of it waits for, and what changes under it, may come last.
    for _ in 0..<random.below(4) { catalogAgain() }
    for _ in 0..<(chance(500) ? random.below(7) : 0) { withdrawal() }
    for number in 0..<random.below(3) { malformed.append(malformedEvent(number)) }
    makeConflicts()
  }

  /// The same without some of its events, and without what was to come after all others.
  public func without(_ range: Range<Int>) -> Workload {
    var fewer = self
    fewer.events.removeSubrange(range)
    fewer.conflicts = []
    return fewer
  }

  // MARK: Drawing

  mutating func one<T>(of items: [T]) -> T { items[random.below(items.count)] }

  mutating func chance(_ perMille: Int) -> Bool { random.happens(perMille: perMille) }

  /// Days around the limits of Rules.md#R6.1: months' last days, 6, 18 and 24 months apart.
  private mutating func chosenDays() -> [String] {
    let all = [
      "2023-01-31", "2023-08-31", "2024-01-10", "2024-01-11", "2024-02-29", "2024-07-10",
      "2024-07-11", "2024-07-31", "2024-08-01", "2025-02-28", "2025-03-01", "2025-07-10",
      "2025-07-11", "2026-01-10", "2026-01-11",
    ]
    var chosen: Set<Int> = []
    for _ in 0..<3 + random.below(6) { chosen.insert(random.below(all.count)) }
    return chosen.sorted().map { all[$0] }
  }

  static func number(_ index: Int) -> String {
    let digits = String(index)
    return "240717694" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The company of a pedimento's number: it never changes, however often the document is sent.
  func company(of number: String) -> String {
    companies[(number.utf8.last.map(Int.init) ?? 0) % companies.count]
  }

  /// A plant of a company; now and then another one, or one that is not registered.
  mutating func plant(of rfc: String) -> String {
    if chance(15) { return "X" }
    if chance(15) { return one(of: plants).name }
    let own = plants.filter { $0.rfc == rfc }
    return own.isEmpty ? "X" : one(of: own).name
  }

  // MARK: Writing

  mutating func add(_ type: String, _ data: String) {
    made += 1
    var identity = (source: one(of: ["/erp", "/erp", "/mes"]), id: "e-\(made)")
    // Two sources may give one id to two events.
    if made > 1, chance(100) { identity.id = "e-\(1 + random.below(made - 1))" }
    while !identities.insert(identity.source + "|" + identity.id).inserted {
      identity = ("/erp", "x-\(made)-\(identities.count)")
    }
    names.append(identity)
    // Few times, so that now and then the id decides what counts.
    let time = one(of: [
      "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00.5Z",
      "2024-01-01T18:00:00-06:00", "2024-01-03T00:00:00Z", "2024-01-04T00:00:00Z",
    ])
    events.append(Self.event(type, data, identity.source, identity.id, time))
  }

  static func event(
    _ type: String, _ data: String, _ source: String, _ id: String, _ time: String
  ) -> [UInt8] {
    Array(
      """
      {"specversion":"1.0","id":"\(id)","source":"\(source)","type":"immex.\(type).v1",\
      "time":"\(time)","data":\(data)}
      """.utf8)
  }

  /// Of any event that was made up, now and then of a withdrawal, or of one that never comes. Few
  /// are named, so that one is withdrawn and counts again.
  private mutating func withdrawal() {
    let recent = names.suffix(chance(300) ? 2 : names.count)
    let name = chance(30) ? (source: "/erp", id: "never") : one(of: Array(recent))
    let cancels = chance(300) ? #","cancels":true"# : ""
    add(
      "withdrawal",
      #"{"source":"\#(name.source)","id":"\#(name.id)","reason":"A mistake"\#(cancels)}"#)
  }

  private mutating func makeConflicts() {
    for _ in 0..<random.below(3) {
      let text = String(decoding: one(of: events), as: UTF8.self)
      conflicts.append(Array(text.replacing("\"time\":\"2024-", with: "\"time\":\"2021-").utf8))
    }
  }

  private mutating func malformedEvent(_ number: Int) -> [UInt8] {
    let data = #"{"acta":"BAD-\#(number)","noticeFolio":"AV","destroyedOn":"2024-01-10","#
    let bad = one(of: [
      "{\"id\":\"bad-\(number)\"",
      "[\"bad-\(number)\"]",
      #"{"specversion":"1.0","id":"bad-\#(number)","source":"/erp","type":"immex.part.v1"}"#,
      #"{"specversion":"1.0","id":"bad-\#(number)","source":"/erp","type":"immex.party.v1","#
        + #""time":"2024-01-01T00:00:00Z","data":{}}"#,
    ])
    let acts = [
      data + #""rfc":"AME010203AB1","plant":"A","lines":[]}"#,
      data + #""rfc":"AME","plant":"A","lines":[{"line":1,"part":"M1","quantity":"1","uom":6}]}"#,
      data + #""rfc":"AME010203AB1","plant":"A","#
        + #""lines":[{"line":1,"part":"M1","quantity":"0","uom":6}]}"#,
      data + #""rfc":"AME010203AB1","plant":"A","#
        + #""lines":[{"line":0,"part":"M1","quantity":"1","uom":6}]}"#,
    ]
    if chance(400) { return Array(bad.utf8) }
    return Self.event("destruction", one(of: acts), "/erp", "bad-\(number)", "2024-01-01T00:00:00Z")
  }
}

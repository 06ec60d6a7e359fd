import Ledger

/// What company to make up: its size, its length in days, and how untidy its paperwork is.
///
/// The same plan gives the same bytes on every run. A *movement* is what reaches a book: a stock
/// event, a lot that a document opens, or one component that a document or an act asks for. A
/// pedimento that returns one line of a product with ten components is ten movements.
public struct SamplePlan: Sendable, Equatable {
  /// Every draw follows from it.
  public var seed: UInt64
  /// Plants of all companies together; plant `i` belongs to company `i % companies`.
  public var plants: Int
  /// Part numbers of all kinds together: products, sub-assemblies, materials, containers, assets.
  public var parts: Int
  /// Calendar days, beginning with `start`.
  public var days: Int
  /// Movements a day, all plants together. Over the whole run exactly `days` times this many are
  /// written; a document that is longer than its day is made up for on the days after.
  public var movementsPerDay: Int
  /// Companies that share the catalogue and transfer goods to each other by V1.
  public var companies: Int = 1
  /// First day.
  public var start = CalendarDate(year: 2024, month: 1, day: 1)
  /// Of a thousand movements, how many are stock events; the rest are lots and demands.
  public var stockPerMille: Int = 800
  /// Of a thousand events, how many arrive one to twenty-one days late.
  public var latePerMille: Int = 20
  /// Of a thousand events, how many arrive a second time, byte for byte.
  public var repeatedPerMille: Int = 5
  /// Of a thousand documents, how many are rectifications (of rectifications too).
  public var rectifiedPerMille: Int = 25
  /// Of a thousand documents, how many are pairs of V1; none with one company.
  public var virtualPerMille: Int = 20
  /// Of a thousand stock events, how many are moves between two plants of one company.
  public var movedPerMille: Int = 0
  /// For a thousand stock events, how many times goods go to a sub-manufacturer or come back.
  public var submanufacturePerMille: Int = 0
  /// Of a thousand documents, how many dispose of scrap that exports left (F4 with DE, V9 with DN)
  /// or give notice that it will be destroyed, which an act then does.
  public var disposedPerMille: Int = 0

  /// Partidas after which a company's record goes on in another ZIP, as SAT's own comes by period:
  /// who reads one holds it as a whole.
  public var partidasPerArchive: Int = 100_000

  /// A plan with the defaults above for everything that is not size.
  public init(
    seed: UInt64, plants: Int, parts: Int, days: Int, movementsPerDay: Int, companies: Int = 1
  ) {
    self.seed = seed
    self.plants = plants
    self.parts = parts
    self.days = days
    self.movementsPerDay = movementsPerDay
    self.companies = companies
  }

  /// Refuses a plan that no company fits, naming the field.
  func validate() throws(SampleError) {
    func require(_ holds: Bool, _ field: String, _ reason: String) throws(SampleError) {
      if !holds { throw .plan(field: field, reason: reason) }
    }
    try require((1...1000).contains(plants), "plants", "must be 1 to 1000")
    try require((4...1_000_000).contains(parts), "parts", "must be 4 to 1000000")
    try require(plants * parts <= 100_000_000, "parts", "plants times parts is over 100000000")
    try require((1...plants).contains(companies), "companies", "must be 1 to the number of plants")
    try require(companies <= 600, "companies", "must be at most 600")
    try require(DateRange.accepts(start), "start", "must be between 1990 and 2100")
    try require((1...36_500).contains(days), "days", "must be 1 to 36500")
    let last = CalendarDate(days: start.days + Int32(days) + 60)
    try require(DateRange.accepts(last), "days", "must end before 2100-11")
    try require(
      (1...1_000_000_000).contains(movementsPerDay), "movementsPerDay", "must be 1 to 1000000000")
    try require(partidasPerArchive >= 1, "partidasPerArchive", "must be at least 1")
    for (field, value) in [
      ("stockPerMille", stockPerMille), ("latePerMille", latePerMille),
      ("repeatedPerMille", repeatedPerMille), ("rectifiedPerMille", rectifiedPerMille),
      ("virtualPerMille", virtualPerMille), ("movedPerMille", movedPerMille),
      ("submanufacturePerMille", submanufacturePerMille), ("disposedPerMille", disposedPerMille),
    ] {
      try require((0...1000).contains(value), field, "must be 0 to 1000")
    }
    try require(rectifiedPerMille + virtualPerMille <= 800, "rectifiedPerMille", "is too large")
  }
}

/// Why a sample company could not be written.
public enum SampleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A field of the plan is out of range.
  case plan(field: String, reason: String)
  /// A file could not be written; `code` is the system's error number.
  case file(path: String, code: Int32)
  /// The ZIP could not be written; the reason is the library's.
  case archive(path: String, reason: String)
  /// The brokers of the sample ran out of seven-digit numbers.
  case pedimentoNumbersExhausted

  public var description: String {
    switch self {
    case .plan(let field, let reason): "\(field) \(reason)"
    case .file(let path, let code): "\(path): system error \(code)"
    case .archive(let path, let reason): "\(path): \(reason)"
    case .pedimentoNumbersExhausted: "the sample has no pedimento number left"
    }
  }
}

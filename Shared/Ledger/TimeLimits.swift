/// How long goods may stay: an effective-dated table (Rules.md#R6.1).
public struct TimeLimits: Sendable, Equatable, Codable {
  /// The limits from a day on, until a later row's day.
  public struct Row: Sendable, Equatable, Codable {
    /// The first day of entry that the row holds for.
    public var from: CalendarDate
    /// Months for 108-I.
    public var materials: Int
    /// Months for 108-I that was received by V1.
    public var materialsByTransfer: Int
    /// Months for 108-II.
    public var containers: Int

    /// A row of all its limits, in calendar months.
    public init(from: CalendarDate, materials: Int, materialsByTransfer: Int, containers: Int) {
      self.from = from
      self.materials = materials
      self.materialsByTransfer = materialsByTransfer
      self.containers = containers
    }
  }

  /// Rows in ascending order of their first day.
  public let rows: [Row]

  /// Ley Aduanera art. 108 as Rules.md#R6.1 gives it.
  public static let law = TimeLimits(rows: [
    Row(from: DateRange.first, materials: 18, materialsByTransfer: 6, containers: 24)
  ])

  /// A table of rows in any order.
  public init(rows: [Row]) { self.rows = rows.sorted { $0.from < $1.from } }

  /// The last day on which goods may be discharged; nil if the programme's life is the limit.
  public func dueOn(enteredOn: CalendarDate, category: Category, clave: String) -> CalendarDate? {
    if ["AF", "E2", "E4"].contains(clave) { return nil }
    guard let row = rows.last(where: { $0.from <= enteredOn }) ?? rows.first else { return nil }
    switch category {
    case .materials:
      return enteredOn.adding(months: clave == "V1" ? row.materialsByTransfer : row.materials)
    case .containers: return enteredOn.adding(months: row.containers)
    case .machinery: return nil
    }
  }
}

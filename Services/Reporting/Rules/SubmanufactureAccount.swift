import Ledger
import Messages

/// What a plant sent of one part to one sub-manufacturer, and what came back.
///
/// What came back and names the document by which it went is counted first, against that document;
/// the rest in the order of days, against what went first (PEPS). Goods come back only from what
/// went on the same day or before. What comes back beyond that is shown beside and never makes a
/// balance that is below zero. The order in which the lines are given does not matter.
public struct SubmanufactureAccount {
  /// Goods that went or came back.
  public struct Line: Sendable {
    /// Which way they went.
    public var kind: SubmanufactureEvent.Kind
    /// The document that says so.
    public var document: String
    /// The folio of the notice.
    public var noticeFolio: String
    /// The day.
    public var date: CalendarDate
    /// Of what came back: the document by which it went; nil for whichever.
    public var ofDocument: String?
    /// In the base unit.
    public var quantity: Quantity

    /// A line of all its parts.
    public init(
      kind: SubmanufactureEvent.Kind, document: String, noticeFolio: String, date: CalendarDate,
      ofDocument: String?, quantity: Quantity
    ) {
      self.kind = kind
      self.document = document
      self.noticeFolio = noticeFolio
      self.date = date
      self.ofDocument = ofDocument
      self.quantity = quantity
    }
  }

  /// A row of the report: what went by one document on a day, or what came back beyond.
  public struct Row: Sendable, Equatable {
    /// The document by which the goods went, or came back beyond what went.
    public var document: String
    /// The folio of the notice.
    public var noticeFolio: String
    /// Since when they are out; nil for what came back beyond what went.
    public var sentOn: CalendarDate?
    /// What went, in the base unit.
    public var sent = QuantitySum.zero
    /// What of it came back, or what came back beyond.
    public var back = QuantitySum.zero
    /// The last day on which some of it came back.
    public var lastBackOn: CalendarDate?

    /// What is still out; never below zero.
    public var out: QuantitySum { sentOn == nil ? .zero : sent - back }
  }

  private var sent: [Row] = []
  private var over: [Row] = []

  /// The account of the lines of one plant, sub-manufacturer and part.
  public init(_ lines: [Line]) {
    for line in lines where line.kind == .sent {
      Self.add(
        Row(
          document: line.document, noticeFolio: line.noticeFolio, sentOn: line.date,
          sent: QuantitySum(line.quantity)), to: &sent)
    }
    sent.sort {
      if let a = $0.sentOn, let b = $1.sentOn, a != b { return a < b }
      return Self.precedes($0, $1)
    }
    let returns = lines.filter { $0.kind == .returned }.sorted { a, b in
      if a.date != b.date { return a.date < b.date }
      let order = CodePoints.compare(a.document, b.document)
      return order != 0 ? order < 0 : CodePoints.precedes(a.noticeFolio, b.noticeFolio)
    }
    for line in returns where line.ofDocument != nil { take(line) }
    for line in returns where line.ofDocument == nil { take(line) }
  }

  /// The rows, by document, folio and day.
  public var rows: [Row] {
    (sent + over).sorted(by: Self.precedes)
  }

  private mutating func take(_ line: Line) {
    var rest = QuantitySum(line.quantity)
    for index in sent.indices where rest > .zero && sent[index].out > .zero {
      guard let sentOn = sent[index].sentOn, sentOn <= line.date,
        line.ofDocument == nil || line.ofDocument == sent[index].document
      else { continue }
      let taken = min(rest, sent[index].out)
      sent[index].back += taken
      sent[index].lastBackOn = max(sent[index].lastBackOn ?? line.date, line.date)
      rest = rest - taken
    }
    guard rest > .zero else { return }
    Self.add(
      Row(
        document: line.document, noticeFolio: line.noticeFolio, back: rest, lastBackOn: line.date),
      to: &over)
  }

  /// What one document says twice of a day adds up.
  private static func add(_ row: Row, to rows: inout [Row]) {
    let place = rows.firstIndex {
      $0.document == row.document && $0.noticeFolio == row.noticeFolio && $0.sentOn == row.sentOn
        && (row.sentOn != nil || $0.lastBackOn == row.lastBackOn)
    }
    guard let place else { return rows.append(row) }
    rows[place].sent += row.sent
    rows[place].back += row.back
  }

  private static func precedes(_ a: Row, _ b: Row) -> Bool {
    for (left, right) in [(a.document, b.document), (a.noticeFolio, b.noticeFolio)] {
      let order = CodePoints.compare(left, right)
      if order != 0 { return order < 0 }
    }
    // What came back beyond what went comes last.
    let end = CalendarDate(days: .max)
    if a.sentOn != b.sentOn { return a.sentOn ?? end < b.sentOn ?? end }
    return a.lastBackOn ?? end < b.lastBackOn ?? end
  }
}

/// How goods at a sub-manufacturer stand, as the report says it.
public enum SubmanufactureStanding: String, Sendable, CaseIterable {
  /// Out, and within the days that they may be.
  case out = "fuera"
  /// Out for longer.
  case overdue = "vencido"
  /// All of it came back.
  case back = "devuelto"
  /// More came back than went.
  case over = "excedente"

  /// How a row stands on a day, with so many days allowed.
  public init(_ row: SubmanufactureAccount.Row, today: CalendarDate, days: Int) {
    guard let sentOn = row.sentOn else {
      self = .over
      return
    }
    if row.out == .zero {
      self = .back
    } else {
      self = Int(today.days) - Int(sentOn.days) > days ? .overdue : .out
    }
  }
}

import HTTPServer
import Ledger
import ReportingRules

/// What a request for a report asks for.
struct ReportRequest {
  /// The day as of which the books are; nil for as they stand.
  var asOf: CalendarDate?
  /// The day against which time limits are held; nil for today.
  var today: CalendarDate?
  /// Which knowledge of the books is asked for.
  var moment = MomentChoice.now
  /// What the report is held against; nil for the report itself.
  var contrast: ContrastChoice?
  /// The cells that rows must have, of columns that reports were always asked for by.
  var cells: [String: String] = [:]
  /// What must be true of others.
  var conditions: [String: CellCondition] = [:]
  /// What rows are sorted by; nil for the report's own order.
  var order: ViewOrder?
  /// Which part of the rows is asked for.
  var page = PageRequest()
  private let file: ReportFile

  /// Reads a query, of which every parameter counts.
  ///
  /// - Parameter isPage: whether a page of rows is asked for, and not all of them.
  /// - Throws: `HTTPError` with 400 where one is unknown, there twice, or makes no sense.
  init(_ request: Request, _ file: ReportFile, isPage: Bool = false) throws {
    self.file = file
    var seen: Set<String> = []
    for item in request.query {
      guard seen.insert(item.name).inserted else {
        throw Self.fault("parameter.repeated", item, "the parameter is there twice")
      }
      switch item.name {
      case "al": asOf = try Self.day(item)
      case "today": today = try Self.day(item)
      case "conocido": moment = .known(try Self.instant(item))
      case "corte": moment = .corte(try Self.corte(item))
      case "contra" where !isPage: contrast = try Self.contrast(item)
      case "filas" where isPage: page.rows = try PageRequest.rows(item)
      case "despues" where isPage: page.token = item.value
      default:
        guard try takes(item) else {
          let names = Self.parameters(of: file, isPage: isPage).joined(separator: ", ")
          throw Self.fault("parameter.unknown", item, "there is no such parameter: \(names)")
        }
      }
    }
    try checkDays()
    if order != nil, contrast != nil {
      throw Self.fault(
        "parameter.excluded", QueryItem(name: "orden", value: ""),
        "a difference is in the report's own order: give contra or orden")
    }
    if seen.isSuperset(of: ["conocido", "corte"]) {
      throw Self.fault(
        "parameter.excluded", QueryItem(name: "corte", value: ""),
        "a corte is of one moment: give conocido or corte")
    }
    if asOf != nil, today != nil {
      throw Self.fault(
        "parameter.excluded", QueryItem(name: "today", value: ""),
        "books as of a day are judged at that day: give al or today")
    }
  }

  /// The parameters that say of which moment the books are.
  static let moments = ["al", "today", "conocido", "corte", "contra"]

  /// All parameters.
  static func parameters(of file: ReportFile, isPage: Bool) -> [String] {
    moments.filter { $0 != "contra" || !isPage } + file.filters
      + (file.mainDay == nil ? [] : ["desde", "hasta"])
      + (file.filters.contains("orden") ? [] : ["orden"])
      + (isPage ? ["filas", "despues"] : [])
  }

  static func day(_ item: QueryItem) throws -> CalendarDate {
    do {
      return try CalendarDate(item.value)
    } catch {
      throw fault("parameter.malformed", item, "a day is YYYY-MM-DD")
    }
  }

  private static func instant(_ item: QueryItem) throws -> Instant {
    do {
      return try Instant(item.value)
    } catch {
      throw fault(
        "parameter.malformed", item,
        "an instant is YYYY-MM-DDThh:mm:ss with Z or an offset, whose plus is %2B")
    }
  }

  private static func corte(_ item: QueryItem) throws -> Corte {
    do {
      return try Corte(token: item.value)
    } catch {
      throw fault("parameter.malformed", item, "\(error)")
    }
  }

  private static func contrast(_ item: QueryItem) throws -> ContrastChoice {
    guard let contrast = ContrastChoice(item.value) else {
      throw fault(
        "parameter.malformed", item, "a moment is al:DAY, conocido:INSTANT or corte:TOKEN")
    }
    return contrast
  }

  static func fault(_ code: String, _ item: QueryItem, _ message: String) -> HTTPError {
    var error = HTTPError(.badRequest, code: code, "\(item.name): \(message)")
    error.members = [
      .init("field", json: JSONValueText.string(item.name)),
      .init("value", json: JSONValueText.string(item.value)),
    ]
    return error
  }

  /// What is said of a parameter where there are none.
  static func unknown(_ item: QueryItem) -> HTTPError {
    fault("parameter.unknown", item, "there is no such parameter")
  }

  /// What of it the books do not say, in one order, whatever the order of the query: for marks.
  var text: String {
    let cells = cells.sorted { $0.key < $1.key }.map {
      "\($0.key.utf8.count) \($0.key)=\($0.value)"
    }
    let conditions = conditions.sorted { $0.key < $1.key }.map {
      "\($0.key.utf8.count) \($0.key) \($0.value.text)"
    }
    return
      ([contrast == nil ? "" : "contra"] + cells + conditions
      + (order.map { [$0.fileName] } ?? [])).joined(separator: "\u{0}")
  }

  // MARK: Lists

  /// Whether the rows are read from a view: where more is asked for than reports ever were. The
  /// difference of two moments is made anew all the same.
  var isOfView: Bool { contrast == nil && (order != nil || !conditions.isEmpty) }

  /// Which rows are wanted.
  func filter(_ sees: (@Sendable (String) -> Bool)?) -> RowFilter {
    let cells = cells.mapValues { CellCondition.equals(Array($0.utf8)) }
    return RowFilter(
      file, conditions: cells.merging(conditions) { .both($0, $1) }, sees: sees)
  }

  /// Takes what a list can be asked for by; false where it is nothing of that.
  private mutating func takes(_ item: QueryItem) throws -> Bool {
    switch item.name {
    case "orden" where sorting(item) != nil: order = sorting(item)
    case let name where file.prefixFilters.contains(name) && item.value.hasSuffix("*"):
      conditions[name] = .prefix(Array(item.value.utf8.dropLast()))
    case let name where file.keyFilters.contains(name): cells[name] = item.value
    case let name where file.filters.contains(name):
      conditions[name] = .equals(Array(item.value.utf8))
    case "desde", "hasta":
      guard let column = file.mainDay else { return false }
      let day = Array("\(try Self.day(item))".utf8)
      var (from, to): ([UInt8]?, [UInt8]?) = (nil, nil)
      if case .days(let first, let last) = conditions[column] { (from, to) = (first, last) }
      conditions[column] =
        item.name == "desde" ? .days(from: day, to: to) : .days(from: from, to: day)
    case "orden":
      throw Self.fault(
        "parameter.malformed", item,
        "rows are sorted by one of these, with a minus before it for the greatest first: "
          + file.sorts.joined(separator: ", "))
    default: return false
    }
    return true
  }

  /// What rows are sorted by; nil where it is no such column: a report has a column of this name
  /// too, whose cells are numbers.
  private func sorting(_ item: QueryItem) -> ViewOrder? {
    let isDescending = item.value.hasPrefix("-")
    let column = String(isDescending ? item.value.dropFirst() : item.value[...])
    return file.sorts.contains(column)
      ? ViewOrder(column: column, isDescending: isDescending) : nil
  }

  private func checkDays() throws {
    guard let column = file.mainDay, case .days(let from?, let to?) = conditions[column],
      to.lexicographicallyPrecedes(from)
    else { return }
    throw Self.fault(
      "parameter.excluded", QueryItem(name: "hasta", value: String(decoding: to, as: UTF8.self)),
      "it is before desde, so there are no such days")
  }
}

/// Which part of a list is asked for.
struct PageRequest {
  /// How many rows, at most.
  var rows = 100
  /// What the page before it named; nil for the first.
  var token: String?

  static func rows(_ item: QueryItem) throws -> Int {
    guard let rows = Int(item.value), (1...ListLimits.pageRows).contains(rows),
      "\(rows)" == item.value
    else {
      throw ReportRequest.fault(
        "parameter.malformed", item, "a page has from 1 to \(ListLimits.pageRows) rows")
    }
    return rows
  }
}

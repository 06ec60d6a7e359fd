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
  /// The cells that rows must have.
  var cells: [String: String] = [:]

  /// Reads a query, of which every parameter counts.
  ///
  /// - Throws: `HTTPError` with 400 where one is unknown, there twice, or makes no sense.
  init(_ request: Request, _ file: ReportFile) throws {
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
      case "contra": contrast = try Self.contrast(item)
      case let name where Self.filters(of: file).contains(name): cells[name] = item.value
      default:
        throw Self.fault(
          "parameter.unknown", item,
          "there is no such parameter: \(Self.moments.joined(separator: ", ")), "
            + Self.filters(of: file).joined(separator: ", "))
      }
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

  /// The columns that rows can be asked for by.
  static func filters(of file: ReportFile) -> [String] {
    file.columns.map(\.name).filter { $0 == "rfc" || file.order.contains($0) }
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
    return ([contrast == nil ? "" : "contra"] + cells).joined(separator: "\u{0}")
  }
}

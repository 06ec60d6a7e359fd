/// The header row of partes.csv: which column is where, whatever the order and the separator.
struct PartesHeader {
  /// The columns, in the order of their keys in an event's data.
  enum Column: Int, CaseIterable {
    case cantidad, numeroParte, pedimento, pedimentoOriginal, planta, rfc, secuencia
    case secuenciaOriginal, umc, valorMXN

    /// The column's name in the file and its key in the event, which differ only in underscores
    /// and case.
    var key: StaticString {
      switch self {
      case .cantidad: "cantidad"
      case .numeroParte: "numeroParte"
      case .pedimento: "pedimento"
      case .pedimentoOriginal: "pedimentoOriginal"
      case .planta: "planta"
      case .rfc: "rfc"
      case .secuencia: "secuencia"
      case .secuenciaOriginal: "secuenciaOriginal"
      case .umc: "umc"
      case .valorMXN: "valorMXN"
      }
    }
  }

  let separator: UInt8
  /// How many cells a row has.
  let width: Int
  /// Where each column is, by its raw value; nil where the file lacks it.
  private let places: [Int?]

  /// The cell of a column in a row.
  func place(of column: Column) -> Int? { places[column.rawValue] }

  /// Reads and consumes the header row, or returns nil where the window's first line is none: it
  /// must name at least the pedimento, the sequence and the part number.
  init?(_ window: inout ByteWindow, limits: FileLimits) throws {
    while !window.atEnd, window.count <= limits.maxRow { try window.more() }
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";")] {
      let record = window.withRest { CSVRecord.first(in: $0, separator: separator, limits) }
      if record.isBroken { continue }
      var cells = CSVCells()
      window.withRest { cells.split(.init(rebasing: $0[..<record.end]), separator: separator) }
      if let places = Self.places(in: cells) {
        (self.separator, width, self.places) = (separator, cells.count, places)
        window.consume(record.next ?? window.count)
        return
      }
    }
    return nil
  }

  private static func places(in cells: CSVCells) -> [Int?]? {
    let names = (0..<cells.count).map { cells.withCell($0, HeaderName.canonical) }
    let places = Column.allCases.map { column in
      names.firstIndex(of: HeaderName.canonical("\(column.key)"))
    }
    let needed: [Column] = [.pedimento, .secuencia, .numeroParte]
    return needed.allSatisfy { places[$0.rawValue] != nil } ? places : nil
  }
}

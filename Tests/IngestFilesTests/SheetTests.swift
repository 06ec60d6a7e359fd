import Foundation
import Testing

@testable import IngestFiles

/// partes.csv as spreadsheets, databases and people write it.
@Suite("Dialects of spreadsheets")
struct SheetTests {
  typealias Row = [PartesColumn: String]

  /// A way to write a table.
  struct Dialect {
    var separator: Character
    var names: Bool
    var line: String
    var columns: [PartesColumn]
    var hasLastEnd: Bool

    init(_ random: inout SeededGenerator) {
      separator = [",", ";", "\t"].randomElement(using: &random) ?? ","
      names = Int.random(in: 0..<3, using: &random) == 0
      line = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      columns = PartesColumn.allCases.shuffled(using: &random)
      hasLastEnd = Bool.random(using: &random)
    }

    func text(_ rows: [Row], _ random: inout SeededGenerator) -> String {
      var lines: [String] = names ? ["sep=\(separator)"] : []
      var header = columns.map { name(of: $0, &random) }
      if Bool.random(using: &random) { header += ["", ""] }
      lines.append(header.joined(separator: String(separator)))
      for row in rows {
        var cells = columns.map { quoted(row[$0] ?? "", &random) }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: while hasLastEnd, cells.last == "" { cells.removeLast() }
        case 1: cells += ["", "", ""]
        default: break
        }
        lines.append(cells.joined(separator: String(separator)))
        if Int.random(in: 0..<5, using: &random) == 0 {
          lines.append(String(repeating: separator, count: 3))
        }
      }
      return lines.joined(separator: line) + (hasLastEnd ? line : "")
    }

    private func name(of column: PartesColumn, _ random: inout SeededGenerator) -> String {
      let name = PartesColumn.kind.columns[column.rawValue].name
      return [
        name, name.uppercased(), name.replacingOccurrences(of: "_", with: " "), "\"\(name)\"",
        name.replacingOccurrences(of: "u", with: "ú"), " \(name) ",
      ].randomElement(using: &random) ?? name
    }

    private func quoted(_ cell: String, _ random: inout SeededGenerator) -> String {
      let mustBe = cell.contains { $0 == separator || "\"\n\r\r\n".contains($0) }
      guard mustBe || Int.random(in: 0..<4, using: &random) == 0 else { return cell }
      return "\"\(cell.replacingOccurrences(of: "\"", with: "\"\""))\""
    }
  }

  static func row(_ number: Int, _ random: inout SeededGenerator) -> Row {
    let parts = ["P-1", "Ñ 2", "a,b", "c;d", "e\"f", "g\th", "i\nj", "k\r\nl", "#\(number)"]
    var row: Row = [
      .rfc: "AME010203AB1", .pedimento: "244017694000117", .secuencia: "\(number)",
      .planta: "TIJ2", .numeroParte: parts.randomElement(using: &random) ?? "",
      .cantidad: "\(Int.random(in: 1...900, using: &random)).5", .umc: "6", .valorMXN: "0.99",
    ]
    if Bool.random(using: &random) {
      row[.pedimentoOriginal] = "244017694000001"
      row[.secuenciaOriginal] = "1"
    }
    if Bool.random(using: &random) { row[.referencia] = "remesa \(number)" }
    if Int.random(in: 0..<5, using: &random) == 0 { row[.anula] = "si" }
    return row
  }

  /// The same rows, written otherwise: what can only mean the same.
  static func rewritten(_ row: Row, _ random: inout SeededGenerator) -> Row {
    var row = row
    let number = row[.pedimento] ?? ""
    let spaced = [number.prefix(2), number.dropFirst(2).prefix(2), number.dropFirst(4).prefix(4)]
    let space = [" ", "  ", "\u{A0}"].randomElement(using: &random) ?? " "
    row[.pedimento] =
      [number, (spaced + [number.dropFirst(8)]).joined(separator: space)]
      .randomElement(using: &random)
    row[.valorMXN] = [".99", "+.99", "00.99", "0.99", "+000.99"].randomElement(using: &random)
    if row[.anula] != nil { row[.anula] = ["si", "SI", "Sí"].randomElement(using: &random) }
    if row[.anula] == nil, Bool.random(using: &random) { row[.anula] = "No" }
    return row
  }

  @Test("Rows are the same in every dialect", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func anyDialect(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<50 {
      let rows = (1...Int.random(in: 1...6, using: &random)).map { Self.row($0, &random) }
      let plain = ([PartesTests.header + ",referencia,anula"] + rows.map(Self.standard))
        .joined(separator: "\n")
      let wanted = try load(plain + "\n")
      let dialect = Dialect(&random)
      let text = dialect.text(rows.map { Self.rewritten($0, &random) }, &random)
      let loaded = try load(text)
      #expect(loaded.data == wanted.data, "seed \(seed), case \(number): \(text)")
      #expect(Self.ids(loaded) == Self.ids(wanted), "seed \(seed), case \(number): \(text)")
      // An end that is missing is told, unless nothing but separators stands in front of it.
      let codes = Set(loaded.rejections.map(\.code))
      #expect(codes.isSubset(of: dialect.hasLastEnd ? [] : [.cut]), "seed \(seed): \(text)")
    }
  }

  private static func standard(_ row: Row) -> String {
    PartesColumn.allCases.map { column in
      "\"\((row[column] ?? "").replacingOccurrences(of: "\"", with: "\"\""))\""
    }.joined(separator: ",")
  }

  private static func ids(_ loaded: Loaded) -> [String] {
    loaded.events.map { event in
      event.split(separator: "\"id\":\"").last.map { String($0.prefix(20)) } ?? ""
    }
  }

  @Test(
    "Decimals that can only mean one number",
    arguments: [
      (".5", "0.5"), ("100.", "100"), ("+100", "100"), ("0100.0", "100.0"), ("-.5", "-0.5"),
      ("000", "0"), ("+0", "0"), ("00.0", "0.0"), ("007", "7"), ("-0100.", "-100"),
    ])
  func decimals(_ text: String, _ plain: String) {
    #expect(Self.decimal(text) == plain)
    #expect(Self.decimal(plain) == nil)
  }

  @Test(
    "What could mean another stays as it is, for intake to refuse",
    arguments: [
      "", ".", "+", "-", "1,5", "1.000,5", "1,000.5", "1.2.3", "5 6", "--1", "+-1", "0x1",
      "١", "1_000", "=5", "5%", "$5", "pieza", "e", "1e2e3",
    ])
  func noDecimals(_ text: String) { #expect(Self.decimal(text) == nil) }

  @Test(
    "What has an exponent is marked, for intake to refuse: digits may be gone",
    arguments: ["1e3", "1E+05", "1.23457E+11", "-2e-05", "1,5e3"])
  func exponents(_ text: String) { #expect(Self.decimal(text) == text + " (an exponent)") }

  private static func decimal(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBytes { SheetValue.decimal($0) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("A decimal that is written otherwise is no other number", arguments: [7, 8] as [UInt64])
  func anyDecimal(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let text = String(
        (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
          "+-.0159".randomElement(using: &random)
        })
      guard let plain = Self.decimal(text) else { continue }
      // Both read as the same number by somebody else's reader.
      #expect(Decimal(string: text) == Decimal(string: plain), "\(text) as \(plain)")
      #expect(plain.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?/) != nil, "\(text) as \(plain)")
    }
  }

  @Test(
    "A column that is there twice, or under another name, is refused with the right name",
    arguments: [
      ("rfc,pedimento,secuencia,numero_parte,cantidad,Cantidad", "cantidad"),
      ("rfc,pedimento,secuencia,numero_parte,Número Parte", "numero_parte"),
      ("rfc,pedimento,secuencia,numero_parte,cantidad,pedimento_entrada", "pedimento_original"),
      ("rfc,pedimento,secuencia,numero_parte,cantidad,linea_entrada", "secuencia_original"),
      ("pedimento,secuencia,numero_parte,quantity", "cantidad"),
      ("pedimento,linea,numero_parte", "secuencia"),
      ("pedimento,secuencia,numero_parte,unidad", "umc"),
    ])
  func wrongColumns(_ header: String, _ name: String) throws {
    var sink = CollectingSink()
    let error = #expect(throws: InputFileError.self) {
      _ = try InputFile.load(bytes: Array("\(header)\n".utf8), name: "f", into: &sink)
    }
    #expect(error?.code == .columns)
    #expect(error?.detail.contains(name) == true, "\(error.debugDescription)")
  }

  @Test("A header that lacks a column says which")
  func missingColumn() throws {
    var sink = CollectingSink()
    let error = #expect(throws: InputFileError.self) {
      _ = try InputFile.load(
        bytes: Array("rfc,pedimento,numero_parte".utf8), name: "f", into: &sink)
    }
    #expect(error?.code == .unknownFormat)
    #expect(error?.detail == "line 1: partes.csv needs the column secuencia")
  }

  @Test("Columns that are not used are told once; units may stand beside their codes")
  func unknownColumns() throws {
    let loaded = try load(
      "pedimento,secuencia,,numero_parte,umc,unidad,notas\n1,2,x,P,6,pieza,hola\n1,3,,P,6,,\n")
    #expect(loaded.codes == [.columnUnknown])
    #expect(
      loaded.summary.notes.first?.detail
        == "columns that are not used: (column 3), unidad, notas")
    #expect(loaded.rejections == [])
    #expect(loaded.events.count == 2)
  }

  @Test("Surplus cells that hold something are refused, and so are quotes that are not closed")
  func faults() throws {
    let text =
      PartesTests.header + "\n" + PartesTests.row + "\n" + PartesTests.row + ",x\n"
      + "AME010203AB1,244017694000117,1,TIJ2,\"P-003,5\n" + PartesTests.row + "\n"
    let data = try load(text).parsed().map { $0["data"] as? [String: String] ?? [:] }
    #expect(data.map { $0["fault"] } == [nil, "surplus", "quote"])
    #expect(data[1]["columns"] == "11" && data[1]["rfc"] == "AME010203AB1")
    #expect(data[1]["pedimento"] == "244017694000117")
    #expect(try load(text).codes == [.rowRepeated])
    #expect(try load(text).places.map(\.line) == [2, 3, 4])
  }
}

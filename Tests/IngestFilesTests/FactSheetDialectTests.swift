import Foundation
import Messages
import Testing

@testable import IngestFiles

/// A random valid spreadsheet gives the same events in every dialect, and a part of one a message.
@Suite("Catalogues and movements: dialects and ends")
struct FactSheetDialectTests {
  /// A table: its columns and rows of text cells.
  struct Table {
    var columns: [String]
    var rows: [[String]]
  }

  static func table(_ sheet: FactSheet, _ random: inout SeededGenerator) -> Table {
    let rows = (1...Int.random(in: 1...8, using: &random)).map { number in
      sheet.columns.map { cell($0, number, sheet, &random) }
    }
    return Table(columns: sheet.columns.map(\.column.name), rows: rows)
  }

  private static func cell(
    _ column: FactSheet.Column, _ number: Int, _ sheet: FactSheet, _ random: inout SeededGenerator
  ) -> String {
    func one(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
    let text = one(["P-1", "Ñ 2", "a,b", "c;d", "e\"f", "g'h", "日本"])
    switch column.column.name {
    case "rfc": return "MNO010101AB1"
    case "numero_parte", "id", "componente": return "\(text)#\(number)"
    case "tipo": return one(["material", "producto", "activo"])
    case "fraccion": return "85444299"
    case "nico": return one(["00", "01", "99"])
    case "umc", "umc_2", "umc_3": return ["umc": "6", "umc_2": "1"][column.column.name] ?? "8"
    case "categoria": return one(["108-I", "108-II", "108-III"])
    case "certificacion": return one(["", "A", "OEA"])
    case "version": return one(["A", "B"])
    case "vigente_desde": return "2026-01-01"
    case "movimiento": return one(["recibido", "contado", "embarcado", "desechado"])
    case "fecha": return one(["2026-02-01", "2026-02-01 10:30:00", "2026-02-01T10:30:00-07:00"])
    case "zona_horaria": return one(["", "America/Tijuana"])
    case "planta_destino", "aviso", "planta", "orden", "ubicacion", "documento", "producto":
      return "X\(Int.random(in: 1...2, using: &random))"
    default:
      if case .decimal = column.column.value {
        return one(["0.5", "12", "3.25", "100", "7.000001"])
      }
      return text
    }
  }

  /// The same table, written as one program or another writes it.
  static func written(_ table: Table, _ random: inout SeededGenerator) -> [UInt8] {
    let separator = [",", ";", "\t"].randomElement(using: &random) ?? ","
    let order = table.columns.indices.shuffled(using: &random)
    func quoted(_ cell: String, _ isHeader: Bool = false) -> String {
      let mustBe = cell.contains { separator.contains($0) || "\"\n\r".contains($0) }
      guard mustBe || !isHeader && Int.random(in: 0..<4, using: &random) == 0 else { return cell }
      return "\"\(cell.replacingOccurrences(of: "\"", with: "\"\""))\""
    }
    var lines = Bool.random(using: &random) ? ["sep=\(separator)"] : []
    let names = order.map { place in
      let name = table.columns[place]
      return [name, name.uppercased(), name.replacingOccurrences(of: "_", with: " "), " \(name)"]
        .randomElement(using: &random) ?? name
    }
    lines.append(names.joined(separator: separator))
    for row in table.rows {
      var cells = order.map { quoted(rewritten(row[$0], table.columns[$0], &random)) }
      if Bool.random(using: &random) { while cells.last == "" { cells.removeLast() } }
      lines.append(cells.joined(separator: separator))
      if Int.random(in: 0..<5, using: &random) == 0 { lines.append("") }
    }
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let text = lines.map { $0 + end }.joined()
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case 1: return [0xFF, 0xFE] + TextEncodingTests.utf16(text, big: false)
    case 2: return [0xFE, 0xFF] + TextEncodingTests.utf16(text, big: true)
    default: return Array(text.utf8)
    }
  }

  private static func rewritten(
    _ cell: String, _ column: String, _ random: inout SeededGenerator
  ) -> String {
    let others: [String]
    switch column {
    case "fraccion": others = ["8544.42.99"]
    case "nico" where cell.hasPrefix("0"): others = [String(cell.dropFirst())]
    case "tipo", "movimiento", "categoria": others = [cell.uppercased()]
    case "vigente_desde": others = [cell + " 00:00:00", cell + "T00:00:00.000"]
    case "fecha" where cell.count == 19: others = [cell.replacing(":00", with: "")]
    case "por_unidad", "merma", "desperdicio", "cantidad", "factor_2", "factor_3":
      others = cell.contains(".") ? ["+" + cell, "0" + cell] : ["+" + cell, cell + "."]
    default: return cell
    }
    return ([cell] + others).randomElement(using: &random) ?? cell
  }

  private static func standard(_ table: Table) -> String {
    ([table.columns] + table.rows).map { row in
      row.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(separator: ",")
        + "\n"
    }.joined()
  }

  @Test("Events are the same in every dialect", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func anyDialect(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<60 {
      let sheet = FactSheet.all[number % FactSheet.all.count]
      let table = Self.table(sheet, &random)
      let wanted = try load(Self.standard(table))
      #expect(wanted.summary.format == sheet.format)
      let bytes = Self.written(table, &random)
      let loaded = try load(bytes)
      let comment: Comment =
        "seed \(seed), case \(number): \(String(decoding: bytes, as: UTF8.self))"
      #expect(loaded.data == wanted.data, comment)
      #expect(try Self.ids(loaded) == Self.ids(wanted), comment)
      #expect(loaded.codes == wanted.codes, comment)
      #expect(loaded.places.map(\.column) == wanted.places.map(\.column), comment)
    }
  }

  private static func ids(_ loaded: Loaded) throws -> [String] {
    try loaded.parsed().map { $0["id"] as? String ?? "" }
  }

  @Test("Any end that is lost within a line is told", arguments: [1, 2, 3] as [UInt64])
  func everyCut(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for sheet in FactSheet.all {
      let bytes = Array(Self.standard(Self.table(sheet, &random)).utf8)
      for length in 0..<bytes.count where length == 0 || bytes[length - 1] != 0x0A {
        // What is left of a row that was emptied looks the same.
        let line = bytes[..<length].split(separator: 0x0A).last ?? []
        if length > 0, line.allSatisfy({ $0 == 0x2C }) { continue }
        let loaded: Loaded
        do { loaded = try load(Array(bytes[..<length])) } catch is InputFileError { continue }
        #expect(!loaded.rejections.isEmpty, "\(sheet.format), \(length) of \(bytes.count) bytes")
      }
    }
  }
}

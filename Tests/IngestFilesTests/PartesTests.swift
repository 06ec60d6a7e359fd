import Foundation
import IngestFiles
import Testing

@Suite("partes.csv")
struct PartesTests {
  static let header =
    "rfc,pedimento,secuencia,planta,numero_parte,cantidad,umc,valor_mxn,pedimento_original"
    + ",secuencia_original"
  static let row = "AME010203AB1,244017694000117,1,TIJ2,P-003,5,6,585264,,"
  static let data =
    #"{"cantidad":"5","numeroParte":"P-003","pedimento":"244017694000117","planta":"TIJ2","#
    + #""rfc":"AME010203AB1","secuencia":"1","umc":"6","valorMXN":"585264"}"#

  @Test("A row becomes an event with its blanks left out")
  func event() throws {
    let loaded = try load(Self.header + "\n" + Self.row + "\n")
    #expect(loaded.summary == FileSummary(format: .partes, events: 1))
    #expect(
      loaded.events == [
        "{\"data\":\(Self.data),\"id\":\"e477d822faef2b9a-1\",\"row\":1,\"source\":\"/partes\","
          + "\"specversion\":\"1.0\",\"type\":\"saldo.partes.v1\"}"
      ])
  }

  @Test(
    "The shape of the file does not matter",
    arguments: [
      header + "\r\n" + row + "\r\n",
      header + "\n" + row,
      "\u{FEFF}" + header + "\n" + row,
      "\n" + header.uppercased() + "\n" + row + "\n",
      (header + "\n" + row).replacingOccurrences(of: ",", with: ";"),
      header + "\n" + row.replacingOccurrences(of: "P-003", with: "\" P-003 \""),
      header + "\n" + row.replacingOccurrences(of: "5,6", with: " 5 ,\t6"),
      header.replacingOccurrences(of: "numero_parte", with: "\"Numero Parte\"") + "\n" + row,
    ])
  func shapes(_ text: String) throws {
    #expect(try load(text).data == [Self.data])
  }

  @Test("Columns go by their names")
  func order() throws {
    let loaded = try load("notes,Numero_Parte,PEDIMENTO,secuencia\nhola,M-1,244017694000117,2\n")
    #expect(
      loaded.data == [#"{"numeroParte":"M-1","pedimento":"244017694000117","secuencia":"2"}"#])
  }

  @Test(
    "Text: quotes, line ends within them, Latin-1 and UTF-8",
    arguments: [
      (Array("\"a\"\"b,c\"".utf8), "a\"b,c"),
      (Array("\"a\nb\"".utf8), "a\nb"),
      (Array("\"a\"\"\nb\"".utf8), "a\"\nb"),
      (Array("a\"b".utf8), "a\"b"),
      (Array("a\"\"b".utf8), "a\"\"b"),
      (Array("\"a\"b".utf8), "ab"),
      (Array("\"\"\"\"".utf8), "\""),
      (Array("Ñandú".utf8), "Ñandú"),
      ([0xD1, 0x61], "Ña"),
      (Array("a\\b\tc".utf8), "a\\b\tc"),
    ])
  func text(_ cell: [UInt8], _ expected: String) throws {
    let bytes =
      Array("numero_parte,pedimento,secuencia\n".utf8) + cell + Array(",1,2\nx,3,4\n".utf8)
    let data = try load(bytes).parsed().map { $0["data"] as? [String: String] }
    #expect(data.map { $0?["numeroParte"] } == [expected, "x"])
  }

  @Test(
    "A row with more cells than the header is passed raw, and so is one whose quote is not closed",
    arguments: [
      ("a,b,c,d\r", "4", "surplus", "a,b,c,d"), ("\"a,b,c", "1", "quote", "\"a,b,c"),
    ])
  func wrongWidth(_ row: String, _ columns: String, _ fault: String, _ raw: String) throws {
    let text = "numero_parte,pedimento,secuencia\n\(row)\nx,3,4\n"
    let events = try load(text).parsed()
    #expect(
      events.map { $0["data"] as? [String: String] } == [
        ["columns": columns, "fault": fault, "raw": raw],
        ["numeroParte": "x", "pedimento": "3", "secuencia": "4"],
      ])
  }

  @Test("Blank rows are passed over, but counted")
  func blankRows() throws {
    let text = "numero_parte,pedimento,secuencia\n\n , ,\nx,3,4\n\n"
    #expect(try load(text).parsed().map { $0["row"] as? Int } == [3])
  }

  @Test("A row that is too long is cut, and the next one is read")
  func longRow() throws {
    var limits = FileLimits()
    (limits.maxRow, limits.chunk) = (64, 16)
    let long = String(repeating: "y", count: 500)
    let text = "numero_parte,pedimento,secuencia\n\(long),1,2\nx,3,4\n\"\(long)\nx,5,6\n"
    let data = try load(text, limits).parsed().map { $0["data"] as? [String: String] }
    #expect(
      data == [
        ["columns": "1", "fault": "quote", "raw": String(long.prefix(64))],
        ["numeroParte": "x", "pedimento": "3", "secuencia": "4"],
        ["columns": "1", "fault": "quote", "raw": "\"" + long.prefix(63)],
        ["numeroParte": "x", "pedimento": "5", "secuencia": "6"],
      ])
    #expect(try loadFromDisk(Array(text.utf8), limits) == load(text, limits))
  }

  @Test("Identities: the same file again, or a longer one, repeats them")
  func identities() throws {
    func ids(_ rows: [String]) throws -> [String] {
      try load(([Self.header] + rows + [""]).joined(separator: "\n")).parsed().compactMap {
        $0["id"] as? String
      }
    }
    let other = Self.row.replacingOccurrences(of: "P-003", with: "P-004")
    let short = try ids([Self.row, other])
    #expect(Set(short).count == 2)
    // A row that is repeated word for word counts once, wherever it stands.
    #expect(try ids([Self.row, other, Self.row]) == short)
    #expect(try ids([other, Self.row]) == short.reversed())
    // Empty cells may be left out, and columns that are not used do not count.
    #expect(try ids([String(Self.row.dropLast(2)), String(other.dropLast())]) == short)
    let noted = try load("\(Self.header),notes\n\(Self.row),hola\n").parsed()
    #expect(noted.first?["id"] as? String == short.first)
    // Cells are told apart, not just their text together.
    #expect(try ids(["ab,c,,,,,,,,"]) != ids(["a,bc,,,,,,,,"]))
  }

  @Test(
    "Without pedimento, secuencia or numero_parte it is no partes file",
    arguments: [
      "rfc,pedimento,secuencia\n", "pedimento,numero_parte\n", "pedimento|secuencia|numero_parte\n",
    ])
  func unrecognised(_ text: String) throws {
    #expect(try failure(Array(text.utf8)) == .unknownFormat)
  }
}

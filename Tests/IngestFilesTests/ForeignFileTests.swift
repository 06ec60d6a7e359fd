import Foundation
import IngestFiles
import Testing

/// What people send in a file's stead, and what clumsy hands make of spreadsheets.
@Suite("Foreign files and clumsy ones")
struct ForeignFileTests {
  private static func refusal(_ bytes: [UInt8]) throws -> InputFileError? {
    var sink = CollectingSink()
    do {
      _ = try InputFile.load(bytes: bytes, name: "f", into: &sink)
      return nil
    } catch let error as InputFileError {
      #expect(sink.events.isEmpty)
      return error
    }
  }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static let oldExcel: [UInt8] =
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1] + [UInt8](repeating: 0, count: 600)
  private static let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0]

  /// What is sent, with a word of what is said.
  static let foreign: [([UInt8], String)] = [
    (oldExcel, "Excel"),
    (text("%PDF-1.7\n%xx\n"), "PDF"),
    (gzip, "gzip"),
    (text("Rar!\u{1A}\u{7}"), "RAR"),
    (text("<html><table>\n"), "HTML"),
    (text("\u{FEFF}<?xml version=\"1.0\"?>\n"), "XML"),
    (text(DataStageSample.header501 + "\r\n"), "give the ZIP"),
    (ZipBytes.of([("[Content_Types].xml", "x"), ("xl/workbook.xml", "x")]), "Excel"),
    (ZipBytes.of([("mimetype", "x"), ("content.xml", "x")]), "LibreOffice"),
    (ZipBytes.of([("a/48151_Solicitudes.ZIP", "x")]), "holds other ZIPs"),
    (text("Reporte \u{1B}[31mde partes\n\nrfc,x\n"), "\"Reporte \\u001B[31mde partes\""),
    (text(PartesTests.header.replacing(",", with: "|") + "\n"), "begins with the line"),
  ]

  @Test("A file of another kind is refused with what to send", arguments: foreign)
  func refused(_ bytes: [UInt8], _ words: String) throws {
    let error = try #require(try Self.refusal(bytes))
    #expect(error.code == .unknownFormat && error.detail.contains(words), "\(error)")
    #expect(!error.detail.utf8.contains { $0 < 0x20 })
  }

  @Test("Files that were put one behind the other: the header again is no row")
  func headerAgain() throws {
    let text = [PartesTests.header, PartesTests.row, PartesTests.header.uppercased(), ""]
    let loaded = try load(text.joined(separator: "\n"))
    #expect(loaded.data == [PartesTests.data] && loaded.codes == [.rowRepeated])
    #expect(loaded.summary.notes.map(\.line) == [3])
  }

  @Test("A line of sep that was taken for a row is known all the same")
  func paddedSeparator() throws {
    let text =
      "sep=;;;;;;;;;;\n"
      + (PartesTests.header + "\n" + PartesTests.row + "\n")
      .replacing(",", with: ";")
    #expect(try load(text).data == [PartesTests.data])
  }

  @Test("Text of Windows is read as such")
  func windows() throws {
    let bytes = Array("numero_parte,pedimento,secuencia\n".utf8) + [0x93, 0xD1, 0x94, 0x96, 0x80]
    let data = try load(bytes + Array(",1,2\n".utf8)).data
    #expect(data == [#"{"numeroParte":"“Ñ”–€","pedimento":"1","secuencia":"2"}"#])
  }

  @Test("Many columns that are not used are told by the first of them")
  func manyColumns() throws {
    let names = (1...500).map { "x\($0)" }.joined(separator: ",")
    let loaded = try load("\(PartesTests.header),\(names)\n\(PartesTests.row)\n")
    let detail = loaded.summary.notes.first?.detail ?? ""
    #expect(detail.hasSuffix("x19, x20 and 480 more") && detail.utf8.count < 300)
  }
}

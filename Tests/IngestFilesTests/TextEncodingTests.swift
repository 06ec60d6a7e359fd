import Foundation
import IngestFiles
import Testing

/// Senders re-encode: what a file says does not depend on how its text is written.
@Suite("Encodings and ends of lines")
struct TextEncodingTests {
  /// A way to write a text.
  struct Encoding: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: @Sendable (String) -> [UInt8]

    init(_ name: String, _ bytes: @escaping @Sendable (String) -> [UInt8]) {
      (testDescription, self.bytes) = (name, bytes)
    }
  }

  static func utf16(_ text: String, big: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      big ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  static let encodings = [
    Encoding("UTF-8") { Array($0.utf8) },
    Encoding("UTF-8 with a mark") { [0xEF, 0xBB, 0xBF] + Array($0.utf8) },
    Encoding("UTF-16, little-endian, with a mark") { [0xFF, 0xFE] + utf16($0, big: false) },
    Encoding("UTF-16, big-endian, with a mark") { [0xFE, 0xFF] + utf16($0, big: true) },
    Encoding("UTF-16, little-endian") { utf16($0, big: false) },
    Encoding("UTF-16, big-endian") { utf16($0, big: true) },
    Encoding("CR") { Array($0.replacingOccurrences(of: "\r\n", with: "\r").utf8) },
    Encoding("LF") { Array($0.replacingOccurrences(of: "\r\n", with: "\n").utf8) },
    Encoding("UTF-16 and CR") {
      utf16($0.replacingOccurrences(of: "\r\n", with: "\r"), big: false)
    },
  ]

  static let rows =
    PartesTests.header + "\r\n" + PartesTests.row.replacingOccurrences(of: "P-003", with: "Ñ-1 😀")
    + "\r\n" + PartesTests.row.replacingOccurrences(of: "P-003", with: "P-2") + "\r\n"

  @Test("partes.csv", arguments: encodings)
  func partes(_ encoding: Encoding) throws {
    let wanted = try load(Self.rows)
    #expect(wanted.events.count == 2)
    #expect(try load(encoding.bytes(Self.rows)) == wanted)
    for chunk in [1, 4, 7, 64] {
      var limits = FileLimits()
      limits.chunk = chunk
      #expect(try loadFromDisk(encoding.bytes(Self.rows), limits) == wanted)
    }
  }

  @Test("Events", arguments: encodings)
  func events(_ encoding: Encoding) throws {
    let text = "{\"a\":\"Ñ😀\"}\r\n\r\n[{\"b\":1},\r\n{\"c\":2}]\r\n"
    let wanted = try load(text)
    #expect(wanted.events == [#"{"a":"Ñ😀"}"#, #"{"b":1}"#, #"{"c":2}"#])
    #expect(wanted.places.map(\.line) == [1, 3, 4])
    #expect(try load(encoding.bytes(text)) == wanted)
    for chunk in [1, 5, 64] {
      var limits = FileLimits()
      limits.chunk = chunk
      #expect(try loadFromDisk(encoding.bytes(text), limits) == wanted)
    }
  }

  @Test("Members of a Data Stage", arguments: encodings)
  func dataStage(_ encoding: Encoding) throws {
    let files = DataStageSample.plain.files
    let members = files.map { file in
      ZipBytes.Member(name: "1_\(file.code).asc", content: encoding.bytes(file.text))
    }
    let loaded = try load(ZipBytes(members: members).bytes)
    #expect(loaded.data == [DataStageTests.plainData])
    #expect(loaded.places == [FilePlace(member: "1_501.asc", line: 2)])
    #expect(loaded.summary.notes == [])
  }

  @Test("What is no text of a known encoding is refused by name")
  func refused() throws {
    let utf32 = PartesTests.header.unicodeScalars.flatMap { scalar -> [UInt8] in
      [UInt8(scalar.value), 0, 0, 0]
    }
    let alone: [UInt8] =
      [0xFF, 0xFE] + Self.utf16("{\"a\":\"", big: false) + [0x00, 0xDC, 0x22, 0]
    for bytes in [utf32, [0xFF, 0xFE, 0, 0] + utf32, alone] {
      #expect(try failure(bytes) == .encoding)
    }
    let member = ZipBytes.Member(name: "1_551.asc", content: utf32)
    #expect(
      try failure(ZipBytes(members: [member]).bytes) == .encoding)
  }

  @Test("A text that ends within a character is cut short", arguments: [true, false])
  func cut(big: Bool) throws {
    for text in [Self.rows, "{\"a\":1}\r\n"] {
      let loaded = try load(Array(Self.utf16(text, big: big).dropLast()))
      #expect(loaded.rejections.map(\.code) == [.cut])
    }
  }
}

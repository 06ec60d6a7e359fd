import Foundation
import IngestFiles
import Messages
import Testing

/// A file that lost its end is told from a whole one, as far as what is left can tell.
@Suite("Files that are cut short")
struct CutFileTests {
  static let event =
    #"{"specversion":"1.0","id":"1","source":"/s","type":"immex.company.v1","#
    + #""time":"2026-01-02T09:00:00Z","data":{"rfc":"AME010203AB1","name":"Ñandú","#
    + #""immexProgram":"1-2006"}}"#
  static let other = event.replacingOccurrences(of: #""id":"1""#, with: #""id":"2""#)

  static let files: [[UInt8]] = [
    Array("\(event)\n\(other)\n".utf8),
    Array("[\(event),\r\n  \(other)\r\n]\r\n".utf8),
    Array("\(event.replacingOccurrences(of: ",", with: ",\n  "))\n".utf8),
    Array((PartesTests.header + "\n" + PartesTests.row + "\n").utf8),
    Array((PartesTests.header + "\r\n" + PartesTests.row + "\r\n" + PartesTests.row + "\r\n").utf8),
    TextEncodingTests.utf16("\(event)\n", big: false),
    [0xFE, 0xFF]
      + TextEncodingTests.utf16(PartesTests.header + "\n" + PartesTests.row + "\n", big: true),
    DataStageSample.plain.zip,
  ]

  /// Whether something is said: a refusal, a rejection of the file's reader or of intake.
  private func isTold(_ bytes: [UInt8]) throws -> Bool {
    let loaded: Loaded
    do { loaded = try load(bytes) } catch is InputFileError { return true }
    if !loaded.rejections.isEmpty { return true }
    var decoder = EventDecoder()
    return loaded.events.contains { event in
      Array(event.utf8).withUnsafeBytes { (try? decoder.decode($0)) == nil }
    }
  }

  @Test("Any end that is lost is told, or what is left is whole", arguments: files.indices)
  func everyCut(_ index: Int) throws {
    let file = Self.files[index]
    let whole = try load(file)
    #expect(try !isTold(file))
    for length in 0..<file.count {
      let part = Array(file[..<length])
      if try isTold(part) { continue }
      // Some of the events, each of them whole.
      let left = try load(part)
      #expect(
        Array(whole.events.prefix(left.events.count)) == left.events,
        "file \(index), \(length) of \(file.count) bytes")
      let rest = file[length...].filter { !"\r\n\u{0}".utf8.contains($0) }
      #expect(
        left.events.count == whole.events.count || Self.isAtLineEnd(file, length)
          || rest.isEmpty, "file \(index), \(length) of \(file.count) bytes")
    }
  }

  /// Whether a line ends there: a file of lines that is cut between two of them is one of fewer.
  private static func isAtLineEnd(_ file: [UInt8], _ length: Int) -> Bool {
    let ends = Array("\r\n".utf8)
    return file[..<length].last { $0 != 0 }.map(ends.contains) ?? true
      || file[length...].first { $0 != 0 }.map(ends.contains) ?? true
  }

  @Test("A row that ends too soon is refused, and one whose others do so too is not")
  func shortLastRow() throws {
    let short = String(PartesTests.row.dropLast(2))
    let cut = try load(PartesTests.header + "\n" + PartesTests.row + "\n" + short)
    #expect(try cut.parsed().map { ($0["data"] as? [String: String])?["fault"] } == [nil, "cut"])
    let other = short.replacingOccurrences(of: "P-003", with: "P-004")
    let dialect = try load(PartesTests.header + "\n" + short + "\n" + other)
    #expect(dialect.data.count == 2 && !dialect.data.contains { $0.contains("fault") })
  }

  @Test("Files of nothing", arguments: [[], Array("\u{FEFF}".utf8), Array(" \r\n\t".utf8)])
  func nothing(_ bytes: [UInt8]) throws {
    #expect(try load(bytes).rejections.map(\.code) == [.empty])
  }
}

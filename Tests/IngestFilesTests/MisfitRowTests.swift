import IngestFiles
import Testing

/// Nothing is read shifted: a text may hold a pipe or a line's end, and nothing escapes them.
@Suite("Rows of a Data Stage that cannot be read")
struct MisfitRowTests {
  typealias Sample = DataStageSample

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: String
    var text: String
    /// What the event says of the row, and its line.
    var said: String
    var line: Int64
  }

  static let cases = [
    Case(
      testDescription: "a pipe in a name", code: "501",
      text: Sample.table(
        Sample.header501, Sample.row501.replacingOccurrences(of: "|BRX", with: "|X|BRX")),
      said: "501: 10 cells in a row of 9 columns", line: 2),
    Case(
      testDescription: "a pipe in a description", code: "551",
      text: Sample.table(
        Sample.header551, Sample.row551.replacingOccurrences(of: "CA", with: "C|A")),
      said: "551: 16 cells in a row of 15 columns", line: 2),
    Case(
      testDescription: "a pipe in a row whose last cells are blank", code: "552",
      text: Sample.table(Sample.header552, "1769|4000058|070|8|1|VIN|1||"),
      said: "552: 8 cells in a row of 7 columns", line: 2),
    Case(
      testDescription: "a line's end in a description", code: "551",
      text: Sample.table(
        Sample.header551, Sample.row551.replacingOccurrences(of: "CA", with: "C\r\nA")),
      said: "551: 7 cells in a row of 15 columns", line: 2),
    Case(
      testDescription: "a row that is cut", code: "507",
      text: Sample.header507 + "\r\n\r\n1769|4000058|070|IM|",
      said: "507: 4 cells in a row of 8 columns", line: 3),
  ]

  @Test("Their pedimento does not count from that extract", arguments: cases)
  func isRejected(_ test: Case) throws {
    let loaded = try load(Sample.plain.with(test.code, test.text).zip)
    let data = try #require(loaded.parsed().first?["data"] as? [String: Any])
    #expect(loaded.events.count == 1)
    #expect(data["ilegible"] as? String == test.said)
    #expect(data["pedimento"] as? String == "4000058")
    let member = "48151/48151_\(test.code).asc"
    #expect(loaded.places == [FilePlace(member: member, line: test.line)])
  }

  @Test("What is behind a line's end names no document of its own")
  func noPhantoms() throws {
    // Behind the end stands what reads like a patente, a number and a section.
    let row = Sample.row551.replacingOccurrences(of: "CA\u{D1}A", with: "C\n2000|10|100")
    let loaded = try load(Sample.plain.with("551", Sample.table(Sample.header551, row)).zip)
    #expect(loaded.events.count == 1)
    #expect(loaded.rejections.map(\.code) == [.rowColumns])
    #expect(loaded.rejections.map(\.line) == [3])
  }

  @Test("Others count as ever")
  func others() throws {
    let other = Sample.row501.replacingOccurrences(of: "4000058", with: "4000059")
    let broken = other.replacingOccurrences(of: "|BRX", with: "|X|BRX")
    let text = Sample.table(Sample.header501, Sample.row501, broken)
    let loaded = try load(Sample.plain.with("501", text).zip)
    #expect(loaded.data.first == DataStageTests.plainData)
    #expect(loaded.data.count == 2)
    #expect(loaded.data.last?.contains("ilegible") == true)
  }

  @Test("Rows that stand there word for word twice count once")
  func repeated() throws {
    let text = Sample.table(Sample.header551, Sample.row551, Sample.row551, Sample.row551 + "  ")
    let twice = Sample.table(Sample.header501, Sample.row501, Sample.row501)
    let loaded = try load(Sample.plain.with("551", text).with("501", twice).zip)
    #expect(loaded.data == [DataStageTests.plainData])
    #expect(loaded.codes == [.rowRepeated, .rowRepeated])
    #expect(loaded.summary.notes.map(\.count) == [1, 2])
    #expect(loaded.rejections == [])
  }

  @Test("A column that is there twice cannot be told")
  func columnTwice() throws {
    let text = Sample.header551.replacingOccurrences(of: "ValorDolares", with: "ValorComercial")
    let sample = Sample.plain.with("551", Sample.table(text, Sample.row551))
    #expect(try failure(sample.zip) == .columns)
  }

  @Test("Decimals as databases write them")
  func decimals() throws {
    let row = Sample.row551.replacingOccurrences(of: "3334.00000", with: ".500")
      .replacingOccurrences(of: "866480", with: "+0100.").replacingOccurrences(
        of: "481.78", with: ".")
    let loaded = try load(Sample.plain.with("551", Sample.table(Sample.header551, row)).zip)
    let data = try #require(loaded.data.first)
    #expect(data.contains(#""cantidadUMC":"0.500""#))
    #expect(data.contains(#""valorComercial":"100""#))
    #expect(data.contains(#""valorDolares":".""#))
  }

  @Test("Of many rows that belong to nothing the first are passed one by one, the others counted")
  func manyStrays() throws {
    let rows = (0..<250).map { "1|\($0 + 1)|070|IM|1|1||" }.joined(separator: "\n")
    let loaded = try load(Sample.plain.with("507", Sample.header507 + "\n" + rows).zip)
    #expect(loaded.summary.notes.map(\.count) == [250])
    #expect(loaded.rejections.count == 101)
    #expect(loaded.rejections.last?.count == 150)
  }
}

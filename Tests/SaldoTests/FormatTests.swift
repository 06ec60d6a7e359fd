import Auditor
import Foundation
import Testing
import WorkbookReader

/// `--format` of `process` and `export`.
@Suite(.timeLimit(.minutes(20))) struct FormatTests {
  @Test func reportsAreWrittenAsAskedFor() async throws {
    try await Workplace.with { place in
      let rejected = try place.write(
        #"{"specversion":"1.0","id":"=r","source":"t","type":"immex.nothing.v1","data":{}}"#,
        to: "rejected.ndjson")
      let files = [Scenario.events("plain"), rejected]
      let books = try await place.process(
        files, reports: "books", expecting: 1, ["--format", "xlsx"])
      #expect(books.output.contains("saldos.xlsx"))
      // What is not in the books is told all the same.
      #expect(books.output.contains("1 in all (pendientes.xlsx has them):"))
      #expect(books.output.contains("type.unknown"))
      try await place.process(files, expecting: 1)
      let csv = try String(contentsOfFile: place.path("reports/saldos.csv"), encoding: .utf8)
      let sheet = try #require(
        try WorkbookReader(path: place.path("books/saldos.xlsx")).sheets.first)
      #expect(sheet.rows.map { $0.map(\.shown) } == CSV.rows(csv))
      let pending = try #require(
        try WorkbookReader(path: place.path("books/pendientes.xlsx")).sheets.first)
      #expect(pending.rows.dropFirst().first?.first == .text("=r"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: place.path("books")).sorted()
          == Workplace.reportNames.map { $0.replacing(".csv", with: ".xlsx") })

      _ = try await SaldoProgram.run(
        [
          "export", "--data", place.path("data"), "--out", place.path("json"), "--format", "json",
        ], expecting: 0)
      let json = try Data(contentsOf: URL(filePath: place.path("json/saldos.json")))
      let rows = try #require(try JSONSerialization.jsonObject(with: json) as? [Any])
      #expect(rows.count == sheet.rows.count - 1)

      let wrong = try await SaldoProgram.run(
        ["export", "--data", place.path("data"), "--out", place.path("x"), "--format", "pdf"])
      #expect(wrong.code != 0 && wrong.errors.contains("pdf"))
      #expect(!FileManager.default.fileExists(atPath: place.path("x")))
    }
  }
}

import Auditor
import EventLogTesting
import Foundation
import HTTPServer
import ReportingRules
import Testing
import WorkbookReader

@testable import ReportingService

/// All pages of a list together are its files, and its totals are the sums of its rows.
@Suite(.timeLimit(.minutes(20))) struct ListPagesTests {
  private static let files: [ReportFile] = [
    .balances, .entries, .discharges, .shortages, .byPart, .byTariffItem, .aging, .materials,
    .pending, .conservation,
  ]

  /// More than 200 questions over all of them; what fails says its number, which is its seed.
  @Test(arguments: files)
  func pagesAreTheFilesWhateverIsAsked(_ file: ReportFile) async throws {
    let data = try ListBooks.make()
    let pages = ListPages(data)
    let whole = CSV.rows(try await pages.get("\(file.fileName)?today=2026-07-01").text)
    let rows = Array(whole.dropFirst())
    var some = 0
    for number in 0..<22 {
      var random = SeededGenerator(seed: UInt64(number))
      let question = ListQuestion(file, about: rows, &random)
      let expected = question.answer(in: rows)
      some += expected.isEmpty || expected.count == rows.count ? 0 : 1
      let query = "today=2026-07-01&\(question)"
      let most = max(1, min(1_000, expected.count / (1 + random.below(5)) + random.below(2)))
      let found = try await pages.pages(file, "\(file.rawValue)/rows?\(query)&filas=\(most)")
      let name: Comment = "\(file) \(number): \(query)"
      #expect(found.flatMap(\.rows) == expected, name)
      #expect(found.dropLast().allSatisfy { $0.rows.count == most }, name)
      #expect(Set(found.map(\.corte)).count == 1 && Set(found.map(\.tag)).count == found.count)
      let totals = question.totals(of: expected)
      #expect(found.allSatisfy { $0.totals == totals }, name)
      #expect(found.allSatisfy { $0.count == expected.count && $0.isExact }, name)
      try await Self.checkFiles(pages, file, query, expected, whole[0], isBook: number % 8 == 0)
    }
    #expect(some > 0 || rows.count < 5)
  }

  private static func checkFiles(
    _ pages: ListPages, _ file: ReportFile, _ query: String, _ expected: [[String]],
    _ header: [String], isBook: Bool
  ) async throws {
    let csv = try await pages.get("\(file.fileName)?\(query)")
    #expect(CSV.rows(csv.text) == [header] + expected, "\(query)")
    let json = try await pages.get("\(file.fileName(as: .json))?\(query)")
    let objects = try JSONSerialization.jsonObject(with: Data(json.body)) as? [[String: Any]]
    let texts = try #require(objects).map { try ListPages.texts($0, file) }
    #expect(texts == expected, "\(query)")
    #expect(csv.headers[.eTag] != json.headers[.eTag] && csv.headers["Saldo-Corte"] != nil)
    guard isBook else { return }
    let book = try await pages.get("\(file.fileName(as: .xlsx))?\(query)")
    let path = "\(pages.data.path)/\(UUID().uuidString).xlsx"
    try Data(book.body).write(to: URL(filePath: path))
    let sheet = try #require(try WorkbookReader(path: path).sheets.first)
    let shown = sheet.rows.dropFirst().map { row in
      row.map(\.shown) + Array(repeating: "", count: max(0, header.count - row.count))
    }
    #expect(shown == expected, "\(query)")
  }

  /// Every sort that is offered, both ways, of every report.
  @Test(arguments: files)
  func everySortIsThatOfItsCells(_ file: ReportFile) async throws {
    let data = try ListBooks.make(seed: 2, lots: 8)
    let pages = ListPages(data)
    let rows = Array(
      CSV.rows(try await pages.get("\(file.fileName)?today=2026-07-01").text).dropFirst())
    #expect(Set(file.sorts).isSuperset(of: file.order))
    for column in file.sorts {
      for isDescending in [false, true] {
        var question = ListQuestion(file)
        question.sort(column, isDescending: isDescending)
        let size = max(1, rows.count / 3)
        let found = try await pages.pages(
          file, "\(file.rawValue)/rows?today=2026-07-01&\(question)&filas=\(size)")
        #expect(found.flatMap(\.rows) == question.answer(in: rows), "\(question)")
      }
    }
  }

  /// One report has a column that is called as what says how rows are sorted.
  @Test func aColumnThatIsCalledAsTheOrderIsAskedForByItsNumbers() async throws {
    let pages = ListPages(try ListBooks.make(lots: 8))
    let taken = Set(["al", "today", "conocido", "corte", "contra", "desde", "hasta", "filas"])
    for file in ReportFile.allCases {
      #expect(taken.union(["despues"]).isDisjoint(with: file.filters), "\(file)")
      #expect(!file.filters.contains("orden") || file == .aging)
    }
    let path = "vencimientos/rows?today=2026-07-01"
    let all = try await pages.page(.aging, path).rows
    let some = try await pages.page(.aging, "\(path)&orden=3").rows
    #expect(!some.isEmpty && some == all.filter { $0[3] == "3" })
    let last = try await pages.page(.aging, "\(path)&orden=-orden").rows
    #expect(last.map { $0[3] } == all.map { $0[3] }.sorted(by: >))
    #expect(try await pages.page(.aging, "\(path)&orden=10").rows == [])
  }

  /// A request as there always was one makes no view, and is answered as ever.
  @Test func plainRequestsMakeNoView() async throws {
    let data = try ListBooks.make(lots: 2)
    let pages = ListPages(data)
    for query in ["", "?planta=P1", "?al=2026-02-01&rfc=\(Facts.rfc)"] {
      #expect(try await pages.get("saldos.csv\(query)").status == .ok)
    }
    #expect(!FileManager.default.fileExists(atPath: data.path + "/views"))
    let plain = try await pages.get("saldos.csv?planta=P1")
    let sorted = try await pages.get("saldos.csv?planta=P1&orden=planta")
    #expect(FileManager.default.fileExists(atPath: data.path + "/views"))
    #expect(sorted.body == plain.body && sorted.headers[.eTag] != plain.headers[.eTag])
    #expect(sorted.headers[.contentDisposition] == plain.headers[.contentDisposition])
  }

  /// A difference takes the filters too; it has an order of its own.
  @Test func differencesTakeTheFiltersAndNoOrder() async throws {
    let data = try ListBooks.make(lots: 4)
    let pages = ListPages(data)
    let query = "al=2026-02-28&contra=al:2026-01-15"
    let all = CSV.rows(try await pages.get("saldos.csv?\(query)").text)
    let some = CSV.rows(try await pages.get("saldos.csv?\(query)&estado=vigente").text)
    // Of a row that changed the side may be all that is wanted: then it is of one moment alone.
    let state = try #require(all[0].firstIndex(of: "estado"))
    let wanted = all.dropFirst().filter { $0[state] == "vigente" }
    #expect(some.dropFirst().map { $0.dropFirst() } == wanted.map { $0.dropFirst() })
    #expect(some.count > 1 && some.count < all.count)
    let sorted = try await pages.get("saldos.csv?\(query)&orden=saldo")
    #expect(sorted.status == .badRequest && sorted.text.contains("parameter.excluded"))
  }
}

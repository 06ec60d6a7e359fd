import Auditor
import Foundation
import Testing

/// A data folder that an earlier program made is taken on: its log as it is, and what was made of
/// it anew.
@Suite(.timeLimit(.minutes(20))) struct EarlierFolderTests {
  private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/EarlierFolder")

  /// The stores and the log as they were, in a place of the test's own.
  static func unpack(in place: Workplace) throws {
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = [
      "tar", "-xzf", Self.fixture.appending(path: "data.tar.gz").path, "-C", place.folder.path,
    ]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
  }

  /// Compares reports with those that the earlier program wrote.
  static func expectSame(_ name: String, in place: Workplace, _ comment: Comment) throws {
    let then = place.folder.appending(path: "then")
    try? FileManager.default.removeItem(at: then)
    try FileManager.default.copyItem(at: fixture.appending(path: "reports"), to: then)
    // A report that there was not then: nothing is withdrawn.
    _ = try place.write(noWithdrawals, to: "then/retiros.csv")
    // Of those that there are since, it has none.
    let names = try FileManager.default.contentsOfDirectory(atPath: then.path).sorted()
    #expect(names.count == 14)
    try place.expectSame(name, as: "then", comment, names: names) { file, bytes in
      file == "pendientes.csv" ? columns(5, of: bytes) : Workplace.books(file, bytes)
    }
  }

  private func setAside(in place: Workplace) throws -> [String] {
    let names = try #require(FileManager.default.enumerator(atPath: place.path("data")))
    return names.compactMap { $0 as? String }.filter { $0.contains("set-aside") }
  }

  @Test func itsReportsAreTheSame() async throws {
    try await Workplace.with { place in
      try Self.unpack(in: place)
      // The same events again: every stage opens its store, and finds that it has them.
      let first = try place.write(Self.lines(..<99), to: "first.ndjson")
      let again = try await place.process([first], reports: "again", expecting: 1)
      #expect(again.figure("postings") == 170)
      try Self.expectSame("again", in: place, "with the same events")
      try await SaldoProgram.run(
        [
          "export", "--data", place.path("data"), "--out", place.path("read"), "--today",
          "2026-01-31",
        ], expecting: 0)
      try Self.expectSame("read", in: place, "read as it is")
      // What no rules' version is on, and no seals, is made again; what it was stays beside it.
      #expect(try setAside(in: place).count > 5)
    }
  }

  @Test func whatComesNextGoesOnFromIt() async throws {
    try await Workplace.with { place in
      try Self.unpack(in: place)
      let rest = try place.write(Self.lines(99...), to: "rest.ndjson")
      let more = Self.fixture.appending(path: "more.ndjson").path
      try await place.process([rest], expecting: 1)
      try await place.process(
        [Scenario.events("everything"), more], data: "new", reports: "anew", expecting: 1,
        ["--partitions", "1"])
      // All but when it came, and what the earlier program did not keep.
      try place.expectSame("reports", as: "anew") { file, bytes in
        file == "pendientes.csv" ? Self.columns(4, of: bytes) : bytes
      }
    }
  }

  private static let noWithdrawals =
    "source,id,pedimento,linea,numero_parte,tipo,documento,motivo,por,fecha,retiro_source,"
    + "retiro_id,estado,rfc,razon_social,planta\n"

  /// The first columns of what waits: the earlier program had five. A reason says what was expected
  /// since then, which is left out.
  private static func columns(_ count: Int, of bytes: Data) -> Data {
    let rows = CSV.rows(String(decoding: bytes, as: UTF8.self)).map { row in
      row.prefix(count).map {
        String($0.prefix(upTo: $0.range(of: " (expected")?.lowerBound ?? $0.endIndex))
      }
      .joined(separator: ",")
    }
    return Data(rows.joined(separator: "\n").utf8)
  }

  static func lines(_ range: some RangeExpression<Int>) throws -> String {
    let text = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
    return text.split(separator: "\n")[range].joined(separator: "\n") + "\n"
  }
}

import Auditor
import Foundation
import Testing

@Suite struct ProcessTests {
  @Test(arguments: Scenario.names)
  func agreesWithTheScenario(_ name: String) async throws {
    try await Workplace.with { place in
      let events = try await place.process(
        [Scenario.events(name)], data: "a", reports: "ra", ["--partitions", "2"])
      try Scenario.expect(name, in: place.path("ra"), "from events")
      #expect(events.figure("waiting") == 0 && events.figure("rejected") == 0)
      #expect(try events.figure("events taken") == Scenario(named: name).events.count)

      // The other route ends in the same reports, whatever the partitions and the order.
      try await place.process(
        try Scenario.customsFiles(name).reversed(), data: "b", reports: "rb",
        ["--partitions", "3", "--batch-size", "7"])
      try Scenario.expect(name, in: place.path("rb"), "from customs files")
      // Data Stage names no documents of others: what events pair by reference, it pairs by goods.
      try place.expectSame("rb", as: "ra", "by another route") { file, bytes in
        guard file == "transferencias.csv" else { return bytes }
        let text = String(decoding: bytes, as: UTF8.self)
        return Data(text.replacing(",referencia,", with: ",mercancia,").utf8)
      }
    }
  }

  @Test func theSameFilesAgainChangeNothing() async throws {
    try await Workplace.with { place in
      // A fact that waits and one that is rejected are to stay as they are, too.
      let more = try place.write(
        """
        {"specversion":"1.0","id":"r-1","source":"t","type":"immex.nothing.v1","data":{}}
        {"specversion":"1.0","id":"r-2","source":"t","type":"immex.stock
        {"specversion":"1.0","id":"w-1","source":"t","type":"immex.destruction.v1",\
        "time":"2024-10-19T11:58:29Z","data":{"acta":"W-1","noticeFolio":"W-1",\
        "destroyedOn":"2024-10-19","rfc":"BRX990101CD2","plant":"JUA1","lines":[\
        {"line":1,"part":"NOBODY-KNOWS-IT","quantity":"35","uom":1}]}}

        """, to: "more.ndjson")
      let files = try Scenario.customsFiles("everything") + [more]
      let first = try await place.process(
        files, reports: "r1", expecting: 1, ["--partitions", "2"])
      let again = try await place.process(files, reports: "r2", expecting: 1)
      try place.expectSame("r2", as: "r1")
      #expect(first.figure("rejected") == 2 && first.figure("waiting") == 1)
      #expect(again.figure("events taken") == first.figure("events taken"))
      #expect(again.figure("postings") == first.figure("postings"))
    }
  }

  @Test func furtherFilesGoOn() async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles("late-twice-rectified")
      for file in files.dropLast() {
        let ended = try await place.process(
          [file], expecting: 1, place.hasBooks("data") ? [] : ["--partitions", "2"])
        #expect((ended.figure("waiting") ?? 0) > 0)
      }
      try await place.process(files.suffix(1))
      try Scenario.expect("late-twice-rectified", in: place.path("reports"), "file by file")
    }
  }

  @Test func saysWhatIsNotInTheBooks() async throws {
    try await Workplace.with { place in
      let file = try place.write(
        """
        {"specversion":"1.0","id":"r-1","source":"t","type":"immex.nothing.v1","data":{}}

        """, to: "events.ndjson")
      let ended = try await place.process([file], expecting: 1, ["--partitions", "1"])
      #expect(ended.figure("events taken") == 1)
      #expect(ended.figure("rejected") == 1)
      #expect(ended.output.contains("type.unknown type: immex.nothing.v1 (id r-1)"))
      #expect(ended.errors.isEmpty)
      let pending = try #require(try place.reports()["pendientes.csv"])
      #expect(String(decoding: pending, as: UTF8.self).contains("r-1,t,immex.nothing.v1,"))
    }
  }

  @Test func exportWritesTheSameReports() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "2"])
      try await SaldoProgram.run(
        [
          "export", "--data", place.path("data"), "--out", place.path("again"), "--today",
          "2026-01-31",
        ], expecting: 0)
      try place.expectSame("again", as: "reports")
    }
  }
}

extension Workplace {
  func hasBooks(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name) + "/log")
  }
}

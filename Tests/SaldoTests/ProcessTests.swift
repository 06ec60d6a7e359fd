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
        guard file == "transferencias.csv" else { return Workplace.books(file, bytes) }
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
      #expect(ended.output.contains("events.ndjson, line 1: type.unknown type: immex.nothing.v1"))
      #expect(ended.output.contains("(id r-1)"))
      #expect(ended.errors.isEmpty)
      let pending = try #require(try place.reports()["pendientes.csv"])
      #expect(String(decoding: pending, as: UTF8.self).contains("r-1,t,immex.nothing.v1,"))
    }
  }

  /// Whatever files held and the books did not take is counted, told and listed.
  @Test func nothingIsDroppedWithoutAWord() async throws {
    try await Workplace.with { place in
      let files = try [
        place.write("", to: "x_Solicitudes.zip"),
        place.write("[\n  {\"a\":1},\n", to: "e.json"),
        place.write("{\"id\":\"r-1\"}\r{\"id\":\"r-2\",\r{\"id\":\"r-3\"}\r", to: "l.ndjson"),
        place.write(
          "sep=;\npedimento;secuencia;numero_parte;rfc;notas\n1\u{1}\u{85};2;AB;MNO010101AB1;x\n",
          to: "partes.csv"),
      ]
      let ended = try await place.process(files, expecting: 1, ["--partitions", "1"])
      for text in [
        "x_Solicitudes.zip: a file of 0 bytes",
        "e.json: line 3: the array of events is not closed: the file is cut short",
        "partes.csv: line 2: columns that are not used: notas",
      ] {
        #expect(ended.errors.contains(text), "\(ended.errors)")
      }
      #expect(ended.figure("events taken") == 5)
      let report = try #require(try place.reports()["pendientes.csv"])
      let text = String(decoding: report, as: UTF8.self)
      let rows = CSV.rows(text)
      let places = rows.dropFirst().map { "\($0[5]) \($0[6]) \($0[3].prefix { $0 != " " })" }
      #expect(
        Set(places) == [
          "x_Solicitudes.zip  file.empty:", "e.json 2 field.missing", "e.json 3 file.cut:",
          "l.ndjson 1 field.missing", "l.ndjson 2 json.malformed:", "l.ndjson 3 field.missing",
          "partes.csv 3 pedimento.malformed",
        ])
      #expect(
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control || $0 == "\n" })
      // The same files again add nothing.
      try await place.process(files, reports: "again", expecting: 1)
      try place.expectSame("again", as: "reports")
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

/// `--al DAY`: the books as of a day.
@Suite struct AsOfCommandTests {
  @Test func exportAndProcessReportTheBooksOfADay() async throws {
    try await Workplace.with { place in
      let (name, day) = ("everything", "2024-05-31")
      try await place.process([Scenario.events(name)], ["--partitions", "3"])
      try await SaldoProgram.run(
        ["export", "--data", place.path("data"), "--out", place.path("may"), "--al", day],
        expecting: 0)
      try Scenario.expect(name, in: place.path("may"), "exported", asOf: day)
      let ended = try await SaldoProgram.run(
        [
          "process", Scenario.events(name), "--data", place.path("data"), "--export",
          place.path("again"), "--al", day, "--today", "2026-11-27",
        ], expecting: 0)
      try place.expectSame("again", as: "may")
      #expect(try ended.figure("shortages") == CSV.rows(place.text("may/faltantes.csv")).count - 1)
      // A day that has not come yet: all of the books, judged at that day.
      for (out, option) in [("later", "--al"), ("plain", "--today")] {
        try await SaldoProgram.run(
          [
            "export", "--data", place.path("data"), "--out", place.path(out), option, "2090-01-01",
          ], expecting: 0)
      }
      try place.expectSame("later", as: "plain")
      #expect(try place.text("later/saldos.csv").contains(",vencido\n"))
    }
  }
}

extension Workplace {
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  func hasBooks(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name) + "/log")
  }
}

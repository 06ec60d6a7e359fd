import Foundation
import IngestFiles
import Testing

@Suite("Data Stage")
struct DataStageTests {
  typealias Sample = DataStageSample

  static let partida =
    #"{"cantidadUMC":"3334.00000","cantidadUMT":"3334","descripcion":"CAÑA \"X\"","#
    + #""fraccion":"85332101",NESTED"paisOrigenDestino":"DEU","secuencia":"1",SERIES"#
    + #""subdivision":"0","umc":"3","umt":"1","valorComercial":"866480","valorDolares":"481.78"}"#
  static let plainPartida = partida.replacingOccurrences(of: "NESTED", with: "")
    .replacingOccurrences(of: "SERIES", with: "")
  static let plainData =
    Sample.data501 + "\"partidas\":[\(plainPartida)],\"patente\":\"1769\","
    + "\"pedimento\":\"4000058\"," + Sample.tail501

  @Test("A pedimento becomes one event")
  func event() throws {
    let loaded = try load(Sample.plain.zip)
    #expect(loaded.summary == FileSummary(format: .dataStage, events: 1))
    #expect(loaded.data == [Self.plainData])
    let hash = fnv1a(Self.plainData.utf8)
    #expect(
      loaded.events.first?.hasSuffix(
        ",\"id\":\"1769-070-4000058-\(hash)\",\"recorded\":\"2024-08-07T12:30:00Z\""
          + ",\"source\":\"/datastage\",\"specversion\":\"1.0\""
          + ",\"time\":\"2024-08-07T12:30:00Z\",\"type\":\"saldo.datastage.v1\"}") == true)
    #expect(try loadFromDisk(Sample.plain.zip) == loaded)
  }

  @Test("Every file finds its place in the event")
  func everything() throws {
    let sample = Sample.plain
      .with("507", Sample.table(Sample.header507, "1769|4000058|070|V1|AME|1|X|2024-08-07 1:0:0|"))
      .with("554", Sample.table(Sample.header554, "1769|4000058|070|8|1|PT|||2024-08-07 12:30:00|"))
      .with(
        "552",
        Sample.table(
          Sample.header552, "1769|4000058|070|8|1|VIN1||", "1769|4000058|070|8|01|VIN2||")
      )
      .with(
        "701",
        Sample.table(
          Sample.header701,
          "1769|4000058|070|R1|2024-08-07 0:0:0|4000044|3953|240|IN|2024-03-01 0:0:0|4000011|1|2|"
        )
      )
      .with(
        "Sel",
        Sample.table(
          Sample.headerSel, "1769|4000058|070|2024-08-08 00:00:00|13:30:00|",
          "1769|4000058|070|2024-08-07 00:00:00||"))
    let loaded = try load(sample.zip)
    let partida = Self.partida
      .replacingOccurrences(of: "NESTED", with: #""identificadores":[{"clave":"PT"}],"#)
      .replacingOccurrences(of: "SERIES", with: #""series":["VIN1","VIN2"],"#)
    let identifier = #"{"clave":"V1","complemento":"X","identificador":"AME"}"#
    #expect(
      loaded.data == [
        Sample.data501 + "\"identificadores\":[\(identifier)],\"partidas\":[\(partida)],"
          + #""patente":"1769","pedimento":"4000058","rectifica":{"#
          + #""fechaOperacionAnterior":"2024-03-01 0:0:0","patenteAnterior":"3953","#
          + #""patenteOriginal":"1","pedimentoAnterior":"4000044","pedimentoOriginal":"4000011","#
          + #""seccionAduaneraAnterior":"240","seccionAduaneraOriginal":"2"},"#
          + #""rfc":"BRX990101CD2","seccionAduanera":"070","seleccion":["#
          + #"{"fecha":"2024-08-08 00:00:00","hora":"13:30:00"},{"fecha":"2024-08-07 00:00:00"}],"#
          + #""tipoOperacion":"1","tipoPedimento":"1"}"#
      ])
    #expect(try loaded.parsed().first?["time"] as? String == "2024-08-08T13:30:00Z")
    #expect(loaded.summary.notes == [])
  }

  /// A change to the text of every file that must change nothing.
  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var apply: @Sendable (String) -> String

    init(_ name: String, _ apply: @escaping @Sendable (String) -> String) {
      (testDescription, self.apply) = (name, apply)
    }
  }

  static let harmless = [
    Change("LF") { $0.replacingOccurrences(of: "\r\n", with: "\n") },
    Change("no last line end") { String($0.dropLast()) },
    Change("blank lines") { $0 + "\r\n \r\n|||\r\n" },
    Change("spaces around values") { $0.replacingOccurrences(of: "|IN|", with: "| IN |") },
    Change("names in capitals") { text in
      let lines = text.components(separatedBy: "\r\n")
      return ([lines[0].uppercased()] + lines.dropFirst()).joined(separator: "\r\n")
    },
    Change("the section's other name") {
      $0.replacingOccurrences(of: "SeccionAduanera|", with: "SeccionAduaneraDespacho|")
    },
    Change("an unknown column") {
      $0.replacingOccurrences(of: "Patente|", with: "Nueva|Patente|")
        .replacingOccurrences(of: "1769|", with: "?|1769|")
    },
    Change("no last pipe") { $0.replacingOccurrences(of: "|\r\n", with: "\r\n") },
  ]

  @Test("What changes nothing", arguments: harmless)
  func tolerated(_ change: Change) throws {
    let files = Sample.plain.files.map { (code: $0.code, text: change.apply($0.text)) }
    #expect(try load(Sample(files: files).zip).data == [Self.plainData])
  }

  @Test("Blanks are left out")
  func blanks() throws {
    let sample = Sample.plain
      .with("501", Sample.table(Sample.header501, "1769|4000058|070|1| ||||| "))
      .with("551", Sample.table(Sample.header551, "1769|4000058|070|85332101|1||||||||| |"))
      .with("701", Sample.table(Sample.header701, "1769|4000058|070|R1||||||||||"))
    let loaded = try load(sample.zip)
    #expect(
      loaded.data == [
        #"{"partidas":[{"fraccion":"85332101","secuencia":"1"}],"patente":"1769","#
          + #""pedimento":"4000058","seccionAduanera":"070","tipoOperacion":"1"}"#
      ])
    #expect(try loaded.parsed().first?["time"] as? String == "1990-01-01T00:00:00Z")
  }

  @Test("Members may be empty, absent, nested, in capitals, unknown")
  func members() throws {
    let files = Sample.plain.files
    let zip = ZipBytes.of([
      ("a/", ""), ("a/b/1_501.ASC", files[0].text), ("2_551.asc", files[1].text),
      ("a/1_507.asc", ""), ("a/1_554.asc", Sample.header554), ("a/1_SEL.ASC", Sample.headerSel),
      ("a/1_503.asc", "x"), ("a/._1_501.asc", "x"), ("leeme.txt", "x"),
    ])
    let loaded = try load(zip)
    #expect(loaded.data == [Self.plainData])
    #expect(
      loaded.summary.notes.map { "\($0)" } == [
        "a/1_507.asc: a file of 0 bytes", "a/._1_501.asc: no file of a Data Stage: not used",
        "leeme.txt: no file of a Data Stage: not used", "files that are not used: 503",
      ])
    #expect(loaded.rejections == [])
  }

  @Test("Files of one folio are merged, and what two of them say counts once")
  func oneFolio() throws {
    let second = Sample.row551.replacingOccurrences(of: "|1|0|", with: "|2|0|")
    let revised = second.replacingOccurrences(of: "|DEU|", with: "|USA|")
    let identifier = "1769|4000058|070|IM|1|1|||"
    let later = Sample.row501.replacingOccurrences(of: "12:30:00", with: "12:31:00")
    let zip = ZipBytes.of([
      ("1/1_501.asc", Sample.table(Sample.header501, later)),
      ("1/1_551.asc", Sample.table(Sample.header551, Sample.row551, second)),
      ("2/1_501.asc", Sample.table(Sample.header501, Sample.row501)),
      ("2/1_551.asc", Sample.table(Sample.header551, Sample.row551, revised)),
      ("1/1_507.asc", Sample.table(Sample.header507, identifier)),
      ("2/1_507.asc", Sample.header507 + "\n" + identifier),
    ])
    let loaded = try load(zip)
    let data = try #require(loaded.parsed().first?["data"] as? [String: Any])
    #expect(loaded.events.count == 1)
    #expect(data["fechaPagoReal"] as? String == "2024-08-07 12:31:00")
    let partidas = try #require(data["partidas"] as? [[String: String]])
    #expect((data["identificadores"] as? [Any])?.count == 1)
    #expect(partidas.map { $0["secuencia"] } == ["1", "2"])
    #expect(partidas.map { $0["paisOrigenDestino"] } == ["DEU", "USA"])
    #expect(
      loaded.rejections.map { "\($0)" } == [
        "2/1_501.asc, line 2: a later row about the same pedimento counts "
          + "(pedimento 070 1769 4000058)",
        "1/1_551.asc, line 3: a row about the same partida in a later file counts "
          + "(pedimento 070 1769 4000058)",
      ])
    #expect(loaded.codes.filter { $0 == .rowRepeated }.count == 2)
  }

  @Test("Folios of one ZIP are extracts of their own")
  func folios() throws {
    let revised = Sample.row551.replacingOccurrences(of: "|DEU|", with: "|USA|")
    func summary(_ executed: String) -> String {
      Sample.table("Folio|Fecha_Ejecucion|", "1|\(executed)|")
    }
    let zip = ZipBytes.of([
      ("1/1_501.asc", Sample.table(Sample.header501, Sample.row501)),
      ("1/1_551.asc", Sample.table(Sample.header551, revised)),
      ("1/1_Resumen.asc", summary("2024-10-02")),
      ("2/2_501.asc", Sample.table(Sample.header501, Sample.row501)),
      ("2/2_551.asc", Sample.table(Sample.header551, Sample.row551)),
      ("2/2_RESUMEN.asc", summary("2024-09-01 10:20:30.5")),
    ])
    let events = try load(zip).parsed()
    #expect(
      events.map { $0["time"] as? String } == ["2024-10-02T00:00:00Z", "2024-09-01T10:20:30.5Z"])
    #expect(Set(events.compactMap { $0["recorded"] as? String }) == ["2024-08-07T12:30:00Z"])
    let origins = events.map { event in
      let data = event["data"] as? [String: Any]
      return (data?["partidas"] as? [[String: String]])?.first?["paisOrigenDestino"]
    }
    #expect(origins == ["USA", "DEU"])
  }

  @Test("A number that repeats after ten years is two pedimentos")
  func decades() throws {
    let dates = ["2014-12-30 10:00:00", "2024-08-07 12:30:00"]
    func rows(_ row: String) -> [String] {
      dates.map { row.replacingOccurrences(of: "2024-08-07 12:30:00", with: $0) }
    }
    let row554 = "1769|4000058|070|8|1|PT|||2024-08-07 12:30:00|"
    // The goods of the first were cleared in the next year; a row without a date is the latest's.
    let sample = Sample.plain
      .with("501", ([Sample.header501] + rows(Sample.row501)).joined(separator: "\n"))
      .with("551", ([Sample.header551] + rows(Sample.row551).reversed()).joined(separator: "\n"))
      .with("554", Sample.table(Sample.header554, row554))
      .with("507", Sample.table(Sample.header507, "1769|4000058|070|IM|1|1|||"))
      .with("Sel", Sample.table(Sample.headerSel, "1769|4000058|070|2015-01-02 00:00:00||"))
    let data = try load(sample.zip).parsed().compactMap { $0["data"] as? [String: Any] }
    #expect(data.map { $0["fechaPagoReal"] as? String } == dates)
    #expect(data.map { ($0["partidas"] as? [Any])?.count } == [1, 1])
    #expect(data.map { $0["seleccion"] != nil } == [true, false])
    #expect(data.map { $0["identificadores"] != nil } == [false, true])
    let nested = data.map { ($0["partidas"] as? [[String: Any]])?.first?["identificadores"] != nil }
    #expect(nested == [false, true])
  }

  @Test("Partidas and rectifications without their 501 row still make an event; others do not")
  func orphans() throws {
    let sample = Sample.plain
      .with("501", Sample.table(Sample.header501))
      .with("701", Sample.table(Sample.header701, "3953|4000128|070|R1||4000044|||||||"))
      .with(
        "507",
        Sample.table(
          Sample.header507, "1|2|3|IM|1||||", "3953|4000128|070|IM|1||||", "x||070|IM|1||||")
      )
      .with("554", Sample.table(Sample.header554, "1769|4000058|070|8|9|PT|||2024-08-07 12:30:00|"))
    let loaded = try load(sample.zip)
    #expect(
      loaded.data == [
        "{\"partidas\":[\(Self.plainPartida)],\"patente\":\"1769\",\"pedimento\":\"4000058\","
          + "\"seccionAduanera\":\"070\"}",
        #"{"identificadores":[{"clave":"IM","identificador":"1"}],"patente":"3953","#
          + #""pedimento":"4000128","rectifica":{"pedimentoAnterior":"4000044"},"#
          + #""seccionAduanera":"070"}"#,
      ])
    #expect(
      Set(loaded.rejections.map { "\($0)" }) == [
        "48151/48151_507.asc, line 4: a row that names no pedimento",
        "48151/48151_507.asc, line 2: a row of a pedimento that is not in the extract "
          + "(pedimento 3 1 2)",
        "48151/48151_554.asc, line 2: a row of a partida that is not in the extract "
          + "(pedimento 070 1769 4000058)",
      ])
    #expect(loaded.summary.notes == loaded.rejections)
  }

  @Test(
    "The time is the latest valid one of 501 and of the selections",
    arguments: [
      ("2024-08-07 12:20:09|2024-08-07 12:30:00", "2024-08-07T12:30:00Z"),
      ("2024-08-07 12:20:09|", "2024-08-07T12:20:09Z"),
      ("2024-08-07|9999-99-99 00:00:00", "2024-08-07T00:00:00Z"),
      ("2024-08-07 12:20:09|2024-08-07 12:30:00.000", "2024-08-07T12:30:00Z"),
      ("2024-08-07 12:20:09|2024-08-07 12:30:00,25", "2024-08-07T12:30:00.25Z"),
      ("2024-08-07 12:20:09.1|2024-08-07T12:20:09.2", "2024-08-07T12:20:09.2Z"),
      ("2024-08-07 9:5|", "2024-08-07T09:05:00Z"),
      ("2024-08-07 25:00:00|soon", "1990-01-01T00:00:00Z"),
    ])
  func time(_ dates: String, _ expected: String) throws {
    let row = "1769|4000058|070|1|IN|R|1|\(dates)|"
    let sample = Sample.plain.with("501", Sample.table(Sample.header501, row))
    #expect(try load(sample.zip).parsed().first?["time"] as? String == expected)
  }

  @Test("A file with rows but without its key columns is refused")
  func noKey() throws {
    let sample = Sample.plain.with("507", "Patente|Pedimento|\r\n1|2|\r\n")
    #expect(try failure(sample.zip) == .unknownFormat)
  }

  @Test("A partida's section may be written without its zero")
  func zeros() throws {
    let text = Sample.plain.files[1].text.replacingOccurrences(of: "|070|", with: "|70|")
    #expect(try load(Sample.plain.with("551", text).zip).data == [Self.plainData])
  }

  private func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
    let value = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
